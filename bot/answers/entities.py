"""The names of the archive, as the name index wants them.

All names of seventy-seven seasons are read at every start and after every load while questions wait, so this reads
plain rows of few columns, and car numbers from what the load has counted: 0.15 s instead of 1.1 s.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from bot.answers.common.short_names import place_text, short_race_name
from bot.archive.db.statements import PreparedTableQuery
from bot.archive.models.core import (
    Entry,
    Name,
    Race,
    RaceSession,
    SeasonTally,
    SessionRow,
    Spelling,
    Standing,
    TeamTally,
)
from bot.archive.name_aliases import name_aliases
from bot.archive.queries.races import RaceRow
from bot.names.aliases import EnteredAlias
from bot.names.entity import MAX_LABEL_LENGTH, CarNumber, Entity, RaceEvent
from bot.names.index import NameIndex
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.sessions import RACE_SESSION

__all__ = ["entered_aliases", "entities", "read_names"]


MAX_NAME_LENGTH = 60  # letters of a race, in a label that has its year, its track and its series too


@dataclass(frozen=True, slots=True)
class NameRow:
    """A canonical name; the columns are those of `Name` without its key."""

    kind: str
    value: str
    name: str
    starts: int
    wins: int
    first_season: int | None
    last_season: int | None


@dataclass(frozen=True, slots=True)
class CarRow:
    """A car number in one season of a driver; the columns are those of `SeasonTally`."""

    name: str
    series: str
    season: int
    car: str
    starts: int


@dataclass(frozen=True, slots=True)
class TeamHistory:
    """Who drove for whom: the last team of each driver, and the series of each team, the latest first."""

    last_teams: Mapping[str, str]
    series: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RaceContents:
    """What the archive holds of each race: the titles of its sessions, the championships with a table after it.

    `winner_teams` are the teams that won, where a document tells them.
    """

    sessions: Mapping[str, tuple[str, ...]]
    standings: Mapping[str, tuple[str, ...]]
    winner_teams: Mapping[str, str]


_NAME_ROWS = PreparedTableQuery(NameRow, Name, col(Name.kind) != "person", order=(col(Name.kind), col(Name.value)))
_RACE_ROWS = PreparedTableQuery(RaceRow, Race, order=(col(Race.order_key), col(Race.key)))
_SESSION_TITLES = select(RaceSession.race, RaceSession.title).order_by(col(RaceSession.race), col(RaceSession.rank))
_WINNER_TEAMS = select(SessionRow.race, SessionRow.team).where(
    col(SessionRow.session) == RACE_SESSION, col(SessionRow.position) == 1, col(SessionRow.team).is_not(None)
)
# Rows of a driver's last season alone: all of them take five times as long.
_LAST_TEAMS = (
    select(TeamTally.driver, TeamTally.team)
    .join(
        Name,
        and_(
            col(Name.kind) == "driver", col(Name.value) == TeamTally.driver, col(Name.last_season) == TeamTally.season
        ),
    )
    .order_by(col(TeamTally.starts), col(TeamTally.team))
)
_TEAM_SERIES = (
    select(TeamTally.team, TeamTally.series)
    .group_by(col(TeamTally.team), col(TeamTally.series))
    .order_by(func.max(TeamTally.season).desc(), col(TeamTally.series))
)
_CAR_ROWS = PreparedTableQuery(
    CarRow,
    SeasonTally,
    col(SeasonTally.kind) == "driver",
    col(SeasonTally.car) != "",
    order=(col(SeasonTally.name), col(SeasonTally.series), col(SeasonTally.season), col(SeasonTally.car)),
)


def read_names(session: Session, version: int, default_series: str) -> NameIndex:
    """The index of all names of a data version, of which the session is a snapshot."""
    return NameIndex.build(entities(session), version, default_series, entered_aliases(session))


def entered_aliases(session: Session) -> tuple[EnteredAlias, ...]:
    """The names that moderators have entered."""
    return tuple(EnteredAlias(row.kind, row.alias, row.name) for row in name_aliases(session))


def entities(session: Session) -> Iterator[Entity]:
    """Everything in the archive that has a name: people, teams, makes, tracks, series, seasons and races."""
    spellings: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    columns = (col(Spelling.kind), col(Spelling.value), col(Spelling.written))
    statement = select(*columns).order_by(*columns)
    for kind, value, spelling in session.connection().execute(statement):
        spellings[kind, value].append(spelling)
    car_numbers, teams = _car_numbers(session), _team_history(session)
    for name in _NAME_ROWS.rows(session):
        yield Entity(
            name.kind,
            name.value,
            name.name,
            name.name[:MAX_LABEL_LENGTH],
            tuple(sorted(spellings.get((name.kind, name.value), ()))),
            name.starts,
            name.wins,
            name.first_season,
            name.last_season,
            car_numbers.get(name.value, ()) if name.kind == "driver" else (),
            team=teams.last_teams.get(name.value, "") if name.kind == "driver" else "",
            series=teams.series.get(name.value, ()) if name.kind == "team" else (),
        )
    yield from _race_entities(session)


def _race_entities(session: Session) -> Iterator[Entity]:
    contents, races = _race_contents(session), _RACE_ROWS.rows(session)
    short_places = {track: place_text(track) for track in {race.track for race in races if race.track}}
    labels = [_race_choice(race, short_places.get(race.track or "", "")) for race in races]
    label_counts = Counter(label[:MAX_LABEL_LENGTH] for label in labels)
    for race, label in zip(races, labels, strict=True):
        event = RaceEvent(
            race.series,
            race.season,
            race.round,
            race.day,
            race.track,
            race.place,
            contents.sessions.get(race.key, ()),
            contents.standings.get(race.key, ()),
            race.rounds,
            race.winner,
            contents.winner_teams.get(race.key),
        )
        yield Entity(
            "race",
            race.key,
            race.name or "",
            (label if label_counts[label[:MAX_LABEL_LENGTH]] == 1 else _distinct_label(race, label))[:MAX_LABEL_LENGTH],
            starts=1,
            first_season=race.season,
            last_season=race.season,
            event=event,
        )
    for season, count in Counter(race.season for race in races if race.season).items():
        yield Entity("season", str(season), str(season), str(season), (), count, 0, season, season)


def _race_contents(session: Session) -> RaceContents:
    """What the archive holds of each race; races that hold the same share one tuple."""
    sessions: defaultdict[str, list[str]] = defaultdict(list)
    for race, title in session.connection().execute(_SESSION_TITLES):
        sessions[race].append(title)
    for (race,) in session.connection().execute(select(Entry.race).distinct()):
        sessions[race].append("Entry list")
    standings: defaultdict[str, list[str]] = defaultdict(list)
    for race, championship in session.connection().execute(select(Standing.race, Standing.championship).distinct()):
        standings[race].append(championship)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    titles_of_race = {race: shared.setdefault(tuple(titles), tuple(titles)) for race, titles in sessions.items()}
    winner_teams = {race: intern(team) for race, team in session.connection().execute(_WINNER_TEAMS)}
    return RaceContents(
        titles_of_race, {race: tuple(sorted(championships)) for race, championships in standings.items()}, winner_teams
    )


def _race_choice(race: RaceRow, place: str) -> str:
    """A race as it is chosen from a list, what people look for first: “Ally 400 · 2023 · Nashville · Cup”.

    Where that is more than a choice may have, who presents the race is left out, then the end, never the name.
    """
    series = SHORT_SERIES_NAMES.get(race.series or "", race.series_name or "")
    name = race.name or place
    if len(name) > MAX_NAME_LENGTH:
        name = short_race_name(name, race.season).rstrip(", ")
    head, *others = [part for part in (name, str(race.season or ""), place, series) if part] or [race.key]
    label = head if race.name or head == race.key else f"Race at {head}"
    for part in others:
        longer = f"{label} · {part}"
        if len(longer) <= MAX_LABEL_LENGTH and not (part == place and not race.name):
            label = longer
    return label


def _distinct_label(race: RaceRow, label: str) -> str:
    """A label that two races share, with what tells this one apart in front of the cut."""
    distinction = f"round {race.round}" if race.round else race.key
    while len(label) + len(distinction) + 3 > MAX_LABEL_LENGTH and " · " in label:
        label = label.rpartition(" · ")[0]
    return f"{label[: MAX_LABEL_LENGTH - len(distinction) - 3]} · {distinction}"


def _car_numbers(session: Session) -> dict[str, tuple[CarNumber, ...]]:
    """Which numbers each driver started with, by series and season."""
    numbers: defaultdict[str, list[CarNumber]] = defaultdict(list)
    for row in _CAR_ROWS.rows(session):
        # One text for each series and each number instead of one for each of 36,000 rows: 4 MB.
        numbers[row.name].append(CarNumber(intern(row.series), row.season, intern(row.car), row.starts))
    return {driver: tuple(of_driver) for driver, of_driver in numbers.items()}


def _team_history(session: Session) -> TeamHistory:
    """Who drove for whom, as far as documents tell it."""
    connection = session.connection()
    series: defaultdict[str, list[str]] = defaultdict(list)
    for team, team_series in connection.execute(_TEAM_SERIES):
        series[team].append(intern(team_series))
    # The team of most starts is the last one, and stays.
    last_teams = {driver: intern(team) for driver, team in connection.execute(_LAST_TEAMS)}
    return TeamHistory(last_teams, {team: tuple(of_team) for team, of_team in series.items()})
