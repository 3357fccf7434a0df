"""Records, such as most wins: the tallies of drivers added up and put in order by the database.

A record over all seasons reads `career_tally`, one at a track `track_tally`, and one at a track in a season the rows of
its few races. Nothing here reads all results.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, case, func, inspect, literal, or_, select
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedQuery, single_value
from bot.archive.models.core import Race, RaceSession, SeasonTally, SessionRow
from bot.archive.queries.record_columns import (
    SEASONS_OF_DECADE,
    RecordPeriod,
    StartCount,
    TallySum,
    active_drivers,
    driver_to_group_by,
    record_columns,
    season_conditions,
)
from bot.racing.sessions import RACE_SESSION, stage_keys

__all__ = [
    "DriverPoints",
    "Population",
    "RankedDriver",
    "RankingMeasure",
    "StageWinner",
    "active_driver_names",
    "has_starts",
    "points_of_season",
    "race_counts_by_season",
    "races_that_tell",
    "rank_drivers",
    "stage_winners",
]

_FIRST_STAGES = stage_keys(2)
_STAGES = stage_keys(4)
# The column of a result whose presence a count of starts counts.
TOLD_COLUMNS: Mapping[StartCount, str] = {
    "starts": "position",
    "grids": "grid",
    "led_known": "laps_led",
    "ratings": "rating",
}
MAX_RANKED_DRIVERS = 60  # rows that are read: those on the card and their ties


@dataclass(frozen=True, slots=True)
class RankingMeasure:
    """Number that drivers are put in order by: a column of the tallies, or its average over the starts that tell it.

    `count_column` counts those starts. `smallest_first` puts the smallest first, as for an average finish.
    """

    column: TallySum
    count_column: StartCount
    average: bool = False
    smallest_first: bool = False


@dataclass(frozen=True, slots=True)
class RankedDriver:
    """Driver in a record: the sum, over how many starts it is known, all starts, the seasons of the first and last."""

    driver: str
    total: int | float
    known_starts: int
    starts: int
    first_season: int | None
    last_season: int | None


@dataclass(frozen=True, slots=True)
class Population:
    """Drivers and starts a record is of: `known_starts` tell the number, `eligible_drivers` have the minimum."""

    drivers: int
    starts: int
    known_starts: int
    eligible_drivers: int


@dataclass(frozen=True, slots=True)
class StageWinner:
    """Driver who won stages: how many, and the seasons of the first and the last."""

    driver: str
    stage_wins: int
    first_season: int | None
    last_season: int | None


@dataclass(frozen=True, slots=True)
class DriverPoints:
    """Points that a driver scored in the races of a season; `known_starts` of the `starts` tell any."""

    driver: str
    points: int
    known_starts: int
    starts: int


def rank_drivers(
    session: Session,
    measure: RankingMeasure,
    min_starts: int,
    series: str,
    season: int | None = None,
    track: str | None = None,
    *,
    decade: int | None = None,
    latest: int | None = None,
) -> tuple[tuple[RankedDriver, ...], Population]:
    """Up to 60 drivers with at least `min_starts` starts that tell the number, the best first; and of how many.

    `decade` is the first of ten seasons; with `latest`, the latest season of the series, only who started in it.
    """
    options = (("season", season), ("track", track), ("decade", decade), ("latest", latest))
    filters = {name: value for name, value in options if value is not None}
    period: RecordPeriod = "season" if season is not None else "decade" if decade is not None else "all"
    ranking, population = _ranking_queries(measure, period, track is not None, latest is not None)
    values = {"series": series, "least": min_starts, **filters}
    # Drivers below the minimum come last: they are part of the population and not of the record.
    drivers = tuple(row for row in ranking.rows(session, **values) if row.known_starts >= min_starts)
    return drivers, population.rows(session, **values)[0]


def race_counts_by_season(
    session: Session, series: str, season: int | None = None, track: str | None = None
) -> Counter[int]:
    """How many races the archive has of each season that is asked for; those without a season are under 0."""
    filters = {name: value for name, value in (("season", season), ("track", track)) if value is not None}
    rows = _race_counts_query(tuple(filters)).rows(session, series=series, **filters)
    return Counter({season or 0: count for season, count in rows})


@cache
def _race_counts_query(filter_names: tuple[str, ...]) -> PreparedQuery[tuple[int | None, int]]:
    where = [inspect(Race).columns[name] == bindparam(name) for name in ("series", *filter_names)]
    statement = select(col(Race.season), func.count()).where(*where).group_by(col(Race.season))
    return PreparedQuery(lambda season, count: (season, count), statement)


def races_that_tell(session: Session, count: StartCount, series: str, season: int, track: str | None = None) -> int:
    """The races of a season with a start that tells a number; `count` is the column that counts such starts."""
    filters = {"track": track} if track is not None else {}
    query = _telling_races_query(count, has_track=track is not None)
    return query.first(session, series=series, season=season, **filters) or 0


@cache
def _telling_races_query(count: StartCount, *, has_track: bool) -> PreparedQuery[int]:
    column = inspect(SessionRow).columns[TOLD_COLUMNS[count]]
    filters = ("series", "season", "track") if has_track else ("series", "season")
    where = [inspect(Race).columns[name] == bindparam(name) for name in filters]
    statement = (
        select(func.count(func.distinct(col(Race.key))))
        .join_from(Race, SessionRow, col(SessionRow.race) == col(Race.key))
        .where(col(SessionRow.session) == RACE_SESSION, column.is_not(None), *where)
    )
    return PreparedQuery(single_value, statement)


def stage_winners(
    session: Session, series: str, season: int | None = None, track: str | None = None, *, decade: int | None = None
) -> tuple[StageWinner, ...]:
    """Who won stages, the most first. The last part of a race is no stage that somebody wins: it pays no points."""
    pays_points = or_(col(SessionRow.session).in_(_FIRST_STAGES), col(SessionRow.points).is_not(None))
    # Few races have stages; asked of all 2,822 of a series this takes twice as long.
    races_with_stages = select(col(RaceSession.race)).where(col(RaceSession.key) == _FIRST_STAGES[0])
    statement = (
        select(col(SessionRow.driver), func.count(), func.min(col(Race.season)), func.max(col(Race.season)))
        .join_from(Race, SessionRow, col(SessionRow.race) == col(Race.key))
        .where(*_race_conditions(series, season, track), *_in_decade(decade), col(Race.key).in_(races_with_stages))
        .where(col(SessionRow.session).in_(_STAGES), col(SessionRow.position) == 1, pays_points)
        .group_by(col(SessionRow.driver))
        .order_by(func.count().desc(), col(SessionRow.driver))
    )
    rows = session.connection().execute(statement)
    return tuple(StageWinner(driver, won, first, last) for driver, won, first, last in rows)


def points_of_season(session: Session, series: str, season: int) -> tuple[DriverPoints, ...]:
    """The points that drivers scored in the races of a season, in all their cars, the most first."""
    return _points_query().rows(session, series=series, season=season)


@cache
def _points_query() -> PreparedQuery[DriverPoints]:
    points, known_starts = func.sum(col(SeasonTally.points)), func.sum(col(SeasonTally.points_known))
    starts = func.sum(col(SeasonTally.starts))
    driver = driver_to_group_by()
    statement = (
        select(driver, points, known_starts, starts)
        .where(*season_conditions())
        .group_by(driver)
        .having(starts > 0)
        .order_by(points.desc(), driver)
    )
    return PreparedQuery(DriverPoints, statement)


def has_starts(session: Session, series: str, season: int) -> bool:
    """Whether any start of a season is counted."""
    return _any_driver_query().first(session, series=series, season=season) is not None


@cache
def _any_driver_query() -> PreparedQuery[str]:
    return PreparedQuery(single_value, select(col(SeasonTally.name)).where(*season_conditions()).limit(1))


def _race_conditions(series: str, season: int | None, track: str | None) -> list[ColumnElement[bool]]:
    filters = ((col(Race.series), series), (col(Race.season), season), (col(Race.track), track))
    return [column == value for column, value in filters if value is not None]


def _in_decade(decade: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if decade is None else (col(Race.season).between(decade, decade + SEASONS_OF_DECADE - 1),)


def active_driver_names(session: Session, series: str, latest: int) -> frozenset[str]:
    """Who started in the latest season of a series."""
    return frozenset(_active_drivers_query().rows(session, series=series, latest=latest))


@cache
def _active_drivers_query() -> PreparedQuery[str]:
    return PreparedQuery(single_value, active_drivers())


@cache
def _ranking_queries(
    measure: RankingMeasure, period: RecordPeriod, at_track: bool, of_active: bool
) -> tuple[PreparedQuery[RankedDriver], PreparedQuery[Population]]:
    """The best drivers with their sums, in order; and of how many drivers and starts they are the best.

    Two statements, since SQLite takes longer for windows over all drivers: 2.8 ms instead of 1.3 for 2,900 of a series.
    """
    drivers = _counted_drivers(measure, period, at_track, of_active)
    total, known_starts, starts = drivers.total, drivers.known_starts, drivers.starts
    value = total * literal(1.0) / func.nullif(known_starts, 0) if measure.average else total
    is_eligible = case((known_starts >= bindparam("least"), 1), else_=0)
    ranking = (
        select(*drivers)
        .order_by(is_eligible.desc(), value.asc() if measure.smallest_first else value.desc(), drivers.driver)
        .limit(MAX_RANKED_DRIVERS)
    )
    population = select(func.count(), func.sum(starts), func.sum(known_starts), func.sum(is_eligible))
    population = population.select_from(starts.table)
    # The sums are decimals on PostgreSQL, and nothing where there is no driver.
    return PreparedQuery(RankedDriver, ranking), PreparedQuery(
        lambda *sums: Population(*(int(number or 0) for number in sums)), population
    )


class _CountedDriver(NamedTuple):
    """Columns of a subquery that has a row for each driver, in the order of `RankedDriver`."""

    driver: SQLColumnExpression[str]
    total: ColumnElement[Any]
    known_starts: ColumnElement[Any]
    starts: ColumnElement[Any]
    first_season: ColumnElement[Any]
    last_season: ColumnElement[Any]


def _counted_drivers(measure: RankingMeasure, period: RecordPeriod, at_track: bool, of_active: bool) -> _CountedDriver:
    """The drivers with a start among the rows that a record is read from."""
    columns = record_columns(period, at_track)
    of_whom = (columns.driver.in_(active_drivers()),) if of_active else ()
    total, known_starts, starts = (columns.sums[name] for name in (measure.column, measure.count_column, "starts"))
    named = _CountedDriver(columns.driver, total, known_starts, starts, columns.first_season, columns.last_season)
    statement = select(*(column.label(name) for name, column in named._asdict().items())).where(
        *columns.conditions, *of_whom
    )
    if columns.has_one_row:
        statement = statement.where(starts > 0)
    else:
        statement = statement.group_by(columns.driver).having(starts > 0)
    return _CountedDriver._make(statement.subquery().c)
