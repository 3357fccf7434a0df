"""What a question comes to: its card, and the values of the rows where a page's table answers."""

from dataclasses import dataclass

from bot.answers.ask.ask_words import READ_LABEL, nearest_table_text
from bot.answers.ask.page_answers import PageAnswer, page_answer
from bot.answers.ask.words.compact import compact_question
from bot.answers.common.citations import cite
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.text import join_some, sentence
from bot.answers.context import QueryContext
from bot.cards import Argument, Card, Fact, Facts, Question, SourceLine

__all__ = ["MIN_SURENESS", "AskedAnswer", "page_card", "page_words"]

# Of 530 questions about pages, cross-validated over the pages, 93 of 100 answers this sure are right, a third of all
# questions; from 0.8 on 86 of 100, from 0.9 on 95 of a quarter (`python -m benchmarks.ask_training` prints it).
MIN_SURENESS = 0.88


@dataclass(frozen=True, slots=True)
class AskedAnswer:
    """A card and, of a page's table, its values with their lines, how they follow, and how sure that is, up to 1."""

    card: Card
    values: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    program: str = ""
    sureness: float = 1.0


def page_words(context: QueryContext, question: str, page: str, least: float) -> AskedAnswer | None:
    """The answer of a page, or of those that the question names where it is ""; None where they have nothing.

    Raises NothingToShow where it is less sure than `least`, with the table that comes nearest.
    """
    answer = page_answer(context, question, page)
    if answer is None:
        return None
    if answer.found.sureness < least:
        raise NothingToShow(nearest_table_text(answer.title, answer.found.table, answer.tables))
    return page_card(context, question, answer)


def page_card(context: QueryContext, question: str, answer: PageAnswer) -> AskedAnswer:
    """The card of what the table of a page says, with its lines."""
    found = answer.found
    card = Card(
        title="",
        question=Question("ask", (Argument("question", compact_question(question)),)),
        summary=sentence(f"{join_some(found.texts)}, by the tables of {answer.title}"),
        blocks=(Facts((Fact(READ_LABEL, f"{found.reading}, in {answer.title}", found.sources),)),),
        citations=cite(context.session, found.sources),
    )
    return AskedAnswer(card, found.texts, found.sources, found.reading, found.sureness)
