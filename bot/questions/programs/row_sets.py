"""Conditions on a row and sets of rows, as frozen data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

__all__ = [
    "AllRows", "AnyOf", "Beside", "Beyond", "Comparison", "Condition", "Contains", "Direction", "Empty", "End",
    "Extreme", "Finished", "InMonth", "IsAmount", "Negated", "RowSet", "SameAs", "SameCells", "Than", "Where",
]  # fmt: skip


class Comparison(StrEnum):
    """How an amount is compared to another."""

    EQUAL = "equal"
    MORE = "more"
    LESS = "less"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Direction(StrEnum):
    """Which way one looks: up to the first and the most, or down to the last and the least."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Contains:
    """The cell of a column has these words next to one another; the whole cell, if `whole`."""

    column: int
    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class IsAmount:
    """The amount of a column compares to another; a cell without one does not."""

    column: int
    comparison: Comparison
    amount: float


@dataclass(frozen=True, slots=True)
class InMonth:
    """The day of a column lies in a month, 0 for any, or on a day of it, or in a year; 0 where that is open."""

    column: int
    month: int
    day: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The place of a row is a number, or its time is one or so many laps behind: it is no retirement and no code."""

    column: int


@dataclass(frozen=True, slots=True)
class Empty:
    """The cell of a column is empty, or says nought."""

    column: int


@dataclass(frozen=True, slots=True)
class Negated:
    """The condition does not hold."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the conditions holds."""

    conditions: tuple["Condition", ...]


Condition: TypeAlias = Contains | IsAmount | InMonth | Finished | Empty | Negated | AnyOf


@dataclass(frozen=True, slots=True)
class AllRows:
    """Every row of the table."""


@dataclass(frozen=True, slots=True)
class Where:
    """The rows of a set that meet a condition."""

    rows: "RowSet"
    condition: Condition


@dataclass(frozen=True, slots=True)
class End:
    """The first rows of a set (UP) or its last ones (DOWN), in the order of the table."""

    rows: "RowSet"
    direction: Direction
    count: int = 1


@dataclass(frozen=True, slots=True)
class Extreme:
    """The rows of a set with the most (UP) or the least (DOWN) in a column."""

    rows: "RowSet"
    column: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class Beside:
    """Of a set, the row that is next to the anchor: before its first row (UP) or after its last one (DOWN)."""

    rows: "RowSet"
    anchor: "RowSet"
    direction: Direction


@dataclass(frozen=True, slots=True)
class Beyond:
    """Of a set, all rows before the anchor (UP) or after it (DOWN)."""

    rows: "RowSet"
    anchor: "RowSet"
    direction: Direction


@dataclass(frozen=True, slots=True)
class SameAs:
    """Of a set, the rows that say in a column what the anchor says; without the anchor."""

    rows: "RowSet"
    anchor: "RowSet"
    column: int


@dataclass(frozen=True, slots=True)
class Than:
    """Of a set, the rows with more (UP) or less (DOWN) in a column than the anchor."""

    rows: "RowSet"
    anchor: "RowSet"
    column: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class SameCells:
    """Of a set, the rows that say the same in two columns."""

    rows: "RowSet"
    first: int
    second: int


RowSet: TypeAlias = AllRows | Where | End | Extreme | Beside | Beyond | SameAs | Than | SameCells
