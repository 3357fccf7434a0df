"""Names that only hidden races have: who won the only race they were ever in is known by nobody yet."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Column, Select, select
from sqlmodel import Session, SQLModel

from bot.archive.db.bulk import in_batches, table_of
from bot.archive.db.row_filter import RowFilter, filtered_rows
from bot.archive.models.core import (
    Broadcast,
    Entry,
    Incident,
    PassagePerson,
    SessionRow,
    Standing,
)
from bot.archive.models.seasons import ScheduledRace, SeasonStanding
from bot.archive.models.tallies import SeasonTally
from bot.archive.queries.races import RaceRow
from bot.racing.sessions import RACE_SESSION

__all__ = ["hidden_names", "hidden_wins"]

# Where a name stands, with what says of which race or season: the columns of names, by table.
RACE_NAMES: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (SessionRow, ("driver", "team", "manufacturer")),
    (Entry, ("driver", "team", "manufacturer")),
    (Standing, ("name",)),
    (PassagePerson, ("person",)),
    (Broadcast, ("person",)),
    (Incident, ("driver",)),
)
SEASON_NAMES: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (SeasonStanding, ("name", "team")),
    (ScheduledRace, ("winner", "winner_team", "winner_manufacturer", "pole_driver", "most_laps_led_driver",
                     "fastest_lap_driver")),
)  # fmt: skip
# Where it is looked for whether a name is known otherwise, the quickest first.
SEEN_NAMES: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = ((SeasonTally, ("name",)), *RACE_NAMES, *SEASON_NAMES)


def hidden_names(session: Session, row_filter: RowFilter, races: Collection[RaceRow]) -> frozenset[str]:
    """The names of people, teams and makes that are found in hidden rows and in none that is seen."""
    unseen = set(_names_in(session, races))
    with filtered_rows(session, row_filter):
        for model, names in SEEN_NAMES:
            for name in names:
                unseen -= set(_found(session, table_of(model).c[name], unseen))
    return frozenset(unseen)


def hidden_wins(session: Session, races: Collection[RaceRow]) -> Mapping[str, int]:
    """How many of these races each driver, team and make has won."""
    row = table_of(SessionRow)
    winners = select(row.c.race, row.c.driver, row.c.team, row.c.manufacturer).where(
        row.c.race.in_([race.key for race in races]), row.c.session == RACE_SESSION, row.c.position == 1
    )
    found = {(race, name) for race, *names in session.connection().execute(winners) for name in names if name}
    return Counter(name for _, name in found)


def _names_in(session: Session, races: Collection[RaceRow]) -> Iterator[str]:
    for statement in _statements(races):
        for row in session.connection().execute(statement):
            yield from filter(None, row)


def _statements(races: Collection[RaceRow]) -> Iterator[Select[tuple[str | None, ...]]]:
    for model, names in RACE_NAMES:
        table = table_of(model)
        columns = (table.c[name] for name in names)
        yield select(*columns).distinct().where(table.c.race.in_([race.key for race in races]))
    for model, names in SEASON_NAMES:
        table = table_of(model)
        for race in races:
            columns = (table.c[name] for name in names)
            yield select(*columns).where(table.c.series == race.series, table.c.season == race.season)


def _found(session: Session, column: Column[str], names: Iterable[str]) -> Iterator[str]:
    for batch in in_batches(sorted(names)):
        yield from session.connection().execute(select(column).distinct().where(column.in_(batch))).scalars()
