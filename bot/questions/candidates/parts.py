"""Parts of candidates: sets of rows and columns with the words that they explain, and what speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ColumnLink, ConditionLink
from bot.questions.links.question import QuestionWords
from bot.questions.programs.answers import Outcome
from bot.questions.programs.machine import rows_in
from bot.questions.programs.model import AnswerProgram
from bot.questions.programs.row_sets import RowSet
from bot.questions.tables.model import CellKind, TableColumn

__all__ = [
    "AMOUNT_KINDS", "LinkSet", "QuestionScene", "RowPart", "TableCandidate", "TargetPart", "names_several",
]  # fmt: skip

AMOUNT_KINDS = {CellKind.NUMBER, CellKind.TIME, CellKind.DAY}
_WORDS_OF_TWO = 4  # "Phil Hill Mike Spence"; of the people who stand alone in a cell, one in 300 has so many
_BETWEEN_NAMES = "/&;,\n"


@dataclass(frozen=True, slots=True)
class QuestionScene:
    """A question in one table: all links of its words, and the feature of each word that stays unexplained."""

    question: QuestionWords
    index: TableIndex
    columns: tuple[ColumnLink, ...]
    conditions: tuple[ConditionLink, ...]
    leftovers: Mapping[int, str]
    content: int

    def trigger(self, meaning: str) -> int:
        """The words of a meaning as a set; 0 where the question has none."""
        return self.question.triggers.get(meaning, 0)

    def column(self, number: int) -> TableColumn:
        """A column by its number."""
        return self.index.table.columns[number]


def names_several(scene: QuestionScene, column: int, rows: int) -> bool:
    """Whether a cell of these rows has the names of several people: those of a car that was shared."""
    cells = (scene.index.machine.columns[column][row] for row in rows_in(rows))
    return any(len(cell.words) >= _WORDS_OF_TWO or any(mark in cell.text for mark in _BETWEEN_NAMES) for cell in cells)


@dataclass(frozen=True, slots=True)
class LinkSet:
    """Links that stand beside one another in one reading of a question."""

    links: tuple[ConditionLink, ...]
    words: int
    score: float


@dataclass(frozen=True, slots=True)
class RowPart:
    """A set of rows with the rows themselves, the words that it explains, and its features.

    `columns` are those of its conditions; `second` is the other set of a comparison of two.
    """

    expression: RowSet
    rows: int
    words: int
    features: tuple[str, ...]
    columns: frozenset[int] = field(default_factory=frozenset)
    shape: str = "all"


@dataclass(frozen=True, slots=True)
class TargetPart:
    """A column that may be asked for, the words that name it, and its features."""

    column: int
    words: int
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCandidate:
    """A program with its outcome, the words that it explains, and its features."""

    program: AnswerProgram
    outcome: Outcome
    words: int
    features: tuple[str, ...]
