"""Limits of lines and cells: how long they may be in a document of each kind, told with the line that is longer.

Every reader takes as long as the text is long; these bounds keep one line that somebody has broken, a page without a
line break, a cell with a book in it, from being taken for what people write.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from bot.documents.model import Document, ParsedDocument
from bot.errors import BadDocument
from bot.racing.document_kinds import (
    HISTORY_TABLE_KIND,
    POINTS_ARTICLE_KIND,
    RACE_PAGE_KIND,
    RACE_WEEKEND_KIND,
    RECAP_KIND,
    RESULTS_TABLE_KIND,
    SEASON_ARTICLE_KIND,
    STANDINGS_TABLE_KIND,
    TABLES_KIND,
)

__all__ = [
    "MAX_CELL_CHARS",
    "MAX_TEXT_LINES",
    "check_cells",
    "check_line_count",
    "check_lines",
    "filled_lines",
    "has_too_many_lines",
]

MAX_LINES = 1_000_000  # of any document; a line takes 60 bytes of memory, a whole history of one series has 110,000
MAX_LINE_CHARS = 100_000  # characters of a line of any text; a recap that has lost its line breaks has some 10,000
# Of a line of a table in a file; rows of the sport's histories have 200, and 60 columns of 200 characters fit in.
MAX_ROW_CHARS = 40_000
LIMIT_BY_KIND: Mapping[str, int] = {
    HISTORY_TABLE_KIND: MAX_ROW_CHARS,
    RESULTS_TABLE_KIND: MAX_ROW_CHARS,
    STANDINGS_TABLE_KIND: MAX_ROW_CHARS,
}
# Of a page or a story; a book about a season has some 20,000. Readers of prose take ten microseconds a line.
MAX_TEXT_LINES = 60_000
LINES_BY_KIND: Mapping[str, int] = {
    POINTS_ARTICLE_KIND: 20_000,  # the longest list of a season has 200 rows
    RACE_PAGE_KIND: MAX_TEXT_LINES,
    RECAP_KIND: MAX_TEXT_LINES,
    SEASON_ARTICLE_KIND: MAX_TEXT_LINES,
    TABLES_KIND: MAX_TEXT_LINES,
}
MAX_CELL_CHARS = 10_000  # of a cell of a page's table; the longest known, a column of notes, has some 600
JSON_STARTS = ("{", "[")  # saved data may be one line as a whole; the size of the document bounds it


def check_line_count(path: PurePath, count: int) -> None:
    """Raise BadDocument for more lines than any document may have; they are counted, and not cut for it."""
    if count > MAX_LINES:
        why = f"{count:,} lines are more than the {MAX_LINES:,} that a document may have"
        raise BadDocument(path, MAX_LINES + 1, why)


def check_lines(document: Document, kind: str | None = None) -> None:
    """Raise BadDocument for the first line that is longer than one of its kind may be; without a kind, of any kind."""
    limit = LIMIT_BY_KIND.get(kind or "", MAX_LINE_CHARS)
    if kind == RACE_WEEKEND_KIND or max(map(len, document.lines), default=0) <= limit or _is_json(document):
        return
    number, line = next((number, line) for number, line in enumerate(document.lines, 1) if len(line) > limit)
    of_kind = f" of a {kind}" if kind else ""
    raise BadDocument(
        document.path, number, f"this line has {len(line):,} characters; a line{of_kind} may have {limit:,}"
    )


def has_too_many_lines(document: Document, kind: str) -> bool:
    """Whether a document has more lines than a page or a story may have, and its kind would be one of these."""
    limit = LINES_BY_KIND.get(kind)
    return limit is not None and len(document.lines) > limit and filled_lines(document) > limit


def filled_lines(document: Document) -> int:
    """How many lines of a document are not empty."""
    return sum(map(bool, document.lines))


def check_cells(readings: Sequence[ParsedDocument]) -> None:
    """Raise BadDocument for the first cell of a table that is longer than a cell may be."""
    for reading in readings:
        for table in reading.tables:
            for line, cells in ((table.line, table.header), *((row.line, row.cells) for row in table.rows)):
                length = max(map(len, cells), default=0)
                if length > MAX_CELL_CHARS:
                    why = f"a cell has {length:,} characters; a cell of a {reading.kind} may have {MAX_CELL_CHARS:,}"
                    raise BadDocument(reading.document.path, line, why)


def _is_json(document: Document) -> bool:
    first = next((line for line in document.lines if line and not line.isspace()), "")
    return first.lstrip().startswith(JSON_STARTS)
