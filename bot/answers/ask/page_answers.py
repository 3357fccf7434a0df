"""Answers out of tables of pages: of one that is asked about, or of those without a race here that the words name.

What the pages of races say is in the archive, and forms read it with every word explained; so a question that names no
page is never put to their tables: measured on those, of the surest answers of the general reader one in six was wrong.
"""

import threading
from dataclasses import dataclass

from bot.answers.context import QueryContext
from bot.archive.queries.page_tables import KeptTableHead, kept_table, kept_tables
from bot.archive.queries.sources import SourceRow, sources_by_name
from bot.cards import SourceLine
from bot.language.fold import fold
from bot.questions.reader import TableAnswer, answer_from
from bot.questions.search import TableSearch
from bot.questions.tables.model import RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.recent_values import RecentValues

__all__ = ["PageAnswer", "page_answer"]

MIN_TITLE_WORDS = 2  # words of its title by which a page is named: "2007 san jose grand prix" has five
MAX_PAGES = 3  # that fit a question equally well
MAX_CHARACTERS = 300  # of a question that are read
RECENT_PAGES = 64  # whose tables are kept ready: 58 of five tables each take 15 MiB, and to make one ready 10 ms
COMMON_TITLE_WORDS = frozenset(["the", "of", "in", "and", "at", "season", "series", "race", "championship", "results"])


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a page's tables say: the answer of the one that fits best, by how many tables, and the page's title."""

    found: TableAnswer
    title: str
    document: str
    tables: int


class _Searches:
    """Tables of pages that were asked lately, ready to be searched, for any thread.

    The key is the archive, its data version and the document: a process may have several archives of one version.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._searches: RecentValues[tuple[str, int, str], TableSearch] = RecentValues(RECENT_PAGES)

    def of(self, context: QueryContext, source: SourceRow) -> TableSearch:
        """The tables of a page."""
        archive = context.session.get_bind().engine.url.render_as_string()
        key = archive, context.names.version, source.document
        with self._lock:
            found = self._searches.find(key)
        if found is None:
            found = TableSearch(_tables(context, source))
            with self._lock:
                self._searches.keep(key, found)
        return found


_SEARCHES = _Searches()


def page_answer(context: QueryContext, question: str, page: str = "") -> PageAnswer | None:
    """The surest answer of the document `page`, or of the pages that the question names where none is given.

    None where there is no such page, or its tables have nothing of what is asked for.
    """
    text = question[:MAX_CHARACTERS]
    pages = sources_by_name(context.session, (page,)) if page else _named_pages(context, frozenset(fold(text).split()))
    best: PageAnswer | None = None
    for source in pages:
        search = _SEARCHES.of(context, source)
        found = answer_from(text, search)
        if found is not None and (best is None or found.sureness > best.found.sureness):
            best = PageAnswer(found, source.title, source.document, len(search.tables))
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
    heads = (head for head in kept_tables(context.session) if head.document == source.document)
    return [_typed(context, source, head) for head in heads]


def _typed(context: QueryContext, source: SourceRow, head: KeptTableHead) -> TypedTable:
    table = kept_table(context.session, head.document, head.number)
    lines = table.rows if table else ()
    rows = [RawRow((SourceLine(head.document, line.line),), line.cells) for line in lines]
    return typed_table(source.title, head.header, rows, head.headings)
