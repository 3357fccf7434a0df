"""Tables of an article as a reader sees them: rows with a cell in each column."""

from dataclasses import dataclass

from bot.documents.table_claim import TableClaim, TableLine

__all__ = ["ArticleTable", "GridCell", "GridRow", "table_claim"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the line it begins on, its words and how they are set, and the page that its first `link` leads to.

    A cell that spans columns or rows stands in each of them: `is_first` only in the first of its columns.
    """

    line: int
    text: str
    is_header: bool = False
    is_bold: bool = False
    is_italic: bool = False
    is_first: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of a row, one for each column; `line` is that of the first cell that begins in it."""

    line: int
    cells: tuple[GridCell, ...]
    own_cells: int

    @property
    def is_header(self) -> bool:
        """Whether all cells with words are headings."""
        return all(cell.is_header for cell in self.cells if cell.text) and any(cell.text for cell in self.cells)

    @property
    def is_band(self) -> bool:
        """Whether it is one cell from side to side."""
        return self.own_cells == 1 and len(self.cells) > 1 and len({cell.line for cell in self.cells}) == 1


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """A table: `path` are the headings above it, the outermost first, with its caption last where it has one."""

    line: int
    path: tuple[str, ...]
    rows: tuple[GridRow, ...]


def table_claim(table: ArticleTable) -> TableClaim:
    """The table as it is kept: a cell over several columns stands in the first of them, as on the pages of races."""
    rows = [TableLine(row.line, tuple(cell.text if cell.is_first else "" for cell in row.cells)) for row in table.rows]
    return TableClaim(table.line, table.path, rows[0].cells, tuple(rows[1:]))
