"""Short names for tables on a phone: drivers by last names, tracks by places, races without the tails of sponsors.

A table shows whole names as long as a line has room for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.cards import TABLE_WIDTH, Column, Table
from bot.language.fold import fold
from bot.language.text_width import text_width, widest
from bot.racing.renamings import TRACK_RENAMINGS
from bot.racing.tracks import track_sayings

__all__ = ["place_text", "short_driver_names", "short_race_name", "with_short_names", "without_track_words"]

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Words that stand in front of a last name and belong to it.
NAME_PARTICLES = frozenset({"van", "von", "de", "da", "del", "della", "di", "du", "la", "le", "st", "mac", "der"})
TRACK_WORDS = frozenset({"international", "motor", "raceway", "speedway", "superspeedway"})
# Behind these stands who paid for a race besides the one it is named after.
SPONSOR_TAILS = (" presented by ", " powered by ", " in honor of ", " benefiting ", " celebrating ", " available at ")
ROAD_COURSE = " Road Course"  # behind the name of the track that it lies in
MARKS = (" (R)", " (i)", " (R) (i)")  # that tables set behind a driver's name


def short_driver_names(names: Iterable[str]) -> Mapping[str, str]:
    """The last name of each, with its Jr.; of two with one last name with as much of the first as tells them apart.

    “Allmendinger”, “Truex Jr.”, “Ku. Busch” and “Ky. Busch”.
    """
    all_names = list(dict.fromkeys(names))
    last_names = {name: _last_name(name) for name in all_names}
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for name, last in last_names.items():
        bearers[last].append(name)
    return {
        name: last if len(bearers[last]) == 1 else _with_initials(name, last, bearers[last])
        for name, last in last_names.items()
    }


def _last_name(name: str) -> str:
    words = name.split()
    start = len(words) - 1
    if start > 0 and words[start].casefold().strip(".,") in SUFFIXES:
        start -= 1
    while start > 1 and words[start - 1].casefold().strip(".") in NAME_PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _with_initials(name: str, last: str, bearers: Sequence[str]) -> str:
    """The last name behind the fewest letters of the first that no other of its `bearers` begins with."""
    first = name.removesuffix(last).strip()
    rivals = [other.removesuffix(last).strip() for other in bearers if other != name]
    for size in range(1, len(first)):
        if not any(rival.startswith(first[:size]) for rival in rivals):
            return f"{first[:size].rstrip('. ')}. {last}"
    return name


def without_track_words(track: str) -> str:
    """“Nashville” for Nashville Superspeedway: the name without what it says of the kind of track."""
    words = track.split()
    while len(words) > 1 and words[-1].casefold() in TRACK_WORDS:
        words.pop()
    return " ".join(words)


def place_text(track: str) -> str:
    """“Nashville” for Nashville Superspeedway: what people say, where they say so; else the whole name.

    “Charlotte road course” for the one inside Charlotte Motor Speedway.
    """
    around = track.removesuffix(ROAD_COURSE)
    if around != track:
        place = place_text(around)
        return f"{place} road course" if place != around else track
    short = without_track_words(track)
    said = track_sayings().get(tuple(fold(short).split()))
    return short if said and (said == track or said in _names_of_one_track().get(track, ())) else track


@cache
def _names_of_one_track() -> Mapping[str, tuple[str, ...]]:
    """Every name that a track has had, by each of them."""
    return {name: tuple(names) for names in TRACK_RENAMINGS for name in names}


def short_race_name(name: str, season: int | None = None) -> str:
    """A race without its year and without who it is presented or powered by."""
    short = name.removeprefix(f"{season} ")
    for tail in SPONSOR_TAILS:
        place = short.casefold().find(tail)
        short = short[:place] if place > 0 else short
    return short


def with_short_names(table: Table, heading: str = "Driver", no_names: frozenset[str] = frozenset()) -> Table:
    """The table with short names of drivers in the column of this heading, where a line has no room for whole ones.

    Cells of `no_names` stand in that column and name nobody.
    """
    place = next((number for number, column in enumerate(table.columns) if column.heading == heading), None)
    if place is None or _width(table.columns, table.rows) <= TABLE_WIDTH:
        return table
    names = [_without_marks(row[place]) for row in table.rows]
    short_names = short_driver_names(name for name in names if name and name not in no_names)
    rows = tuple(
        (*row[:place], row[place].replace(name, short_names.get(name, name), 1), *row[place + 1 :])
        for row, name in zip(table.rows, names, strict=True)
    )
    return replace(table, rows=rows)


def _without_marks(name: str) -> str:
    for mark in reversed(MARKS):
        name = name.removesuffix(mark)
    return name


def _width(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """Width of a line in letters: each column as wide as its widest cell, a space between them; empty ones fall out."""
    widths = [widest(cells) for cells in zip(*rows, strict=True)]
    shown = [max(width, text_width(column.heading)) for width, column in zip(widths, columns, strict=False) if width]
    return sum(shown) + max(len(shown) - 1, 0)
