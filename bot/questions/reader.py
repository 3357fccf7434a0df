"""A question and typed tables -> the answer that their rows give, with the rows, the reading and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import SourceLine
from bot.questions.programs.model import AnswerProgram
from bot.questions.tables.model import TableRow, TypedTable

__all__ = ["RunnerUp", "TableAnswer", "answer_question"]


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Another answer that the words may ask for, in the order of how well they fit."""

    texts: tuple[str, ...]
    reading: str
    title: str


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """What a table says to a question.

    `texts` are the values, `program` is how they follow and `reading` says that in words. `rows` are those it used.
    `sureness` is from 0 to 1; `unexplained` are words of the question that nothing of the program stands for.
    """

    texts: tuple[str, ...]
    program: AnswerProgram
    reading: str
    table: TypedTable
    rows: tuple[TableRow, ...]
    sureness: float
    unexplained: tuple[str, ...]
    runners_up: tuple[RunnerUp, ...]

    @property
    def sources(self) -> tuple[SourceLine, ...]:
        """The lines that the answer stands on, each once."""
        return tuple(dict.fromkeys(source for row in self.rows for source in row.sources))


def answer_question(question: str, tables: Sequence[TypedTable]) -> TableAnswer | None:
    """The answer of the table that answers best; None where the words ask for nothing that a table has."""
    raise NotImplementedError
