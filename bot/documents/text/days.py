"""Days as people write them into a value, where they cannot be misread.

8/20/2018 is a day and 8/9/2018 two; "August 20-21" ends on the 21st, and what a race was postponed from is not its day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.documents.text.quantities import UnreadableValue, without_notes
from bot.language.months import MONTH, month_number
from bot.language.patterns import Pattern

__all__ = ["Day", "read_day"]

_ENDING = r"(?:st|nd|rd|th)?"
_RANGE = r" ?(?:[-–—/&]|to|and|through) ?"
_DAY = Pattern(
    rf"(?<![\w.])(?:(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})(?![0-9])"
    rf"|(?P<first>[0-9]{{1,2}})[-/.](?P<second>[0-9]{{1,2}})[-/.](?P<last_year>[0-9]{{4}})(?![0-9])"
    rf"|(?:(?P<from_day>[0-9]{{1,2}}){_ENDING}{_RANGE})?(?P<day_before>[0-9]{{1,2}}){_ENDING}(?: of)? "
    rf"(?P<month_behind>{MONTH})(?![a-z]),?(?: (?P<year_behind>[0-9]{{4}})(?![0-9]))?"
    rf"|(?P<month_first>{MONTH})(?![a-z]) (?P<day_first>[0-9]{{1,2}}){_ENDING}"
    rf"(?:{_RANGE}(?P<to_day>[0-9]{{1,2}}){_ENDING}(?![0-9:]))?(?:(?:,? |,)(?P<year_last>[0-9]{{4}})(?![0-9]))?)"
)
# Before a day on which the race was to be, and was not.
_GIVEN_UP = Pattern(r"\b(?:from|originally|scheduled|planned|instead of|not)\b[^.;,]{0,30}$", re.IGNORECASE)
_MOVED_TO = Pattern(r"\b(?:to|until|on|run|completed|finished|resumed|concluded|held)\b[^.;,]{0,20}$", re.IGNORECASE)
_RANGE_BETWEEN = Pattern(rf"^{_RANGE}$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read; `is_exact` says that it is one day and nothing stood beside it."""

    day: date
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _WrittenDay:
    """A day as it stands in a text: its parts, of which the year may be missing, and where it begins and ends."""

    year: int | None
    month: int
    day: int
    start: int
    end: int
    is_range: bool


def read_day(text: str) -> Day:
    """The day of a text: of several days in a row the last, and of one that was moved the day it was moved to.

    Raises UnreadableValue where there is none, none such in the calendar, or more than one that it could be.
    """
    plain = without_notes(text)
    written = [one for one in map(_written_day, _DAY.finditer(plain)) if not _is_given_up(plain, one)]
    if not written:
        raise UnreadableValue(text)
    last, others = written[-1], written[:-1]
    for one, following in zip(others, written[1:], strict=True):
        is_range = _RANGE_BETWEEN.match(plain[one.end : following.start]) is not None
        is_move = _MOVED_TO.search(plain[one.end : following.start]) is not None
        if not is_range and not is_move and (one.month, one.day) != (following.month, following.day):
            raise UnreadableValue(text)
    years = {one.year for one in written} - {None}
    year = last.year or (years.pop() if len(years) == 1 else None)
    if year is None:
        raise UnreadableValue(text)
    try:
        day = date(year, last.month, last.day)
    except ValueError as error:
        raise UnreadableValue(text) from error
    return Day(day, len(written) == 1 and not last.is_range and not _other_words(plain, last))


def _written_day(found: re.Match[str]) -> _WrittenDay:
    year, month, day = next(parts for parts in _forms(found) if parts is not None)
    is_range = bool(found["from_day"] or found["to_day"])
    return _WrittenDay(int(year) if year else None, month, day, found.start(), found.end(), is_range)


def _forms(found: re.Match[str]) -> Iterator[tuple[str | None, int, int] | None]:
    """(year, month, day) by the form that is there; None for a form that is not."""
    yield (found["year"], int(found["month"]), int(found["day"])) if found["year"] else None
    yield (found["last_year"], *_month_and_day(found)) if found["last_year"] else None
    behind, first = found["month_behind"], found["month_first"]
    yield (found["year_behind"], month_number(behind), int(found["day_before"])) if behind else None
    yield (found["year_last"], month_number(first), int(found["to_day"] or found["day_first"])) if first else None


def _month_and_day(found: re.Match[str]) -> tuple[int, int]:
    """The month and day of 8/20/2018 or 20.8.2018. Raises UnreadableValue where either number may be the month."""
    first, second = int(found["first"]), int(found["second"])
    if first > 12 >= second:
        return second, first
    if second > 12 >= first or first == second:
        return first, second
    raise UnreadableValue(found[0])


def _is_given_up(text: str, written: _WrittenDay) -> bool:
    before = text[max(written.start - 60, 0) : written.start]
    given_up = _GIVEN_UP.search(before)
    moved = _MOVED_TO.search(before)
    return given_up is not None and (moved is None or moved.start() < given_up.start())


def _other_words(text: str, written: _WrittenDay) -> bool:
    return re.search(r"\w", text[written.end :]) is not None
