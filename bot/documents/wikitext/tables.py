"""Tables of wikitext: cells without mark-up, each row with the line of its first cell, spans spread over the cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mwparserfromhell.nodes import Node, Tag
from mwparserfromhell.wikicode import Wikicode

from bot.documents.model import Document
from bot.documents.race_page.blocks import Row, Table
from bot.documents.text.measures import Spot
from bot.documents.wikitext.chunker import Chunk, count_lines
from bot.documents.wikitext.plain_text import in_line, parsed, words

__all__ = ["Opened", "open_table"]

MOST_COLUMNS = 100  # the widest tables of the sport, a season's points race by race, have about 45


@dataclass(frozen=True, slots=True)
class Opened:
    """A table chunk: its `caption` ("" without), and either the `table` or, where it only sets a page, its `cells`.

    `table` is None where no cell holds words. The `cells` of a table that holds tables are chunks to read on their own.
    """

    caption: str
    table: Table | None
    cells: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell before it is spread: its words, and how many columns and rows it covers."""

    line: int
    text: str
    heads: bool
    columns: int
    rows: int


def open_table(document: Document, chunk: Chunk) -> Opened:
    """The table of a chunk that begins with one.

    Raises BadDocument where it cannot be read, or a row has another number of cells than the first.
    """
    table = parsed(chunk.text).nodes[0]
    if not isinstance(table, Tag) or table.tag != "table":
        raise Spot(document, chunk.line).broken("this table cannot be read: its first line must be {| and its last |}")
    body = str(table.contents)
    first = chunk.line + count_lines(str(table)[: -len(body) - 2])
    inside = list(_lines_of(table.contents, first))
    caption = next((in_line(words([node]))[1:].strip() for _, node in inside if _is_caption(node)), "")
    rows = [cells for cells in _rows(inside) if cells]
    if "\n{|" in body:
        cells = [Chunk(line, str(cell.contents)) for row in rows for line, cell in row]
        return Opened(caption, None, tuple(cells))
    return Opened(caption, _spread(document, [[_cell(*one) for one in row] for row in rows]), ())


def _lines_of(code: Wikicode, line: int) -> Iterator[tuple[int, Node]]:
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
            yield _cells(_lines_of(node.contents, line + count_lines(head)))


def _cells(inside: Iterator[tuple[int, Node]]) -> list[tuple[int, Tag]]:
    return [(line, node) for line, node in inside if isinstance(node, Tag) and str(node.tag) in {"td", "th"}]


def _cell(line: int, cell: Tag) -> _Cell:
    text = in_line(words(cell.contents.nodes))
    return _Cell(line, text, str(cell.tag) == "th", _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Tag, name: str) -> int:
    """How far a cell reaches; 1 where it does not say, or says nonsense, as browsers do."""
    for attribute in cell.attributes:
        told = re.search(r"[0-9]{1,4}", str(attribute.value or ""))
        if str(attribute.name).strip().lower() == name and told:
            return max(1, int(told[0]))
    return 1


def _spread(document: Document, rows: Sequence[Sequence[_Cell]]) -> Table | None:
    """Every row with one text per column: a cell over columns stands in the first, one over rows in each row."""
    spreader = _Spreader(document, _width(document, rows))
    spread: list[Row] = []
    for cells in rows:
        row = Row(cells[0].line, spreader.row(cells))
        if spread and len(row.cells) != len(spread[0].cells):
            raise Spot(document, row.line).broken(
                f"this table row has {len(row.cells)} cells, but the table begins with {len(spread[0].cells)}"
            )
        spread.append(row)
    if not any(any(row.cells) for row in spread):
        return None
    return Table(spread[0].line, _with_one_head(rows[0], spread))


def _width(document: Document, rows: Sequence[Sequence[_Cell]]) -> int:
    """The columns of the first row of several cells; a single cell, a band across, reaches as far as the table."""
    full: Sequence[_Cell] = next((cells for cells in rows if len(cells) > 1), rows[0] if rows else ())
    width = sum(cell.columns for cell in full)
    if width > MOST_COLUMNS:
        raise Spot(document, full[0].line).broken(f"{width:,} columns: no table of a race has more than {MOST_COLUMNS}")
    return width


def _with_one_head(head: Sequence[_Cell], spread: Sequence[Row]) -> tuple[Row, ...]:
    """A head of several rows as one row, each column under its lowest name."""
    depth = max(cell.rows for cell in head) if all(cell.heads for cell in head) else 1
    columns = zip(*(row.cells for row in spread[:depth]), strict=True)
    names = tuple(next((name for name in reversed(column) if name), "") for column in columns)
    return (Row(spread[0].line, names), *spread[depth:])


@dataclass(slots=True)
class _Spreader:
    """Rows as they are spread, and the cells of rows above that still cover columns: column -> (rows left, text)."""

    document: Document
    width: int
    _covered: dict[int, tuple[int, str]] = field(default_factory=dict)

    def row(self, cells: Sequence[_Cell]) -> tuple[str, ...]:
        """One text for each column of a row."""
        texts: list[str] = []
        band = len(cells) == 1 and not self._covered
        for cell in cells:
            self._cover(texts)
            across = self.width if band else cell.columns
            if len(texts) + across > MOST_COLUMNS:
                raise Spot(self.document, cell.line).broken(f"this table row has more than {MOST_COLUMNS} cells")
            spread = [cell.text, *[""] * (across - 1)]
            if cell.rows > 1:
                self._covered |= {len(texts) + place: (cell.rows - 1, text) for place, text in enumerate(spread)}
            texts += spread
        self._cover(texts)
        return tuple(texts)

    def _cover(self, texts: list[str]) -> None:
        """Fill in the columns that cells of rows above cover from here on."""
        while len(texts) in self._covered:
            rows, text = self._covered.pop(len(texts))
            if rows > 1:
                self._covered[len(texts)] = rows - 1, text
            texts.append(text)
