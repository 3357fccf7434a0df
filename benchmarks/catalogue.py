"""What an archive holds, as far as questions can be drawn from it: names by how often they started, races, seasons."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Catalogue", "CatalogueName", "CatalogueRace", "read_catalogue"]


@dataclass(frozen=True, slots=True)
class CatalogueName:
    """A driver, team or track; `seasons` are (series, first, last) where it started."""

    name: str
    starts: int
    seasons: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueRace:
    """A race that was run."""

    series: str
    season: int
    round: int
    name: str
    track: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Names by kind ("driver", "team", "track"), each with the most starts first, and races by time."""

    names: Mapping[str, tuple[CatalogueName, ...]]
    races: tuple[CatalogueRace, ...]
    recaps: tuple[CatalogueRace, ...] = ()
    by_season: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    @property
    def seasons(self) -> tuple[tuple[str, int], ...]:
        """Every (series, season) there is, in order."""
        return tuple(sorted({(race.series, race.season) for race in self.races}))


SEASON_SPANS_SQL = (
    "SELECT kind, name, series, min(season), max(season) FROM season_tally GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)
NAMES_SQL = "SELECT kind, value, starts FROM name WHERE starts > 0 ORDER BY kind, starts DESC, value"
RACES_SQL = """SELECT series, season, round, name, track, key IN (SELECT race FROM passage) FROM race
           WHERE series IS NOT NULL AND season IS NOT NULL AND round IS NOT NULL AND name > '' AND track > ''
           ORDER BY series, season, round"""
STARTERS_SQL = """SELECT series, season, name FROM season_tally WHERE kind = 'driver'
             GROUP BY 1, 2, 3 ORDER BY 1, 2, sum(starts) DESC, 3"""


def read_catalogue(database: Path) -> Catalogue:
    """Everything in a SQLite archive that questions can be drawn from, in an order that is always the same."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        races = [(CatalogueRace(*row), has_recap) for *row, has_recap in connection.execute(RACES_SQL)]
        recaps = tuple(race for race, has_recap in races if has_recap)
        return Catalogue(_names(connection), tuple(race for race, _ in races), recaps, _starters(connection))
    finally:
        connection.close()


def _names(connection: sqlite3.Connection) -> dict[str, tuple[CatalogueName, ...]]:
    seasons: defaultdict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for kind, name, series, first, last in connection.execute(SEASON_SPANS_SQL):
        seasons[kind, name].append((series, first, last))
    names: defaultdict[str, list[CatalogueName]] = defaultdict(list)
    for kind, value, starts in connection.execute(NAMES_SQL):
        names[kind].append(CatalogueName(value, starts, tuple(seasons[kind, value])))
    return {kind: tuple(of_kind) for kind, of_kind in names.items()}


def _starters(connection: sqlite3.Connection) -> dict[tuple[str, int], tuple[str, ...]]:
    """Who started in each season of a series, with the most starts first."""
    starters: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for series, season, name in connection.execute(STARTERS_SQL):
        starters[series, season].append(name)
    return {season: tuple(names) for season, names in starters.items()}
