"""Programs as frozen data: what is worked out from sets of rows."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.questions.programs.row_sets import Comparison, Direction, RowSet

__all__ = [
    "AnswerProgram", "Average", "Cells", "CellsOfTwo", "Commonest", "CommonestMonth", "Count", "CountBlocks",
    "CountDifference", "CountDistinct", "CountGroups", "CountRun", "CountSide", "Difference", "Exists", "GroupsOf",
    "Headings", "LongestRun", "MonthsOf", "Option", "Percentage", "RestOfCells", "SameValue", "Side", "Spread", "Total",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """What the rows say in a column, each once."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class CellsOfTwo:
    """What the rows say in two columns: "which driver and co-driver"."""

    rows: RowSet
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Option:
    """Which of some words stand in a column: "a V6 or a V8"."""

    rows: RowSet
    column: int
    options: tuple[tuple[str, ...], ...]


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
class CountBlocks:
    """How many times a column changes from row to row: cells that are printed once for several rows count once."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class CountRun:
    """How many rows of a set follow one another, at most."""

    rows: RowSet


@dataclass(frozen=True, slots=True)
class CountDifference:
    """By how much the number of rows of one set and of another differ."""

    first: RowSet
    second: RowSet


@dataclass(frozen=True, slots=True)
class GroupsOf:
    """Which of the things that the rows say in a column stand in so many rows."""

    rows: RowSet
    column: int
    comparison: Comparison
    amount: int


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
class CommonestMonth:
    """The month in which most of the days of a column lie (UP), or fewest of them (DOWN)."""

    rows: RowSet
    column: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class MonthsOf:
    """The months in which the days of a column lie."""

    rows: RowSet
    column: int


@dataclass(frozen=True, slots=True)
class RestOfCells:
    """What cells say beside some words: the other drivers of a car."""

    rows: RowSet
    column: int
    words: tuple[str, ...]


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
class CountSide:
    """Whether there are more rows of one set than of another: the first word where there are."""

    first: RowSet
    second: RowSet
    answers: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns of the table are called."""


AnswerProgram: TypeAlias = (
    Cells | CellsOfTwo | Option | Count | CountDistinct | CountBlocks | CountGroups | CountRun | CountDifference
    | GroupsOf | Total | Average | Difference | Spread | Percentage | Commonest | LongestRun | Exists | SameValue | Side
    | CommonestMonth | CountSide | Headings | MonthsOf | RestOfCells
)  # fmt: skip
