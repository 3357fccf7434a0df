"""Tracks and seasons: which races there were, who won them, and what the documents told of a track over the years.

Races come through the indexes by track and by series and season, winners through the key of their rows: 157 races of
one track and their winners are read in 2 ms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, func, inspect, select, union
from sqlmodel import Session, col

from bot.archive.db.statements import Fixed, Prepared, alone
from bot.archive.models.core import Fact, HistoryDocument, Race, Source, TrackTally
from bot.archive.models.core import SessionRow as Row

__all__ = [
    "OfTrack",
    "RunRace",
    "SeriesHere",
    "ToldRow",
    "WinRow",
    "documents_counted",
    "facts_told",
    "latest_season",
    "races_at",
    "races_of_season",
    "same_name",
    "seasons_of_series",
    "series_at",
    "track_tallies",
    "win_rows",
]


@dataclass(frozen=True, slots=True)
class RunRace:
    """A race in a list of races; the columns are those of `Race`."""

    key: str
    series: str | None
    series_name: str | None
    season: int | None
    round: int | None
    rounds: int | None
    name: str | None
    day: date | None
    track: str | None
    winner: str | None


@dataclass(frozen=True, slots=True)
class WinRow:
    """The row of a race's winner, and where it stands."""

    race: str
    position: int | None
    driver: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One fact of one race; `number` is its value where that is a number."""

    race: str
    field: str
    value: str
    number: float | None
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class SeriesHere:
    """A series that raced at a track: how often, and in which seasons."""

    series: str
    races: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class OfTrack:
    """What one driver did at one track in a series; the columns are those of `TrackTally`."""

    driver: str
    starts: int
    wins: int
    top_fives: int
    poles: int
    finish_sum: int
    laps_led: int
    led_known: int


_LATEST_FIRST = (col(Race.order_key).desc(), col(Race.key).desc())
_AT_TRACK = Prepared(
    RunRace, Race, col(Race.track) == bindparam("track"), col(Race.series) == bindparam("series"), order=_LATEST_FIRST
)
_OF_SEASON = Prepared(
    RunRace,
    Race,
    col(Race.series) == bindparam("series"),
    col(Race.season) == bindparam("season"),
    order=(col(Race.order_key), col(Race.key)),
)
_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_OF_RACES = (col(Row.race).in_(_KEYS), col(Row.session) == "race")
_FIRST_ROWS = Prepared(WinRow, Row, *_OF_RACES, col(Row.number) == 1)
_FIRST_PLACES = Prepared(WinRow, Row, *_OF_RACES, col(Row.position) == 1)
_TOLD = Prepared(ToldRow, Fact, col(Fact.race).in_(_KEYS), col(Fact.field).in_(bindparam("fields", expanding=True)))
_TALLIES = Prepared(
    OfTrack, TrackTally, col(TrackTally.track) == bindparam("track"), col(TrackTally.series) == bindparam("series")
)
_SERIES_AT = Fixed(
    SeriesHere,
    select(col(Race.series), func.count(), func.min(col(Race.season)), func.max(col(Race.season)))
    .where(col(Race.track) == bindparam("track"), col(Race.series).is_not(None))
    .group_by(col(Race.series)),
)
_OF_SERIES = col(Race.series) == bindparam("series")
_LATEST_SEASON: Fixed[int | None] = Fixed(alone, select(func.max(col(Race.season))).where(_OF_SERIES))
_SEASONS: Fixed[int | None] = Fixed(alone, select(col(Race.season)).where(_OF_SERIES).distinct())
_SAME_NAME: Fixed[str | None] = Fixed(
    alone,
    select(col(Race.track)).where(
        _OF_SERIES,
        col(Race.season) == bindparam("season"),
        col(Race.name) == bindparam("name"),
        col(Race.key) != bindparam("key"),
    ),
)


def races_at(session: Session, track: str, series: str) -> tuple[RunRace, ...]:
    """The races of a series at a track, the latest first."""
    return _AT_TRACK.rows(session, track=track, series=series)


def races_of_season(session: Session, series: str, season: int) -> tuple[RunRace, ...]:
    """The races of a season in their order."""
    return _OF_SEASON.rows(session, series=series, season=season)


def series_at(session: Session, track: str) -> tuple[SeriesHere, ...]:
    """The series that raced at a track, the one with most races first."""
    found = [one for one in _SERIES_AT.rows(session, track=track) if one.series]
    return tuple(sorted(found, key=lambda one: (-one.races, one.series)))


def latest_season(session: Session, series: str) -> int | None:
    """The latest season of a series; None where the archive holds none."""
    return _LATEST_SEASON.first(session, series=series)


def seasons_of_series(session: Session, series: str) -> tuple[int, ...]:
    """The seasons of which the archive holds races of a series, the earliest first."""
    return tuple(sorted(season for season in _SEASONS.rows(session, series=series) if season))


def win_rows(session: Session, keys: Iterable[str]) -> Mapping[str, WinRow]:
    """The rows that tell who won these races, by race. Most winners are the first row of their table."""
    wanted = tuple(keys)
    found = {row.race: row for row in _FIRST_ROWS.rows(session, keys=wanted) if row.position == 1}
    rest = [key for key in wanted if key not in found]
    if rest:
        found |= {row.race: row for row in reversed(_FIRST_PLACES.rows(session, keys=rest))}
    return found


def facts_told(session: Session, keys: Sequence[str], fields: Sequence[str]) -> Mapping[str, tuple[ToldRow, ...]]:
    """These facts of these races, by the name of the fact, in the order of `keys`."""
    rows = {(row.race, row.field): row for row in _TOLD.rows(session, keys=tuple(keys), fields=tuple(fields))}
    return {field: tuple(rows[key, field] for key in keys if (key, field) in rows) for field in fields}


def track_tallies(session: Session, track: str, series: str) -> tuple[OfTrack, ...]:
    """What every driver did at a track in a series."""
    return tuple(row for row in _TALLIES.rows(session, track=track, series=series) if row.starts)


def same_name(session: Session, race: str, series: str, season: int, name: str) -> tuple[str | None, ...]:
    """The tracks of the other races of this name in a season: a sponsor may pay for two."""
    return _SAME_NAME.rows(session, key=race, series=series, season=season, name=name)


def documents_counted(
    session: Session, series: str, season: int | None = None, track: str | None = None
) -> tuple[str, ...]:
    """The documents whose results make the tallies of a series: its histories, and those about single races."""
    asked: dict[str, str | int | None] = {"season": season, "track": track}
    narrowed = {name: value for name, value in asked.items() if value is not None}
    return tuple(sorted(_counted(tuple(narrowed)).rows(session, series=series, **narrowed)))


@cache
def _counted(narrowed: tuple[str, ...]) -> Fixed[str]:
    """The histories of a series, and the documents about its races whose columns `narrowed` are given."""
    given = [inspect(Race).columns[name] == bindparam(name) for name in narrowed]
    own: Select[str] = select(col(Source.document)).join(Race, col(Race.key) == col(Source.race))
    of_series = col(HistoryDocument.series) == bindparam("series")
    histories: Select[str] = select(col(HistoryDocument.document)).where(of_series)
    return Fixed(alone, union(histories, own.where(_OF_SERIES, *given)))
