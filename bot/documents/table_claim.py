"""A table of a page as it stands there, whether a reader knows what it means or not."""

from dataclasses import dataclass

__all__ = ["TableClaim", "TableLine"]


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row of a table: its line and its cells, "" where one is empty."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableClaim:
    """A table: the line of its header, the headings above it, the header and the other rows in order."""

    line: int
    headings: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[TableLine, ...]
