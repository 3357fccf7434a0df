"""What happened in a race by the file's lists: its cautions and who led from which lap on."""

from collections.abc import Iterator, Mapping

from bot.documents.model import IncidentClaim, Moment
from bot.documents.weekend_json.fields import WeekendObject

__all__ = ["caution_claims", "lead_change_claims"]

YELLOW, RED = 2, 3  # how the file numbers flags; it gives none where the segment is a caution
MAX_REASON_CHARS = 160


def caution_claims(race: WeekendObject) -> Iterator[IncidentClaim]:
    """Each caution with its number, the lap it began on and why; a red flag is one of its own."""
    segments = [item for item in race.objects("caution_segments") if item.count("start_lap")]
    number = 0
    for item in sorted(segments, key=lambda one: one.count("start_lap") or 0):
        flag = item.count("flag_state")
        if flag not in {None, YELLOW, RED}:
            continue
        number += flag != RED
        kind = "red flag" if flag == RED else "caution"
        reason = item.text("reason") or item.text("comment")
        end = item.count("end_lap")
        until = f", to lap {end}" if end and end > (item.count("start_lap") or 0) else ""
        what = f"{kind.capitalize()}{f': {reason[:MAX_REASON_CHARS]}' if reason else ''}{until}"
        counted = number if kind == "caution" else None
        yield IncidentClaim(item.line, kind, what, counted, Moment(lap=item.count("start_lap")))


def lead_change_claims(race: WeekendObject, drivers: Mapping[str, str]) -> Iterator[IncidentClaim]:
    """Each lap on which another car leads than before; `drivers` are the drivers of the cars."""
    segments = [item for item in race.objects("race_leaders") if item.text("car_number")]
    previous: str | None = None
    for item in sorted(segments, key=lambda one: one.count("start_lap") or 0):
        car, lap = item.text("car_number") or "", item.count("start_lap")
        driver = drivers.get(car)
        if previous is not None and car != previous and lap and driver:
            yield IncidentClaim(
                item.line, "lead change", f"{driver} takes the lead", None, Moment(lap=lap), driver, (driver,)
            )
        previous = car
