"""Days and times of a schedule as people write them; what is neither is kept as written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.language.months import MONTH, month_number
from bot.language.patterns import Pattern

__all__ = ["DayText", "StartText", "parse_days", "parse_start", "zone_of"]

EASTERN = "America/New_York"
_ZONES = {
    "e": EASTERN, "c": "America/Chicago", "m": "America/Denver", "p": "America/Los_Angeles",
    "eastern": EASTERN, "central": "America/Chicago", "mountain": "America/Denver", "pacific": "America/Los_Angeles",
    "utc": "UTC", "gmt": "UTC",
}  # fmt: skip
_ZONE_WORD = Pattern(r"\b(?:([ECMP])[SD]?T|(UTC|GMT)|(Eastern|Central|Mountain|Pacific))\b")
_LOCAL = Pattern(r"(?i)\blocal\b")
_MONTH_FIRST = Pattern(
    rf"\b(?P<month>{MONTH})\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:])(?:,?\s(?P<year>(?:19|20)[0-9]{{2}}))?"
)
_DAY_FIRST = Pattern(
    rf"(?<![0-9:])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{MONTH})\b(?:,?\s(?P<year>(?:19|20)[0-9]{{2}}))?"
)
_ISO = Pattern(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])")
_RANGE = Pattern(
    rf"\b(?:{MONTH})\s[0-9]{{1,2}}\s?[-–—/&]\s?[0-9]{{1,2}}\b|\b[0-9]{{1,2}}\s?[-–—/&]\s?[0-9]{{1,2}}\s(?:{MONTH})\b"
)
_POSTPONED = Pattern(r"(?i)\b(?:postponed|moved|rescheduled|delayed|originally|initially)\b")
_CLOCK = Pattern(r"(?i)(?<![0-9:])(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-5][0-9]))?\s?(?P<half>[ap])\.?\s?m\b")
_CLOCK_24 = Pattern(r"(?<![0-9:])(?P<hour>1[3-9]|2[0-3]|0[0-9]):(?P<minute>[0-5][0-9])(?![0-9:])")
_ANY_CLOCK = Pattern(r"[0-9]:[0-5][0-9]")
_NOON = Pattern(r"(?i)\b(noon|midday)\b")


@dataclass(frozen=True, slots=True)
class DayText:
    """What a cell says of the day: `day` None where it names none or several; `first_day` before it was moved."""

    day: date | None = None
    first_day: date | None = None
    has_year: bool = False


@dataclass(frozen=True, slots=True)
class StartText:
    """What a cell says of the start: "15:30" and its zone, None where it says no time."""

    start: str | None = None
    zone: str | None = None


def parse_days(text: str, season: int) -> DayText:
    """The day in a cell, by the year that it says or else that of the season."""
    if _RANGE.search(text):
        return DayText()
    moved = _POSTPONED.search(text)
    parts = (text[: moved.start()], text[moved.start() :]) if moved else (text, "")
    days, others = (tuple(_days(part, season)) for part in parts)
    if not days and moved and len(others) == 1:  # "Postponed to March 5" names the day it is run on
        is_to = " to " in parts[1]
        return DayText(others[0][0], None, others[0][1]) if is_to else DayText()
    if len(days) != 1:
        return DayText()
    first = others[0][0] if len(others) == 1 and " to " not in parts[1] else None
    return DayText(days[0][0], first, days[0][1])


def parse_start(text: str, heading: str = "") -> StartText:
    """The time in a cell; its zone is told there or over the column, else it is US Eastern. "Local" is no zone."""
    start = _clock(text)
    if start is None:
        return StartText()
    return StartText(start, zone_of(text) or zone_of(heading) or (None if _is_local(text, heading) else EASTERN))


def zone_of(text: str) -> str | None:
    """The zone that a text names; None where it names none."""
    found = _ZONE_WORD.search(text)
    return _ZONES[next(group for group in found.groups() if group).lower()] if found else None


def _is_local(*texts: str) -> bool:
    return any(_LOCAL.search(text) for text in texts)


def _days(text: str, season: int) -> Iterator[tuple[date, bool]]:
    """Every day in a text, and whether its year is told; what is no day of any year is passed over."""
    found = [*_MONTH_FIRST.finditer(text), *_ISO.finditer(text)] or list(_DAY_FIRST.finditer(text))
    for match in found:
        month = match["month"]
        number = int(month) if month.isdecimal() else month_number(month)
        try:
            yield date(int(match["year"] or season), number, int(match["day"])), bool(match["year"])
        except ValueError:
            continue


def _clock(text: str) -> str | None:
    """The one time of day in a text as "15:30"; None where there is none, or it may be morning or evening."""
    if len(_ANY_CLOCK.findall(text)) > 1:
        return None
    if _NOON.search(text):
        return "12:00"
    clocks = list(_CLOCK.finditer(text))
    if len(clocks) == 1 and 1 <= int(clocks[0]["hour"]) <= 12:
        hour = int(clocks[0]["hour"]) % 12 + (12 if clocks[0]["half"].lower() == "p" else 0)
        return f"{hour:02d}:{clocks[0]['minute'] or '00'}"
    clocks_24 = list(_CLOCK_24.finditer(text))
    return f"{clocks_24[0]['hour']}:{clocks_24[0]['minute']}" if len(clocks_24) == 1 and not clocks else None
