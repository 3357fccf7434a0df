"""What a document that no format reads comes nearest to, and what it lacks to be that: for who has to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.model import Document
from bot.documents.points_article.lists import text_lists
from bot.documents.results_csv.cells import RESULTS_SEPARATORS, cells_of
from bot.documents.results_csv.columns import REQUIRED_COLUMNS, column_key
from bot.racing.document_kinds import (
    POINTS_ARTICLE_KIND,
    RACE_PAGE_KIND,
    RACE_WEEKEND_KIND,
    RESULTS_TABLE_KIND,
)

__all__ = ["NearMiss", "near_miss"]

MAX_LINES = 60  # lines of a text in which the head of a table is looked for
MIN_COLUMNS = 3  # known columns in a line that make it look like the head of a table of results
MIN_ROWS = 3  # of a list
MAX_SHOWN_COLUMNS, MAX_SHOWN_CHARS = 12, 30


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A kind of document that a text looks like, the line by which it does, and what is wrong or missing."""

    kind: str
    line: int
    lack: str


def near_miss(document: Document) -> NearMiss | None:
    """The kind that a text comes nearest to; None where it looks like none."""
    return next(_near_misses(document), None)


def _near_misses(document: Document) -> Iterator[NearMiss]:
    first = next((number for number, line in enumerate(document.lines, 1) if line.strip()), 1)
    start = document.lines[first - 1].lstrip()[:1] if document.lines else ""
    text = "\n".join(document.lines[:MAX_LINES]).lower()
    if start in {"{", "["} and not document.lines[first - 1].startswith(("{{", "{|", "[[")):
        yield NearMiss(
            RACE_WEEKEND_KIND, first, "it is JSON, but has no “weekend_race” with the results of a race in it"
        )
    if "<table" in text or "<html" in text:
        yield NearMiss(
            RESULTS_TABLE_KIND, first, "it is HTML; save the table as CSV, or copy it as text out of a browser"
        )
    yield from _table_misses(document)
    if any(line.lstrip(" :").startswith("{|") for line in document.lines):
        yield NearMiss(
            RACE_PAGE_KIND, first, "it has tables in wikitext, but no infobox of a race and no column Driver"
        )
    yield from _list_misses(document)


def _table_misses(document: Document) -> Iterator[NearMiss]:
    """The line that names most columns of a table of results, if it names enough of them."""
    best: tuple[int, int, list[str]] = (MIN_COLUMNS - 1, 0, [])
    for number, line in enumerate(document.lines[:MAX_LINES], 1):
        for separator in RESULTS_SEPARATORS:
            cells = cells_of(line[:10_000], separator)
            known = len({column_key(cell) for cell in cells} - {""})
            if known > best[0]:
                best = known, number, cells
    _, number, cells = best
    if not cells:
        return
    lacking = [name for name in REQUIRED_COLUMNS if name not in {column_key(cell) for cell in cells}]
    shown = ", ".join(cell[:MAX_SHOWN_CHARS] for cell in cells[:MAX_SHOWN_COLUMNS] if cell)
    lack = f"line {number} names columns ({shown}), but " + (
        f"none for the {' and none for the '.join(lacking)}"
        if lacking
        else "what stands around or under it is no table with as many cells in each row"
    )
    yield NearMiss(RESULTS_TABLE_KIND, number, lack)


def _list_misses(document: Document) -> Iterator[NearMiss]:
    for found in text_lists(document):
        numbered = [row for row in found.rows if row.numbers]
        if len(numbered) >= MIN_ROWS and all(row.rank is not None for row in numbered):
            lack = (
                "it has a list of names with numbers, but nothing says that they are points of a championship, or "
                "where names end and what else stands in the rows begins"
            )
            yield NearMiss(POINTS_ARTICLE_KIND, numbered[0].line, lack)
