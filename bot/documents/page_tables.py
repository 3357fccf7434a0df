"""Tables of a page as they stand there: headings, header and cells with their lines.

A table is kept beside what its page is read as, so that a question about a table that nobody foresaw can be answered
from it. A cell over several columns stands in the first, one over several rows in each row.
"""

from collections.abc import Iterator, Sequence

from bot.documents.model import Document
from bot.documents.race_page.blocks import PageRow, PageSection, PageTable, RuledTable, page_sections
from bot.documents.table_claim import TableClaim, TableLine
from bot.errors import BadDocument

__all__ = ["has_table_lines", "plain_tables", "section_tables"]

MIN_COLUMNS, MIN_ROWS = 2, 1  # of a table; a single column is a list
MAX_LINES = 50_000  # of a text whose tables are kept; the longest page has some thousand
MIN_TABLE_LINES = 3  # lines with bars or tabs that make a text worth looking at
MAX_TABLES = 400  # of one page; an article about a season has some thirty


def section_tables(sections: Sequence[PageSection]) -> tuple[TableClaim, ...]:
    """Every table of a page in sections, in order."""
    return tuple(_tables(sections))[:MAX_TABLES]


def plain_tables(document: Document) -> tuple[TableClaim, ...]:
    """Every table of a text that is no page of wikitext; none where its lines of bars are no table."""
    if not has_table_lines(document):
        return ()
    try:
        return section_tables(page_sections(document))
    except BadDocument:  # a story with odd bars in it is a story all the same
        return ()


def has_table_lines(document: Document) -> bool:
    """Whether some lines of a text have cells: bars around them, or tabs between them."""
    lines = 0
    if len(document.lines) > MAX_LINES:
        return False
    for line in document.lines:
        lines += line.lstrip().startswith("|") or "\t" in line.strip()
        if lines >= MIN_TABLE_LINES:
            return True
    return False


def _tables(sections: Sequence[PageSection]) -> Iterator[TableClaim]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, RuledTable):
                rows = tuple(TableLine(row.line, (row.text,)) for row in block.rows)
                yield TableClaim(block.line, section.path, (block.head,), rows)
            elif isinstance(block, PageTable):
                headings = (*section.path, block.title) if block.title else section.path
                table = _table(block, headings)
                if table:
                    yield table


def _table(block: PageTable, headings: tuple[str, ...]) -> TableClaim | None:
    """The table under its first row of several cells; None where it has no columns, or no row."""
    place = next((place for place, row in enumerate(block.rows) if _filled(row) >= MIN_COLUMNS), None)
    rows = [TableLine(row.line, row.cells) for row in block.rows if any(row.cells)]
    if place is None or len(rows) <= MIN_ROWS:
        return None
    head = block.rows[place]
    return TableClaim(head.line, headings, head.cells, tuple(row for row in rows if row.line != head.line))


def _filled(row: PageRow) -> int:
    return sum(bool(cell) for cell in row.cells)
