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
from typing import Any, NamedTuple

from bot.errors import BadDocument

__all__ = ["FEWEST_KNOWN", "HistoryRace", "HistoryResult", "HistorySheet", "named_columns"]

RACE = ("Season", "Race")
REQUIRED = ("Track", "Name", "Finish", "Driver")
OPTIONAL = (
    "Length", "Surface", "Start", "Car", "Make", "Pts", "Laps", "Led", "Status", "Team", "Rating", "S1", "S2", "S3",
)  # fmt: skip
FEWEST_KNOWN = 8  # columns that make a header; a results table that a person fills in shares six words at most
NOTHING = frozenset({"", "NA", "-"})  # what the sport's statisticians write where they know nothing
LONGEST_CELL = 200  # characters; the longest name of a race has 64
MOST_ROWS = 2_000  # of one race; the fullest field had 82 cars
LARGEST_COUNT = 1_000_000  # the points of 1967 went to 6,500 a race
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
        self.width = len(_one_row(lines[1]))
        self.races: Mapping[tuple[int, int], Sequence[int]] = _races(self.path, lines, columns)
        if not self.races:
            raise BadDocument(self.path, 1, "there is no result under the header")
        # A column that is not there reads as the cell behind the last: "NA".
        self._picked = itemgetter(*(columns.get(name, self.width) for name in (*REQUIRED, *OPTIONAL)))
        self._texts, self._names, self._counts = _Texts(), _Names(), _Counts()

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
            for number, cells in zip(numbers, self._cells(numbers), strict=True):
                told = self._picked(cells)
                head = head or told
                if told[:2] != head[:2]:
                    raise ValueError(_two_names(key, told, head))
                results.append(self._result(number, key[0], told))
            name, track = self._names[head[1]], self._names[head[0]]
            length, surface = _measure(head[4]), self._texts[head[5]]
        except ValueError as error:
            raise BadDocument(self.path, number, str(error)) from error
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
        """The cells of these lines, each with an "NA" behind the last. Raises ValueError for another number of cells.

        A quotation mark that is not closed would swallow the next row, so every row is read by itself once one does.
        """
        width = self.width
        chosen = [self.lines[number] for number in numbers]
        try:
            rows = list(csv.reader(chosen, strict=True))
        except csv.Error:
            rows = []
        for place, line in enumerate(chosen):
            cells = rows[place] if len(rows) == len(chosen) else _one_row(line)
            if len(cells) != width:
                raise ValueError(f"this row has {len(cells)} cells, but the header has {width}")
            cells.append("NA")
            yield cells

    def _result(self, line: int, season: int, told: tuple[str, ...]) -> HistoryResult:
        (_, _, finish, driver, _, _, start, car, make, points, laps, led, status, team, rating, *stages) = told
        counts, texts = self._counts, self._texts
        position = counts[finish]
        if position == 0:
            raise ValueError("Finish is 0; places count from 1")
        return HistoryResult(
            line,
            position,
            counts[start] or None,
            texts[car],
            self._names[driver],
            texts[make],
            counts[points],
            counts[laps],
            counts[led],
            texts[status],
            texts[team],
            _measure(rating) if season >= RATED_SINCE else None,
            tuple([counts[place] or 0 for place in stages]) if any(place != "NA" for place in stages) else (),
        )


class _Texts(dict[str, str | None]):
    """Cell -> the text it gives, None for nothing; worked out once."""

    def __missing__(self, cell: str) -> str | None:
        text = self[cell] = None if cell.strip() in NOTHING else _clean(cell)
        return text


class _Names(dict[str, str]):
    """Cell -> the name it gives, which has to be there."""

    def __missing__(self, cell: str) -> str:
        if cell.strip() in NOTHING:
            raise ValueError("this row lacks the name of the driver, the track or the race")
        name = self[cell] = _clean(cell)
        return name


class _Counts(dict[str, int | None]):
    """Cell -> the whole number it gives, None for nothing."""

    def __missing__(self, cell: str) -> int | None:
        told = cell.strip()
        count = None if told in NOTHING else _count(told)
        self[cell] = count
        return count


def named_columns(header: str) -> dict[str, int]:
    """The columns of a history that a header names, each with its place; the first of two counts."""
    known = frozenset({*RACE, *REQUIRED, *OPTIONAL})
    places: dict[str, int] = {}
    for place, name in enumerate(next(csv.reader([header[:10_000]]), ())):
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
        cells = line.split(",", 2) if quick else next(csv.reader([line]), [])
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
    cells = next(csv.reader([line]), [])
    told = [cells[columns[name]].strip() for name in ("Driver", "Finish", "Name") if columns[name] < len(cells)]
    return all(cell in NOTHING for cell in told)


def _one_row(line: str) -> list[str]:
    try:
        rows = list(csv.reader([line], strict=True))
    except csv.Error as error:
        raise ValueError(f"the quotes of this row do not close as they should ({error})") from error
    return rows[0] if rows else []


def _clean(cell: str) -> str:
    """The text of a cell: one space between words, and letters that were read in the wrong alphabet put right."""
    text = " ".join(cell.split())
    if not text.isascii():
        text = _mended(text)
    if not text.isprintable():
        unseen = next(letter for letter in text if not letter.isprintable())
        raise ValueError(f"a character that cannot be seen (U+{ord(unseen):04X}); type the cell again")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"a cell of {len(text):,} characters; at most {LONGEST_CELL} are read")
    return text


def _mended(text: str) -> str:
    """UTF-8 that somebody read as Windows-1252 ("Oâ€™Reilly") as it was meant; any other text as it is."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text


def _count(told: str) -> int:
    number: Any = float(told) if not told.isdecimal() and told.replace(".", "", 1).isdecimal() else told
    whole = int(number) if isinstance(number, str) and number.isdecimal() else number
    if not isinstance(whole, int | float) or whole != int(whole) or whole > LARGEST_COUNT:
        raise ValueError(f"“{told[:40]}” is no count; write a whole number, or NA where nobody knows")
    return int(whole)


def _measure(told: str) -> float | None:
    """A length or a rating: not below nothing."""
    told = told.strip()
    if told in NOTHING:
        return None
    try:
        measure = float(told)
    except ValueError as error:
        raise ValueError(f"“{told[:40]}” is no number; write NA where nobody knows") from error
    if not 0 <= measure < LARGEST_COUNT:
        raise ValueError(f"{told[:40]} is out of bounds for a length or a rating")
    return measure


def _two_names(key: tuple[int, int], told: Sequence[str], head: Sequence[str]) -> str:
    one, other = (f"“{row[1][:60]}” at “{row[0][:60]}”" for row in (told, head))
    return f"race {key[1]} of {key[0]} is {one} here and {other} in its first row"
