"""What the file says of the race as a whole. Zero stands for "not known" where a race cannot have none of it."""

import re
from collections.abc import Iterator
from datetime import date

from bot.documents.model import FactClaim, RaceIdentity
from bot.documents.weekend_json.fields import WeekendObject

__all__ = ["RACE_FIELDS", "margin_fact", "race_facts", "race_identity", "stage_lengths"]

SERIES_BY_NUMBER = {1: "cup", 2: "nxs", 3: "truck"}
MAX_SECONDS_OF_MARGIN = 600.0  # of a margin of victory; more is a time of another kind
_COUNT_FACTS = {
    "laps_scheduled": "scheduled_laps", "laps_run": "actual_laps", "attendance": "attendance",
    "leaders": "number_of_leaders",
}  # fmt: skip
_MEASURE_FACTS = {
    "distance_mi": "scheduled_distance", "distance_run_mi": "actual_distance", "average_speed_mph": "average_speed",
    "pole_speed_mph": "pole_winner_speed",
}  # fmt: skip
# Of these a race may have none: with the list that would say otherwise.
_ZERO_COUNT_FACTS = {
    "cautions": ("number_of_cautions", "caution_segments"),
    "caution_laps": ("number_of_caution_laps", "caution_segments"),
    "lead_changes": ("number_of_lead_changes", "race_leaders"),
}  # fmt: skip
RACE_FIELDS = (
    "race_id", "series_id", "race_season", "race_name", "track_id", "track_name", "race_date", "date_scheduled",
    "total_race_time", "margin_of_victory", "stage_1_laps", "stage_2_laps", "stage_3_laps", "stage_4_laps", "results",
    "stage_results", "caution_segments", "race_leaders", "pole_winner_driver_id", "pole_winner_laptime",
    "number_of_cars_in_field", *_COUNT_FACTS.values(), *_MEASURE_FACTS.values(),
    *(field for field, _ in _ZERO_COUNT_FACTS.values()),
)  # fmt: skip
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ].{0,20})?")
_CLOCK = re.compile(r"(?:(?P<hours>[0-9]{1,2}):)?(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-9]{2}(?:\.[0-9]{1,3})?)")
_SECONDS = re.compile(
    r"\+?(?P<seconds>[0-9]{0,3}\.[0-9]{1,4}|[0-9]{1,3})(?:\s?(?:s|secs?\.?|seconds?))?", re.IGNORECASE
)
_LAPS = re.compile(r"(?P<laps>[0-9]{1,3})\s?laps?", re.IGNORECASE)


def race_identity(race: WeekendObject, winner: str | None) -> RaceIdentity:
    """Which race it is; the file says no round."""
    day = race_day(race)
    return RaceIdentity(
        series=SERIES_BY_NUMBER.get(race.count("series_id") or 0),
        season=race.count("race_season") or (day.year if day else None),
        name=race.text("race_name"),
        track=race.text("track_name"),
        day=day,
        winner=winner,
    )


def race_day(race: WeekendObject) -> date | None:
    """The day of the race, where the file gives one that exists and that is no stopgap of the year 1."""
    for name in ("race_date", "date_scheduled"):
        found = _DAY.fullmatch(race.text(name) or "")
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
        except ValueError:
            day = None
        if day and day.year > 1940:
            return day
    return None


def race_facts(race: WeekendObject) -> Iterator[FactClaim]:
    """The facts of the race that its fields say."""
    identity = race_identity(race, None)
    told = {
        "series": identity.series, "season": identity.season, "race_name": identity.name, "track": identity.track,
        "date": identity.day, "race_time_s": _clock_s(race.text("total_race_time")),
    }  # fmt: skip
    yield from (FactClaim(race.line, name, value) for name, value in told.items() if value)
    for name, field in _COUNT_FACTS.items():
        count = race.count(field)
        if count:
            yield FactClaim(race.line, name, count)
    for name, field in _MEASURE_FACTS.items():
        measure = race.number(field)
        if measure:
            yield FactClaim(race.line, name, measure)
    for name, (field, segments) in _ZERO_COUNT_FACTS.items():
        count = race.count(field)
        if count or (
            count == 0 and race.count("actual_laps") and segments in race.lists and not race.objects(segments)
        ):
            yield FactClaim(race.line, name, count)
    margin = margin_fact(race)
    if margin:
        yield margin


def margin_fact(race: WeekendObject) -> FactClaim | None:
    """The margin of victory in seconds or laps; None where it is neither ("Under Caution")."""
    text = race.text("margin_of_victory") or ""
    laps, seconds = _LAPS.fullmatch(text), _SECONDS.fullmatch(text)
    if laps:
        return FactClaim(race.line, "margin_laps", int(laps["laps"]))
    if seconds and 0 < float(seconds["seconds"]) < MAX_SECONDS_OF_MARGIN:
        return FactClaim(race.line, "margin_s", float(seconds["seconds"]))
    return None


def stage_lengths(race: WeekendObject) -> dict[int, int]:
    """The length of each stage in laps, by its number; none where the lengths do not come to the race's."""
    told = {stage: race.count(f"stage_{stage}_laps") or 0 for stage in range(1, 5)}
    lengths = {stage: laps for stage, laps in told.items() if laps}
    scheduled = race.count("scheduled_laps")
    if not lengths or sorted(lengths) != list(range(1, len(lengths) + 1)):
        return {}
    if sum(lengths.values()) == scheduled:
        return lengths
    ends = list(lengths.values())
    if ends == sorted(set(ends)) and ends[-1] == scheduled:  # each stage told by the lap it ends on
        return {stage: end - (ends[stage - 2] if stage > 1 else 0) for stage, end in lengths.items()}
    return {}


def _clock_s(text: str | None) -> float | None:
    found = _CLOCK.fullmatch(text or "")
    if not found:
        return None
    return int(found["hours"] or 0) * 3600.0 + int(found["minutes"]) * 60 + float(found["seconds"]) or None
