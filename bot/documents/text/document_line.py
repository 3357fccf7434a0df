"""A line of a document that may be broken, and the numbers, times and dates that may stand in one.

Each reader raises BadDocument where a number must be and is not.
"""

import re
from dataclasses import dataclass
from datetime import date

from bot.documents.model import Document
from bot.errors import BadDocument
from bot.language.months import MONTHS, month_number
from bot.language.patterns import Pattern
from bot.language.shortening import one_line

__all__ = [
    "EMPTY_VALUES",
    "DocumentLine",
    "parse_iso_date",
    "parse_lap_time_s",
    "parse_number",
    "parse_written_date",
    "parse_year",
]

EMPTY_VALUES = frozenset({"", "-", "–", "—", "n/a", "none", "tba", "tbd"})
_EMPTY_TIMES = EMPTY_VALUES | {"no time", "no speed", "dnf", "dnq", "dns", "nt"}
MAX_QUOTE_LENGTH = 40  # characters of what a document says that an error repeats
_WRITTEN_DATE = Pattern(rf"\b({'|'.join(MONTHS)}) ([0-9]{{1,2}}),? ([0-9]{{4}})\b")
_CLOCK = Pattern(r"^(?:([0-9]{1,3}):)?([0-5]?[0-9]):([0-5][0-9](?:\.[0-9]{1,4})?)$")
_FRACTION = Pattern(r"^(?:([0-9]{1,3})\s*\+\s*)?([0-9]{1,3})\s*/\s*([1-9][0-9]{0,2})$")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a document, for readers that may find it broken."""

    document: Document
    line: int

    def error(self, reason: str) -> BadDocument:
        """The error that says `file:line: why`."""
        return BadDocument(self.document.path, self.line, reason)


def parse_number(source: DocumentLine, text: str, label: str) -> float:
    """A number that is not negative, such as "132.914", "1.333" or "1+1/3"."""
    plain = text.strip().replace(",", "")
    fraction = _FRACTION.match(plain)
    if fraction:
        return int(fraction[1] or 0) + int(fraction[2]) / int(fraction[3])
    if not re.fullmatch(r"[0-9]{1,7}(?:\.[0-9]{1,6})?", plain):
        raise source.error(f"{label} must be a number, not “{one_line(text, MAX_QUOTE_LENGTH)}”")
    return float(plain)


def parse_year(source: DocumentLine, text: str) -> int:
    """A season, 1901 to 2099."""
    if not re.fullmatch(r"19(?!00)[0-9]{2}|20[0-9]{2}", text.strip()):
        raise source.error(f"a season must be a year such as 2023, not “{one_line(text, MAX_QUOTE_LENGTH)}”")
    return int(text)


def parse_lap_time_s(source: DocumentLine, text: str, label: str) -> float | None:
    """A lap time in seconds from "29.797", "29.797 seconds" or "1:02.345"; None for a dash or 0.000: no time."""
    plain = re.sub(r"(?<!\s)\s*(?:seconds?|sec|s)\.?$", "", text.strip().lower())
    if plain in _EMPTY_TIMES:
        return None
    clock = _CLOCK.match(plain)
    value = _clock_s(clock) if clock else parse_number(source, plain, label)
    return value or None


def _clock_s(clock: re.Match[str]) -> float:
    return round(int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3]), 4)


def parse_iso_date(source: DocumentLine, text: str) -> date:
    """A day written as 2023-06-25."""
    parts = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text.strip())
    if not parts:
        raise source.error(f"a date must be written like 2023-06-25, not “{one_line(text, MAX_QUOTE_LENGTH)}”")
    return _make_date(source, int(parts[1]), int(parts[2]), int(parts[3]), text)


def parse_written_date(source: DocumentLine, text: str) -> date | None:
    """The last day written as "June 25, 2023" in a text; None where there is none."""
    found = list(_WRITTEN_DATE.finditer(text))
    if not found:
        return None
    month, day, in_year = found[-1].groups()
    return _make_date(source, int(in_year), month_number(month), int(day), f"{month} {day}, {in_year}")


def _make_date(source: DocumentLine, in_year: int, month: int, day: int, text: str) -> date:
    try:
        return date(in_year, month, day)
    except ValueError as error:
        raise source.error(f"there is no such day as {one_line(text, MAX_QUOTE_LENGTH)}") from error
