"""A document about a season as readings: that of the season itself, and one for each race that it tells of."""

from collections.abc import Iterator, Sequence

from bot.documents.model import Claim, FactClaim, ParsedDocument, RaceIdentity
from bot.documents.season import RaceWinners, ScheduledRaceClaim, SeasonClaims, SeasonEvent
from bot.racing.series import NATIONAL_SERIES

__all__ = ["SEASON_READING", "with_race_readings"]

SEASON_READING = 0  # the number of the season's own reading; that of the race `events[n]` is n + 1
# What a row of the schedule and one of the results say of a race, by the field of the fact.
_SCHEDULE_FACTS = (
    ("round", "round"), ("race_name", "race"), ("track", "track"), ("date", "day"), ("network", "network"),
    ("radio", "radio"),
)  # fmt: skip
_WINNER_FACTS = (
    "pole_driver", "most_laps_led_driver", "fastest_lap_driver", "winner", "winner_car", "winner_team",
    "winner_manufacturer",
)  # fmt: skip


def with_race_readings(parsed: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
    """The readings of a document; behind that of a season come those of its races, one for each event in order."""
    season = parsed[0].season if len(parsed) == 1 else None
    if season is None:
        return tuple(parsed)
    return (*parsed, *(_race_reading(parsed[0], season, event) for event in season.events))


def _race_reading(article: ParsedDocument, season: SeasonClaims, event: SeasonEvent) -> ParsedDocument:
    scheduled = event.scheduled
    identity = RaceIdentity(
        season.series,
        season.season,
        event.round,
        event.race,
        event.track,
        scheduled.day if scheduled else None,
        winner=event.winner,
    )
    facts: list[Claim] = [
        FactClaim(event.line, "series", season.series),
        FactClaim(event.line, "season", season.season),
        *_series_name(season, event.line),
        *_schedule_facts(event.scheduled),
        *_winner_facts(event.winners, is_scheduled=scheduled is not None),
    ]
    return ParsedDocument(article.document, article.kind, article.title, identity, tuple(facts))


def _series_name(season: SeasonClaims, line: int) -> Iterator[FactClaim]:
    """The name of a series that is none of the national ones, whose names by season are known."""
    if season.series not in NATIONAL_SERIES:
        yield FactClaim(line, "series_name", season.series_name)


def _schedule_facts(scheduled: ScheduledRaceClaim | None) -> Iterator[FactClaim]:
    for field, column in _SCHEDULE_FACTS if scheduled else ():
        value = getattr(scheduled, column)
        if value is not None and scheduled is not None:
            yield FactClaim(scheduled.line, field, value)


def _winner_facts(winners: RaceWinners | None, *, is_scheduled: bool) -> Iterator[FactClaim]:
    """What the results say; of a race that the schedule does not have, its round, name and track too."""
    if winners is None:
        return
    for field, column in () if is_scheduled else _SCHEDULE_FACTS[:3]:
        value = getattr(winners, column)
        if value is not None:
            yield FactClaim(winners.line, field, value)
    for field in _WINNER_FACTS:
        value = getattr(winners, field)
        if value is not None:
            yield FactClaim(winners.line, field, value)
