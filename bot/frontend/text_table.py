"""A table as lines of text of one width, for a font in which all letters are equally wide. No Discord here."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.cards import Column, Table

__all__ = ["WIDTH", "lines_of", "plain", "width_of"]

WIDTH = 39  # what the code block of an embed shows where the window is 500 px wide; 40 already wrap
LEAST = 8  # letters that a cut column keeps: "Stenhou…" is still told apart, shorter ones were not
LEAST_GROW = 11
INDENT = 2
UNCLEAN = re.compile(r"`|  |\| | \|")  # in cells between bars: what `_cell` would change of printable ASCII
ODD_WIDTH = re.compile("[^\0-\u02ff\u2010-\u2027]")  # beyond Latin letters, dashes and quotes, which are all one wide
SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # ask for another drawing of a letter, and change its width


Cells = tuple[str, ...]  # of one column


def plain(text: str) -> str:
    """`text` without what cannot be seen: control, direction and zero-width characters, and halves of pairs."""
    if text.isprintable():  # nearly every text; what cannot be printed is more than what cannot be seen
        return text
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def width_of(text: str) -> int:
    """How many letters wide `text` is: two for each East Asian wide one, none for marks set above another."""
    if not ODD_WIDTH.search(text):  # a table has hundreds of cells, and nearly all are so
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))


def lines_of(table: Table, most: int = WIDTH) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The heading lines, then the lines of every row; none is wider than `most`.

    Columns that are empty in every row are left out. Wide text is cut with …, first in the columns that may grow;
    where that is not enough the columns that are too many go on a second line, set in. A column `below` begins one.
    """
    columns, cells = _filled(table)
    layout = _layout(columns, cells, most)
    head = tuple(line for (line,) in _lines(columns, [(column.heading,) for column in columns], layout))
    rule = "─" * max((width_of(line) for line in head), default=0)
    body = tuple(zip(*_lines(columns, cells, layout), strict=True))
    return ((*head, rule) if any(head) else ()), body


def _filled(table: Table) -> tuple[tuple[Column, ...], tuple[Cells, ...]]:
    """The columns that hold anything, and the cells of each, cleaned; at least one column.

    A table has hundreds of cells and a few columns: what a whole column is asked at once costs next to nothing.
    """
    every = [_cleaned(cells) for cells in zip(*table.rows, strict=True)] or [() for _ in table.columns]
    both = list(zip(table.columns, every, strict=False))
    kept = [(column, cells) for column, cells in both if any(cells)] or both[:1]
    columns = tuple(replace(column, heading=_cell(column.heading)) for column, _ in kept)
    return columns, tuple(cells for _, cells in kept)


def _cleaned(cells: Cells) -> Cells:
    """The cells of one column, each in one line that cannot end a code block."""
    whole = f"|{'|'.join(cells)}|"
    if whole.isascii() and whole.isprintable() and not UNCLEAN.search(whole):
        return cells
    return tuple(map(_cell, cells))


def _cell(text: str) -> str:
    """One line that cannot end a code block."""
    if text.isascii():
        return " ".join(plain(text).replace("`", "'").split())
    shown = (c for c in plain(text).replace("`", "'") if unicodedata.category(c) != "Me" and c not in SELECTORS)
    return " ".join("".join(shown).split())


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns share a line, how wide each is, the gap between them, and how far later lines are set in."""

    groups: Sequence[Sequence[int]]
    widths: Sequence[int]
    gap: int
    indent: int = INDENT


def _layout(columns: Sequence[Column], cells: Sequence[Cells], most: int) -> Layout:
    """How the table is laid out in lines of at most `most` letters."""
    widths = [max(1, width_of(column.heading), _widest(cells[place])) for place, column in enumerate(columns)]
    everything = list(range(len(columns)))
    if any(column.below for column in columns[1:]):
        return _in_lines(columns, widths, most)
    if sum(widths) + 2 * (len(columns) - 1) <= most:
        return Layout([everything], widths, 2)
    shrunk = _shrunk(columns, widths, most - len(columns) + 1)
    if sum(shrunk) + len(columns) - 1 <= most:
        return Layout([everything], shrunk, 1)
    widths = [min(width, most - INDENT) for width in widths]
    groups: list[list[int]] = [[]]
    for place in everything:
        room = most - (INDENT if len(groups) > 1 else 0)
        if groups[-1] and sum(widths[other] + 1 for other in groups[-1]) + widths[place] > room:
            groups.append([])
        groups[-1].append(place)
    return Layout(groups, widths, 1)


def _in_lines(columns: Sequence[Column], widths: Sequence[int], most: int) -> Layout:
    """The lines that the columns `below` ask for, each as wide as fits; later lines begin under the second column."""
    groups: list[list[int]] = [[]]
    for place, column in enumerate(columns):
        if column.below and groups[-1]:
            groups.append([])
        groups[-1].append(place)
    indent = widths[0] + 1 if columns[0].numeric else INDENT
    fitted: list[int] = []
    for group in groups:
        room = most - len(group) + 1 - (indent if fitted else 0)
        fitted += _shrunk([columns[place] for place in group], [widths[place] for place in group], room)
    return Layout(groups, fitted, 1, indent)


def _shrunk(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Widths cut towards `room` in all: the columns that grow first, then other text; numbers stay whole."""
    widths = list(widths)
    for grow, least in ((True, LEAST_GROW), (False, LEAST)):
        soft = [p for p, column in enumerate(columns) if column.grow is grow and not column.numeric]
        while sum(widths) > room and any(widths[p] > least for p in soft):
            widest = max(soft, key=lambda p: widths[p])
            widths[widest] -= 1
    return widths


def _widest(cells: Cells) -> int:
    """The width of the widest cell."""
    return max(map(width_of if ODD_WIDTH.search("".join(cells)) else len, cells), default=0)


def _lines(columns: Sequence[Column], cells: Sequence[Cells], layout: Layout) -> list[list[str]]:
    """For each group of columns its line of every row."""
    groups = []
    for number, group in enumerate(layout.groups):
        shown = [_set(cells[place], layout.widths[place], right=columns[place].numeric) for place in group]
        indent, gap = " " * (layout.indent if number else 0), " " * layout.gap
        groups.append([(indent + gap.join(line)).rstrip() for line in zip(*shown, strict=True)])
    return groups


def _set(cells: Cells, width: int, *, right: bool) -> Iterable[str]:
    """The cells of a column cut and filled to exactly `width` columns."""
    if ODD_WIDTH.search("".join(cells)):
        return [_padded(cell, width, right=right) for cell in cells]
    kept = [cell if len(cell) <= width else cell[: width - 1].rstrip() + "…" for cell in cells]
    return [cell.rjust(width) if right else cell.ljust(width) for cell in kept]


def _padded(text: str, width: int, *, right: bool) -> str:
    """`text`, whose letters may be of any width, cut and filled to exactly `width` columns."""
    size = width_of(text)
    if size > width:
        while width_of(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
        size = width_of(text)
    fill = " " * (width - size)
    return fill + text if right else text + fill
