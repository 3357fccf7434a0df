"""Careers: what the tallies of drivers and teams hold, and the single races behind them.

Whole careers come from the tallies. Single races are read through the indexes by name and race, for a few seasons at
a time: of 1,280 races of one driver the last ten are wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Select,
    and_,
    case,
    func,
    inspect,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from bot.archive.models import (
    Broadcast,
    Entry,
    PassagePerson,
    Race,
    SeasonTally,
    SessionRow,
    Source,
    Standing,
    TrackTally,
)
from bot.archive.rows import read_rows

__all__ = [
    "NO_START",
    "HeldSeason",
    "Meeting",
    "Run",
    "SeasonRow",
    "TeamDriver",
    "TrackRow",
    "beside",
    "drivers_of_team",
    "held_seasons",
    "meetings_of",
    "runs_of",
    "seasons_of",
    "told_of",
    "tracks_of",
]

T = TypeVar("T")
Who = Literal["driver", "team"]
Told = Literal["row", "entry", "standing", "passage", "voice"]

NO_START = ("did not start", "withdrew", "withdrew from race")  # what a table says of a car that took no start


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """One season of a driver in one car, or of a team; the columns are those of `SeasonTally`."""

    series: str
    season: int
    car: str
    races: int
    starts: int
    wins: int
    top_fives: int
    top_tens: int
    poles: int
    finish_sum: int
    best_finish: int | None
    grids: int
    grid_sum: int
    laps_led: int
    led_known: int


@dataclass(frozen=True, slots=True)
class TrackRow:
    """What a driver did at one track in a series; the columns are those of `TrackTally`."""

    series: str
    track: str
    starts: int
    wins: int
    top_fives: int
    top_tens: int
    finish_sum: int
    best_finish: int | None
    first_season: int
    last_season: int


@dataclass(frozen=True, slots=True)
class Run:
    """One car in one race: the race, and its row of session "race"."""

    race: str
    series: str | None
    season: int | None
    round: int | None
    name: str | None
    track: str | None
    order_key: str
    driver: str
    position: int | None
    grid: int | None
    car: str | None
    team: str | None
    manufacturer: str | None
    laps_led: int | None
    points: int | None
    status: str | None
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A race in which two drivers started, each with place, grid, laps led and the line that says so."""

    race: str
    series: str | None
    season: int | None
    round: int | None
    name: str | None
    track: str | None
    order_key: str
    position: int
    grid: int | None
    laps_led: int | None
    document: str
    line: int
    other_position: int
    other_grid: int | None
    other_laps_led: int | None
    other_document: str
    other_line: int


@dataclass(frozen=True, slots=True)
class TeamDriver:
    """What one driver did for a team in a series with one car number."""

    series: str
    driver: str
    car: str | None
    starts: int
    wins: int
    first_season: int
    last_season: int


@dataclass(frozen=True, slots=True)
class HeldSeason:
    """How many races of a season the archive holds, and the highest round among them."""

    season: int
    held: int
    rounds: int


def seasons_of(session: Session, kind: Who, name: str) -> tuple[SeasonRow, ...]:
    """The seasons of a driver or team, series by series, the earliest first."""
    where = (col(SeasonTally.kind) == kind, col(SeasonTally.name) == name)
    order = (col(SeasonTally.series), col(SeasonTally.season), col(SeasonTally.car))
    return read_rows(session, SeasonRow, SeasonTally, *where, order=order)


def tracks_of(session: Session, driver: str) -> tuple[TrackRow, ...]:
    """The tracks of a driver, series by series."""
    order = (col(TrackTally.series), col(TrackTally.track))
    return read_rows(session, TrackRow, TrackTally, col(TrackTally.driver) == driver, order=order)


def held_seasons(session: Session, series: str, first: int, last: int) -> tuple[HeldSeason, ...]:
    """The seasons from `first` to `last` of which the archive holds races that tell their round."""
    season = col(Race.season)
    statement = (
        select(season, func.count(), func.max(col(Race.round)))
        .where(col(Race.series) == series, season.between(first, last), col(Race.round).is_not(None))
        .group_by(season)
    )
    return _read(session, HeldSeason, statement)


def runs_of(
    session: Session, who: Who, name: str, seasons: Iterable[tuple[str, int]], *, only_wins: bool = False
) -> tuple[Run, ...]:
    """The races of a driver or team in these (series, season), the latest first; of a team every car."""
    column = col(SessionRow.driver) if who == "driver" else col(SessionRow.team)
    wins = (col(SessionRow.position) == 1,) if only_wins else ()
    statement = (
        _runs()
        .where(column == name, col(SessionRow.session) == "race", col(SessionRow.race).in_(_races_in(seasons)), *wins)
        .order_by(col(Race.order_key).desc(), col(Race.key).desc(), col(SessionRow.position), col(SessionRow.number))
    )
    return _read(session, Run, statement)


def beside(session: Session, race: str, team: str, driver: str) -> str | None:
    """The best placed other driver of a team in a race; None where it had no other car."""
    own = (col(SessionRow.team) == team, col(SessionRow.session) == "race", col(SessionRow.race) == race)
    statement = select(col(SessionRow.driver)).where(*own, col(SessionRow.driver) != driver)
    return session.connection().execute(statement.order_by(col(SessionRow.position)).limit(1)).scalar()


def drivers_of_team(session: Session, team: str, season: int | None = None) -> tuple[TeamDriver, ...]:
    """Who drove for a team, by series and car number; in one season where `season` is given."""
    won = func.sum(case((col(SessionRow.position) == 1, 1), else_=0))
    of_team = (col(SessionRow.team) == team, col(SessionRow.session) == "race")
    where = [*of_team, *_started(SessionRow), col(Race.series).is_not(None), col(Race.season).is_not(None)]
    if season is not None:
        where.append(col(SessionRow.race).in_(select(col(Race.key)).where(col(Race.season) == season)))
    by = (col(Race.series), col(SessionRow.driver), col(SessionRow.car))
    counted = (func.count(), won, func.min(col(Race.season)), func.max(col(Race.season)))
    statement = select(*by, *counted).join(Race, col(Race.key) == col(SessionRow.race)).where(*where).group_by(*by)
    return _read(session, TeamDriver, statement)


def meetings_of(
    session: Session, first: str, second: str, *, series: str | None, season: int | None, track: str | None
) -> tuple[Meeting, ...]:
    """The races in which both started, the latest first. Faster with the driver of fewer races as `first`.

    Who has two rows in a race has several meetings there.
    """
    asked = ((col(Race.series), series), (col(Race.season), season), (col(Race.track), track))
    narrowed = [column == value for column, value in asked if value is not None]
    statement, other = _meetings()
    both = (col(SessionRow.driver) == first, col(other.driver) == second)
    order = (col(Race.order_key).desc(), col(Race.key).desc(), col(SessionRow.position), col(other.position))
    return _read(session, Meeting, statement.where(*both, *narrowed).order_by(*order))


def told_of(session: Session, person: str) -> dict[Told, frozenset[str]]:
    """Which races have documents of their own that tell of a person, by what they tell: rows, entries, passages ...

    The tables of the sport's history are no documents of one race: what they tell is in the tallies.
    """
    own = select(col(Source.race)).where(col(Source.race).is_not(None))
    parts = (
        _where_told("row", SessionRow.race, col(SessionRow.driver) == person, col(SessionRow.race).in_(own)),
        _where_told("entry", Entry.race, col(Entry.driver) == person),
        _where_told("standing", Standing.race, col(Standing.name) == person, col(Standing.championship) == "drivers"),
        _where_told("passage", PassagePerson.race, col(PassagePerson.person) == person),
        _where_told("voice", Broadcast.race, col(Broadcast.person) == person),
    )
    found: dict[Told, set[str]] = {}
    for how, race in session.connection().execute(union_all(*parts)):
        found.setdefault(how, set()).add(race)
    return {how: frozenset(races) for how, races in found.items()}


def _where_told(how: Told, race: str, *where: ColumnElement[bool]) -> Select[Told, str]:
    return select(literal(how), col(race)).where(*where)


def _races_in(seasons: Iterable[tuple[str, int]]) -> Select[Any]:
    """The keys of the races of these (series, season)."""
    by_series: dict[str, list[int]] = {}
    for series, season in seasons:
        by_series.setdefault(series, []).append(season)
    wanted = (and_(col(Race.series) == one, col(Race.season).in_(years)) for one, years in sorted(by_series.items()))
    return select(col(Race.key)).where(or_(literal(False), *wanted))


def _started(row: type[SessionRow]) -> tuple[ColumnElement[bool], ...]:
    """What makes a row a start: a place, and no word that the car stayed away."""
    status = col(row.status)
    return col(row.position).is_not(None), or_(status.is_(None), status.not_in(NO_START))


@cache
def _runs() -> Select[Any]:
    """The columns of `Run` over races and their rows."""
    chosen = [_column(Race if _of_race(one.name) else SessionRow, one.name) for one in fields(Run)]
    return select(*chosen).join_from(SessionRow, Race, col(Race.key) == col(SessionRow.race))


@cache
def _meetings() -> tuple[Select[Any], type[SessionRow]]:
    """The columns of `Meeting` over races and two rows of each, and the second of these rows."""
    other = aliased(SessionRow)
    chosen = [
        getattr(other, one.name.removeprefix("other_"))
        if one.name.startswith("other_")
        else _column(Race if _of_race(one.name) else SessionRow, one.name)
        for one in fields(Meeting)
    ]
    statement = (
        select(*chosen)
        .join_from(SessionRow, Race, col(Race.key) == col(SessionRow.race))
        .join(other, col(other.race) == col(SessionRow.race))
        .where(col(SessionRow.session) == "race", col(other.session) == "race")
        .where(*_started(SessionRow), *_started(other))
    )
    return statement, other


def _of_race(field: str) -> bool:
    """Whether a field of `Run` or `Meeting` is a column of the race; the key of the race is read from its row."""
    return field in {"series", "season", "round", "name", "track", "order_key"}


def _column(model: type[SQLModel], name: str) -> Column[Any]:
    column: Column[Any] = inspect(model).columns[name]
    return column


def _read(session: Session, shape: type[T], statement: Executable) -> tuple[T, ...]:
    return tuple(shape(*row) for row in session.connection().execute(statement))
