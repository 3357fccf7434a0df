"""Corrections by moderators: which values can be corrected, what a new one must look like, how it enters a merge."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.archive.cell_ref import ENTRY_LIST_TABLE, SESSION_TABLE, CellRef, is_standings_table
from bot.documents.model import FactClaim
from bot.errors import BotError
from bot.loading.merge.conflicts import Value
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, CORRECTIONS, SourcedClaim
from bot.racing.facts import FACT_FIELDS

__all__ = [
    "IDENTITY_FIELDS",
    "ActiveCorrection",
    "CorrectedCell",
    "RaceCorrections",
    "correctable_columns",
    "parse_correction",
    "parse_corrections",
]

IDENTITY_FIELDS = frozenset({"series", "season", "round", "appeared"})  # which race it is: a document's own, or its tie
MAX_VALUE_CHARS = 200  # characters; the longest value of the seeds, a full name of a race, has 96
Parser: TypeAlias = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class ActiveCorrection:
    """One correction in force; the fields are those of `Correction`."""

    number: int
    race: str
    value_name: str
    value: str


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """What a moderator says of one cell; `number` is that of the correction."""

    number: int
    ref: CellRef
    value: Value


@dataclass(frozen=True, slots=True)
class RaceCorrections:
    """The corrections of one race as a merge takes them: facts as claims, cells of its tables beside them."""

    facts: tuple[SourcedClaim, ...] = ()
    cells: tuple[CorrectedCell, ...] = ()


def parse_corrections(corrections: Iterable[ActiveCorrection]) -> RaceCorrections:
    """The corrections of one race. No error can rise: each was parsed when it was made."""
    facts, cells = [], []
    for correction in sorted(corrections, key=lambda correction: correction.number):
        parsed = parse_correction(correction.number, correction.value_name, correction.value)
        if isinstance(parsed, CorrectedCell):
            cells.append(parsed)
        else:
            facts.append(SourcedClaim(parsed, CORRECTIONS, CORRECTION_TRUST))
    return RaceCorrections(tuple(facts), tuple(cells))


def parse_correction(number: int, value_name: str, value: str) -> FactClaim | CorrectedCell:
    """A correction as typed: `value_name` is the field of a fact ("date") or the text of a `CellRef`.

    Raises BotError where there is no such value, or where it cannot be what was typed.
    """
    value = value.strip()
    _require_plain_text(value_name, value)
    cell = CellRef.find(value_name)
    if cell is None:
        return FactClaim(number, value_name, _parse_fact_value(value_name, value))
    parsers = correctable_columns(cell.table)
    if not cell.subject or cell.column not in parsers:
        column_list = ", ".join(parsers)
        raise BotError(
            f"“{value_name}” is no value that can be corrected: name it as table: row: column, with one of "
            f"{column_list}."
        )
    return CorrectedCell(number, cell, parsers[cell.column](value))


def correctable_columns(table: str) -> Mapping[str, Parser]:
    """The columns of a table that can be corrected, each with the function that parses its values."""
    if table == ENTRY_LIST_TABLE:
        return _ENTRY_PARSERS
    if table == SESSION_TABLE:
        return _SESSION_PARSERS
    return _STANDING_PARSERS if is_standings_table(table) else _RESULT_PARSERS


def _require_plain_text(value_name: str, value: str) -> None:
    """Check of what was typed. Raises BotError where it is empty, too long, or not one line of characters that show."""
    if not value:
        raise BotError(f"{value_name} needs a value; a correction can change a value and not take it away.")
    if len(value) > MAX_VALUE_CHARS:
        raise BotError(f"{value_name} can have at most {MAX_VALUE_CHARS} characters; this has {len(value):,}.")
    if not value.isprintable():
        raise BotError(f"{value_name} must be one line of plain characters.")


def _parse_fact_value(field_name: str, value: str) -> str | int | float | date:
    """The value of a fact by its type. Raises BotError for a field that there is not or that says which race it is."""
    field = FACT_FIELDS.get(field_name)
    if field is None:
        raise BotError(f"“{field_name}” is no value of a race that can be corrected; choose one from the list.")
    if field_name in IDENTITY_FIELDS:
        raise BotError(
            f"{field.label} says which race it is and cannot be corrected: upload the document again with its race."
        )
    if field.type is date:
        return _parse_date(value)
    if field.type is int:
        return _whole_number_parser(0)(value)
    return _decimal_parser(0)(value) if field.type is float else value


def _whole_number_parser(minimum: int) -> Callable[[str], int]:
    """A parser of whole numbers from `minimum` on, with commas or without."""

    def parse(value: str) -> int:
        # Nine digits fit the whole numbers of every kind of database.
        if not re.fullmatch(r"-?\d{1,3}(,\d{3})+|-?\d{1,9}", value, re.ASCII):
            raise BotError(f"“{value}” is no whole number, such as 300.")
        number = int(value.replace(",", ""))
        if number < minimum:
            raise BotError(f"{number:,} is too small: it must be {minimum} or more.")
        return number

    return parse


def _decimal_parser(minimum: float, *, exclusive: bool = False) -> Callable[[str], float]:
    """A parser of numbers from `minimum` on, or above it where that is excluded."""

    def parse(value: str) -> float:
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", value, re.ASCII):
            raise BotError(f"“{value}” is no number, such as 29.797. Times are in seconds, speeds in mph.")
        number = float(value)
        if number < minimum or (exclusive and number == minimum):
            raise BotError(f"{value} is too small: it must be {'more than' if exclusive else 'at least'} {minimum:g}.")
        return number

    return parse


def _parse_date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BotError(f"“{value}” is no date: write it as 2023-06-25.") from error


def _parse_yes_no(value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise BotError(f"“{value}” must be yes or no.")
    return value.lower() == "yes"


def _parse_car_number(value: str) -> str:
    if not re.fullmatch(r"\d{1,3}[A-Z]?", value, re.ASCII):
        raise BotError(f"“{value}” is no car number, such as 07.")
    return value


def _parse_round_times(value: str) -> tuple[float | None, ...]:
    """Seconds of the rounds of qualifying, with commas between; "no time" stands for a round without one."""
    parts = [part.strip() for part in value.split(",")]
    if len(parts) > 3:
        raise BotError(f"“{value}” has more than the three rounds of a qualifying.")
    return tuple(None if part == "no time" else _decimal_parser(0, exclusive=True)(part) for part in parts)


# What a column may hold. Points may be negative, because penalties are taken off; a time or a speed of 0 is none.
_NAME_PARSERS: Mapping[str, Parser] = {"driver": str, "car": _parse_car_number, "team": str, "manufacturer": str}
_MARK_PARSERS: Mapping[str, Parser] = {"rookie": _parse_yes_no, "ineligible": _parse_yes_no}
_ENTRY_PARSERS: Mapping[str, Parser] = {**_NAME_PARSERS, **_MARK_PARSERS}
_SESSION_PARSERS: Mapping[str, Parser] = {"title": str, "laps": _whole_number_parser(1)}
_STANDING_PARSERS: Mapping[str, Parser] = {
    "position": _whole_number_parser(1),
    "name": str,
    "points": _whole_number_parser(-1000),
    "gap": _whole_number_parser(0),
    "change": _whole_number_parser(0),
    "rookie": _parse_yes_no,
}
_RESULT_PARSERS: Mapping[str, Parser] = {
    "position": _whole_number_parser(1),
    **_NAME_PARSERS,
    "grid": _whole_number_parser(0),
    "laps": _whole_number_parser(0),
    "points": _whole_number_parser(-1000),
    "time_s": _decimal_parser(0, exclusive=True),
    "speed_mph": _decimal_parser(0, exclusive=True),
    "gap_s": _decimal_parser(0),
    "rounds_s": _parse_round_times,
    "laps_led": _whole_number_parser(0),
    "status": str,
    **_MARK_PARSERS,
}
