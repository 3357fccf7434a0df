"""Careers: the tallies of drivers and teams, and the races whose own documents mention a person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.core import (
    Broadcast,
    Entry,
    PassagePerson,
    Race,
    SeasonTally,
    SessionRow,
    Source,
    Standing,
    TeamTally,
    TrackTally,
)
from bot.archive.queries.driver_races import CompetitorKind, start_conditions
from bot.racing.sessions import RACE_SESSION, stage_keys

__all__ = [
    "SeasonCoverage",
    "SeasonRow",
    "TeamDriver",
    "TrackRow",
    "drivers_of_team",
    "races_mentioning",
    "races_of_teams",
    "season_coverage",
    "seasons_of",
    "tracks_of",
]

MentionKind = Literal["row", "entry", "standing", "passage", "voice"]


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """Season of a driver in one car, or of a team; the columns are those of `SeasonTally`."""

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
    """Record of a driver at one track in a series; the columns are those of `TrackTally`."""

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
class TeamDriver:
    """Record of one driver for a team in a series with one car number."""

    series: str
    driver: str
    car: str
    starts: int
    wins: int
    first_season: int
    last_season: int


@dataclass(frozen=True, slots=True)
class SeasonCoverage:
    """Number of races of a season in the archive, and the highest round among them."""

    series: str
    season: int
    race_count: int
    highest_round: int


HISTORY_SESSIONS = (RACE_SESSION, *stage_keys(2))  # what a table of the sport's history tells of a race weekend
PERSON_PARAMETER: BindParameter[str] = bindparam("person")
SEASONS_QUERY = PreparedTableQuery(
    SeasonRow,
    SeasonTally,
    col(SeasonTally.kind) == bindparam("kind"),
    col(SeasonTally.name) == bindparam("name"),
    order=(col(SeasonTally.series), col(SeasonTally.season), col(SeasonTally.car)),
)
TRACKS_QUERY = PreparedTableQuery(
    TrackRow,
    TrackTally,
    col(TrackTally.driver) == bindparam("driver"),
    order=(col(TrackTally.series), col(TrackTally.track)),
)


def seasons_of(session: Session, kind: CompetitorKind, name: str) -> tuple[SeasonRow, ...]:
    """The seasons of a driver or team, series by series, the earliest first."""
    return SEASONS_QUERY.rows(session, kind=kind, name=name)


def tracks_of(session: Session, driver: str) -> tuple[TrackRow, ...]:
    """The tracks of a driver, series by series."""
    return TRACKS_QUERY.rows(session, driver=driver)


def season_coverage(session: Session, series: Iterable[str], first: int, last: int) -> tuple[SeasonCoverage, ...]:
    """The seasons of these series from `first` to `last` with races in the archive whose round is known."""
    all_seasons = _season_coverage_query().repeated_rows(session)
    wanted = frozenset(series)
    return tuple([one for one in all_seasons if one.series in wanted and first <= one.season <= last])


def drivers_of_team(session: Session, team: str, season: int | None = None) -> tuple[TeamDriver, ...]:
    """Who drove for a team, by series and car number; in one season where `season` is given."""
    if season is None:
        return _team_drivers_query(one_season=False).rows(session, team=team)
    return _team_drivers_query(one_season=True).rows(session, team=team, season=season)


def races_of_teams(
    session: Session, teams: Iterable[str], seasons: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """(series, season) -> the races in which at least one car of these teams started, for these seasons."""
    rows = _team_races_query().rows(session, teams=sorted(teams), seasons=sorted(seasons))
    return {(series, season): count for series, season, count in rows}


def races_mentioning(session: Session, person: str) -> dict[MentionKind, frozenset[str]]:
    """The races whose own documents mention a person, by where they do: in rows, entries, passages ...

    The tables of the sport's history are no documents of one race: what they say is in the tallies.
    """
    races_by_kind: defaultdict[MentionKind, set[str]] = defaultdict(set)
    for kind, race in _mentions_query().rows(session, person=person):
        races_by_kind[kind].add(race)
    return {kind: frozenset(races) for kind, races in races_by_kind.items()}


@cache
def _team_drivers_query(*, one_season: bool) -> PreparedQuery[TeamDriver]:
    group = (col(TeamTally.series), col(TeamTally.driver), col(TeamTally.car))
    sums = (func.sum(col(TeamTally.starts)), func.sum(col(TeamTally.wins)))
    span = (func.min(col(TeamTally.season)), func.max(col(TeamTally.season)))
    in_season = (col(TeamTally.season) == bindparam("season"),) if one_season else ()
    of_team = col(TeamTally.team) == bindparam("team")
    return PreparedQuery(TeamDriver, select(*group, *sums, *span).where(of_team, *in_season).group_by(*group))


@cache
def _team_races_query() -> PreparedQuery[tuple[str, int, int]]:
    pairs = tuple_(col(Race.series), col(Race.season)).in_(bindparam("seasons", expanding=True))
    of_teams = col(SessionRow.team).in_(bindparam("teams", expanding=True))
    columns = (col(Race.series), col(Race.season))
    statement = (
        select(*columns, func.count(func.distinct(col(Race.key))))
        .join_from(SessionRow, Race, col(Race.key) == col(SessionRow.race))
        .where(of_teams, col(SessionRow.session) == RACE_SESSION, pairs, *start_conditions(SessionRow))
        .group_by(*columns)
    )
    return PreparedQuery(lambda series, season, count: (series, season, count), statement)


@cache
def _season_coverage_query() -> PreparedQuery[SeasonCoverage]:
    series, season, race_round = col(Race.series), col(Race.season), col(Race.round)
    # Of all seasons, some two hundred: they are read once, and not once for each span of years.
    where = (series.is_not(None), season.is_not(None), race_round.is_not(None))
    return PreparedQuery(
        SeasonCoverage,
        select(series, season, func.count(), func.max(race_round)).where(*where).group_by(series, season),
    )


@cache
def _mentions_query() -> PreparedQuery[tuple[MentionKind, str]]:
    """(kind, race) of every mention of a person in a document about one race."""
    # A row of a race, stage 1 or stage 2 may come from a history; it counts where the race has a document of its own.
    in_own_document = col(SessionRow.race).in_(select(col(Source.race)).where(col(Source.race).is_not(None)))
    beyond_history = col(SessionRow.session).not_in(HISTORY_SESSIONS)
    of_drivers = col(Standing.championship) == "drivers"
    statement = union_all(
        _select_mentions(
            "row", SessionRow.race, col(SessionRow.driver) == PERSON_PARAMETER, or_(in_own_document, beyond_history)
        ),
        _select_mentions("entry", Entry.race, col(Entry.driver) == PERSON_PARAMETER),
        _select_mentions("standing", Standing.race, col(Standing.name) == PERSON_PARAMETER, of_drivers),
        _select_mentions("passage", PassagePerson.race, col(PassagePerson.person) == PERSON_PARAMETER),
        _select_mentions("voice", Broadcast.race, col(Broadcast.person) == PERSON_PARAMETER),
    )
    return PreparedQuery(lambda kind, race: (kind, race), statement)


def _select_mentions(kind: MentionKind, race: str, *where: ColumnElement[bool]) -> Select[MentionKind, str]:
    return select(literal(kind), col(race)).where(*where)
