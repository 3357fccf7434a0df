"""The rows of a history: which lines make a race, and what a line says.

Made for files of a hundred thousand rows: what a cell says is worked out once for each different text.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from bot.documents.history_csv.cells import (
    EMPTY_CELLS,
    CountCache,
    MeasureCache,
    NameCache,
    TextCache,
    lenient_cells,
    strict_cells,
)
from bot.documents.history_csv.history_race import HistoryRace, ResultColumns, in_order_of_finish
from bot.errors import BadDocument

__all__ = ["MIN_HEADER_COLUMNS", "HistoryFile", "header_columns", "tells_one_race"]

RACE_KEY_COLUMNS = ("Season", "Race")
REQUIRED_COLUMNS = ("Track", "Name", "Finish", "Driver")
OPTIONAL_COLUMNS = (
    "Length", "Surface", "Start", "Car", "Make", "Pts", "Laps", "Led", "Status", "Team", "Rating", "S1", "S2", "S3",
)  # fmt: skip
MIN_HEADER_COLUMNS = 8  # columns that make a header; a results table that a person fills in shares six words at most
EMPTY_STAGE_CELLS = frozenset({"NA"})
MAX_RACE_ROWS = 2_000  # of one race; the fullest field had 82 cars
FIRST_RATED_SEASON = 2005  # the sport's driver rating began; the zeros before are none


class HistoryFile:
    """A history, or some lines of one, by race: `races` maps (season, race) to the numbers of its lines.

    `lines` maps numbers, counted from 1, to lines; the first is the header.
    """

    def __init__(self, name: str, lines: Mapping[int, str]) -> None:
        """Raises BadDocument where the header lacks a column, or a row has no season."""
        self.path = PurePath(name)
        self.lines = lines
        columns = header_columns(lines[1])
        missing = [name for name in (*RACE_KEY_COLUMNS, *REQUIRED_COLUMNS) if name not in columns]
        if missing:
            raise BadDocument(self.path, 1, f"the header of this history lacks {', '.join(missing)}")
        try:
            self.width = len(strict_cells(lines[1]))
        except ValueError as error:
            raise BadDocument(self.path, 1, str(error)) from error
        self.races: Mapping[tuple[int, int], Sequence[int]] = _race_lines(self.path, lines, columns)
        if not self.races:
            raise BadDocument(self.path, 1, "there is no result under the header")
        # A column that is not there reads as a cell behind the last: "NA".
        self._lacks_optional = any(name not in columns for name in OPTIONAL_COLUMNS)
        self._places = tuple(columns.get(name, self.width) for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS))
        self._texts, self._names, self._counts, self._measures = TextCache(), NameCache(), CountCache(), MeasureCache()

    def digest(self, key: tuple[int, int]) -> str:
        """A digest of the header and the lines of a race, and of how they lie to each other."""
        numbers = self.races[key]
        first = numbers[0]
        is_contiguous = numbers[-1] - first == len(numbers) - 1
        text = "\n".join([self.lines[number] for number in (1, *numbers)])
        line_offsets = "" if is_contiguous else repr([number - first for number in numbers])
        return hashlib.sha256((text + line_offsets).encode()).hexdigest()[:32]

    def race(self, key: tuple[int, int]) -> HistoryRace:
        """One race. Raises BadDocument with the line that breaks the form."""
        numbers = self._distinct_lines(key)
        try:
            return self._race_of(key, numbers)
        except ValueError:
            number, reason = self._first_fault(key, numbers)
            raise BadDocument(self.path, number, reason) from None

    def _first_fault(self, key: tuple[int, int], numbers: Sequence[int]) -> tuple[int, str]:
        """The first line of a broken race that cannot be read, or not beside the first one, and why."""
        for number in numbers:
            try:
                self._race_of(key, sorted({numbers[0], number}))
            except ValueError as error:
                return number, str(error)
        raise AssertionError(f"race {key} is broken, and none of its lines is")

    def _race_of(self, key: tuple[int, int], numbers: Sequence[int]) -> HistoryRace:
        """A race as these lines tell it. Raises ValueError where one breaks the form.

        Column by column: a cell costs one look into a dictionary, and no line of Python.
        """
        columns = list(zip(*self._cells(numbers), strict=True))
        (
            tracks, names, finishes, drivers, lengths, surfaces, starts, cars, makes, points, laps, led, statuses,
            teams, ratings, *stages,
        ) = (columns[place] for place in self._places)  # fmt: skip
        titles = list(zip(tracks, names, strict=True))
        if titles.count(titles[0]) < len(titles):
            other = next(title for title in titles if title != titles[0])
            raise ValueError(_name_conflict(key, other, titles[0]))
        count_of, text_of, name_of = self._counts.__getitem__, self._texts.__getitem__, self._names.__getitem__
        positions, led_counts = list(map(count_of, finishes)), list(map(count_of, led))
        if 0 in positions:
            raise ValueError("Finish is 0; places count from 1")
        nothing = [None] * len(numbers)
        measures = list(map(self._measures.__getitem__, ratings)) if key[0] >= FIRST_RATED_SEASON else nothing
        result_columns = ResultColumns(
            numbers, positions, [count or None for count in map(count_of, starts)], list(map(text_of, cars)),
            list(map(name_of, drivers)), list(map(text_of, makes)), list(map(count_of, points)),
            list(map(count_of, laps)),
            led_counts if any(led_counts) else nothing,  # no race was led by nobody: these zeros are blanks
            list(map(text_of, statuses)), list(map(text_of, teams)), measures, self._stage_places(stages),
        )  # fmt: skip
        name, track = self._names[names[0]], self._names[tracks[0]]
        length, surface = self._measures[lengths[0]], self._texts[surfaces[0]]
        return HistoryRace(*key, name, track, length, surface, in_order_of_finish(result_columns))

    def _stage_places(self, stages: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
        """The places of each row in stage 1, 2 ..., from the columns of these; none where a row tells of no stage."""
        if all(EMPTY_STAGE_CELLS.issuperset(cells) for cells in stages):
            return [()] * len(stages[0])
        counts = self._counts
        return [
            () if EMPTY_STAGE_CELLS.issuperset(cells) else tuple([counts[cell] or 0 for cell in cells])
            for cells in zip(*stages, strict=True)
        ]

    def _distinct_lines(self, key: tuple[int, int]) -> Sequence[int]:
        """The lines of a race; the very same row again says nothing new."""
        numbers, lines = self.races[key], self.lines
        if len({lines[number] for number in numbers}) == len(numbers):
            return numbers
        first = {lines[number]: number for number in reversed(numbers)}
        return sorted(first.values())

    def _cells(self, numbers: Sequence[int]) -> list[list[str]]:
        """The cells of these lines. Raises ValueError for another number of cells than the header has.

        A quotation mark that is not closed would swallow the next row, so every row is read by itself once one does.
        """
        row_lines = [self.lines[number] for number in numbers]
        try:
            rows = list(csv.reader(row_lines, strict=True))
        except csv.Error:
            rows = []
        if len(rows) != len(row_lines):
            rows = [strict_cells(line) for line in row_lines]
        for width in set(map(len, rows)) - {self.width}:
            raise ValueError(f"this row has {width} cells, but the header has {self.width}")
        return [[*cells, "NA"] for cells in rows] if self._lacks_optional else rows


def header_columns(header: str) -> dict[str, int]:
    """The columns of a history that a header names, each with its place; the first of two counts."""
    known_columns = frozenset({*RACE_KEY_COLUMNS, *REQUIRED_COLUMNS, *OPTIONAL_COLUMNS})
    places: dict[str, int] = {}
    for place, name in enumerate(lenient_cells(header[:10_000])):
        if name.strip() in known_columns:
            places.setdefault(name.strip(), place)
    return places


def tells_one_race(lines: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether all rows under the header in the first of `lines` are of one season and race; stops at a second race."""
    places = [columns[name] for name in RACE_KEY_COLUMNS if name in columns]
    if len(places) < len(RACE_KEY_COLUMNS):
        return False
    first: tuple[str, ...] | None = None
    for line in islice(lines, 1, None):
        cells = lenient_cells(line) if line else []
        if len(cells) <= max(places):
            continue
        key = tuple(cells[place].strip() for place in places)
        if first is not None and key != first:
            return False
        first = first or key
    return first is not None


def _race_lines(
    path: PurePath, lines: Mapping[int, str], columns: Mapping[str, int]
) -> dict[tuple[int, int], list[int]]:
    """The lines of each race. A row that says nothing but a season and a race announces one: it is left out."""
    lines_by_cells = _lines_by_race(lines, columns["Season"], columns["Race"])
    lines_by_cells.pop(("", ""), None)  # empty lines
    races: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for key_cells, numbers in lines_by_cells.items():
        key = _race_key(path, key_cells, numbers[0])
        races[key] += numbers if len(numbers) > 1 or not _is_announcement(lines[numbers[0]], columns) else ()
        if len(races[key]) > MAX_RACE_ROWS:
            raise BadDocument(path, numbers[0], f"more than {MAX_RACE_ROWS:,} rows for one race")
    return {key: sorted(numbers) for key, numbers in races.items() if numbers}


def _lines_by_race(lines: Mapping[int, str], season: int, race: int) -> dict[tuple[str, str], list[int]]:
    """(season, race) as written -> the numbers of the lines; where these two come first, no line is taken apart."""
    lines_by_cells: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    race_key_first = (season, race) == (0, 1)
    last = max(season, race)
    for number, line in lines.items():
        cells = line.split(",", 2) if race_key_first else lenient_cells(line)
        if number > 1 and line:
            lines_by_cells[(cells[season], cells[race]) if len(cells) > last else (line, "")].append(number)
    return lines_by_cells


def _race_key(path: PurePath, key_cells: tuple[str, str], line: int) -> tuple[int, int]:
    """Season and race as numbers. Raises BadDocument for what can be none."""
    season, race = (cell.strip(' "') for cell in key_cells)
    if not all(number.isdecimal() and number.isascii() and len(number) <= 4 for number in (season, race)):
        raise BadDocument(path, line, f"“{season[:40]}” and “{race[:40]}” are no season and race number")
    key = int(season), int(race)
    if not 1900 < key[0] < 2200 or not 0 < key[1] < 100:
        why = f"there was no race {key[1]} of {key[0]}: seasons are years, and races count from 1 to 99"
        raise BadDocument(path, line, why)
    return key


def _is_announcement(line: str, columns: Mapping[str, int]) -> bool:
    """Whether a row only announces a race to come: neither driver nor finish nor name."""
    cells = lenient_cells(line)
    named = [columns[name] for name in ("Driver", "Finish", "Name") if name in columns]
    result_cells = [cells[place].strip() for place in named if place < len(cells)]
    return bool(result_cells) and all(cell in EMPTY_CELLS for cell in result_cells)


def _name_conflict(key: tuple[int, int], cells: Sequence[str], first_cells: Sequence[str]) -> str:
    one, other = (f"“{row[1][:60]}” at “{row[0][:60]}”" for row in (cells, first_cells))
    return f"race {key[1]} of {key[0]} is {one} here and {other} in its first row"
