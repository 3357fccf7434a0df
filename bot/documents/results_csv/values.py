"""The values in the cells of a results table: numbers, times, days and car numbers. Each reader raises BadDocument."""

import re
from datetime import date

from bot.documents.text.measures import Spot, calendar_day, iso_day, lap_time_s, number

__all__ = ["car_number", "day", "decimal", "driver", "seconds"]

_MARK = re.compile(r"\s*\((R|i)\)", re.IGNORECASE)
_CAR = re.compile(r"#?([0-9]{1,3}[A-Za-z]?)")
_DECIMAL_COMMA = re.compile(r"((?:[0-9]{1,3}:)?[0-9]{1,3}),([0-9]{1,4})")


def decimal(spot: Spot, text: str, what: str) -> float:
    """A number with a decimal point or comma; miles, seconds and speeds of a race stay below a thousand."""
    return number(spot, _pointed(text), what)


def seconds(spot: Spot, text: str, what: str) -> float | None:
    """Seconds of 29.797, 29,797, 1:02.345 or 3:00:07; None for a dash or zero: no time."""
    return lap_time_s(spot, _pointed(text), what)


def day(spot: Spot, text: str) -> date:
    """A day written as 2023-06-25 or June 25, 2023. Two numbers and a year could be two days: they are refused."""
    return calendar_day(spot, text) or iso_day(spot, text)


def car_number(spot: Spot, text: str) -> str:
    """A car number as text: 07 stays 07."""
    found = _CAR.fullmatch(text)
    if not found:
        raise spot.broken(f"a car number must be a number such as 07, not “{text[:40]}”")
    return found[1]


def driver(spot: Spot, text: str) -> tuple[str, bool, bool]:
    """(name, rookie, ineligible): (R) behind the name marks a rookie, (i) one who scores no points in the series."""
    marks = {mark.lower() for mark in _MARK.findall(text)}
    name = _MARK.sub("", text).strip()
    if not any(letter.isalpha() for letter in name):
        raise spot.broken(f"a driver must have a name, not “{text[:40]}”")
    return name, "r" in marks, "i" in marks


def _pointed(text: str) -> str:
    found = _DECIMAL_COMMA.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else text
