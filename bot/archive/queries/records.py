"""Who has the most of something: the tallies of drivers added up and put in order by the database.

A record over all seasons reads `career_tally`, one at a track `track_tally`, and one at a track in a season the rows of
its few races. Nothing here reads all results.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    SQLColumnExpression,
    bindparam,
    case,
    func,
    inspect,
    literal,
    literal_column,
    or_,
    select,
)
from sqlmodel import Session, col

from bot.archive.db.statements import Fixed, alone
from bot.archive.models.core import CareerTally, Race, RaceSession, SeasonTally, SessionRow, TrackTally
from bot.archive.queries.driver_races import NO_START

__all__ = [
    "Population",
    "Ranked",
    "Scored",
    "StageWinner",
    "Sum",
    "counts_starts",
    "points_scored",
    "races_counted",
    "ranked",
    "stage_wins",
]

Total = Literal["wins", "top_fives", "top_tens", "poles", "laps_led", "starts", "finish_sum", "grid_sum", "rating_sum"]
Count = Literal["starts", "grids", "led_known", "ratings"]
_COLUMNS = (*get_args(Total), *(name for name in get_args(Count) if name != "starts"))
_FIRST_STAGES = ("stage-1", "stage-2")
_STAGES = (*_FIRST_STAGES, "stage-3", "stage-4")
MOST = 60  # rows that are read: those shown and their ties


@dataclass(frozen=True, slots=True)
class Sum:
    """What drivers are put in order by: a column of the tallies, as it is or over the count of starts that tell it.

    `known` is that count. `least` puts the smallest first, as for an average finish.
    """

    column: Total
    known: Count
    average: bool = False
    least: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """One driver: the sum, over how many starts it is known, all starts, and the seasons of the first and the last."""

    driver: str
    total: int | float
    known: int
    starts: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Population:
    """Of how many drivers and starts a record is: `known` starts tell the number, `enough` drivers have the minimum."""

    drivers: int
    starts: int
    known: int
    enough: int


@dataclass(frozen=True, slots=True)
class StageWinner:
    """How many stages a driver won, and the seasons of the first and the last."""

    driver: str
    won: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Scored:
    """The points that a driver scored in the races of a season; `known` of the `starts` tell any."""

    driver: str
    points: int
    known: int
    starts: int


def ranked(
    session: Session, by: Sum, least: int, series: str, season: int | None = None, track: str | None = None
) -> tuple[tuple[Ranked, ...], Population]:
    """The drivers with at least `least` starts that tell the number, the best first, at most 60; and of how many."""
    values: dict[str, object] = {"series": series, "least": least}
    values |= {"season": season} if season is not None else {}
    values |= {"track": track} if track is not None else {}
    rows = _statement(by, season is not None, track is not None).rows(session, **values)
    if not rows:
        return (), Population(0, 0, 0, 0)
    population = Population(*(int(number) for number in rows[0][6:]))
    return tuple(Ranked(*row[:6]) for row in rows if row[2] >= least), population


def races_counted(session: Session, series: str, season: int | None = None, track: str | None = None) -> Counter[int]:
    """How many races the archive holds of each season that is asked for; those without a season are under 0."""
    asked: dict[str, str | int | None] = {"season": season, "track": track}
    narrowed = {name: value for name, value in asked.items() if value is not None}
    found = _races_counted(tuple(narrowed)).rows(session, series=series, **narrowed)
    return Counter({season or 0: count for season, count in found})


@cache
def _races_counted(narrowed: tuple[str, ...]) -> Fixed[tuple[int | None, int]]:
    where = [inspect(Race).columns[name] == bindparam(name) for name in ("series", *narrowed)]
    statement = select(col(Race.season), func.count()).where(*where).group_by(col(Race.season))
    return Fixed(lambda season, count: (season, count), statement)


def stage_wins(
    session: Session, series: str, season: int | None = None, track: str | None = None
) -> tuple[StageWinner, ...]:
    """Who won stages, the most first. The last part of a race is no stage that somebody wins: it pays no points."""
    paid = or_(col(SessionRow.session).in_(_FIRST_STAGES), col(SessionRow.points).is_not(None))
    # Few races have stages; asked of all 2,822 of a series this takes twice as long.
    staged = select(col(RaceSession.race)).where(col(RaceSession.key) == _FIRST_STAGES[0])
    statement = (
        select(col(SessionRow.driver), func.count(), func.min(col(Race.season)), func.max(col(Race.season)))
        .join_from(Race, SessionRow, col(SessionRow.race) == col(Race.key))
        .where(*_narrowed(series, season, track), col(Race.key).in_(staged))
        .where(col(SessionRow.session).in_(_STAGES), col(SessionRow.position) == 1, paid)
        .group_by(col(SessionRow.driver))
        .order_by(func.count().desc(), col(SessionRow.driver))
    )
    found = session.connection().execute(statement)
    return tuple(StageWinner(driver, won, first, last) for driver, won, first, last in found)


def points_scored(session: Session, series: str, season: int) -> tuple[Scored, ...]:
    """The points that drivers scored in the races of a season, in all their cars, the most first."""
    return _points_scored().rows(session, series=series, season=season)


@cache
def _points_scored() -> Fixed[Scored]:
    points, known = func.sum(col(SeasonTally.points)), func.sum(col(SeasonTally.points_known))
    starts = func.sum(col(SeasonTally.starts))
    driver = _grouped()
    statement = (
        select(driver, points, known, starts)
        .where(*_of_season())
        .group_by(driver)
        .having(starts > 0)
        .order_by(points.desc(), driver)
    )
    return Fixed(Scored, statement)


def counts_starts(session: Session, series: str, season: int) -> bool:
    """Whether any start of a season is counted."""
    return _one_driver().first(session, series=series, season=season) is not None


@cache
def _one_driver() -> Fixed[str]:
    return Fixed(alone, select(col(SeasonTally.name)).where(*_of_season()).limit(1))


def _of_season() -> tuple[ColumnElement[bool], ...]:
    series: BindParameter[str] = bindparam("series")
    return (
        col(SeasonTally.kind) == "driver",
        col(SeasonTally.series) == series,
        col(SeasonTally.season) == bindparam("season"),
    )


def _grouped() -> SQLColumnExpression[str]:
    """The name to group by, as an expression.

    By the bare column SQLite reads all 22,000 rows of drivers in the order of its primary key to save a sort of 140:
    2.2 ms instead of 0.14 for a season.
    """
    return col(SeasonTally.name).concat(literal_column("''"))


def _narrowed(series: str, season: int | None, track: str | None) -> list[ColumnElement[bool]]:
    asked = ((col(Race.series), series), (col(Race.season), season), (col(Race.track), track))
    return [column == value for column, value in asked if value is not None]


@cache
def _statement(by: Sum, of_season: bool, at_track: bool) -> Fixed[tuple[Any, ...]]:
    """Drivers with their sums, in order; behind them the population, which is the same in every row."""
    counted = _counted(of_season, at_track)
    total, known, starts = (counted.of[name] for name in (by.column, by.known, "starts"))
    value = total * literal(1.0) / func.nullif(known, 0) if by.average else total
    enough = case((known >= bindparam("least"), 1), else_=0)
    everywhere = (func.count().over(), *(func.sum(one).over() for one in (starts, known, enough)))
    statement = (
        select(counted.driver, total, known, starts, counted.first, counted.last, *everywhere)
        .where(*counted.where)
        .group_by(counted.driver)
        .having(starts > 0)
        .order_by(enough.desc(), value.asc() if by.least else value.desc(), counted.driver)
        .limit(MOST)
    )
    return Fixed(lambda *cells: cells, statement)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where the sums of each driver are read: the columns, and which rows are meant."""

    driver: SQLColumnExpression[str]
    of: Mapping[str, ColumnElement[Any]]
    first: ColumnElement[Any]
    last: ColumnElement[Any]
    where: tuple[ColumnElement[bool], ...]


def _counted(of_season: bool, at_track: bool) -> Counted:
    if of_season and at_track:
        return _over_rows()
    series: BindParameter[str] = bindparam("series")
    if at_track:
        where = (col(TrackTally.series) == series, col(TrackTally.track) == bindparam("track"))
        first, last = func.min(col(TrackTally.first_season)), func.max(col(TrackTally.last_season))
        sums = {name: func.sum(inspect(TrackTally).columns[name]) for name in _COLUMNS}
        return Counted(col(TrackTally.driver), sums, first, last, where)
    if not of_season:
        sums = {name: func.sum(inspect(CareerTally).columns[name]) for name in _COLUMNS}
        first, last = func.min(col(CareerTally.first_season)), func.max(col(CareerTally.last_season))
        return Counted(col(CareerTally.driver), sums, first, last, (col(CareerTally.series) == series,))
    sums = {name: func.sum(inspect(SeasonTally).columns[name]) for name in _COLUMNS}
    first, last = func.min(col(SeasonTally.season)), func.max(col(SeasonTally.season))
    return Counted(_grouped(), sums, first, last, _of_season())


def _over_rows() -> Counted:
    """The same sums over the rows of the few races of a season at one track, by the rules of the tallies."""
    position, grid, status = col(SessionRow.position), col(SessionRow.grid), col(SessionRow.status)
    keys = select(col(Race.key)).where(
        col(Race.track) == bindparam("track"),
        col(Race.series) == bindparam("series"),
        col(Race.season) == bindparam("season"),
    )
    where = (
        col(SessionRow.race).in_(keys),
        col(SessionRow.session) == "race",
        position.is_not(None),
        or_(status.is_(None), status.not_in(NO_START)),
    )
    sums: dict[str, ColumnElement[Any]] = {
        "starts": func.count(),
        "wins": _count(position == 1),
        "top_fives": _count(position <= 5),
        "top_tens": _count(position <= 10),
        "poles": _count(grid == 1),
        "finish_sum": func.sum(position),
        "grid_sum": func.sum(grid),
        "grids": func.count(grid),
        "laps_led": func.coalesce(func.sum(col(SessionRow.laps_led)), 0),
        "led_known": func.count(col(SessionRow.laps_led)),
        "rating_sum": func.sum(col(SessionRow.rating)),
        "ratings": func.count(col(SessionRow.rating)),
    }
    season: ColumnElement[Any] = func.min(bindparam("season"))
    return Counted(col(SessionRow.driver), sums, season, season, where)


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
