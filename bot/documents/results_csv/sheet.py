"""A table of separated values as rows of named cells, each with its line: commas, semicolons or tabs, with comments."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bot.documents.model import Document
from bot.documents.results_csv.columns import COLUMN_SYNONYMS, REQUIRED_COLUMNS, column_meanings
from bot.documents.text.measures import DocumentLine

__all__ = ["ResultsRow", "looks_like_results", "results_rows"]

MAX_COLUMNS, MAX_ROWS = 100, 2_000  # all columns are 37; 40 cars in a dozen sessions are 480 rows
MAX_CELL_LENGTH = 200  # characters; the longest known name of a team has 39
MIN_HEADER_COLUMNS = 3  # columns that make a header; "series,driver" alone may head anything
_COMMENT = ("# ", '"# ')
_SEPARATORS = (",", ";", "\t")
_COLUMN_NAMES = frozenset(name for name, _ in column_meanings())


@dataclass(frozen=True, slots=True)
class ResultsRow:
    """A row: the line it begins on and its cells by column; blank cells are left out."""

    line: int
    cells: dict[str, str]


def looks_like_results(document: Document) -> bool:
    """Whether the first line that is no comment has at least three columns of a results table."""
    first = _first_line(document)
    return first is not None and _count_known_columns(first, _separator(first)) >= MIN_HEADER_COLUMNS


def results_rows(document: Document) -> tuple[ResultsRow, ...]:
    """The rows under the header, without comments and blank rows.

    Raises BadDocument where columns are unknown, missing or there twice, where a row has another number of cells than
    the header, and where a cell is too long or holds characters that nobody can see.
    """
    first = _first_line(document)
    if first is None:
        raise DocumentLine(document, 1).error("this table has no header")
    records = _records(document, _separator(first))
    line, names = next(records)
    header = _parse_header(DocumentLine(document, line), names)
    rows: list[ResultsRow] = []
    for line, cells in records:
        if len(rows) == MAX_ROWS:
            raise DocumentLine(document, line).error(f"more than {MAX_ROWS:,} rows: that is no table of one race")
        rows.append(_parse_row(DocumentLine(document, line), header, cells))
    if not rows:
        raise DocumentLine(document, line).error("there is no row under the header")
    return tuple(rows)


def _first_line(document: Document) -> str | None:
    lines = (line for line in document.lines if line.strip(' ,;\t"') and not line.startswith(_COMMENT))
    first = next(lines, None)
    return next(lines, None) if first and first.lower().startswith("sep=") else first


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _count_known_columns(header, separator))


def _count_known_columns(header: str, separator: str) -> int:
    return sum(_column_name(cell.strip('"')) in _COLUMN_NAMES for cell in header[:10_000].split(separator))


def _column_name(cell: str) -> str:
    plain = "_".join(cell.strip().lower().replace("-", " ").replace("_", " ").split()).rstrip(".")
    return COLUMN_SYNONYMS.get(plain, plain)


def _records(document: Document, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may go over several lines."""
    lines = document.lines
    line_index = 0

    def feed() -> Iterator[str]:
        nonlocal line_index
        while line_index < len(lines):
            line_index += 1
            yield lines[line_index - 1] + "\n"

    reader = csv.reader(feed(), delimiter=separator, strict=True)
    while line_index < len(lines):
        if lines[line_index].startswith(_COMMENT) or lines[line_index].lower().startswith("sep="):
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


def _parse_header(source: DocumentLine, cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise source.error(f"{len(cells):,} columns are more than the {MAX_COLUMNS} that a results table may have")
    header = tuple(_column_name(cell) for cell in cells)
    for place, name in enumerate(header):
        if name not in _COLUMN_NAMES:
            near = get_close_matches(name[:40], sorted(_COLUMN_NAMES), 1)
            hint = f"; is “{near[0]}” meant?" if near else "; the columns are listed in the template"
            raise source.error(f"there is no column “{cells[place][:40]}”{hint}")
        if name in header[:place]:
            raise source.error(f"the column “{name}” is there twice")
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if missing:
        raise source.error(f"the header lacks {', '.join(missing)}")
    return header


def _parse_row(source: DocumentLine, header: tuple[str, ...], cells: list[str]) -> ResultsRow:
    extra = [cell for cell in cells[len(header) :] if cell]
    if extra or len(cells) < len(header):
        count = len(cells) if not extra else len(header) + len(extra)
        raise source.error(f"this row has {count} cells, but the header has {len(header)}")
    cell_by_column = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
    for name, cell in cell_by_column.items():
        _check_cell_text(source, name, cell)
    return ResultsRow(source.line, cell_by_column)


def _check_cell_text(source: DocumentLine, name: str, cell: str) -> None:
    """Names that look alike must be alike: what cannot be seen is refused."""
    if len(cell) > MAX_CELL_LENGTH:
        raise source.error(f"{name} has {len(cell):,} characters; at most {MAX_CELL_LENGTH} are read")
    invisible_letter = next(
        (letter for letter in cell if unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn"}), None
    )
    if invisible_letter:
        raise source.error(
            f"{name} holds a character that cannot be seen (U+{ord(invisible_letter):04X}); type it again"
        )
