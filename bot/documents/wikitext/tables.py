"""Tables of wikitext: cells without mark-up, each row with the line of its first cell, spans spread over the cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.documents.model import Document
from bot.documents.race_page.blocks import MAX_COLUMNS, PageRow, PageTable
from bot.documents.text.document_line import DocumentLine
from bot.documents.wikitext.chunker import Chunk
from bot.documents.wikitext.marks import count_lines
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text
from bot.documents.wikitext.table_source import LINE_MARGIN, CellSource, TableSource

__all__ = ["WikiTable", "read_wiki_table"]

MIN_LINES = 2  # its first and its last


@dataclass(frozen=True, slots=True)
class WikiTable:
    """A table chunk: its `caption` ("" without), and either the `table` or, where it only sets a page, its `cells`.

    `table` is None where no cell holds words. The `cells` of a table that holds tables are chunks to read on their own.
    """

    caption: str
    table: PageTable | None
    cells: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class _WikiCell:
    """A cell before it is spread: its words, and how many columns and rows it covers."""

    line: int
    text: str
    is_header: bool
    column_span: int
    row_span: int


def read_wiki_table(document: Document, chunk: Chunk) -> WikiTable:
    """The table of a chunk that begins with one.

    Raises BadDocument where it cannot be read.
    """
    lines = chunk.text.split("\n")
    if not lines[-1].strip(LINE_MARGIN).startswith("|}") or len(lines) < MIN_LINES:
        raise DocumentLine(document, chunk.line).error(
            "this table cannot be read: its first line must be {| and its last |}"
        )
    source, holds_tables = _table_source(lines, chunk.line)
    caption = one_line(_words(source.caption.rpartition("|")[2] if "[[" not in source.caption else source.caption))
    rows = [cells for cells in source.rows if cells]
    if holds_tables:
        return WikiTable(caption, None, tuple(Chunk(cell.line, cell.text) for cells in rows for cell in cells))
    page_table = _fill_spans([[_read_cell(cell) for cell in cells] for cells in rows])
    return WikiTable(caption, replace(page_table, title=caption) if page_table else None, ())


def _table_source(lines: Sequence[str], first: int) -> tuple[TableSource, bool]:
    """The table in its cells, and whether one of them holds a table: then its lines are left as they are."""
    source = TableSource(first)
    line, depth, holds_tables = first + 1 + count_lines(lines[0]), 0, False
    for written in lines[1:-1]:
        text = written.strip(LINE_MARGIN)
        is_start = text.startswith("{|")
        holds_tables |= is_start
        if depth or is_start:
            source.continue_cell(text)
            depth += is_start - (text.startswith("|}") and not text.startswith("|}}"))
        else:
            source.add_line(line, text)
        line += 1 + count_lines(written)
    return source, holds_tables


def _read_cell(cell: CellSource) -> _WikiCell:
    return _WikiCell(cell.line, one_line(_words(cell.text)), cell.is_header, cell.column_span, cell.row_span)


def _words(source: str) -> str:
    return visible_text(parse_wikitext(source).nodes) if source.strip() else ""


def _fill_spans(rows: Sequence[Sequence[_WikiCell]]) -> PageTable | None:
    """Every row with one text per column: a cell over columns stands in the first, one over rows in each row.

    A row that ends early has its last cells empty, as a browser shows it; one that has more than the others makes
    columns without a name. None where no cell holds words.
    """
    width = _width(rows)
    filler = _SpanFiller(width)
    spread_rows = [(cells[0].line, filler.fill_row(cells)) for cells in rows]
    full_width = max((len(texts) for _, texts in spread_rows), default=0)
    if not any(any(texts) for _, texts in spread_rows):
        return None
    filled_rows = [
        PageRow(line, (*texts, *[""] * (full_width - len(texts))), width - len(texts)) for line, texts in spread_rows
    ]
    return PageTable(filled_rows[0].line, _merge_header_rows(rows, filled_rows))


def _width(rows: Sequence[Sequence[_WikiCell]]) -> int:
    """The columns of the first row of several cells; a single cell, a band across, reaches as far as the table."""
    full: Sequence[_WikiCell] = next((cells for cells in rows if len(cells) > 1), rows[0] if rows else ())
    return min(sum(cell.column_span for cell in full), MAX_COLUMNS)


def _merge_header_rows(rows: Sequence[Sequence[_WikiCell]], filled_rows: Sequence[PageRow]) -> tuple[PageRow, ...]:
    """A head of several rows as one row, each column under its lowest name; bands above the head stay."""
    start = next((number for number, cells in enumerate(rows) if len(cells) > 1), 0)
    header_cells = rows[start]
    depth = max(cell.row_span for cell in header_cells) if all(cell.is_header for cell in header_cells) else 1
    columns = zip(*(row.cells for row in filled_rows[start : start + depth]), strict=True)
    names = tuple(next((name for name in reversed(column) if name), "") for column in columns)
    return (*filled_rows[:start], PageRow(filled_rows[start].line, names), *filled_rows[start + depth :])


@dataclass(slots=True)
class _SpanFiller:
    """Rows as they are spread, and the cells of rows above that still cover columns: column -> (rows left, text)."""

    width: int
    _open_spans: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill_row(self, cells: Sequence[_WikiCell]) -> tuple[str, ...]:
        """One text for each column of a row, MAX_COLUMNS at most."""
        texts: list[str] = []
        is_banner = len(cells) == 1 and (not self._open_spans or cells[0].column_span >= self.width)
        for cell in cells:
            self._fill_open_spans(texts)
            self._add_cell(texts, cell, self.width if is_banner else cell.column_span)
        self._fill_open_spans(texts)
        self._fill_later_spans(texts)
        return tuple(texts[:MAX_COLUMNS])

    def _add_cell(self, texts: list[str], cell: _WikiCell, span: int) -> None:
        spread = [cell.text, *[""] * (min(span, MAX_COLUMNS) - 1)][: max(MAX_COLUMNS - len(texts), 0)]
        if cell.row_span > 1:
            self._open_spans |= {len(texts) + place: (cell.row_span - 1, text) for place, text in enumerate(spread)}
        texts += spread

    def _fill_open_spans(self, texts: list[str]) -> None:
        """Fill in the columns that cells of rows above cover from here on."""
        while len(texts) in self._open_spans:
            rows, text = self._open_spans.pop(len(texts))
            if rows > 1:
                self._open_spans[len(texts)] = rows - 1, text
            texts.append(text)

    def _fill_later_spans(self, texts: list[str]) -> None:
        """In a row that ends before a cell from above, the columns between are empty."""
        while self._open_spans and max(self._open_spans) > len(texts):
            texts.append("")
            self._fill_open_spans(texts)
