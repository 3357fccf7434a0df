"""Many races at once, of a track or a season: which there were, who won them, and facts of them over the years.

Races come through the indexes by track and by series and season, winners through the key of their rows: 157 races of
one track and their winners are read in 2 ms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, func, inspect, select, union
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery, single_value, sort_value
from bot.archive.models.core import FactRecord, HistoryDocument, Race, Source, TrackTally
from bot.archive.models.core import SessionRow as Row
from bot.language.fold import fold

__all__ = [
    "RaceFactRow",
    "RaceListRow",
    "TrackDriverRow",
    "TrackSeries",
    "WinnerRow",
    "facts_of_races",
    "latest_season",
    "races_at",
    "races_called",
    "races_of_season",
    "seasons_of_series",
    "series_at",
    "tally_documents",
    "track_tallies",
    "tracks_of_same_name",
    "winner_rows",
]


@dataclass(frozen=True, slots=True)
class RaceListRow:
    """Race in a list of races; the columns are those of `Race`."""

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
class WinnerRow:
    """Row of a race's winner, and the line it stands on."""

    race: str
    position: int | None
    driver: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class RaceFactRow:
    """Fact of a race; `number` is its value where that is a number."""

    race: str
    field: str
    value: str
    number: float | None
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class TrackSeries:
    """Series that raced at a track: how often, and in which seasons."""

    series: str
    race_count: int
    first_season: int | None
    last_season: int | None


@dataclass(frozen=True, slots=True)
class TrackDriverRow:
    """Record of a driver at one track in a series; the columns are those of `TrackTally`."""

    driver: str
    starts: int
    wins: int
    top_fives: int
    poles: int
    finish_sum: int
    laps_led: int
    led_known: int


# Beginnings of words by which a race that qualifies for another is known: "Daytona 500 Qualifying Race 1".
QUALIFYING_WORDS = ("qualif", "duel")
_LATEST_FIRST = (sort_value(col(Race.order_key)).desc(), col(Race.key).desc())
_AT_TRACK = PreparedTableQuery(
    RaceListRow,
    Race,
    col(Race.track) == bindparam("track"),
    col(Race.series) == bindparam("series"),
    order=_LATEST_FIRST,
)
_OF_SEASON = PreparedTableQuery(
    RaceListRow,
    Race,
    col(Race.series) == bindparam("series"),
    col(Race.season) == bindparam("season"),
    order=(sort_value(col(Race.order_key)), col(Race.key)),
)
_CALLED = PreparedTableQuery(
    RaceListRow,
    Race,
    col(Race.series) == bindparam("series"),
    func.lower(col(Race.name)).like(bindparam("pattern")),
    order=(sort_value(col(Race.order_key)), col(Race.key)),
)
_RACE_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_RACES_CONDITION = (col(Row.race).in_(_RACE_KEYS), col(Row.session) == "race")
_FIRST_TABLE_ROWS = PreparedTableQuery(WinnerRow, Row, *_RACES_CONDITION, col(Row.number) == 1)
_WINNER_ROWS = PreparedTableQuery(WinnerRow, Row, *_RACES_CONDITION, col(Row.position) == 1)
_FACTS = PreparedTableQuery(
    RaceFactRow,
    FactRecord,
    col(FactRecord.race).in_(_RACE_KEYS),
    col(FactRecord.field).in_(bindparam("fields", expanding=True)),
)
_TALLIES = PreparedTableQuery(
    TrackDriverRow,
    TrackTally,
    col(TrackTally.track) == bindparam("track"),
    col(TrackTally.series) == bindparam("series"),
)
_SERIES_AT = PreparedQuery(
    TrackSeries,
    select(col(Race.series), func.count(), func.min(col(Race.season)), func.max(col(Race.season)))
    .where(col(Race.track) == bindparam("track"), col(Race.series).is_not(None))
    .group_by(col(Race.series)),
)
_SERIES_CONDITION = col(Race.series) == bindparam("series")
_LATEST_SEASON: PreparedQuery[int | None] = PreparedQuery(
    single_value, select(func.max(col(Race.season))).where(_SERIES_CONDITION)
)
_SEASONS: PreparedQuery[int | None] = PreparedQuery(
    single_value, select(col(Race.season)).where(_SERIES_CONDITION).distinct()
)
_SAME_NAME: PreparedQuery[str | None] = PreparedQuery(
    single_value,
    select(col(Race.track)).where(
        _SERIES_CONDITION,
        col(Race.season) == bindparam("season"),
        col(Race.name) == bindparam("name"),
        col(Race.key) != bindparam("key"),
    ),
)


def races_at(session: Session, track: str, series: str) -> tuple[RaceListRow, ...]:
    """The races of a series at a track, the latest first."""
    return _AT_TRACK.rows(session, track=track, series=series)


def races_called(session: Session, series: str, words: Sequence[str]) -> tuple[RaceListRow, ...]:
    """The races of a series whose name has these folded words next to one another, the earliest first.

    “Daytona 500 by STP” is one of the Daytona 500s; a race that only qualifies for one is none.
    """
    rows = _CALLED.rows(session, series=series, pattern=f"%{'%'.join(words)}%")
    return tuple(row for row in rows if row.name and _is_called(fold(row.name).split(), words))


def _is_called(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a name has these words next to one another, and is not that of a qualifying race."""
    starts = range(len(name) - len(words) + 1)
    has_words = any(tuple(name[start : start + len(words)]) == tuple(words) for start in starts)
    return has_words and not any(word.startswith(QUALIFYING_WORDS) for word in name)


def races_of_season(session: Session, series: str, season: int) -> tuple[RaceListRow, ...]:
    """The races of a season in their order."""
    return _OF_SEASON.rows(session, series=series, season=season)


def series_at(session: Session, track: str) -> tuple[TrackSeries, ...]:
    """The series that raced at a track, the one with most races first."""
    rows = [row for row in _SERIES_AT.repeated_rows(session, track=track) if row.series]
    return tuple(sorted(rows, key=lambda row: (-row.race_count, row.series)))


def latest_season(session: Session, series: str) -> int | None:
    """The latest season of a series; None where the archive has none."""
    return next(iter(_LATEST_SEASON.repeated_rows(session, series=series)), None)


def seasons_of_series(session: Session, series: str) -> tuple[int, ...]:
    """The seasons with races of a series, the earliest first."""
    return tuple(sorted(season for season in _SEASONS.repeated_rows(session, series=series) if season))


def winner_rows(session: Session, keys: Iterable[str]) -> Mapping[str, WinnerRow]:
    """The rows of the winners of these races, by race."""
    race_keys = tuple(keys)
    # Most winners are the first row of their table, which the key of the rows finds; only the others are looked for.
    winners = {row.race: row for row in _FIRST_TABLE_ROWS.rows(session, keys=race_keys) if row.position == 1}
    missing = [key for key in race_keys if key not in winners]
    if missing:
        # Reversed, so that of two rows with position 1 the first of the table stays.
        winners |= {row.race: row for row in reversed(_WINNER_ROWS.rows(session, keys=missing))}
    return winners


def facts_of_races(
    session: Session, keys: Sequence[str], fields: Sequence[str]
) -> Mapping[str, tuple[RaceFactRow, ...]]:
    """These facts of these races, by the name of the fact, in the order of `keys`."""
    rows = {(row.race, row.field): row for row in _FACTS.rows(session, keys=tuple(keys), fields=tuple(fields))}
    return {field: tuple(rows[key, field] for key in keys if (key, field) in rows) for field in fields}


def track_tallies(session: Session, track: str, series: str) -> tuple[TrackDriverRow, ...]:
    """The records of all drivers with a start at a track in a series."""
    return tuple(row for row in _TALLIES.rows(session, track=track, series=series) if row.starts)


def tracks_of_same_name(session: Session, race: str, series: str, season: int, name: str) -> tuple[str | None, ...]:
    """The tracks of the other races of this name in a season: a sponsor may name two."""
    return _SAME_NAME.rows(session, key=race, series=series, season=season, name=name)


def tally_documents(
    session: Session, series: str, season: int | None = None, track: str | None = None
) -> tuple[str, ...]:
    """The documents whose results make the tallies of a series: its histories, and those about single races."""
    filters = {name: value for name, value in (("season", season), ("track", track)) if value is not None}
    return tuple(sorted(_tally_documents_query(tuple(filters)).rows(session, series=series, **filters)))


@cache
def _tally_documents_query(filter_names: tuple[str, ...]) -> PreparedQuery[str]:
    """The histories of a series, and the documents about its races whose columns `filter_names` are given."""
    conditions = [inspect(Race).columns[name] == bindparam(name) for name in filter_names]
    race_documents: Select[str] = select(col(Source.document)).join(Race, col(Race.key) == col(Source.race))
    of_series = col(HistoryDocument.series) == bindparam("series")
    histories: Select[str] = select(col(HistoryDocument.document)).where(of_series)
    return PreparedQuery(single_value, union(histories, race_documents.where(_SERIES_CONDITION, *conditions)))
