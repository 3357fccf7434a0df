"""Answers out of tables of pages that tell of no race here: the page has to be named, and the answer has to be sure.

The pages of races are not asked this way: what their tables say is in the archive, and forms read it with every word
explained. Measured on those, of the surest answers of the general reader one in six was wrong.
"""

import threading

from bot.answers.ask.answer import Answer
from bot.answers.common.text import join_some, sentence
from bot.answers.context import QueryContext
from bot.archive.queries.page_tables import kept_table, kept_tables
from bot.archive.queries.sources import SourceRow, sources_by_name
from bot.cards import SourceLine
from bot.language.fold import fold
from bot.questions.reader import answer_from
from bot.questions.search import TableSearch
from bot.questions.tables.model import RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.recent_values import RecentValues

__all__ = ["page_answer"]

# Of 530 questions about pages, cross-validated over the pages, 94 of 100 answers this sure are right, a quarter of all
# questions; from 0.6 on 79 of 100 are, which is too few for what is said as a fact.
MIN_SURENESS = 0.9
MIN_TITLE_WORDS = 2  # words of its title by which a page is named: "2007 san jose grand prix" has five
MAX_PAGES = 3  # that fit a question equally well
COMMON_TITLE_WORDS = frozenset(["the", "of", "in", "and", "at", "season", "series", "race", "championship", "results"])


class _Searches:
    """Tables of pages that were asked lately, ready to be searched: by data version and document, for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._searches: RecentValues[tuple[int, str], TableSearch] = RecentValues(8)

    def of(self, context: QueryContext, source: SourceRow) -> TableSearch:
        """The tables of a page."""
        key = context.names.version, source.document
        with self._lock:
            found = self._searches.find(key)
        if found is None:
            found = TableSearch(_tables(context, source))
            with self._lock:
                self._searches.keep(key, found)
        return found


_SEARCHES = _Searches()


def page_answer(context: QueryContext, question: str) -> Answer | None:
    """The sure answer of a page that the question names; None where it names none, or nothing is sure."""
    words = fold(question[:300]).split()
    best: Answer | None = None
    for source in _named_pages(context, frozenset(words)):
        found = answer_from(question[:300], _SEARCHES.of(context, source))
        if found is None or found.sureness < MIN_SURENESS or (best is not None and best.sureness >= found.sureness):
            continue
        text = sentence(f"{join_some(found.texts)}, by the tables of {source.title}")
        best = Answer(
            text,
            f"{found.reading}, in {source.title}",
            "help",
            found.sources,
            program=found.reading,
            sureness=found.sureness,
        )
    return best


def _named_pages(context: QueryContext, words: frozenset[str]) -> list[SourceRow]:
    """The pages without a race of their own whose titles share most words with a question, and every year of it."""
    documents = tuple(dict.fromkeys(head.document for head in kept_tables(context.session)))
    years = {word for word in words if len(word) == 4 and word.isdigit()}
    scored = []
    for source in sources_by_name(context.session, documents):
        title = frozenset(fold(source.title).split())
        shared = (title & words) - COMMON_TITLE_WORDS
        if source.race is None and len(shared) >= MIN_TITLE_WORDS and years <= title:
            scored.append((len(shared), source))
    most = max((score for score, _ in scored), default=0)
    named = [source for score, source in scored if score == most]
    return named if len(named) <= MAX_PAGES else []


def _tables(context: QueryContext, source: SourceRow) -> list[TypedTable]:
    """The kept tables of a document, by the way in which those of races are made."""
    tables = []
    for head in kept_tables(context.session):
        table = kept_table(context.session, head.document, head.number) if head.document == source.document else None
        if table is not None:
            rows = [RawRow((SourceLine(head.document, row.line),), row.cells) for row in table.rows]
            tables.append(typed_table(source.title, head.header, rows, head.headings))
    return tables
