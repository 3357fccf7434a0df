"""The names of the whole archive: how often each starts and wins, since when, and how else documents write it."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlmodel import Session, SQLModel

from bot.archive.db.bulk import bulk_insert, table_of
from bot.archive.models.core import Broadcast, Entry, Incident, Name, Race, SeasonTally, SessionRow, Spelling, Standing
from bot.errors import BotError
from bot.loading.canonical.names import Canon
from bot.loading.merge.race import RaceRows
from bot.names.entity import short_key

__all__ = ["Tally", "refuse_same_keys", "tally", "write_names"]

NAME_COLUMNS = ("kind", "value", "name", "key", "starts", "wins", "first_season", "last_season")


@dataclass(frozen=True, slots=True)
class Tally:
    """What one race adds: (kind, name) -> (starts, wins); its season and round, its series and how that is shown."""

    counts: Mapping[tuple[str, str], tuple[int, int]]
    season: int | None
    round: int | None
    series: str | None
    series_name: str | None


def tally(one: RaceRows) -> Tally:
    """Count one race."""
    race = one.race
    starts: Counter[tuple[str, str]] = Counter()
    wins: Counter[tuple[str, str]] = Counter()
    for kind, value in (("track", race.track), ("series", race.series)):
        if value:
            starts[kind, value] += 1
    for row in one.rows:
        for kind, name in _named(row):
            started = isinstance(row, SessionRow) and row.session == "race"
            starts[kind, name] += started
            wins[kind, name] += started and isinstance(row, SessionRow) and row.position == 1
    counts = {pair: (starts[pair], wins[pair]) for pair in sorted(starts)}
    return Tally(counts, race.season, race.round, race.series, race.series_name)


def refuse_same_keys(canon: Canon) -> None:
    """Raises BotError where two names share the short key that buttons carry."""
    kinds = {"driver": canon.drivers, "team": canon.teams, "manufacturer": canon.manufacturers, "track": canon.tracks}
    for kind, names in kinds.items():
        taken: dict[str, str] = {}
        for value in sorted(names.canonical.values()):
            key = short_key(kind, value)
            if taken.setdefault(key, value) != value:
                raise BotError(
                    f"Two names share the button key {key}: {taken[key]} and {value}. "
                    "Write one of them differently in the documents; nothing was loaded."
                )


def write_names(session: Session, tallies: Sequence[Tally], canon: Canon) -> None:
    """Write the names of the archive anew, once its rows and `season_tally` are written.

    `tallies` are those of the races that were merged from claims: they name people who have no result.
    """
    names = _names(session, tallies)
    connection = session.connection()
    connection.execute(delete(Name))
    connection.execute(delete(Spelling))
    rows = [
        (kind, value, one.shown or value, short_key(kind, value), one.starts, one.wins, one.first, one.last)
        for (kind, value), one in sorted(names.items())
    ]
    bulk_insert(connection, Name, NAME_COLUMNS, rows)
    bulk_insert(connection, Spelling, ("kind", "value", "written"), list(_spellings(names, canon)))


@dataclass(slots=True)
class _Counted:
    """How often a name starts and wins, the seasons it is seen in, and what is shown for it."""

    starts: int = 0
    wins: int = 0
    first: int | None = None
    last: int | None = None
    shown: str | None = None

    def seen(self, *seasons: int | None) -> None:
        told = [season for season in (self.first, self.last, *seasons) if season is not None]
        self.first, self.last = min(told, default=None), max(told, default=None)


def _names(session: Session, tallies: Sequence[Tally]) -> dict[tuple[str, str], _Counted]:
    """Everybody and everything that has a name."""
    names: defaultdict[tuple[str, str], _Counted] = defaultdict(_Counted)
    connection, tally, race = session.connection(), table_of(SeasonTally), table_of(Race)
    counted = select(
        tally.c.kind, tally.c.name, func.sum(tally.c.starts), func.sum(tally.c.wins), func.min(tally.c.season),
        func.max(tally.c.season),
    ).group_by(tally.c.kind, tally.c.name)  # fmt: skip
    for kind, name, starts, wins, first, last in connection.execute(counted):
        one = names[kind, name]
        one.starts, one.wins = int(starts), int(wins)
        one.seen(first, last)
    for kind, column in (("track", race.c.track), ("series", race.c.series)):
        held = select(column, func.count(), func.min(race.c.season), func.max(race.c.season)).group_by(column)
        for name, races, first, last in connection.execute(held.where(column.is_not(None))):
            names[kind, name].starts = races
            names[kind, name].seen(first, last)
    for series, name in _called(session):
        names["series", series].shown = name
    for told in tallies:
        uncounted = told.series is None or told.season is None  # `season_tally` has no place for its results
        for pair, (starts, wins) in told.counts.items():
            names[pair].seen(told.season)
            if uncounted and pair[0] not in {"track", "series"}:
                names[pair].starts += starts
                names[pair].wins += wins
    return dict(names)


def _called(session: Session) -> Iterator[tuple[str, str]]:
    """(series, what it is called) season by season: the last one stands."""
    race = table_of(Race)
    columns = (race.c.series, race.c.series_name)
    called = select(*columns, func.max(race.c.season)).group_by(*columns).where(race.c.series.is_not(None))
    for series, name, _ in sorted(session.connection().execute(called), key=lambda told: (told[2] or 0, told[1] or "")):
        yield series, name or series


def _spellings(names: Container[tuple[str, str]], canon: Canon) -> Iterator[tuple[str, str, str]]:
    """(kind, name, other way to write it) of every name that the archive shows."""
    tables = {
        "driver": canon.drivers,
        "manufacturer": canon.manufacturers,
        "person": canon.people,
        "team": canon.teams,
        "track": canon.tracks,
    }
    for kind, table in tables.items():
        for identity, others in sorted(table.written.items()):
            value = table.canonical[identity]
            if others and (kind, value) in names:
                yield from ((kind, value, other) for other in sorted(others))


def _named(row: SQLModel) -> Iterator[tuple[str, str]]:
    """(kind, name) of the names in a row."""
    if isinstance(row, SessionRow | Entry):
        pairs = (("driver", row.driver), ("team", row.team), ("manufacturer", row.manufacturer))
        yield from ((kind, name) for kind, name in pairs if name)
    elif isinstance(row, Standing):
        kind = {"drivers": "driver", "manufacturers": "manufacturer"}.get(row.championship)
        if kind:
            yield kind, row.name
    elif isinstance(row, Broadcast):
        yield "person", row.person
    elif isinstance(row, Incident) and row.driver and " " in row.driver:
        yield "driver", row.driver
