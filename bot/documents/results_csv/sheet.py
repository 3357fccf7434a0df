"""A table of separated values as rows of named cells, each with its line: commas, semicolons or tabs, with comments."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bot.documents.model import Document
from bot.documents.results_csv.columns import OTHER_NAMES, REQUIRED, columns
from bot.documents.text.measures import Spot

__all__ = ["SheetRow", "looks_like_results", "sheet_rows"]

MOST_COLUMNS, MOST_ROWS = 100, 2_000  # all columns are 37; 40 cars in a dozen sessions are 480 rows
LONGEST_CELL = 200  # characters; the longest known name of a team has 39
FEWEST_KNOWN = 3  # columns that make a header; "series,driver" alone may head anything
_COMMENT = ("# ", '"# ')
_SEPARATORS = (",", ";", "\t")
_NAMES = frozenset(name for name, _ in columns())


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the line it begins on and its cells by column; blank cells are left out."""

    line: int
    cells: dict[str, str]


def looks_like_results(document: Document) -> bool:
    """Whether the first line that is no comment has at least three columns of a results table."""
    first = _first_line(document)
    return first is not None and _known(first, _separator(first)) >= FEWEST_KNOWN


def sheet_rows(document: Document) -> tuple[SheetRow, ...]:
    """The rows under the header, without comments and blank rows.

    Raises BadDocument where columns are unknown, missing or there twice, where a row has another number of cells than
    the header, and where a cell is too long or holds characters that nobody can see.
    """
    first = _first_line(document)
    if first is None:
        raise Spot(document, 1).broken("this table has no header")
    records = _records(document, _separator(first))
    line, names = next(records)
    header = _header(Spot(document, line), names)
    rows: list[SheetRow] = []
    for line, cells in records:
        if len(rows) == MOST_ROWS:
            raise Spot(document, line).broken(f"more than {MOST_ROWS:,} rows: that is no table of one race")
        rows.append(_row(Spot(document, line), header, cells))
    if not rows:
        raise Spot(document, line).broken("there is no row under the header")
    return tuple(rows)


def _first_line(document: Document) -> str | None:
    lines = (line for line in document.lines if line.strip(' ,;\t"') and not line.startswith(_COMMENT))
    first = next(lines, None)
    return next(lines, None) if first and first.lower().startswith("sep=") else first


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _known(header, separator))


def _known(header: str, separator: str) -> int:
    return sum(_name(cell.strip('"')) in _NAMES for cell in header[:10_000].split(separator))


def _name(cell: str) -> str:
    plain = "_".join(cell.strip().lower().replace("-", " ").replace("_", " ").split()).rstrip(".")
    return OTHER_NAMES.get(plain, plain)


def _records(document: Document, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may go over several lines."""
    lines = document.lines
    place = 0

    def feed() -> Iterator[str]:
        nonlocal place
        while place < len(lines):
            place += 1
            yield lines[place - 1] + "\n"

    reader = csv.reader(feed(), delimiter=separator, strict=True)
    while place < len(lines):
        if lines[place].startswith(_COMMENT) or lines[place].lower().startswith("sep="):
            place += 1
            continue
        begun = place + 1
        try:
            cells = next(reader)
        except csv.Error as error:
            raise Spot(document, begun).broken(
                f"the quotes of this row do not close as they should ({error})"
            ) from error
        if any(cell.strip() for cell in cells):
            yield begun, [" ".join(cell.split()) for cell in cells]


def _header(spot: Spot, cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise spot.broken(f"{len(cells):,} columns are more than the {MOST_COLUMNS} that a results table may have")
    header = tuple(_name(cell) for cell in cells)
    for place, name in enumerate(header):
        if name not in _NAMES:
            near = get_close_matches(name[:40], sorted(_NAMES), 1)
            hint = f"; is “{near[0]}” meant?" if near else "; the columns are listed in the template"
            raise spot.broken(f"there is no column “{cells[place][:40]}”{hint}")
        if name in header[:place]:
            raise spot.broken(f"the column “{name}” is there twice")
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise spot.broken(f"the header lacks {', '.join(missing)}")
    return header


def _row(spot: Spot, header: tuple[str, ...], cells: list[str]) -> SheetRow:
    extra = [cell for cell in cells[len(header) :] if cell]
    if extra or len(cells) < len(header):
        count = len(cells) if not extra else len(header) + len(extra)
        raise spot.broken(f"this row has {count} cells, but the header has {len(header)}")
    named = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
    for name, cell in named.items():
        _insist_on_text(spot, name, cell)
    return SheetRow(spot.line, named)


def _insist_on_text(spot: Spot, name: str, cell: str) -> None:
    """Names that look alike must be alike: what cannot be seen is refused."""
    if len(cell) > LONGEST_CELL:
        raise spot.broken(f"{name} has {len(cell):,} characters; at most {LONGEST_CELL} are read")
    unseen = next((letter for letter in cell if unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn"}), None)
    if unseen:
        raise spot.broken(f"{name} holds a character that cannot be seen (U+{ord(unseen):04X}); type it again")
