"""Whole seasons: schedules with races to come, championships race by race, and where documents of a season differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.seasons import ScheduledRace, SeasonConflict, SeasonFinish, SeasonStanding
from bot.archive.queries.evidence import ConflictRow

__all__ = [
    "ScheduledRaceRow",
    "SeasonFinishRow",
    "SeasonStandingRow",
    "conflicts_of_season",
    "finishes_of_season",
    "schedule_of_season",
    "scheduled_seasons",
    "schedules_of",
    "season_standings",
]


@dataclass(frozen=True, slots=True)
class ScheduledRaceRow:
    """Row of a schedule; the columns are those of `ScheduledRace`. `race` is None for a race to come."""

    series: str
    season: int
    number: int
    series_name: str
    race: str | None
    round: int | None
    name: str | None
    track: str | None
    place: str | None
    day: date | None
    written_day: str
    start: str | None
    zone: str | None
    written_start: str
    starts_at: str | None
    network: str | None
    radio: str | None
    status: str
    first_day: date | None
    counts: bool
    winner: str | None
    pole_driver: str | None
    winners_document: str | None
    winners_line: int | None
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class SeasonStandingRow:
    """Row of a championship of a season; the columns are those of `SeasonStanding`."""

    number: int
    position: int | None
    written_position: str
    name: str
    car: str | None
    points: float | None
    written_points: str
    stage_points: int | None
    playoff_points: int | None
    rookie: bool
    ineligible: bool
    above_cut: bool
    starts: int
    wins: int
    top_fives: int
    top_tens: int
    document: str
    line: int
    agree: int


@dataclass(frozen=True, slots=True)
class SeasonFinishRow:
    """What a championship says of one race of one of its rows; the columns are those of `SeasonFinish`."""

    number: int
    race_number: int
    race: str
    text: str
    position: int | None
    pole: bool
    most_laps_led: bool
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class _SeriesSeason:
    """Season of a series that has a schedule."""

    series: str
    season: int


_SCHEDULE = PreparedTableQuery(
    ScheduledRaceRow,
    ScheduledRace,
    col(ScheduledRace.series) == bindparam("series"),
    col(ScheduledRace.season) == bindparam("season"),
    order=(col(ScheduledRace.number),),
)
_SCHEDULES = PreparedTableQuery(
    ScheduledRaceRow,
    ScheduledRace,
    col(ScheduledRace.season).in_(bindparam("seasons", expanding=True)),
    order=(col(ScheduledRace.series), col(ScheduledRace.season), col(ScheduledRace.number)),
)
_SEASONS = PreparedQuery(_SeriesSeason, select(ScheduledRace.series, ScheduledRace.season).distinct())
_STANDINGS = PreparedTableQuery(
    SeasonStandingRow,
    SeasonStanding,
    col(SeasonStanding.series) == bindparam("series"),
    col(SeasonStanding.season) == bindparam("season"),
    col(SeasonStanding.championship) == bindparam("championship"),
    order=(col(SeasonStanding.number),),
)
_FINISHES = PreparedTableQuery(
    SeasonFinishRow,
    SeasonFinish,
    col(SeasonFinish.series) == bindparam("series"),
    col(SeasonFinish.season) == bindparam("season"),
    col(SeasonFinish.championship) == bindparam("championship"),
    order=(col(SeasonFinish.number), col(SeasonFinish.race_number)),
)
_CONFLICTS = PreparedTableQuery(
    ConflictRow,
    SeasonConflict,
    col(SeasonConflict.series) == bindparam("series"),
    col(SeasonConflict.season) == bindparam("season"),
    order=(col(SeasonConflict.number),),
)


def schedule_of_season(session: Session, series: str, season: int) -> tuple[ScheduledRaceRow, ...]:
    """The schedule of a season in its order; empty where no document has one."""
    return _SCHEDULE.rows(session, series=series, season=season)


def schedules_of(session: Session, seasons: Iterable[int]) -> tuple[ScheduledRaceRow, ...]:
    """The schedules of these seasons of all series, each in its order."""
    return _SCHEDULES.rows(session, seasons=tuple(seasons))


def scheduled_seasons(session: Session, series: str) -> tuple[int, ...]:
    """The seasons of a series that have a schedule, the earliest first."""
    return tuple(sorted(row.season for row in _SEASONS.rows(session) if row.series == series))


def season_standings(session: Session, series: str, season: int, championship: str) -> tuple[SeasonStandingRow, ...]:
    """The rows of one championship in the published order."""
    return _STANDINGS.rows(session, series=series, season=season, championship=championship)


def finishes_of_season(session: Session, series: str, season: int, championship: str) -> tuple[SeasonFinishRow, ...]:
    """What a championship says of each race, row by row."""
    return _FINISHES.rows(session, series=series, season=season, championship=championship)


def conflicts_of_season(session: Session, series: str, season: int) -> tuple[ConflictRow, ...]:
    """What the documents of a season disagree on."""
    return _CONFLICTS.rows(session, series=series, season=season)
