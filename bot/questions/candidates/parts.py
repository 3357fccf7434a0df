"""Parts of candidates: sets of rows and columns with the words that they explain, and what speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ColumnLink, ConditionLink
from bot.questions.links.question import QuestionWords
from bot.questions.programs.answers import Outcome
from bot.questions.programs.model import AnswerProgram
from bot.questions.programs.row_sets import RowSet
from bot.questions.tables.model import CellKind, TableColumn

__all__ = ["AMOUNT_KINDS", "LinkSet", "QuestionScene", "RowPart", "TableCandidate", "TargetPart"]

AMOUNT_KINDS = {CellKind.NUMBER, CellKind.TIME, CellKind.DAY}


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
