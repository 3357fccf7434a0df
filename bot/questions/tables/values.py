"""Amounts that are written in cells: plain numbers, times of a race, gaps, days."""

from bot.language.months import MONTH, month_number
from bot.language.patterns import Pattern
from bot.questions.tables.model import CellKind, TableCell

__all__ = ["DAYS_OF_YEAR", "day_cell", "number_in", "seconds_in"]

MAX_CELL = 300  # characters of a cell that are looked at for an amount; a longer one is prose
DAYS_OF_YEAR = 372  # twelve months of 31 days: only the order of days matters

_WHOLE_NUMBER = Pattern(
    r"[($€£#+ -]{0,8}(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?[.)*†‡]{0,8}(?: ?\([^)]{0,120}\))?(?:\+\d+)?[*†‡]{0,8}"
    r"(?: ?(?:laps?|lap down|laps down|pts|points|mph|km/h|kph|%))?"
)
_CLOCK = Pattern(r"([+-]?) ?(?:(\d{1,2})[:.h;])?(\d{1,3})[:m;'’′](\d{1,2}(?:[.,:]\d+)?)(?:s|\"|”)?(?: ?secs?)?")
_SECONDS = Pattern(r"([+-]) ?(\d{1,3}[.,]\d+|\d{1,3})(?: ?s(?:ecs?|econds?)?)?")
_PLAIN_SECONDS = Pattern(r"()(\d{1,3}\.\d+|\d{1,3})(?: ?s(?:ecs?|econds?)?)")
_MONTH_DAY = Pattern(rf"\b({MONTH})\b\.? ?(\d{{1,2}})?(?:st|nd|rd|th)?")
_DAY_MONTH = Pattern(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:[-–/]\d{{1,2}})? (?:of )?({MONTH})\b")
_YEAR = Pattern(r"\b(1[89]\d\d|20\d\d)\b")
_ISO_DAY = Pattern(r"\b(1[89]\d\d|20\d\d)-(\d\d)-(\d\d)\b")


def number_in(text: str) -> float | None:
    """The number that a cell is, with or without a unit ("1,112", "31 laps", "20+1"); None where it is none."""
    found = _WHOLE_NUMBER.fullmatch(text[:MAX_CELL].strip())
    if not found:
        return None
    negative = text.strip().startswith("-")
    value = float(found[1].replace(",", ""))
    return -value if negative else value


def seconds_in(text: str) -> tuple[float, bool] | None:
    """Seconds of a time, and whether it is a gap ("+1:04.2"); None where it is no time."""
    plain = text[:MAX_CELL].strip()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        hours, minutes, seconds = clock[2] or "0", clock[3], clock[4].replace(",", ".").replace(":", ".")
        return 3600 * int(hours) + 60 * int(minutes) + float(seconds), clock[1] == "+"
    gap = _SECONDS.fullmatch(plain) or _PLAIN_SECONDS.fullmatch(plain)
    return (float(gap[2].replace(",", ".")), gap[1] == "+") if gap else None


def day_cell(text: str, words: tuple[str, ...]) -> TableCell | None:
    """The cell of a day ("June 28", "28 June 1998", "1998-06-28"); None where the text names no day."""
    plain = text[:MAX_CELL]
    iso = _ISO_DAY.search(plain)
    if iso:
        return _day(text, words, int(iso[1]), int(iso[2]), int(iso[3]))
    day_first = _DAY_MONTH.search(plain)
    month_first = None if day_first else _MONTH_DAY.search(plain)
    year = _YEAR.search(plain)
    if day_first:
        return _day(text, words, int(year[1]) if year else 0, month_number(day_first[2]), int(day_first[1]))
    if month_first:
        return _day(text, words, int(year[1]) if year else 0, month_number(month_first[1]), int(month_first[2] or 0))
    return None


def _day(text: str, words: tuple[str, ...], year: int, month: int, day: int) -> TableCell:
    amount = float(DAYS_OF_YEAR * year + 31 * month + day)
    return TableCell(text, words, CellKind.DAY, amount, month, year)
