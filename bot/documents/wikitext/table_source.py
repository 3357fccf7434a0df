"""The source of one table cut into cells at its lines and bars, in one pass: what each cell holds is left to be read.

A parser of the whole mark-up takes ten seconds for the million characters that an article may have, and tries every
reading of a bracket that is never closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.documents.wikitext.marks import HIDDEN_LINE
from bot.language.patterns import Pattern

__all__ = ["LINE_MARGIN", "MAX_CELLS_IN_ROW", "CellSource", "TableSource"]

LINE_MARGIN = f" \t:{HIDDEN_LINE}"  # what may stand before the mark of a table, a row or a cell
MAX_CELLS_IN_ROW = 120  # the widest grids of the sport have 62 races; what stands behind is no cell of a table
MAX_SPAN = 400  # rows or columns that one cell covers; the longest list of drivers has 230
MAX_ATTRIBUTE_CHARS = 600  # of one cell; beyond that it is text
_CELL_TOKEN = Pattern(r"\{\{|\}\}|\[\[|\]\]|\|\||!!")
_SPAN = Pattern(r"\b(colspan|rowspan)[ ]?=[ ]?[\"']?[ ]?([0-9]{1,4})")


@dataclass(slots=True)
class CellSource:
    """A cell as it is written, without its attributes: the line it begins on, and how far it reaches."""

    line: int
    text: str
    is_header: bool
    column_span: int
    row_span: int


@dataclass(slots=True)
class TableSource:
    """A table as its lines come in; `line_end` is put between the lines of one cell.

    `caption` is written with its attributes. What templates hold parts no cells.
    """

    line: int
    line_end: str = "\n"
    caption: str = ""
    rows: list[list[CellSource]] = field(default_factory=lambda: [[]])
    _template_depth: int = 0

    def add_line(self, line: int, text: str) -> None:
        """Take a line of the table that is neither its beginning nor its end, without the margin before it."""
        if text.startswith("|-"):
            if self.rows[-1]:
                self.rows.append([])
            self._template_depth = 0
        elif self._template_depth > 0 or not text.startswith(("|", "!")):
            self.continue_cell(text)
        elif text.startswith("|+"):
            self.caption = text[2:]
        else:
            self._add_cells(line, text)

    def continue_cell(self, text: str) -> None:
        """Take a line as a further one of the last cell, whatever it begins with."""
        if self.rows[-1]:
            self.rows[-1][-1].text += self.line_end + text
        self._template_depth = max(0, self._template_depth + text.count("{{") - text.count("}}"))

    def _add_cells(self, line: int, text: str) -> None:
        is_header = text.startswith("!")
        for part in _cell_texts(text[1:], is_header=is_header):
            if len(self.rows[-1]) >= MAX_CELLS_IN_ROW:
                break
            attributes, content = _attributes_and_content(part)
            spans = {name: int(digits) for name, digits in _spans(attributes)}
            column_span, row_span = (min(max(spans.get(name, 1), 1), MAX_SPAN) for name in ("colspan", "rowspan"))
            self.rows[-1].append(CellSource(line, content, is_header, column_span, row_span))
        self._template_depth = max(0, text.count("{{") - text.count("}}"))


def _cell_texts(line: str, *, is_header: bool) -> Iterator[str]:
    """The cells that one line of a table has; bars within links and templates part none."""
    start, depth = 0, 0
    for token in _CELL_TOKEN.finditer(line):
        mark = token[0]
        if mark in {"{{", "[["}:
            depth += 1
        elif mark in {"}}", "]]"}:
            depth = max(0, depth - 1)
        elif depth == 0 and (mark == "||" or is_header):
            yield line[start : token.start()]
            start = token.end()
    yield line[start:]


def _attributes_and_content(cell: str) -> tuple[str, str]:
    """What stands before the first bar of a cell that is in no link and no template, and what stands behind it."""
    bar = cell.find("|")
    if bar < 0 or bar > MAX_ATTRIBUTE_CHARS or "[[" in cell[:bar] or "{{" in cell[:bar]:
        return "", cell
    return cell[:bar].lower(), cell[bar + 1 :]


def _spans(attributes: str) -> Iterator[tuple[str, str]]:
    return ((found[1], found[2]) for found in _SPAN.finditer(attributes))
