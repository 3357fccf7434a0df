"""The rows of a history: which lines make a race, and what a line says.

Made for files of a hundred thousand rows: what a cell says is worked out once for each different text.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import PurePath
from typing import NamedTuple

from bot.documents.history_csv.cells import NOTHING, Counts, Measures, Names, Texts, loose_row, one_row
from bot.errors import BadDocument

__all__ = ["FEWEST_KNOWN", "HistoryRace", "HistoryResult", "HistorySheet", "named_columns"]

RACE = ("Season", "Race")
REQUIRED = ("Track", "Name", "Finish", "Driver")
OPTIONAL = (
    "Length", "Surface", "Start", "Car", "Make", "Pts", "Laps", "Led", "Status", "Team", "Rating", "S1", "S2", "S3",
)  # fmt: skip
FEWEST_KNOWN = 8  # columns that make a header; a results table that a person fills in shares six words at most
NO_STAGES = ["NA", "NA", "NA"]
MOST_ROWS = 2_000  # of one race; the fullest field had 82 cars
RATED_SINCE = 2005  # the sport's driver rating began; the zeros before are none
FAR = 10**6  # behind every place a race has had


class HistoryResult(NamedTuple):
    """One row: `line` is where it stands; None means not told. `stages` are the places in stage 1, 2 ..., 0 for none.

    `grid` counts from 1; a start from place 0 is one that nobody knows.
    """

    line: int
    position: int | None
    grid: int | None
    car: str | None
    driver: str
    manufacturer: str | None
    points: int | None
    laps: int | None
    laps_led: int | None
    status: str | None
    team: str | None
    rating: float | None
    stages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HistoryRace:
    """One race of a history; `results` are in the order of the finish, rows without a place last."""

    season: int
    round: int
    name: str
    track: str
    length_mi: float | None
    surface: str | None
    results: tuple[HistoryResult, ...]

    @property
    def winner(self) -> str | None:
        """The driver in first place; None where nobody is."""
        return self.results[0].driver if self.results[0].position == 1 else None


class HistorySheet:
    """A history, or some lines of one, by race: `races` maps (season, race) to the numbers of its lines.

    `lines` maps numbers, counted from 1, to lines; the first is the header.
    """

    def __init__(self, name: str, lines: Mapping[int, str]) -> None:
        """Raises BadDocument where the header lacks a column, or a row has no season."""
        self.path = PurePath(name)
        self.lines = lines
        columns = named_columns(lines[1])
        missing = [name for name in (*RACE, *REQUIRED) if name not in columns]
        if missing:
            raise BadDocument(self.path, 1, f"the header of this history lacks {', '.join(missing)}")
        try:
            self.width = len(one_row(lines[1]))
        except ValueError as error:
            raise BadDocument(self.path, 1, str(error)) from error
        self.races: Mapping[tuple[int, int], Sequence[int]] = _races(self.path, lines, columns)
        if not self.races:
            raise BadDocument(self.path, 1, "there is no result under the header")
        # A column that is not there reads as a cell behind the last: "NA".
        self._lacks = any(name not in columns for name in OPTIONAL)
        self._picked = itemgetter(*(columns.get(name, self.width) for name in (*REQUIRED, *OPTIONAL)))
        self._texts, self._names, self._counts, self._measures = Texts(), Names(), Counts(), Measures()

    def digest(self, key: tuple[int, int]) -> str:
        """A digest of the header and the lines of a race, and of how they lie to each other."""
        numbers = self.races[key]
        first = numbers[0]
        together = numbers[-1] - first == len(numbers) - 1
        text = "\n".join([self.lines[number] for number in (1, *numbers)])
        lie = "" if together else repr([number - first for number in numbers])
        return hashlib.sha256((text + lie).encode()).hexdigest()[:32]

    def race(self, key: tuple[int, int]) -> HistoryRace:
        """One race. Raises BadDocument with the line that breaks the form."""
        numbers = self._told_once(key)
        results: list[HistoryResult] = []
        head: tuple[str, ...] = ()
        number = numbers[0]
        try:
            told_there = self._cells(numbers)
            for number in numbers:
                told = self._picked(next(told_there))
                head = head or told
                if told[:2] != head[:2]:
                    raise ValueError(_two_names(key, told, head))
                results.append(self._result(number, key[0], told))
            number = numbers[0]
            name, track = self._names[head[1]], self._names[head[0]]
            length, surface = self._measures[head[4]], self._texts[head[5]]
        except ValueError as error:
            raise BadDocument(self.path, number, str(error)) from error
        if not any(one.laps_led for one in results):  # no race was led by nobody: these zeros are blanks
            results = [one._replace(laps_led=None) for one in results]
        results.sort(key=lambda one: (one.position or FAR, one.line))
        return HistoryRace(*key, name, track, length, surface, tuple(results))

    def _told_once(self, key: tuple[int, int]) -> Sequence[int]:
        """The lines of a race; the very same row again says nothing new."""
        numbers, lines = self.races[key], self.lines
        if len({lines[number] for number in numbers}) == len(numbers):
            return numbers
        first = {lines[number]: number for number in reversed(numbers)}
        return sorted(first.values())

    def _cells(self, numbers: Sequence[int]) -> Iterator[list[str]]:
        """The cells of these lines. Raises ValueError for another number of cells than the header has.

        A quotation mark that is not closed would swallow the next row, so every row is read by itself once one does.
        """
        chosen = [self.lines[number] for number in numbers]
        try:
            rows = list(csv.reader(chosen, strict=True))
        except csv.Error:
            rows = []
        lacks = self._lacks
        for place, line in enumerate(chosen):
            cells = rows[place] if len(rows) == len(chosen) else one_row(line)
            if len(cells) != self.width:
                raise ValueError(f"this row has {len(cells)} cells, but the header has {self.width}")
            if lacks:
                cells.append("NA")
            yield cells

    def _result(self, line: int, season: int, told: tuple[str, ...]) -> HistoryResult:
        (_, _, finish, driver, _, _, start, car, make, points, laps, led, status, team, rating, *stages) = told
        counts, texts = self._counts, self._texts
        position = counts[finish]
        if position == 0:
            raise ValueError("Finish is 0; places count from 1")
        return _made(
            HistoryResult,
            (
                line, position, counts[start] or None, texts[car], self._names[driver], texts[make], counts[points],
                counts[laps], counts[led], texts[status], texts[team],
                self._measures[rating] if season >= RATED_SINCE else None,
                () if stages == NO_STAGES else tuple([counts[place] or 0 for place in stages]),
            ),
        )  # fmt: skip


# A named tuple made without its own `__new__`: half the time, and there are a hundred thousand.
_made = tuple.__new__


def named_columns(header: str) -> dict[str, int]:
    """The columns of a history that a header names, each with its place; the first of two counts."""
    known = frozenset({*RACE, *REQUIRED, *OPTIONAL})
    places: dict[str, int] = {}
    for place, name in enumerate(loose_row(header[:10_000])):
        if name.strip() in known:
            places.setdefault(name.strip(), place)
    return places


def _races(path: PurePath, lines: Mapping[int, str], columns: Mapping[str, int]) -> dict[tuple[int, int], list[int]]:
    """The lines of each race. A row that says nothing but a season and a race announces one: it is left out."""
    raw = _by_race(lines, columns["Season"], columns["Race"])
    raw.pop(("", ""), None)  # empty lines
    races: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for told, numbers in raw.items():
        key = _key(path, told, numbers[0])
        races[key] += numbers if len(numbers) > 1 or not _announces(lines[numbers[0]], columns) else ()
        if len(races[key]) > MOST_ROWS:
            raise BadDocument(path, numbers[0], f"more than {MOST_ROWS:,} rows for one race")
    return {key: sorted(numbers) for key, numbers in races.items() if numbers}


def _by_race(lines: Mapping[int, str], season: int, race: int) -> dict[tuple[str, str], list[int]]:
    """(season, race) as written -> the numbers of the lines; where these two come first, no line is taken apart."""
    raw: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    quick = (season, race) == (0, 1)
    last = max(season, race)
    for number, line in lines.items():
        cells = line.split(",", 2) if quick else loose_row(line)
        if number > 1 and line:
            raw[(cells[season], cells[race]) if len(cells) > last else (line, "")].append(number)
    return raw


def _key(path: PurePath, told: tuple[str, str], line: int) -> tuple[int, int]:
    """Season and race as numbers. Raises BadDocument for what can be none."""
    season, race = (one.strip(' "') for one in told)
    if not all(one.isdecimal() and one.isascii() and len(one) <= 4 for one in (season, race)):
        raise BadDocument(path, line, f"“{season[:40]}” and “{race[:40]}” are no season and race number")
    key = int(season), int(race)
    if not 1900 < key[0] < 2200 or not 0 < key[1] < 100:
        why = f"there was no race {key[1]} of {key[0]}: seasons are years, and races count from 1 to 99"
        raise BadDocument(path, line, why)
    return key


def _announces(line: str, columns: Mapping[str, int]) -> bool:
    """Whether a row only announces a race to come: neither driver nor finish nor name."""
    cells = loose_row(line)
    told = [cells[columns[name]].strip() for name in ("Driver", "Finish", "Name") if columns[name] < len(cells)]
    return bool(told) and all(cell in NOTHING for cell in told)


def _two_names(key: tuple[int, int], told: Sequence[str], head: Sequence[str]) -> str:
    one, other = (f"“{row[1][:60]}” at “{row[0][:60]}”" for row in (told, head))
    return f"race {key[1]} of {key[0]} is {one} here and {other} in its first row"
