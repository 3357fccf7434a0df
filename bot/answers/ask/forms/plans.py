"""Plans: a program over a table of the race, which words it explains, and how its outcome is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.words.frame import Frame
from bot.cards import FollowUp, SourceLine
from bot.language.fold import fold
from bot.questions.programs.model import AnswerProgram, Cells
from bot.questions.programs.row_sets import AllRows, Comparison, Condition, Contains, IsAmount, RowSet, Where
from bot.questions.tables.model import TableRow, TypedTable

__all__ = [
    "PlanOutcome",
    "Refusal",
    "TablePlan",
    "amount_in",
    "cell_of",
    "is_amount",
    "is_name",
    "rows_named",
    "single_row",
    "where",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """What a program comes to: texts, and the rows that it used."""

    texts: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A program over one table. `used` are the lists of words that it explains; `sentence` says its outcome.

    `corrects`: the outcome says that something in the question is not so. `session` is the option of /results that
    shows the table, "" for the race itself, "standings", "recap" or "race" for another command. `command` shows a table
    over many races.
    """

    table: TypedTable
    program: AnswerProgram
    used: frozenset[str]
    sentence: Callable[[PlanOutcome], str]
    session: str = ""
    corrects: bool = False
    sources: tuple[SourceLine, ...] = ()
    values: tuple[str, ...] = ()
    command: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question that is understood has no answer here: a whole sentence that says what there is.

    `told` are nouns by which a story may tell the number that no table has.
    """

    text: str
    session: str = ""
    corrects: bool = False
    told: tuple[tuple[str, ...], ...] = ()


def where(rows: RowSet, conditions: Iterable[Condition]) -> RowSet:
    """The rows of a set that meet all conditions."""
    for condition in conditions:
        rows = Where(rows, condition)
    return rows


def is_name(table: TypedTable, heading: str, name: str) -> Condition:
    """The condition that a column has exactly this name."""
    return Contains(column_number(table, heading), tuple(fold(name).split()), whole=True)


def is_amount(table: TypedTable, heading: str, amount: float, comparison: Comparison = Comparison.EQUAL) -> Condition:
    """The condition on the number of a column."""
    return IsAmount(column_number(table, heading), comparison, amount)


def rows_named(table: TypedTable, name: str, heading: str = DRIVER) -> RowSet:
    """The rows of one driver, or of whoever stands in the column."""
    return Where(AllRows(), is_name(table, heading, name))


def single_row(table: TypedTable, name: str, heading: str = DRIVER) -> TableRow | None:
    """The row of a driver; None where there is none, or there are several."""
    number, words = column_number(table, heading), tuple(fold(name).split())
    rows = [row for row in table.rows if row.cells[number].words == words]
    return rows[0] if len(rows) == 1 else None


def cell_of(table: TypedTable, row: TableRow, heading: str) -> str:
    """The text of a cell."""
    return row.cells[column_number(table, heading)].text


def amount_in(table: TypedTable, row: TableRow | None, heading: str) -> float | None:
    """The number of a cell; None where it has none, or there is no row."""
    return None if row is None else row.cells[column_number(table, heading)].amount


def value_program(table: TypedTable, rows: RowSet, heading: str) -> AnswerProgram:
    """The program that says what rows have in a column."""
    return Cells(rows, column_number(table, heading))


Form = Callable[[Frame, QuestionTables], "TablePlan | Refusal | None"]
