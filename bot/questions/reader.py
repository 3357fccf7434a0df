"""A question and typed tables -> the answer that their rows give, with the rows, the reading and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import SourceLine
from bot.questions.candidates.scene import scene_of
from bot.questions.links.nations import nation_words
from bot.questions.links.question import read_question
from bot.questions.programs.machine import rows_in
from bot.questions.programs.model import AnswerProgram
from bot.questions.programs.words import program_words
from bot.questions.ranking.model import ranking_model
from bot.questions.ranking.rank import RankedCandidate, rank
from bot.questions.search import TableSearch
from bot.questions.tables.model import TableRow, TypedTable

__all__ = ["MOST_TABLES", "RunnerUp", "TableAnswer", "answer_from", "answer_question"]

MOST_TABLES = 4  # of many that are read for one question: the right one is among them for 97 of 100
_MOST_RUNNERS_UP = 3


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
    `sureness` is from 0 to 1; `unexplained` are words of the question that nothing of the program stands for. It is 0
    where a land or a nationality is among them: the rows would be those of other people.
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
    """The answer of the table that answers best; None where the words ask for nothing that a table has.

    Who asks about the same tables again makes a `TableSearch` of them, and calls `answer_from`.
    """
    return answer_from(question, TableSearch(tables))


def answer_from(question: str, search: TableSearch) -> TableAnswer | None:
    """As `answer_question`, of tables that are ready for it."""
    words = read_question(question)
    if words is None:
        return None
    model = ranking_model()
    ranking = rank([scene_of(words, index) for index in search.likeliest(words, MOST_TABLES)], model)
    if not ranking.ranked or not ranking.ranked[0].candidate.outcome.texts:
        return None
    first = ranking.ranked[0]
    table, rows = first.scene.index.table, first.candidate.outcome.rows
    left = first.scene.content & ~first.candidate.words
    elsewhere = nation_words(words) & left
    return TableAnswer(
        first.candidate.outcome.texts,
        first.candidate.program,
        program_words(first.candidate.program, table),
        table,
        tuple(table.rows[row] for row in rows_in(rows)),
        0.0 if elsewhere else model.sure(ranking.features),
        tuple(word for at, word in enumerate(words.words) if left >> at & 1),
        tuple(_runner_up(one) for one in ranking.ranked[1 : 1 + _MOST_RUNNERS_UP]),
    )


def _runner_up(one: RankedCandidate) -> RunnerUp:
    table = one.scene.index.table
    return RunnerUp(one.candidate.outcome.texts, program_words(one.candidate.program, table), table.title)
