"""Tables of wikitext: cells without mark-up, each row with the line of its first cell, spans spread over the cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mwparserfromhell.nodes import Node, Tag
from mwparserfromhell.wikicode import Wikicode

from bot.documents.model import Document
from bot.documents.race_page.blocks import PageRow, PageTable
from bot.documents.text.measures import DocumentLine
from bot.documents.wikitext.chunker import Chunk, count_lines
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text

__all__ = ["WikiTable", "read_wiki_table"]

MAX_COLUMNS = 100  # the widest tables of the sport, a season's points race by race, have about 45


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

    Raises BadDocument where it cannot be read, or a row has another number of cells than the first.
    """
    table = parse_wikitext(chunk.text).nodes[0]
    if not isinstance(table, Tag) or table.tag != "table":
        raise DocumentLine(document, chunk.line).error(
            "this table cannot be read: its first line must be {| and its last |}"
        )
    body = str(table.contents)
    first = chunk.line + count_lines(str(table)[: -len(body) - 2])
    nodes_with_lines = list(_nodes_with_lines(table.contents, first))
    caption = next(
        (one_line(visible_text([node]))[1:].strip() for _, node in nodes_with_lines if _is_caption(node)), ""
    )
    rows = [cells for cells in _rows(nodes_with_lines) if cells]
    if "\n{|" in body:
        cells = [Chunk(line, str(cell.contents)) for row in rows for line, cell in row]
        return WikiTable(caption, None, tuple(cells))
    return WikiTable(caption, _fill_spans(document, [[_read_cell(*one) for one in row] for row in rows]), ())


def _nodes_with_lines(code: Wikicode, line: int) -> Iterator[tuple[int, Node]]:
    """Each node with the line it begins on."""
    for node in code.nodes:
        yield line, node
        line += count_lines(str(node))


def _is_caption(node: Node) -> bool:
    return isinstance(node, Tag) and node.tag == "td" and str(node).lstrip().startswith("|+")


def _rows(inside: Sequence[tuple[int, Node]]) -> Iterator[list[tuple[int, Tag]]]:
    """The cells of each row; cells before the first |- are a row too."""
    yield _cells(pair for pair in inside if not _is_caption(pair[1]))
    for line, node in inside:
        if isinstance(node, Tag) and node.tag == "tr":
            body = str(node.contents)
            head = str(node)[: len(str(node)) - len(body)]
            yield _cells(_nodes_with_lines(node.contents, line + count_lines(head)))


def _cells(inside: Iterator[tuple[int, Node]]) -> list[tuple[int, Tag]]:
    return [(line, node) for line, node in inside if isinstance(node, Tag) and str(node.tag) in {"td", "th"}]


def _read_cell(line: int, cell: Tag) -> _WikiCell:
    text = one_line(visible_text(cell.contents.nodes))
    return _WikiCell(line, text, str(cell.tag) == "th", _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Tag, name: str) -> int:
    """How far a cell reaches; 1 where it does not say, or says nonsense, as browsers do."""
    for attribute in cell.attributes:
        digits = re.search(r"[0-9]{1,4}", str(attribute.value or ""))
        if str(attribute.name).strip().lower() == name and digits:
            return max(1, int(digits[0]))
    return 1


def _fill_spans(document: Document, rows: Sequence[Sequence[_WikiCell]]) -> PageTable | None:
    """Every row with one text per column: a cell over columns stands in the first, one over rows in each row."""
    filler = _SpanFiller(document, _width(document, rows))
    filled_rows: list[PageRow] = []
    for cells in rows:
        row = PageRow(cells[0].line, filler.fill_row(cells))
        if filled_rows and len(row.cells) != len(filled_rows[0].cells):
            raise DocumentLine(document, row.line).error(
                f"this table row has {len(row.cells)} cells, but the table begins with {len(filled_rows[0].cells)}"
            )
        filled_rows.append(row)
    if not any(any(row.cells) for row in filled_rows):
        return None
    return PageTable(filled_rows[0].line, _merge_header_rows(rows[0], filled_rows))


def _width(document: Document, rows: Sequence[Sequence[_WikiCell]]) -> int:
    """The columns of the first row of several cells; a single cell, a band across, reaches as far as the table."""
    full: Sequence[_WikiCell] = next((cells for cells in rows if len(cells) > 1), rows[0] if rows else ())
    width = sum(cell.column_span for cell in full)
    if width > MAX_COLUMNS:
        raise DocumentLine(document, full[0].line).error(
            f"{width:,} columns: no table of a race has more than {MAX_COLUMNS}"
        )
    return width


def _merge_header_rows(header_cells: Sequence[_WikiCell], filled_rows: Sequence[PageRow]) -> tuple[PageRow, ...]:
    """A head of several rows as one row, each column under its lowest name."""
    depth = max(cell.row_span for cell in header_cells) if all(cell.is_header for cell in header_cells) else 1
    columns = zip(*(row.cells for row in filled_rows[:depth]), strict=True)
    names = tuple(next((name for name in reversed(column) if name), "") for column in columns)
    return (PageRow(filled_rows[0].line, names), *filled_rows[depth:])


@dataclass(slots=True)
class _SpanFiller:
    """Rows as they are spread, and the cells of rows above that still cover columns: column -> (rows left, text)."""

    document: Document
    width: int
    _open_spans: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill_row(self, cells: Sequence[_WikiCell]) -> tuple[str, ...]:
        """One text for each column of a row."""
        texts: list[str] = []
        is_banner = len(cells) == 1 and not self._open_spans
        for cell in cells:
            self._fill_open_spans(texts)
            span = self.width if is_banner else cell.column_span
            if len(texts) + span > MAX_COLUMNS:
                raise DocumentLine(self.document, cell.line).error(f"this table row has more than {MAX_COLUMNS} cells")
            spread = [cell.text, *[""] * (span - 1)]
            if cell.row_span > 1:
                self._open_spans |= {len(texts) + place: (cell.row_span - 1, text) for place, text in enumerate(spread)}
            texts += spread
        self._fill_open_spans(texts)
        return tuple(texts)

    def _fill_open_spans(self, texts: list[str]) -> None:
        """Fill in the columns that cells of rows above cover from here on."""
        while len(texts) in self._open_spans:
            rows, text = self._open_spans.pop(len(texts))
            if rows > 1:
                self._open_spans[len(texts)] = rows - 1, text
            texts.append(text)
