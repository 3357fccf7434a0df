"""The rows of a results table by the meaning of their columns; what nobody knows, or cannot be read, is kept as it is.

A column is known by its name and by what stands in it: "Car" may be a number or a make, "Race" a name or a round.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.model import Document
from bot.documents.results_csv.columns import COLUMN_WORDS, RACE_COLUMNS, REQUIRED_COLUMNS, column_key
from bot.documents.results_csv.driver_columns import are_inverted, first_name_first, with_drivers
from bot.documents.results_csv.sheet import Header, Sheet, SheetRow
from bot.documents.text.document_line import EMPTY_VALUES, DocumentLine

__all__ = ["EMPTY_CELLS", "RACE_ONLY_COLUMNS", "TIME_COLUMNS", "ResultsRow", "ResultsTableRows", "table_rows"]

EMPTY_CELLS = EMPTY_VALUES | {"na", "nan", "null", "\\n", "#n/a", "--", "---", "n.a."}
MAX_SHOWN_COLUMNS, MAX_SHOWN_CHARS = 12, 30  # of a head that an error repeats
MOST_UNLIKE = 0.3  # share of a column's cells that may be of another kind before it is taken for something else
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")
_RANK = re.compile(r"(?:[TP=]-?)?[0-9]{1,3}(?:st|nd|rd|th|T|\.)?|DNF|DSQ|DNQ|DNS", re.IGNORECASE)
_CAR = re.compile(r"#?[A-Za-z]?-?[0-9]{1,3}[A-Za-z]?\*?")
_NAME_COLUMNS = frozenset({"driver", "team", "manufacturer", "track", "race", "place"})
_COUNT_COLUMNS = frozenset(
    {"grid", "laps", "laps_led", "points", "rating", "round", "season", "rounds", "s1", "s2", "s3"}
)
# Columns of which a table of one race can hold but one value; two are a fault, and not a column of the cars.
_ONE_RACE_COLUMNS = frozenset({"series", "season", "round", "race", "track", "date"})
TIME_COLUMNS = ("time_s", "r1_s", "r2_s", "r3_s", "speed_mph")
RACE_ONLY_COLUMNS = ("laps", "laps_led", "points", "status", "grid")  # no table of a practice or qualifying has these


@dataclass(frozen=True, slots=True)
class ResultsRow:
    """A row: the line it begins on and its cells by column; blank cells are left out."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class ResultsTableRows:
    """Rows by the meaning of their columns; `unknown` are the cells of columns nobody knows, by the column's name."""

    header_line: int
    rows: tuple[ResultsRow, ...]
    unknown: Mapping[str, tuple[tuple[int, str], ...]]


def table_rows(document: Document, sheet: Sheet) -> ResultsTableRows:
    """The rows of a table. Raises BadDocument where its head lacks a place or a driver, or has a column twice."""
    source = DocumentLine(document, sheet.header.line)
    sheet = with_drivers(sheet)
    columns = {place: _values(sheet, place) for place in range(len(sheet.header.names))}
    place_by_key = _places(source, sheet.header, columns)
    missing = [name for name in REQUIRED_COLUMNS if name not in place_by_key]
    if missing:
        shown = ", ".join(name[:MAX_SHOWN_CHARS] for name in sheet.header.names[:MAX_SHOWN_COLUMNS] if name)
        raise source.error(
            f"the header lacks {', '.join(missing)}: this looks like a results table, but no column is called so or as "
            f"such columns are called elsewhere (its columns: {shown})"
        )
    is_inverted = are_inverted(columns[place_by_key["driver"]])
    rows = tuple(ResultsRow(row.line, _named_cells(row, place_by_key, is_inverted=is_inverted)) for row in sheet.rows)
    known = set(place_by_key.values())
    unknown: dict[str, tuple[tuple[int, str], ...]] = {}
    for place, name in enumerate(sheet.header.names):
        cells = tuple((row.line, row.cells[place]) for row in sheet.rows if row.cells[place])
        is_told = _is_row_count(name, [cell for _, cell in cells]) or _is_winner_mark(name, cells)
        if place not in known and cells and not is_told:
            unknown[name or f"column {place + 1}"] = cells
    return ResultsTableRows(sheet.header.line, rows, unknown)


def _named_cells(row: SheetRow, place_by_key: Mapping[str, int], *, is_inverted: bool) -> dict[str, str]:
    """The cells of a row that say something, by column; the driver with the first name first."""
    cells = {key: cell for key, place in place_by_key.items() if (cell := row.cells[place]).lower() not in EMPTY_CELLS}
    if is_inverted and "driver" in cells:
        cells["driver"] = first_name_first(cells["driver"])
    return cells


def _values(sheet: Sheet, place: int) -> list[str]:
    """The cells of a column that say something."""
    return [cell for row in sheet.rows if (cell := row.cells[place]).lower() not in EMPTY_CELLS]


def _is_row_count(name: str, cells: Sequence[str]) -> bool:
    """Whether a column without a name only counts the rows, as R and pandas write it."""
    return not name and cells in ([str(at) for at in range(len(cells))], [str(at + 1) for at in range(len(cells))])


def _is_winner_mark(name: str, cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a column says of each car only whether it won, which its position does too."""
    is_win = name.strip().lower() in {"win", "wins", "winner", "won"}
    return is_win and {cell.lower() for _, cell in cells} <= {"0", "1", "0.0", "1.0", "true", "false", "yes", "no"}


def _places(source: DocumentLine, header: Header, columns: Mapping[int, list[str]]) -> dict[str, int]:
    """Which column of the table means what. Raises BadDocument where one name stands twice."""
    candidates: defaultdict[str, list[int]] = defaultdict(list)
    named: dict[str, int] = {}
    for place, name in enumerate(header.names):
        key = column_key(name)
        if key and name.lower() in named:
            raise source.error(f"the column “{name[:40]}” is there twice")
        named[name.lower()] = place
        if key:
            candidates[key].append(place)
    _move_by_content(header, candidates, columns)
    chosen: dict[str, int] = {}
    for key, places in candidates.items():
        fitting = [
            place
            for place in places
            if _fits(key, columns[place]) and not _is_of_cars(key, header.names[place], columns, place, candidates)
        ]
        if fitting:
            chosen[key] = min(fitting, key=lambda place: (_word_rank(key, header.names[place]), place))
            _check_agreement(source, key, header, [chosen[key], *fitting], columns)
    return chosen


def _is_of_cars(
    key: str, name: str, columns: Mapping[int, list[str]], place: int, candidates: Mapping[str, Sequence[int]]
) -> bool:
    """Whether a column tells something else of each car: its own average speed, or its whole time in the race."""
    if key in RACE_COLUMNS and key not in _ONE_RACE_COLUMNS:
        return len(set(columns[place])) > 1
    is_bare = key in {"time_s", "speed_mph"} and name.strip().lower() in {"time", "speed", "mph"}
    return is_bare and any(candidates.get(column) for column in RACE_ONLY_COLUMNS)


def _move_by_content(header: Header, candidates: defaultdict[str, list[int]], columns: Mapping[int, list[str]]) -> None:
    """Columns of which only the content says what they are: "Car" with makes, "Race" with numbers, "Name" of a race."""
    for place in list(candidates["car"]):
        if columns[place] and not _mostly(_CAR, columns[place]):
            _move(candidates, place, "car", "manufacturer")
    for place in list(candidates["race"]):
        if columns[place] and _mostly(_NUMBER, columns[place]):
            _move(candidates, place, "race", "round")
    for place in list(candidates["driver"]):
        is_name = header.names[place].strip().lower() == "name"
        if is_name and len(candidates["driver"]) > 1:
            is_constant = len(set(columns[place])) == 1
            _move(candidates, place, "driver", "race" if is_constant else "")
    _move_places(candidates, columns)
    candidates.pop("", None)


def _move_places(candidates: defaultdict[str, list[int]], columns: Mapping[int, list[str]]) -> None:
    for place in list(candidates["place"]):
        # "Place" is where a car came in, unless it has words and is where the track lies.
        if not candidates["position"] and columns[place] and _mostly(_RANK, columns[place]):
            _move(candidates, place, "place", "position")


def _move(candidates: defaultdict[str, list[int]], place: int, old: str, new: str) -> None:
    candidates[old].remove(place)
    if new not in RACE_COLUMNS or not candidates[new] or new == "round":
        candidates[new].append(place)


def _mostly(shape: re.Pattern[str], cells: Sequence[str]) -> bool:
    return sum(not shape.fullmatch(cell) for cell in cells) <= (
        max(1, MOST_UNLIKE * len(cells)) if len(cells) > 1 else 0
    )


def _fits(key: str, cells: Sequence[str]) -> bool:
    """Whether what stands in a column can be what its name says; an empty one can."""
    shape = _SHAPES.get(key)
    if not cells or shape is None:
        return True
    return sum(not shape(cell) for cell in cells) <= max(1, MOST_UNLIKE * len(cells))


def _is_words(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell)


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell))


_SHAPES: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(_NAME_COLUMNS, _is_words),
    **dict.fromkeys(_COUNT_COLUMNS, _is_number),
    **dict.fromkeys(("status",), lambda cell: not _NUMBER.fullmatch(cell)),
}


def _word_rank(key: str, name: str) -> int:
    """How far down a column's name stands among the names of its meaning: of two the first counts."""
    plain = " ".join(re.sub(r"[_.\-:]", " ", name.lower()).split())
    words = COLUMN_WORDS[key]
    return words.index(plain) if plain in words else len(words)


def _check_agreement(
    source: DocumentLine, key: str, header: Header, places: Sequence[int], columns: Mapping[int, list[str]]
) -> None:
    """Raises BadDocument where two columns give different places to the cars: nobody knows which is meant."""
    first = places[0]
    for place in places[1:]:
        if key == "position" and columns[place] != columns[first] and columns[place]:
            raise source.error(
                f"“{header.names[first][:40]}” and “{header.names[place][:40]}” both say the {key}, and they differ: "
                "leave one of them out"
            )
