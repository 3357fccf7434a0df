"""Tables of wikitext: cells without mark-up, each row with the line of its first cell, spans spread over the cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mwparserfromhell.nodes import Node, Tag
from mwparserfromhell.wikicode import Wikicode

from bot.documents.model import Document
from bot.documents.race_page.blocks import MAX_COLUMNS, PageRow, PageTable
from bot.documents.text.measures import DocumentLine
from bot.documents.wikitext.chunker import Chunk
from bot.documents.wikitext.marks import count_lines
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text

__all__ = ["WikiTable", "read_wiki_table"]


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
    page_table = _fill_spans([[_read_cell(*one) for one in row] for row in rows])
    return WikiTable(caption, replace(page_table, title=caption) if page_table else None, ())


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
