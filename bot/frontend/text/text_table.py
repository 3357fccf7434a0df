"""Layout of a table as lines of text, for a font in which all letters are equally wide. No Discord here."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.cards import TABLE_WIDTH, Column, Table
from bot.language.moments import write_out
from bot.language.text_width import OTHER_WIDTHS, text_width, widest

__all__ = ["common_cells", "strip_invisible", "table_lines"]

MIN_COLUMN_WIDTH = 8  # letters that a cut column keeps: "Stenhou…" can be told from other names, shorter cuts could not
MIN_SHRINKING_WIDTH = 11  # letters that a column which shrinks first keeps while others can still be cut
# Before a row takes a second line, each loses more: "Widenho…" beside a car number of three figures and 1,500 points.
LEAST_SHRINKING_WIDTH, LEAST_COLUMN_WIDTH = 9, 6
CONTINUATION_INDENT = 2  # spaces before the second line of a row
NEEDS_CLEANING = re.compile(
    r"`|  |\| | \|"
)  # in cells between bars: what `_clean_cell` would change of printable ASCII
# They ask for another drawing of the letter before them, which may be wider than the letter is said to be.
VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))

MIN_COMMON_ROWS = 3  # two rows agree on something by chance

ALL_ROWS = slice(None)

ColumnCells = tuple[str, ...]  # the cells of one column, from top to bottom


def strip_invisible(text: str) -> str:
    """`text` without what cannot be seen: control, direction and zero-width characters, and halves of pairs."""
    if text.isprintable():  # nearly every text; what cannot be printed is more than what cannot be seen
        return text
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def table_lines(
    table: Table, max_width: int = TABLE_WIDTH, rows: slice = ALL_ROWS
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The heading lines, then the lines of every row of `rows`; none is wider than `max_width` letters.

    Columns that are empty in all of these rows are left out, as are those of `common_cells`. Wide text is cut with …,
    first in the columns that shrink first. Where that is not enough, the columns that do not fit go on a second line,
    indented, as does a column that `starts_line`.
    """
    columns, cells = _nonempty_columns(table, rows)
    layout = _table_layout(columns, cells, max_width)
    head = tuple(line for (line,) in _group_lines(columns, [(column.heading,) for column in columns], layout))
    body = tuple(zip(*_group_lines(columns, cells, layout), strict=True))
    return (head if any(head) else ()), body


def common_cells(table: Table) -> tuple[tuple[str, str], ...]:
    """(heading, cell) of the columns that say the same in every row, which is said once, above the table."""
    return tuple((table.columns[index].heading, table.rows[0][index]) for index in _common_columns(table))


def _common_columns(table: Table) -> frozenset[int]:
    """The columns that need not be read row by row; never the first, which says what a row is, nor all others."""
    if len(table.rows) < MIN_COMMON_ROWS:
        return frozenset()
    first, last = table.rows[0], table.rows[-1]
    common = frozenset(
        index
        for index, column in enumerate(table.columns)
        if index and column.heading and not column.stays and first[index] and first[index] == last[index]
        if all(row[index] == first[index] for row in table.rows)
    )
    return common if len(common) < len(table.columns) - 1 else frozenset()


def _all_cells(table: Table, rows: slice) -> list[ColumnCells]:
    """The cells of each column in these rows, from top to bottom."""
    return list(zip(*table.rows[rows], strict=True)) or [() for _ in table.columns]


def _nonempty_columns(table: Table, rows: slice) -> tuple[tuple[Column, ...], tuple[ColumnCells, ...]]:
    """The columns with any text, and the cells of each, cleaned; at least one column."""
    # Column by column, not cell by cell: a table has hundreds of cells and a few columns.
    common = _common_columns(table)
    columns_with_cells = [
        (column, _clean_cells(cells))
        for index, (column, cells) in enumerate(zip(table.columns, _all_cells(table, rows), strict=False))
        if index not in common
    ]
    nonempty = [(column, cells) for column, cells in columns_with_cells if any(cells)] or columns_with_cells[:1]
    columns = tuple(_with_clean_heading(column) for column, _ in nonempty)
    return columns, tuple(cells for _, cells in nonempty)


def _with_clean_heading(column: Column) -> Column:
    heading = _clean_cell(column.heading)
    return column if heading == column.heading else replace(column, heading=heading)


def _clean_cells(cells: ColumnCells) -> ColumnCells:
    """The cells of one column, each in one line that cannot end a code block."""
    joined = f"|{'|'.join(cells)}|"
    if joined.isascii() and joined.isprintable() and not NEEDS_CLEANING.search(joined):
        return cells
    return tuple(map(_clean_cell, cells))


def _clean_cell(text: str) -> str:
    """One line that cannot end a code block, with moments in words."""
    text = write_out(text)
    if text.isascii():
        return " ".join(strip_invisible(text).replace("`", "'").split())
    letters = (
        c
        for c in strip_invisible(text).replace("`", "'")
        if unicodedata.category(c) != "Me" and c not in VARIATION_SELECTORS
    )
    return " ".join("".join(letters).split())


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The columns of each line (`groups`), the width of each column, the gap between two, the indent of later lines."""

    groups: Sequence[Sequence[int]]
    widths: Sequence[int]
    gap: int
    indent: int = CONTINUATION_INDENT


def _table_layout(columns: Sequence[Column], cells: Sequence[ColumnCells], max_width: int) -> TableLayout:
    """The layout of a table in lines of at most `max_width` letters."""
    # From the best to read to the last resort: wide gaps, narrow gaps with cut text, several lines for a row.
    widths = [max(1, text_width(column.heading), widest(cells[index])) for index, column in enumerate(columns)]
    all_columns = list(range(len(columns)))
    if any(column.starts_line for column in columns[1:]):
        return _stacked_layout(columns, widths, max_width)
    if sum(widths) + 2 * (len(columns) - 1) <= max_width:
        return TableLayout([all_columns], widths, 2)
    narrow_widths = _shrink_widths(columns, widths, max_width - len(columns) + 1)
    if sum(narrow_widths) + len(columns) - 1 <= max_width:
        return TableLayout([all_columns], narrow_widths, 1)
    widths = [min(width, max_width - CONTINUATION_INDENT) for width in widths]
    groups: list[list[int]] = [[]]
    for index in all_columns:
        room = max_width - (CONTINUATION_INDENT if len(groups) > 1 else 0)
        if groups[-1] and sum(widths[other] + 1 for other in groups[-1]) + widths[index] > room:
            groups.append([])
        groups[-1].append(index)
    return TableLayout(groups, widths, 1)


def _stacked_layout(columns: Sequence[Column], widths: Sequence[int], max_width: int) -> TableLayout:
    """The layout in the lines that columns ask for with `starts_line`; later lines begin under the second column."""
    groups: list[list[int]] = [[]]
    for index, column in enumerate(columns):
        if column.starts_line and groups[-1]:
            groups.append([])
        groups[-1].append(index)
    indent = widths[0] + 1 if columns[0].numeric else CONTINUATION_INDENT
    narrow_widths: list[int] = []
    for group in groups:
        room = max_width - len(group) + 1 - (indent if narrow_widths else 0)
        narrow_widths += _shrink_widths([columns[index] for index in group], [widths[index] for index in group], room)
    return TableLayout(groups, narrow_widths, 1, indent)


def _shrink_widths(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Widths cut until their sum is `room`, or no text can be cut further; numbers stay whole."""
    widths = list(widths)
    # First the columns that shrink first, then other text; each time the widest loses a letter, so that all end alike.
    for first, min_width in (
        (True, MIN_SHRINKING_WIDTH),
        (False, MIN_COLUMN_WIDTH),
        (True, LEAST_SHRINKING_WIDTH),
        (False, LEAST_COLUMN_WIDTH),
    ):
        shrinkable = [p for p, column in enumerate(columns) if column.shrinks_first is first and not column.numeric]
        while sum(widths) > room and any(widths[p] > min_width for p in shrinkable):
            widest = max(shrinkable, key=lambda p: widths[p])
            widths[widest] -= 1
    return widths


def _group_lines(columns: Sequence[Column], cells: Sequence[ColumnCells], layout: TableLayout) -> list[list[str]]:
    """The lines of every row, group of columns by group."""
    groups = []
    for number, group in enumerate(layout.groups):
        padded = [_pad_column(cells[index], layout.widths[index], right=columns[index].numeric) for index in group]
        indent, gap = " " * (layout.indent if number else 0), " " * layout.gap
        groups.append([(indent + gap.join(line)).rstrip() for line in zip(*padded, strict=True)])
    return groups


def _pad_column(cells: ColumnCells, width: int, *, right: bool) -> Iterable[str]:
    """The cells of a column, cut and filled to exactly `width` letters."""
    if OTHER_WIDTHS.search("".join(cells)):
        return [_pad_cell(cell, width, right=right) for cell in cells]
    cut_cells = [cell if len(cell) <= width else cell[: width - 1].rstrip() + "…" for cell in cells]
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cut_cells]


def _pad_cell(text: str, width: int, *, right: bool) -> str:
    """`text`, whose letters may be of any width, cut and filled to exactly `width` letters."""
    size = text_width(text)
    # Letter by letter, since a wide letter at the cut takes two places away at once.
    if size > width:
        while text_width(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
        size = text_width(text)
    fill = " " * (width - size)
    return fill + text if right else text + fill
