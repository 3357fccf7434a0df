"""The values in the cells of a results table: numbers, times, days and car numbers. Each reader raises BadDocument."""

import re
from datetime import date

from bot.documents.text.measures import DocumentLine, parse_iso_date, parse_lap_time_s, parse_number, parse_written_date
from bot.language.patterns import Pattern

__all__ = ["parse_car_number", "parse_date", "parse_decimal", "parse_driver", "parse_seconds"]

_MARK = Pattern(r"\s*\((R|i)\)", re.IGNORECASE)
_CAR = Pattern(r"#?([0-9]{1,3}[A-Za-z]?)")
_DECIMAL_COMMA = Pattern(r"((?:[0-9]{1,3}:)?[0-9]{1,3}),([0-9]{1,4})")


def parse_decimal(source: DocumentLine, text: str, label: str) -> float:
    """A number with a decimal point or comma; miles, seconds and speeds of a race stay below a thousand."""
    return parse_number(source, _with_decimal_point(text), label)


def parse_seconds(source: DocumentLine, text: str, label: str) -> float | None:
    """Seconds of 29.797, 29,797, 1:02.345 or 3:00:07; None for a dash or zero: no time."""
    return parse_lap_time_s(source, _with_decimal_point(text), label)


def parse_date(source: DocumentLine, text: str) -> date:
    """A day written as 2023-06-25 or June 25, 2023. Two numbers and a year could be two days: they are refused."""
    return parse_written_date(source, text) or parse_iso_date(source, text)


def parse_car_number(source: DocumentLine, text: str) -> str:
    """A car number as text: 07 stays 07."""
    found = _CAR.fullmatch(text)
    if not found:
        raise source.error(f"a car number must be a number such as 07, not “{text[:40]}”")
    return found[1]


def parse_driver(source: DocumentLine, text: str) -> tuple[str, bool, bool]:
    """(name, rookie, ineligible): (R) behind the name marks a rookie, (i) one who scores no points in the series."""
    marks = {mark.lower() for mark in _MARK.findall(text)}
    name = _MARK.sub("", text).strip()
    if not any(letter.isalpha() for letter in name):
        raise source.error(f"a driver must have a name, not “{text[:40]}”")
    return name, "r" in marks, "i" in marks


def _with_decimal_point(text: str) -> str:
    found = _DECIMAL_COMMA.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else text
