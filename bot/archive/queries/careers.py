"""Careers: what the tallies of drivers and teams hold, and which races of its own a document tells."""

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
    union_all,
)
from sqlmodel import Session, col

from bot.archive.db.statements import Fixed, Prepared
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
from bot.archive.queries.driver_races import Who

__all__ = [
    "HeldSeason",
    "SeasonRow",
    "TeamDriver",
    "TrackRow",
    "drivers_of_team",
    "held_seasons",
    "seasons_of",
    "told_of",
    "tracks_of",
]

Told = Literal["row", "entry", "standing", "passage", "voice"]


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
class TeamDriver:
    """What one driver did for a team in a series with one car number."""

    series: str
    driver: str
    car: str
    starts: int
    wins: int
    first_season: int
    last_season: int


@dataclass(frozen=True, slots=True)
class HeldSeason:
    """How many races of a season the archive holds, and the highest round among them."""

    series: str
    season: int
    held: int
    rounds: int


HISTORY_SESSIONS = ("race", "stage-1", "stage-2")  # what a table of the sport's history tells of a race weekend
PERSON: BindParameter[str] = bindparam("person")
SEASONS = Prepared(
    SeasonRow,
    SeasonTally,
    col(SeasonTally.kind) == bindparam("kind"),
    col(SeasonTally.name) == bindparam("name"),
    order=(col(SeasonTally.series), col(SeasonTally.season), col(SeasonTally.car)),
)
TRACKS = Prepared(
    TrackRow,
    TrackTally,
    col(TrackTally.driver) == bindparam("driver"),
    order=(col(TrackTally.series), col(TrackTally.track)),
)


def seasons_of(session: Session, kind: Who, name: str) -> tuple[SeasonRow, ...]:
    """The seasons of a driver or team, series by series, the earliest first."""
    return SEASONS.rows(session, kind=kind, name=name)


def tracks_of(session: Session, driver: str) -> tuple[TrackRow, ...]:
    """The tracks of a driver, series by series."""
    return TRACKS.rows(session, driver=driver)


def held_seasons(session: Session, series: Iterable[str], first: int, last: int) -> tuple[HeldSeason, ...]:
    """The seasons of these series from `first` to `last` of which the archive holds races that tell their round."""
    return _held_seasons().rows(session, series=sorted(series), first=first, last=last)


def drivers_of_team(session: Session, team: str, season: int | None = None) -> tuple[TeamDriver, ...]:
    """Who drove for a team, by series and car number; in one season where `season` is given."""
    if season is None:
        return _drivers(one_season=False).rows(session, team=team)
    return _drivers(one_season=True).rows(session, team=team, season=season)


def told_of(session: Session, person: str) -> dict[Told, frozenset[str]]:
    """Which races have documents of their own that tell of a person, by what they tell: rows, entries, passages ...

    The tables of the sport's history are no documents of one race: what they tell is in the tallies.
    """
    found: dict[Told, set[str]] = {}
    for how, race in _told().rows(session, person=person):
        found.setdefault(how, set()).add(race)
    return {how: frozenset(races) for how, races in found.items()}


@cache
def _drivers(*, one_season: bool) -> Fixed[TeamDriver]:
    by = (col(TeamTally.series), col(TeamTally.driver), col(TeamTally.car))
    counted = (func.sum(col(TeamTally.starts)), func.sum(col(TeamTally.wins)))
    span = (func.min(col(TeamTally.season)), func.max(col(TeamTally.season)))
    given = (col(TeamTally.season) == bindparam("season"),) if one_season else ()
    of_team = col(TeamTally.team) == bindparam("team")
    return Fixed(TeamDriver, select(*by, *counted, *span).where(of_team, *given).group_by(*by))


@cache
def _held_seasons() -> Fixed[HeldSeason]:
    season = col(Race.season)
    span = season.between(bindparam("first"), bindparam("last"))
    series = col(Race.series)
    where = (series.in_(bindparam("series", expanding=True)), span, col(Race.round).is_not(None))
    rounds = func.max(col(Race.round))
    return Fixed(HeldSeason, select(series, season, func.count(), rounds).where(*where).group_by(series, season))


@cache
def _told() -> Fixed[tuple[Told, str]]:
    """(what, race) for everything that is told of a person in a race that a document of its own tells."""
    own = col(SessionRow.race).in_(select(col(Source.race)).where(col(Source.race).is_not(None)))
    beyond = col(SessionRow.session).not_in(HISTORY_SESSIONS)
    of_drivers = col(Standing.championship) == "drivers"
    everything = union_all(
        _where_told("row", SessionRow.race, col(SessionRow.driver) == PERSON, or_(own, beyond)),
        _where_told("entry", Entry.race, col(Entry.driver) == PERSON),
        _where_told("standing", Standing.race, col(Standing.name) == PERSON, of_drivers),
        _where_told("passage", PassagePerson.race, col(PassagePerson.person) == PERSON),
        _where_told("voice", Broadcast.race, col(Broadcast.person) == PERSON),
    )
    return Fixed(lambda how, race: (how, race), everything)


def _where_told(how: Told, race: str, *where: ColumnElement[bool]) -> Select[Told, str]:
    return select(literal(how), col(race)).where(*where)
