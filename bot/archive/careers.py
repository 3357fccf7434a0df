"""Careers: what the tallies of drivers and teams hold, and which races of its own a document tells."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlmodel import Session, col

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
from bot.archive.runs import Who, read_as, took_part

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
    return read_as(session, HeldSeason, statement)


def drivers_of_team(session: Session, team: str, season: int | None = None) -> tuple[TeamDriver, ...]:
    """Who drove for a team, by series and car number; in one season where `season` is given."""
    won = func.sum(case((col(SessionRow.position) == 1, 1), else_=0))
    of_team = (col(SessionRow.team) == team, col(SessionRow.session) == "race")
    where = [*of_team, *took_part(SessionRow), col(Race.series).is_not(None), col(Race.season).is_not(None)]
    if season is not None:
        where.append(col(SessionRow.race).in_(select(col(Race.key)).where(col(Race.season) == season)))
    by = (col(Race.series), col(SessionRow.driver), col(SessionRow.car))
    counted = (func.count(), won, func.min(col(Race.season)), func.max(col(Race.season)))
    statement = select(*by, *counted).join(Race, col(Race.key) == col(SessionRow.race)).where(*where).group_by(*by)
    return read_as(session, TeamDriver, statement)


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
