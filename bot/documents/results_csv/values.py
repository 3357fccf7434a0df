"""The values in the cells of a results table: numbers, times, days and car numbers. Each reader raises BadDocument."""

import re
from datetime import date

from bot.documents.text.document_line import (
    DocumentLine,
    parse_iso_date,
    parse_lap_time_s,
    parse_number,
    parse_written_date,
)
from bot.language.months import MONTHS
from bot.language.patterns import Pattern
from bot.racing.series import find_series_phrase, series_id

__all__ = [
    "parse_car_number",
    "parse_count",
    "parse_date",
    "parse_decimal",
    "parse_driver",
    "parse_place",
    "parse_seconds",
    "parse_series",
]

_MARKS = Pattern(r"(?<!\s)\s*(?:\((?P<word>[A-Za-z]{1,2})\)|(?P<sign>[*#^†‡+]))$")
_LEADING_MARKS = Pattern(r"^(?:[*#^†‡]\s?|[xyz]-(?=[A-Z]))")
_CAR = Pattern(r"#?(?P<car>[A-Za-z]?-?[0-9]{1,3}[A-Za-z]?)(?:\.0)?\*?")
_DECIMAL_COMMA = Pattern(r"((?:[0-9]{1,3}:)?[0-9]{1,3}),([0-9]{1,4})")
_PLACE = Pattern(r"(?:T|=|P)?-?(?P<place>[0-9]{1,3})(?:st|nd|rd|th|\.0|\.|T)?", re.IGNORECASE)
_COUNT = Pattern(
    r"(?P<count>-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,9})(?:\.0{1,2})?(?:\s?(?:laps?|pts\.?|points?))?", re.IGNORECASE
)
_OF_TOTAL = Pattern(r"(?P<count>[0-9]{1,4})\s?(?:/|of)\s?[0-9]{1,4}(?:\slaps)?")
_SLASHED_DAY = Pattern(
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.\-])(?P<second>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})"
)
_YEAR_FIRST = Pattern(r"(?P<year>[0-9]{4})(?P<mark>[/.]|)(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_WORDED_DAY = Pattern(
    r"(?:[A-Za-z]{3,9}[,.]{0,2}\s)?(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-](?P<month>[A-Za-z]{3,9})\.?,?[\s-]"
    r"|(?P<word>[A-Za-z]{3,9})\.?\s(?P<number>[0-9]{1,2})(?:st|nd|rd|th)?,?\s)(?P<year>[0-9]{4})"
)
FIRST_YEAR_OF_CENTURY = 49  # a year of two figures from here on is of the last century: the sport began in 1949
_SERIES_BY_FEED_NUMBER = {"1": "cup", "2": "nxs", "3": "truck"}  # how the sport's own data number them
_MAX_MONTH = 12


def parse_decimal(source: DocumentLine, text: str, label: str) -> float:
    """A number with a decimal point or comma; miles, seconds and speeds of a race stay below a thousand."""
    plain = re.sub(r"(?<!\s)\s*(?:mph|mi|miles?|seconds?|secs?\.?|s)\.?$", "", text.strip(), flags=re.IGNORECASE)
    return parse_number(source, _with_decimal_point(plain), label)


def parse_seconds(source: DocumentLine, text: str, label: str) -> float | None:
    """Seconds of 29.797, 29,797, 1:02.345 or 3:00:07; None for a dash or zero: no time."""
    return parse_lap_time_s(source, _with_decimal_point(text), label)


def parse_count(source: DocumentLine, text: str, label: str, minimum: int = 0) -> int:
    """A whole number: 1,234, 40.0, "267 laps", or the first of "267/267"."""
    plain = text.strip().replace("−", "-")
    found = _COUNT.fullmatch(plain) or _OF_TOTAL.fullmatch(plain)
    if not found:
        raise source.error(f"{label} must be a whole number, not “{text[:40]}”")
    value = int(found["count"].replace(",", ""))
    if value < minimum:
        raise source.error(f"{label} cannot be {value}: it is at least {minimum}")
    return value


def parse_place(source: DocumentLine, text: str) -> int:
    """A place: 1, 1st, T5, P1."""
    found = _PLACE.fullmatch(text.strip())
    if not found:
        raise source.error(f"a position must be a whole number, not “{text[:40]}”")
    if int(found["place"]) < 1:
        raise source.error("a position cannot be 0: it is at least 1")
    return int(found["place"])


def parse_date(source: DocumentLine, text: str) -> date:
    """A day in any form that cannot be misread: 2023-06-25, June 25, 2023, 25 Jun 2023, 6/25/2023.

    6/7/2023 could be two days: it is refused.
    """
    plain = re.sub(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?.{0,12}$", "", text.strip())
    worded = _WORDED_DAY.fullmatch(plain)
    if worded:
        return _day(
            source,
            worded["year"],
            _month(source, worded["month"] or worded["word"], text),
            worded["day"] or worded["number"],
            text,
        )
    year_first = _YEAR_FIRST.fullmatch(plain)
    if year_first:
        return _day(source, year_first["year"], int(year_first["month"]), year_first["day"], text)
    slashed = _SLASHED_DAY.fullmatch(plain)
    if slashed:
        return _slashed_day(source, slashed, text)
    return parse_written_date(source, text) or parse_iso_date(source, plain)


def _slashed_day(source: DocumentLine, slashed: re.Match[str], text: str) -> date:
    first, second, year = int(slashed["first"]), int(slashed["second"]), slashed["year"]
    if len(year) == 2:
        year = f"{19 if int(year) >= FIRST_YEAR_OF_CENTURY else 20}{year}"
    if first > _MAX_MONTH >= second:
        return _day(source, year, second, str(first), text)
    if second > _MAX_MONTH >= first or first == second:
        return _day(source, year, first, str(second), text)
    raise source.error(f"“{text[:40]}” may be two days; a date must be written like 2023-06-25")


def _month(source: DocumentLine, word: str, text: str) -> int:
    months = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower()[:3])]
    if len(months) != 1 or not MONTHS[months[0] - 1].lower().startswith(
        "sep" if word.lower() == "sept" else word.lower()
    ):
        raise source.error(f"a date must be written like 2023-06-25, not “{text[:40]}”")
    return months[0]


def _day(source: DocumentLine, year: str, month: int, day: str, text: str) -> date:
    try:
        return date(int(year), month, int(day))
    except ValueError as error:
        raise source.error(f"there is no such day as {text[:40]}") from error


def parse_car_number(source: DocumentLine, text: str) -> str:
    """A car number as text: 07 stays 07, and B-29 was one too."""
    found = _CAR.fullmatch(text)
    if not found:
        raise source.error(f"a car number must be a number such as 07, not “{text[:40]}”")
    return found["car"]


def parse_driver(source: DocumentLine, text: str) -> tuple[str, bool, bool]:
    """(name, rookie, ineligible): (R) or # behind the name marks a rookie, (i) one who scores no points in the series.

    Other marks, such as * or (P), are no part of the name either.
    """
    name, marks = text.strip(), set[str]()
    while (leading := _LEADING_MARKS.match(name)) is not None:
        marks.add(leading[0].strip())
        name = name[leading.end() :]
    while (found := _MARKS.search(name)) is not None:
        marks.add((found["word"] or found["sign"]).lower())
        name = name[: found.start()].strip()
    if not any(letter.isalpha() for letter in name):
        raise source.error(f"a driver must have a name, not “{text[:40]}”")
    return name, bool(marks & {"r", "#"}), "i" in marks


def parse_series(text: str) -> str:
    """The id of a series by any of its names, or by the number that the sport's own data give it."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", text.lower()))
    phrase = find_series_phrase(words)
    named = series_id(text)
    if text.strip() in _SERIES_BY_FEED_NUMBER:
        return _SERIES_BY_FEED_NUMBER[text.strip()]
    whole = phrase is not None and phrase.certain and phrase.end - phrase.start == len(words)
    return phrase.series if whole and phrase else named


def _with_decimal_point(text: str) -> str:
    found = _DECIMAL_COMMA.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else text
