"""Programs as frozen data: conditions on a row, sets of rows, and answers that are worked out from them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

__all__ = [
    "AllRows", "AnswerProgram", "AnyOf", "Average", "Beside", "Beyond", "Cells", "Commonest", "Comparison", "Condition",
    "Contains", "Count", "CountDistinct", "CountGroups", "Difference", "Direction", "Empty", "End", "Exists", "Extreme",
    "Finished", "Headings", "InMonth", "IsAmount", "LongestRun", "Negated", "Percentage", "RowSet", "SameAs",
    "SameValue", "Side", "Spread", "Than", "Total", "Where",
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
    """The place of a row is a number: it is no retirement and no other code."""

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


RowSet: TypeAlias = AllRows | Where | End | Extreme | Beside | Beyond | SameAs | Than


@dataclass(frozen=True, slots=True)
class Cells:
    """What the rows say in a column, each once."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are."""

    rows: RowSet


@dataclass(frozen=True, slots=True)
class CountDistinct:
    """How many different things the rows say in a column."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class CountGroups:
    """How many of the things that the rows say in a column stand in so many rows."""

    rows: RowSet
    column: int
    comparison: Comparison
    amount: int


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of a column."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much one row and another differ in a column."""

    first: RowSet
    second: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Spread:
    """From the least to the most in a column."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Percentage:
    """How many rows of a hundred of a set are in a part of it."""

    part: RowSet
    rows: RowSet


@dataclass(frozen=True, slots=True)
class Commonest:
    """What stands in a column most often (UP) or least often (DOWN)."""

    rows: RowSet
    column: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class LongestRun:
    """What stands in a column most often in rows that follow one another."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether there is such a row; `answers` are the words for yes and no."""

    rows: RowSet
    answers: tuple[str, str] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class SameValue:
    """Whether one row and another say the same in a column."""

    first: RowSet
    second: RowSet
    column: int
    answers: tuple[str, str] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Side:
    """Which of two words holds of one row against another: the first word where it has more, or stands further up.

    `column` is None where the order of the rows is meant; `amount` is compared with instead of the second row.
    """

    first: RowSet
    second: RowSet | None
    column: int | None
    answers: tuple[str, str]
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns of the table are called."""


AnswerProgram: TypeAlias = (
    Cells | Count | CountDistinct | CountGroups | Total | Average | Difference | Spread | Percentage | Commonest
    | LongestRun | Exists | SameValue | Side | Headings
)  # fmt: skip
