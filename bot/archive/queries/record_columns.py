"""Columns that records are read from: career, track or season tallies, or the rows of a few races.

All of them give the same sums under the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    case,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.archive.db.statements import sort_value
from bot.archive.models.core import CareerTally, Race, SeasonTally, SessionRow, TrackTally
from bot.archive.queries.driver_races import start_conditions

__all__ = [
    "SEASONS_OF_DECADE", "RecordColumns", "RecordPeriod", "StartCount", "TallySum", "active_drivers",
    "driver_to_group_by", "record_columns", "season_conditions",
]  # fmt: skip

SEASONS_OF_DECADE = 10

TallySum = Literal[
    "wins", "top_fives", "top_tens", "poles", "laps_led", "starts", "finish_sum", "grid_sum", "rating_sum"
]
RecordPeriod = Literal["all", "season", "decade"]
StartCount = Literal["starts", "grids", "led_known", "ratings"]
_TALLY_COLUMNS = (*get_args(TallySum), *(name for name in get_args(StartCount) if name != "starts"))


def season_conditions() -> tuple[ColumnElement[bool], ...]:
    """That a row of `season_tally` is a driver's, of the series and the season that are bound."""
    series: BindParameter[str] = bindparam("series")
    return (
        col(SeasonTally.kind) == "driver",
        col(SeasonTally.series) == series,
        col(SeasonTally.season) == bindparam("season"),
    )


def decade_conditions() -> tuple[ColumnElement[bool], ...]:
    """The same for ten seasons from the one that is bound as the decade."""
    series: BindParameter[str] = bindparam("series")
    return (
        col(SeasonTally.kind) == "driver",
        col(SeasonTally.series) == series,
        _in_decade(col(SeasonTally.season)),
    )


def active_drivers() -> Select[str]:
    """The drivers with a start in the season that is bound as the latest of the series."""
    return select(col(SeasonTally.name)).where(
        col(SeasonTally.kind) == "driver",
        col(SeasonTally.series) == bindparam("series"),
        col(SeasonTally.season) == bindparam("latest"),
        col(SeasonTally.starts) > 0,
    )


def _in_decade(season: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return season.between(bindparam("decade"), bindparam("decade") + (SEASONS_OF_DECADE - 1))


def driver_to_group_by() -> SQLColumnExpression[str]:
    """The name to group by, as an expression.

    By the bare column SQLite reads all 22,000 rows of drivers in the order of its primary key to save a sort of 140:
    2.2 ms instead of 0.14 for a season.
    """
    return sort_value(col(SeasonTally.name))


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """Columns that a record is read from: the driver, the sums, the seasons, and the conditions of the rows.

    `has_one_row`: a driver has one row, so that the columns are bare and nothing need be added up.
    """

    driver: SQLColumnExpression[str]
    sums: Mapping[str, ColumnElement[Any]]
    first_season: ColumnElement[Any]
    last_season: ColumnElement[Any]
    conditions: tuple[ColumnElement[bool], ...]
    has_one_row: bool = False


def record_columns(period: RecordPeriod, at_track: bool) -> RecordColumns:
    """The columns of a record; the series is bound, and the season or decade and the track where it is of one."""
    if period != "all" and at_track:
        return _columns_of_results(period)
    series: BindParameter[str] = bindparam("series")
    if at_track:
        where = (col(TrackTally.series) == series, col(TrackTally.track) == bindparam("track"))
        return _bare_columns(TrackTally, where)
    if period == "all":
        return _bare_columns(CareerTally, (col(CareerTally.series) == series,))
    sums = {name: func.sum(inspect(SeasonTally).columns[name]) for name in _TALLY_COLUMNS}
    first, last = func.min(col(SeasonTally.season)), func.max(col(SeasonTally.season))
    conditions = season_conditions() if period == "season" else decade_conditions()
    return RecordColumns(driver_to_group_by(), sums, first, last, conditions)


def _bare_columns(
    table: type[CareerTally] | type[TrackTally], conditions: tuple[ColumnElement[bool], ...]
) -> RecordColumns:
    """The columns of a table whose key, beside what the conditions say, is the driver."""
    columns = inspect(table).columns
    sums = {name: columns[name] for name in _TALLY_COLUMNS}
    return RecordColumns(
        columns["driver"], sums, columns["first_season"], columns["last_season"], conditions, has_one_row=True
    )


def _columns_of_results(period: RecordPeriod) -> RecordColumns:
    """The same sums over the rows of the few races of a season or decade at one track, by the rules of the tallies."""
    position, grid = col(SessionRow.position), col(SessionRow.grid)
    keys = select(col(Race.key)).where(
        col(Race.track) == bindparam("track"),
        col(Race.series) == bindparam("series"),
        col(Race.season) == bindparam("season") if period == "season" else _in_decade(col(Race.season)),
    )
    where = (
        col(SessionRow.number) == _first_start_number(),
        col(SessionRow.race).in_(keys),
        col(SessionRow.session) == "race",
        *start_conditions(SessionRow),
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
    season: ColumnElement[Any] = func.min(bindparam(period))
    return RecordColumns(col(SessionRow.driver), sums, season, season, where)


def _first_start_number() -> ScalarSelect[Any]:
    """The number of the better row of a driver in a race: who has two rows in one started once."""
    same_start = aliased(SessionRow)
    return (
        select(func.min(col(same_start.number)))
        .where(
            col(same_start.race) == col(SessionRow.race),
            col(same_start.session) == col(SessionRow.session),
            col(same_start.driver) == col(SessionRow.driver),
            *start_conditions(same_start),
        )
        .scalar_subquery()
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
