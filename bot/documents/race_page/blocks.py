"""The markup that race pages are written in: one pass over a document's lines into sections of blocks.

Two forms are read. Marked pages have `= Title =`, `==Section==`, `===Part===` and `;Table title`. Plain pages lost
those marks: there a short line between blank lines is a heading, of the first rank where two blank lines stand before
it. Tables are lines of `| cell | cell |`, list items begin with `- ` or `* `, and each other line is a paragraph.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.documents.model import Document
from bot.language.patterns import Pattern

__all__ = [
    "INFOBOX",
    "MARKED_HEADING",
    "MAX_COLUMNS",
    "ListItem",
    "PageBlock",
    "PageBuilder",
    "PageFault",
    "PageParagraph",
    "PageRow",
    "PageSection",
    "PageTable",
    "RuledTable",
    "TableTitle",
    "line_block",
    "page_sections",
    "page_title",
    "split_row",
]

INFOBOX = "Infobox"
MAX_COLUMNS = 100  # the widest tables of the sport, a season's points race by race, have about 45
MAX_HEADING_LENGTH = 60  # characters; the longest heading of the known plain pages has 32, the shortest paragraph 71

MARKED_HEADING = Pattern(r"^(={1,6})([^=]|[^=].*[^=])\1$")
_TABLE_TITLE = Pattern(r"^;\s*(\S.*)$")
_ITEM = Pattern(r"^\s*[-*•]\s+(\S.*)$")
_RULE = Pattern(r"^\s*-{3,}(?:\s+-{3,})+\s*$")
_STAGE_TITLE = Pattern(r"^(?:Stage [A-Za-z0-9]{1,6}(?: Laps:.{0,20})?|Laps:.{0,20})$")
_HEADING_SHAPE = Pattern(r"^[A-Z0-9][^|:]*[^.,;:!?\s]$")
# What a cell's format leaves behind where its mark-up was cut: `| nowrap| Ricky Stenhouse Jr. |`.
_CELL_FORMAT = Pattern(
    r"""\b(?:nowrap|(?:align|style|scope|colspan|rowspan|bgcolor)=["']?[^|"']{0,200}+["']?)\s{0,20}+\|(?!\s*\|)"""
)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One line of a table: its cells without mark-up, "" where one is empty.

    `missing` counts the last cells that the page did not write: they are empty, and those before may have slipped. It
    is negative where a row has more cells than its table.
    """

    line: int
    cells: tuple[str, ...]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class PageTable:
    """Lines of cells; every row has as many cells as the longest. `line` is the first row's, `title` its caption."""

    line: int
    rows: tuple[PageRow, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table set with spaces under a ruled head, as in plain pages: its rows are not cut into cells."""

    line: int
    head: str
    rows: tuple["PageParagraph", ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """A list item without its bullet."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TableTitle:
    """A bare line over a table: "Stage One", "Laps: 90"."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """A line of prose."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class PageFault:
    """Something on a line that had to be mended before the page could be read: what is wrong, for the person."""

    line: int
    text: str


PageBlock = PageFault | PageTable | RuledTable | ListItem | TableTitle | PageParagraph


@dataclass(frozen=True, slots=True)
class PageSection:
    """What stands under one heading. `path` are the headings around it, outermost first; () before the first."""

    line: int
    path: tuple[str, ...]
    blocks: tuple[PageBlock, ...]

    @property
    def heading(self) -> str:
        """The innermost heading, "" before the first."""
        return self.path[-1] if self.path else ""


def page_title(document: Document) -> str | None:
    """The text of the `= Title =` line; None where the page has none."""
    for line in document.lines:
        marked = MARKED_HEADING.match(line.rstrip())
        if marked and len(marked[1]) == 1 and marked[2].strip():
            return marked[2].strip()
    return None


def split_row(line: str) -> tuple[str, ...] | None:
    """The cells of a table line without mark-up; None where the line is no table line or is not closed by a bar."""
    text = line.strip()
    if len(text) < 2 or not (text.startswith("|") and text.endswith("|")):
        return None
    return tuple(cell.strip() for cell in _CELL_FORMAT.sub("", text[1:-1]).split("|"))


def page_sections(document: Document) -> tuple[PageSection, ...]:
    """The whole document, in order. Every line that is not blank and no heading is in exactly one block."""
    builder = PageBuilder(has_marks=any(MARKED_HEADING.match(line.rstrip()) for line in document.lines))
    number = 1
    while number <= len(document.lines):
        number = _read_block(document, number, builder)
    return builder.finish()


class PageBuilder:
    """Sections as they grow: the headings that are open, and the blocks under the innermost one.

    `has_marks` says whether headings have marks, or must be told by their shape.
    """

    def __init__(self, *, has_marks: bool) -> None:
        self.has_marks = has_marks
        self._open_headings: list[tuple[int, str]] = []
        self._line = 1
        self._blocks: list[PageBlock] = []
        self._sections: list[PageSection] = []

    def open_section(self, line: int, level: int, text: str) -> None:
        """Begin a section under a heading of this level; level 1 is the page's own title and opens none."""
        self._close()
        self._line = line
        while self._open_headings and self._open_headings[-1][0] >= level:
            self._open_headings.pop()
        if level > 1:
            self._open_headings.append((level, text))

    def add_block(self, block: PageBlock) -> None:
        """Put a block under the open heading; the infobox holds list items only, and anything else ends it."""
        if self._open_headings and self._open_headings[-1][1] == INFOBOX and not isinstance(block, ListItem):
            self._close()
            self._open_headings.pop()
            self._line = block.line
        self._blocks.append(block)

    def finish(self) -> tuple[PageSection, ...]:
        """Every section that has a block in it."""
        self._close()
        return tuple(self._sections)

    def _close(self) -> None:
        if self._blocks:
            self._sections.append(
                PageSection(self._line, tuple(text for _, text in self._open_headings), tuple(self._blocks))
            )
        self._blocks = []


def _read_block(document: Document, number: int, builder: PageBuilder) -> int:
    """Read what begins at this line and give the number of the line after it."""
    text = document.lines[number - 1]
    if not text.strip():
        return number + 1
    heading = _find_heading(document, number, has_marks=builder.has_marks)
    if heading:
        builder.open_section(number, *heading)
        return number + 1
    if text.lstrip().startswith("|"):
        table = _read_table(document, number)
        builder.add_block(table)
        return number + len(table.rows)
    if number < len(document.lines) and _RULE.match(document.lines[number]):
        ruled_table = _read_ruled_table(document, number)
        builder.add_block(ruled_table)
        return number + 2 + len(ruled_table.rows)
    builder.add_block(line_block(number, text))
    return number + 1


def line_block(number: int, text: str) -> PageBlock:
    """What a line is that is no heading and belongs to no table: a list item, a title over a table, or a paragraph."""
    item = _ITEM.match(text.rstrip())
    if item:
        return ListItem(number, item[1])
    if _STAGE_TITLE.match(text.strip()):
        return TableTitle(number, text.strip())
    return PageParagraph(number, text.strip())


def _find_heading(document: Document, number: int, *, has_marks: bool) -> tuple[int, str] | None:
    """(level, text) of the heading on this line; None where there is none."""
    text = document.lines[number - 1].rstrip()
    found = MARKED_HEADING.match(text)
    if found and found[2].strip():
        return len(found[1]), found[2].strip()
    title = _TABLE_TITLE.match(text)
    if title:
        return 7, title[1]
    if text.strip() == INFOBOX:
        return 8, INFOBOX
    return None if has_marks else _plain_heading(document, number)


def _plain_heading(document: Document, number: int) -> tuple[int, str] | None:
    text = document.lines[number - 1]
    below = document.lines[number : number + 1]
    if len(text) > MAX_HEADING_LENGTH or not _HEADING_SHAPE.match(text) or any(line.strip() for line in below):
        return None
    above = number - 1
    while above and not document.lines[above - 1].strip():
        above -= 1
    blank = number - 1 - above
    if not blank or not above:
        return None
    return (2 if blank > 1 else 3), text.strip()


def _lines_while(document: Document, number: int, has: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """(number, text) of the lines from `number` on, as long as they have something."""
    while number <= len(document.lines) and has(document.lines[number - 1]):
        yield number, document.lines[number - 1]
        number += 1


def _read_table(document: Document, number: int) -> PageTable:
    """The lines of cells from this one on, each with as many cells as the longest; a last bar may be missing."""
    rows = [
        (line, (split_row(text) or split_row(f"{text.rstrip()} |") or ())[:MAX_COLUMNS])
        for line, text in _lines_while(document, number, lambda text: text.lstrip().startswith("|"))
    ]
    full_width = max(len(cells) for _, cells in rows)
    width = next((len(cells) for _, cells in rows if len(cells) > 1), full_width)
    return PageTable(
        number,
        tuple(PageRow(line, (*cells, *[""] * (full_width - len(cells))), width - len(cells)) for line, cells in rows),
    )


def _read_ruled_table(document: Document, number: int) -> RuledTable:
    rows = tuple(PageParagraph(line, text.strip()) for line, text in _lines_while(document, number + 2, _has_words))
    return RuledTable(number, document.lines[number - 1].strip(), rows)


def _has_words(text: str) -> bool:
    return bool(text.strip())
