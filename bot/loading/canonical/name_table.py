"""The table of names of the whole archive: starts, wins and seasons of each, and its other spellings."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from bot.archive.db.bulk import bulk_replace, table_of
from bot.archive.models.core import (
    NO_START_ROW,
    Broadcast,
    Entry,
    Incident,
    Name,
    Race,
    SeasonTally,
    SessionRow,
    Spelling,
    Standing,
)
from bot.archive.models.seasons import SeasonBuild
from bot.errors import BotError
from bot.loading.canonical.names import CanonicalNames
from bot.loading.merge.race import RaceRows
from bot.names.entity import short_key
from bot.racing.sessions import RACE_SESSION

__all__ = ["RaceTally", "check_unique_keys", "names_in_row", "tally_race", "write_names"]

NAME_COLUMNS = ("kind", "value", "name", "key", "starts", "wins", "first_season", "last_season")
SPELLING_COLUMNS = ("kind", "value", "written")


@dataclass(frozen=True, slots=True)
class RaceTally:
    """What one race adds: (kind, name) -> (starts, wins); its season and round, its series and the name of that."""

    counts: Mapping[tuple[str, str], tuple[int, int]]
    season: int | None
    round: int | None
    series: str | None
    series_name: str | None


def tally_race(race_rows: RaceRows) -> RaceTally:
    """The tally of one race."""
    race = race_rows.race
    starts: Counter[tuple[str, str]] = Counter()
    wins: Counter[tuple[str, str]] = Counter()
    for kind, value in (("track", race.track), ("series", race.series)):
        if value:
            starts[kind, value] += 1
    for row in race_rows.rows:
        for kind, name in names_in_row(row):
            started = isinstance(row, SessionRow) and row.session == RACE_SESSION
            starts[kind, name] += started
            wins[kind, name] += started and isinstance(row, SessionRow) and row.position == 1
    counts = {pair: (starts[pair], wins[pair]) for pair in sorted(starts)}
    return RaceTally(counts, race.season, race.round, race.series, race.series_name)


def check_unique_keys(canonical_names: CanonicalNames) -> None:
    """Check that no two names share the short key that buttons carry. Raises BotError."""
    kinds = {
        "driver": canonical_names.drivers,
        "team": canonical_names.teams,
        "manufacturer": canonical_names.manufacturers,
        "track": canonical_names.tracks,
    }
    for kind, names in kinds.items():
        value_by_key: dict[str, str] = {}
        for value in sorted(names.canonical.values()):
            key = short_key(kind, value)
            if value_by_key.setdefault(key, value) != value:
                raise BotError(
                    f"Two names share the button key {key}: {value_by_key[key]} and {value}. "
                    "Write one of them differently in the documents; nothing was loaded."
                )


def write_names(session: Session, tallies: Sequence[RaceTally], canonical_names: CanonicalNames) -> None:
    """Writing of all names, once the rows of the archive and `season_tally` are written.

    `tallies` are those of the races that were merged from claims: they name people who have no result.
    """
    names = _tally_names(session, tallies)
    connection = session.connection()
    rows = [
        (
            kind,
            value,
            tally.label or value,
            short_key(kind, value),
            tally.starts,
            tally.wins,
            tally.first_season,
            tally.last_season,
        )
        for (kind, value), tally in sorted(names.items())
    ]
    bulk_replace(connection, Name, NAME_COLUMNS, rows)
    bulk_replace(connection, Spelling, SPELLING_COLUMNS, _spelling_rows(names, canonical_names))


@dataclass(slots=True)
class _NameTally:
    """Starts and wins of a name, its first and last season, and what is shown for it, None for the name itself."""

    starts: int = 0
    wins: int = 0
    first_season: int | None = None
    last_season: int | None = None
    label: str | None = None

    def add_seasons(self, *seasons: int | None) -> None:
        all_seasons = [season for season in (self.first_season, self.last_season, *seasons) if season is not None]
        self.first_season, self.last_season = min(all_seasons, default=None), max(all_seasons, default=None)


def _tally_names(session: Session, tallies: Sequence[RaceTally]) -> dict[tuple[str, str], _NameTally]:
    """The tally of every (kind, name) of the archive."""
    names: defaultdict[tuple[str, str], _NameTally] = defaultdict(_NameTally)
    connection, tally, race = session.connection(), table_of(SeasonTally), table_of(Race)
    # Drivers, teams and manufacturers are counted by season already; tracks and series by their races; then come names
    # that no tally has: of people on air, of entries that did not race, of races without a series or season.
    season_sums = select(
        tally.c.kind, tally.c.name, func.sum(tally.c.starts), func.sum(tally.c.wins), func.min(tally.c.season),
        func.max(tally.c.season),
    ).group_by(tally.c.kind, tally.c.name)  # fmt: skip
    for kind, name, starts, wins, first, last in connection.execute(season_sums).all():
        name_tally = names[kind, name]
        name_tally.starts, name_tally.wins = int(starts), int(wins)
        name_tally.add_seasons(first, last)
    for kind, column in (("track", race.c.track), ("series", race.c.series)):
        race_counts = select(column, func.count(), func.min(race.c.season), func.max(race.c.season)).group_by(column)
        for name, races, first, last in connection.execute(race_counts.where(column.is_not(None))).all():
            names[kind, name].starts = races
            names[kind, name].add_seasons(first, last)
    for series, name in _series_labels(session):
        names["series", series].label = name
    for driver, seasons in _seasons_without_start(session):
        if ("driver", driver) not in names:
            names["driver", driver].add_seasons(*seasons)
    for race_tally in tallies:
        _add_race(names, race_tally)
    return dict(names)


def _add_race(names: defaultdict[tuple[str, str], _NameTally], race_tally: RaceTally) -> None:
    """Add the names of a race that was merged from claims."""
    # `season_tally` has no place for the results of such a race.
    uncounted = race_tally.series is None or race_tally.season is None
    for pair, (starts, wins) in race_tally.counts.items():
        names[pair].add_seasons(race_tally.season)
        if uncounted and pair[0] not in {"track", "series"}:
            names[pair].starts += starts
            names[pair].wins += wins


def _seasons_without_start(session: Session) -> Iterator[tuple[str, tuple[int | None, int | None]]]:
    """Who stands in the table of a race and did not start it, with the first and the last season of that."""
    row, race = table_of(SessionRow), table_of(Race)
    statement = (
        select(row.c.driver, func.min(race.c.season), func.max(race.c.season))
        .join_from(row, race, row.c.race == race.c.key)
        .where(NO_START_ROW)
        .group_by(row.c.driver)
    )
    for driver, first, last in session.connection().execute(statement):
        yield driver, (first, last)


def _series_labels(session: Session) -> Iterator[tuple[str, str]]:
    """Pairs of (series, its name) season by season, so that the latest name is the last; those of races come last."""
    # A series of which only a schedule is there can be asked for, and has had no season.
    build = table_of(SeasonBuild)
    yield from (
        (series, name)
        for series, name in session.connection().execute(
            select(build.c.series, build.c.series_name).order_by(build.c.season)
        )
    )
    race = table_of(Race)
    columns = (race.c.series, race.c.series_name)
    statement = select(*columns, func.max(race.c.season)).group_by(*columns).where(race.c.series.is_not(None))
    for series, name, _ in sorted(session.connection().execute(statement), key=lambda row: (row[2] or 0, row[1] or "")):
        yield series, name or series


def _spelling_rows(
    names: Container[tuple[str, str]], canonical_names: CanonicalNames
) -> Iterator[tuple[str, str, str]]:
    """Rows of (kind, name, other way to write it) of every name that the archive shows."""
    spellings_by_kind = {
        "driver": canonical_names.drivers,
        "manufacturer": canonical_names.manufacturers,
        "person": canonical_names.people,
        "team": canonical_names.teams,
        "track": canonical_names.tracks,
    }
    for kind, spellings in spellings_by_kind.items():
        for identity, others in sorted(spellings.variants.items()):
            value = spellings.canonical[identity]
            if others and (kind, value) in names:
                yield from ((kind, value, other) for other in sorted(others))


def names_in_row(row: SQLModel) -> Iterator[tuple[str, str]]:
    """Pairs of (kind, name) in a row."""
    if isinstance(row, SessionRow | Entry):
        pairs = (("driver", row.driver), ("team", row.team), ("manufacturer", row.manufacturer))
        yield from ((kind, name) for kind, name in pairs if name)
    elif isinstance(row, Standing):
        kind = {"drivers": "driver", "manufacturers": "manufacturer"}.get(row.championship)
        if kind:
            yield kind, row.name
    elif isinstance(row, Broadcast):
        yield "person", row.person
    # A text may name somebody of no table; by the last name alone it is not known who that is.
    elif isinstance(row, Incident) and row.driver and " " in row.driver:
        yield "driver", row.driver
