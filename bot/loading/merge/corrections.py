"""Values that moderators mended: what can be mended, what a new value must look like, and how it enters the merging."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.documents.model import FactClaim
from bot.errors import BotError
from bot.loading.merge.conflicts import Value
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, CORRECTIONS, Told
from bot.racing.facts import FIELDS

__all__ = ["IDENTITY", "Cell", "Mended", "Mending", "columns_of", "mend", "read_correction"]

IDENTITY = frozenset({"series", "season", "round", "appeared"})  # which race it is: a document's own, or its tie
LONGEST = 200  # characters; the longest value of the seeds, a full name of a race, has 96
Parser: TypeAlias = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Mending:
    """One correction in force; the fields are those of `Correction`."""

    number: int
    race: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A mended cell: the value of one column for one subject of one table."""

    number: int
    table: str
    subject: str
    column: str
    value: Value


@dataclass(frozen=True, slots=True)
class Mended:
    """The corrections of one race, as merging takes them."""

    facts: tuple[Told, ...] = ()
    cells: tuple[Cell, ...] = ()


def mend(mendings: Iterable[Mending]) -> Mended:
    """The corrections of one race; each has been read once when it was made."""
    facts, cells = [], []
    for one in sorted(mendings, key=lambda mending: mending.number):
        told = read_correction(one.number, one.what, one.value)
        if isinstance(told, Cell):
            cells.append(told)
        else:
            facts.append(Told(told, CORRECTIONS, CORRECTION_TRUST))
    return Mended(tuple(facts), tuple(cells))


def read_correction(number: int, what: str, value: str) -> FactClaim | Cell:
    """A correction as typed: `what` is a field ("date") or "table: subject: column" ("race: Ross Chastain: laps").

    Raises BotError where there is no such value, or where it cannot be what was typed.
    """
    value = value.strip()
    _plain(what, value)
    table, _, rest = what.partition(": ")
    if not rest:
        return FactClaim(number, what, _fact_value(what, value))
    subject, _, column = rest.rpartition(": ")
    parsers = columns_of(table)
    if not subject or column not in parsers:
        known = ", ".join(parsers)
        raise BotError(f"“{what}” is no value that can be mended: name it as table: row: column, with one of {known}.")
    return Cell(number, table, subject, column, parsers[column](value))


def columns_of(table: str) -> Mapping[str, Parser]:
    """The columns of a table, as conflicts name it, that can be mended, each with what reads its values."""
    if table == "entry list":
        return _ENTRY
    if table == "session":
        return _SESSION
    return _STANDING if table.endswith(" standings") else _RESULT


def _plain(what: str, value: str) -> None:
    if not value:
        raise BotError(f"{what} needs a value; a correction can mend a value and not take it away.")
    if len(value) > LONGEST:
        raise BotError(f"{what} can have at most {LONGEST} characters; this has {len(value):,}.")
    if not value.isprintable():
        raise BotError(f"{what} must be one line of plain characters.")


def _fact_value(what: str, value: str) -> str | int | float | date:
    field = FIELDS.get(what)
    if field is None:
        raise BotError(f"“{what}” is no value of a race that can be mended; choose one from the list.")
    if what in IDENTITY:
        raise BotError(
            f"{field.label} says which race it is and cannot be mended: upload the document again with its race."
        )
    if field.type is date:
        return _day(value)
    if field.type is int:
        return _whole(0)(value)
    return _decimal(0)(value) if field.type is float else value


def _whole(least: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"-?\d{1,3}(,\d{3})+|-?\d{1,9}", value, re.ASCII):
            raise BotError(f"“{value}” is no whole number, such as 300.")
        number = int(value.replace(",", ""))
        if number < least:
            raise BotError(f"{number:,} is too small: it must be {least} or more.")
        return number

    return read


def _decimal(least: float, *, above: bool = False) -> Callable[[str], float]:
    def read(value: str) -> float:
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", value, re.ASCII):
            raise BotError(f"“{value}” is no number, such as 29.797. Times are in seconds, speeds in mph.")
        number = float(value)
        if number < least or (above and number == least):
            raise BotError(f"{value} is too small: it must be {'more than' if above else 'at least'} {least:g}.")
        return number

    return read


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BotError(f"“{value}” is no date: write it as 2023-06-25.") from error


def _mark(value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise BotError(f"“{value}” must be yes or no.")
    return value.lower() == "yes"


def _car(value: str) -> str:
    if not re.fullmatch(r"\d{1,3}[A-Z]?", value, re.ASCII):
        raise BotError(f"“{value}” is no car number, such as 07.")
    return value


def _rounds(value: str) -> tuple[float | None, ...]:
    parts = [part.strip() for part in value.split(",")]
    if len(parts) > 3:
        raise BotError(f"“{value}” has more than the three rounds of a qualifying.")
    return tuple(None if part == "no time" else _decimal(0, above=True)(part) for part in parts)


_NAMED: Mapping[str, Parser] = {"driver": str, "car": _car, "team": str, "manufacturer": str}
_MARKS: Mapping[str, Parser] = {"rookie": _mark, "ineligible": _mark}
_ENTRY: Mapping[str, Parser] = {**_NAMED, **_MARKS}
_SESSION: Mapping[str, Parser] = {"title": str, "laps": _whole(1)}
_STANDING: Mapping[str, Parser] = {
    "position": _whole(1), "name": str, "points": _whole(-1000), "gap": _whole(0), "change": _whole(0),
    "rookie": _mark,
}  # fmt: skip
_RESULT: Mapping[str, Parser] = {
    "position": _whole(1), **_NAMED, "grid": _whole(0), "laps": _whole(0), "points": _whole(-1000),
    "time_s": _decimal(0, above=True), "speed_mph": _decimal(0, above=True), "rounds_s": _rounds,
    "laps_led": _whole(0), "status": str, **_MARKS,
}  # fmt: skip
