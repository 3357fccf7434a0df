"""The races of histories into the tables: some hundred races at a time, past the ORM."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import bulk_insert, in_parts, table_of
from bot.archive.models.core import Fact, Race, RaceSession, SessionRow
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRace,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.loading.build.history_races import Bulk, Renaming
from bot.loading.build.history_rows import COLUMNS, RaceTables
from bot.loading.build.tallies import START, RaceResults
from bot.loading.read.history_file import KEPT_COLUMNS

__all__ = ["delete_races", "remember_histories", "rename", "write_bulk"]

_start = itemgetter(*(COLUMNS[SessionRow].index(column) for column in START))
_session = COLUMNS[SessionRow].index("session")
_series, _season, _track = (COLUMNS[Race].index(column) for column in ("series", "season", "track"))


def write_bulk(session: Session, bulk: Bulk, keys: Iterable[str]) -> list[RaceResults]:
    """Write these races; their results are given back, to be counted. Raises BadDocument."""
    connection = session.connection()
    results: list[RaceResults] = []
    for tables in in_parts(bulk.tables(keys)):
        bulk_insert(connection, Race, COLUMNS[Race], [one.race for one in tables])
        bulk_insert(connection, Fact, COLUMNS[Fact], [row for one in tables for row in one.facts])
        bulk_insert(connection, RaceSession, COLUMNS[RaceSession], [row for one in tables for row in one.sessions])
        bulk_insert(connection, SessionRow, COLUMNS[SessionRow], [row for one in tables for row in one.rows])
        results += [_results(one) for one in tables]
    return results


def delete_races(session: Session, models: Sequence[type[SQLModel]], keys: Sequence[str], *, every: bool) -> None:
    """Delete the rows of these races from the tables that hang on a race, and the races; `every`: there are no more."""
    connection = session.connection()
    for table in (*(table_of(model) for model in models), table_of(Race)):
        column = table.c.key if table.name == Race.__tablename__ else table.c.race
        if every:
            connection.execute(delete(table))
            continue
        for some in in_parts(keys):
            connection.execute(delete(table).where(column.in_(some)))


def rename(session: Session, renamings: Iterable[Renaming]) -> None:
    """Spell names otherwise in the rows that stay, and in what is counted over them."""
    connection = session.connection()
    result, race, fact = table_of(SessionRow), table_of(Race), table_of(Fact)
    season, venue, crew = table_of(SeasonTally), table_of(TrackTally), table_of(TeamTally)
    career = table_of(CareerTally)
    for one in renamings:
        kind = "manufacturer" if one.kind == "make" else one.kind
        changes = [update(season).where(season.c.kind == kind, season.c.name == one.old).values(name=one.new)]
        if kind == "track":
            changes = [
                update(race).where(race.c.track == one.old).values(track=one.new),
                update(fact).where(fact.c.field == "track", fact.c.value == one.old).values(value=one.new),
                update(venue).where(venue.c.track == one.old).values(track=one.new),
            ]
        else:
            changes.append(update(result).where(result.c[kind] == one.old).values({kind: one.new}))
        if kind in {"driver", "team"}:
            changes.append(update(crew).where(crew.c[kind] == one.old).values({kind: one.new}))
        if kind == "driver":
            changes.append(update(race).where(race.c.winner == one.old).values(winner=one.new))
            changes += [
                update(counted).where(counted.c.driver == one.old).values(driver=one.new) for counted in (venue, career)
            ]
        for change in changes:
            connection.execute(change)


def remember_histories(session: Session, bulk: Bulk) -> None:
    """Write what the next load wants to know of the histories, where that has changed."""
    known = {row.document: row for row in session.exec(select(HistoryDocument))}
    for name in known.keys() - bulk.histories.keys():
        _forget(session, known[name], races=True)
    for name, history in bulk.histories.items():
        old = known.get(name)
        if old is not None and history.remembered_with(bulk.spelling):
            continue
        row = history.row_to_remember(bulk.spelling)
        moved = old is None or old.digest != row.digest
        if old is not None:
            _forget(session, old, races=moved)
        session.add(row)
        session.flush()
        if moved:
            bulk_insert(session.connection(), HistoryRace, KEPT_COLUMNS, history.race_rows())


def _forget(session: Session, row: HistoryDocument, *, races: bool) -> None:
    if races:
        gone = delete(table_of(HistoryRace)).where(col(HistoryRace.document) == row.document)
        session.connection().execute(gone)
    session.delete(row)
    session.flush()


def _results(tables: RaceTables) -> RaceResults:
    race = tables.race
    rows = [_start(row) for row in tables.rows if row[_session] == "race"]
    return RaceResults(race[_series], race[_season], race[_track], rows)  # type: ignore[arg-type]
