"""A table of separated values as it was saved: the lines above its head, the head, the rows, and notes below.

Commas, semicolons or tabs part the cells; in a table of results also bars, or two spaces and more where every row has
as many cells as the head. Lines that begin with "# " are comments.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.model import Document
from bot.documents.results_csv.cells import (
    RESULTS_SEPARATORS,
    SEPARATORS,
    WIDE_SPACE,
    cells_of,
    csv_sign,
    is_rule,
    without_frame,
)
from bot.documents.results_csv.columns import column_key
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList

__all__ = ["Header", "Sheet", "SheetRow", "find_header", "read_sheet", "sheet_header"]

MAX_COLUMNS, MAX_ROWS = 100, 2_000  # all columns are 41; 40 cars in a dozen sessions are 480 rows
MAX_CELL_LENGTH = 200  # characters; the longest known name of a team has 39
MIN_HEADER_COLUMNS = 3  # columns that make a header; "series,driver" alone may head anything
MAX_TITLE_LINES = 12  # lines above a head: title, track, date, weather ...
MAX_LOOK_AHEAD = 20  # lines below a head of which half have as many cells, the last one aside
MAX_PROSE_LINES = 6  # lines below a head that are no rows: totals, a legend, a source. More make it a page
_PAGE_ENDINGS = ("[edit]", "Race details", "From Wikipedia, the free encyclopedia")  # lines of a copied page
_COMMENT = ("# ", '"# ')
# A list of points may have bars too; these columns stand in tables of results only.
_RESULTS_ONLY = frozenset({"laps", "laps_led", "grid", "status"})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the line it begins on and its cells, as many as the head has."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: its line, counted from 1, the cells, and what parts them."""

    line: int
    names: tuple[str, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what stands around it; `notes` are lines below or between its rows that are none."""

    header: Header
    rows: tuple[SheetRow, ...]
    titles: tuple[tuple[int, str], ...]
    notes: tuple[tuple[int, str], ...]


ColumnKey = Callable[[str], str]


def find_header(document: Document) -> Header | None:
    """The head of a table of results: the first line with three of its columns.

    Under other lines it has places and drivers among them. None where there is none, or where so much else stands in
    the text that it is a page.
    """
    header = sheet_header(document, column_key, frozenset({"driver", "position"}), RESULTS_SEPARATORS)
    if header is None or header.separator in SEPARATORS:
        return header
    keys = {column_key(name) for name in header.names}
    is_clear = {"driver", "position"} <= keys and bool(keys & _RESULTS_ONLY)
    return header if is_clear and (header.separator == "|" or _is_even(document, header)) else None


def sheet_header(
    document: Document, key_of: ColumnKey, needed: frozenset[str], separators: Sequence[str] = SEPARATORS
) -> Header | None:
    """The head of a table of a kind: `key_of` gives the meaning of a column's name, "" for none.

    The first line of the text is one if it has three columns; a line below others needs those in `needed` too.
    """
    tried = 0
    for number, line in enumerate(document.lines, 1):
        if not line.strip(' ,;\t"') or line.startswith(_COMMENT) or line.lower().startswith("sep="):
            continue
        separator = max(separators, key=lambda one: len(_keys(line, one, key_of)))
        keys = _keys(line, separator, key_of)
        if len(keys) >= MIN_HEADER_COLUMNS and (not tried or needed <= keys):
            header = Header(number, tuple(cells_of(line, separator)), separator)
            return header if not tried or not _is_page(document, header, key_of) else None
        if len(keys) >= MIN_HEADER_COLUMNS:
            return None  # another table comes first: a page
        tried += 1
        if tried > MAX_TITLE_LINES:
            return None
    return None


def read_sheet(document: Document, header: Header, key_of: ColumnKey = column_key) -> Sheet:
    """The rows under the head, without comments, blank rows, notes and the head said again.

    Raises BadDocument with all faults: too many columns or rows, quotes that do not close, a row with more cells than
    the head, a cell that is too long or holds characters that nobody can see.
    """
    source = DocumentLine(document, header.line)
    if len(header.names) > MAX_COLUMNS:
        raise source.error(
            f"{len(header.names):,} columns are more than the {MAX_COLUMNS} that a results table may have"
        )
    faults = FaultList()
    rows: list[SheetRow] = []
    notes: list[tuple[int, str]] = []
    for line, cells in _records(document, header):
        filled = [cell for cell in cells if cell]
        if len(rows) == MAX_ROWS:
            raise DocumentLine(document, line).error(f"more than {MAX_ROWS:,} rows: that is no table of one race")
        if _is_note(filled, header) or _is_total(cells, header, key_of):
            notes.append((line, " ".join(filled)))
        elif cells[: len(header.names)] != list(header.names):
            with faults.collect():
                rows.append(_checked_row(DocumentLine(document, line), header, cells, key_of))
    faults.raise_all()
    if not rows:
        raise DocumentLine(document, header.line).error("there is no row under the header")
    return Sheet(header, tuple(rows), _titles(document, header), tuple(notes))


def _is_even(document: Document, header: Header) -> bool:
    """Whether every line below the head has as many cells, or one: a blank cell leaves no trace between spaces."""
    below = (
        cells_of(line, header.separator) for line in document.lines[header.line :] if line.strip() and not is_rule(line)
    )
    return all(len(cells) in {1, len(header.names)} for cells in below)


def _keys(line: str, separator: str, key_of: ColumnKey) -> set[str]:
    """The columns that a line would head with this separator."""
    return {key_of(cell) for cell in cells_of(line[:10_000], separator)} - {""}


def _is_page(document: Document, header: Header, key_of: ColumnKey) -> bool:
    """Whether below the head stands more than rows: lines with few of the separators, or a second table's."""
    prose = 0
    if len(header.names) > MAX_COLUMNS:
        return False
    known = {key_of(name) for name in header.names}
    below = [line for line in document.lines[header.line : header.line + MAX_LOOK_AHEAD] if line.strip(' ,;\t"')]
    if 2 * sum(len(cells_of(line, header.separator)) >= len(header.names) - 1 for line in below) < len(below):
        return True
    for line in document.lines[header.line : header.line + MAX_ROWS]:
        prose += bool(line.strip()) and '"' not in line and 2 * (line.count(header.separator) + 1) < len(header.names)
        if prose > MAX_PROSE_LINES + (len(document.lines) - header.line) // 5:
            return True
        if header.separator in line and key_of(line.split(header.separator, 1)[0].strip(' "')):
            other = _keys(line, header.separator, key_of)
            if {"position"} < other and other & {"driver", "points"} and other != known - {""}:
                return True
    return any(line.startswith(("= ", "==", "{|")) or line.endswith(_PAGE_ENDINGS) for line in document.lines)


def _is_note(filled: Sequence[str], header: Header) -> bool:
    """Whether a record is a line of words below a table: one cell filled, or "Total" in the first."""
    if not filled:
        return True
    is_alone = len(filled) == 1 and len(header.names) > MIN_HEADER_COLUMNS and not filled[0].isdecimal()
    return is_alone or filled[0].lower().rstrip(":") in {"total", "totals", "sum", "average", "source", "note", "notes"}


def _is_total(cells: Sequence[str], header: Header, key_of: ColumnKey) -> bool:
    """Whether a record only adds numbers up below their columns: it has no place, and no letter anywhere."""
    places = [cell for name, cell in zip(header.names, cells, strict=False) if key_of(name) == "position"]
    return not any(places) and not any(letter.isalpha() for cell in cells for letter in cell)


def _titles(document: Document, header: Header) -> tuple[tuple[int, str], ...]:
    """The lines above the head, each as one text: "Race:,Ally 400" is "Race: Ally 400"."""
    titles = []
    for number, line in enumerate(document.lines[: header.line - 1], 1):
        cells = [cell for cell in cells_of(line, header.separator) if cell]
        is_labelled = len(cells) == 2 and column_key(cells[0]) and not cells[0].endswith(":")
        text = (": " if is_labelled else " ").join(cells)
        if text and not line.startswith(_COMMENT) and not line.lower().startswith("sep="):
            titles.append((number, text[:MAX_CELL_LENGTH]))
    return tuple(titles)


def _records(document: Document, header: Header) -> Iterator[tuple[int, list[str]]]:
    """Each record under the head with the line it begins on; a quoted cell may go over several lines."""
    lines = document.lines
    line_index = header.line

    def feed() -> Iterator[str]:
        nonlocal line_index
        while line_index < len(lines):
            line_index += 1
            yield without_frame(lines[line_index - 1], header.separator) + "\n"

    reader = csv.reader(feed(), delimiter=csv_sign(header.separator), strict=True)
    while line_index < len(lines):
        is_drawn = header.separator in {"|", WIDE_SPACE} and is_rule(lines[line_index])
        if is_drawn or lines[line_index].startswith(_COMMENT):
            line_index += 1
            continue
        first_line = line_index + 1
        try:
            cells = next(reader)
        except csv.Error as error:
            raise DocumentLine(document, first_line).error(
                f"the quotes of this row do not close as they should ({error})"
            ) from error
        if any(cell.strip() for cell in cells):
            yield first_line, [" ".join(cell.split()) for cell in cells]


def _checked_row(source: DocumentLine, header: Header, cells: list[str], key_of: ColumnKey) -> SheetRow:
    width = len(header.names)
    extra = [cell for cell in cells[width:] if cell]
    if extra:
        raise source.error(f"this row has {width + len(extra)} cells, but the header has {width}")
    if len(cells) < width and not _has_needed_cells(header, cells, key_of):
        raise source.error(f"this row has {len(cells)} cells, but the header has {width}")
    padded = (*cells[:width], *[""] * (width - len(cells)))
    for name, cell in zip(header.names, padded, strict=True):
        _check_cell_text(source, name, cell)
    return SheetRow(source.line, padded)


def _has_needed_cells(header: Header, cells: Sequence[str], key_of: ColumnKey) -> bool:
    """Whether a row that ends early still says a place and a driver."""
    keys = {key_of(name) for name, cell in zip(header.names, cells, strict=False) if cell}
    return {"position", "driver"} <= keys


def _check_cell_text(source: DocumentLine, name: str, cell: str) -> None:
    """Names that look alike must be alike: what cannot be seen is refused."""
    if len(cell) > MAX_CELL_LENGTH:
        raise source.error(f"{name[:40]} has {len(cell):,} characters; at most {MAX_CELL_LENGTH} are read")
    if cell.isascii() and cell.isprintable():
        return
    invisible_letter = next(
        (letter for letter in cell if unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn"}), None
    )
    if invisible_letter:
        raise source.error(
            f"{name[:40]} holds a character that cannot be seen (U+{ord(invisible_letter):04X}); type it again"
        )
