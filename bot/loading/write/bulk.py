"""The races of histories into the tables: some hundred races at a time, past the ORM."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import bulk_delete, bulk_insert, in_batches, table_of
from bot.archive.models.core import FactRecord, Race, RaceSession, SessionRow
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRaceRecord,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.loading.build.history_races import HistoryOnlyRaces, SpellingChange
from bot.loading.build.history_rows import ROW_COLUMNS, RaceTables
from bot.loading.build.tally_counts import START_COLUMNS, RaceResults
from bot.loading.read.history_file import RACE_LINES_COLUMNS

__all__ = ["apply_spelling_changes", "delete_races", "write_history_cache", "write_history_races"]

# Where the rows of histories, and what is counted over them, have a name of each kind.
SPELLED_COLUMNS: Mapping[str, tuple[tuple[type[SQLModel], str], ...]] = {
    "driver": (
        (SessionRow, "driver"),
        (Race, "winner"),
        (TeamTally, "driver"),
        (TrackTally, "driver"),
        (CareerTally, "driver"),
    ),
    "team": ((SessionRow, "team"), (TeamTally, "team")),
    "make": ((SessionRow, "manufacturer"),),
    "track": ((Race, "track"), (TrackTally, "track")),
}
_start_columns_of = itemgetter(*(ROW_COLUMNS[SessionRow].index(column) for column in START_COLUMNS))
_SESSION_INDEX = ROW_COLUMNS[SessionRow].index("session")
_SERIES_INDEX, _SEASON_INDEX, _TRACK_INDEX = (
    ROW_COLUMNS[Race].index(column) for column in ("series", "season", "track")
)


def write_history_races(session: Session, history_only: HistoryOnlyRaces, keys: Iterable[str]) -> list[RaceResults]:
    """Write these races; their results are given back, to be counted. Raises BadDocument."""
    connection = session.connection()
    results: list[RaceResults] = []
    # A batch of races is one statement for each table, with the parents first: foreign keys are checked row by row.
    for tables_part in in_batches(history_only.tables(keys)):
        bulk_insert(connection, Race, ROW_COLUMNS[Race], [tables.race for tables in tables_part])
        bulk_insert(
            connection, FactRecord, ROW_COLUMNS[FactRecord], [row for tables in tables_part for row in tables.facts]
        )
        bulk_insert(
            connection,
            RaceSession,
            ROW_COLUMNS[RaceSession],
            [row for tables in tables_part for row in tables.sessions],
        )
        bulk_insert(
            connection, SessionRow, ROW_COLUMNS[SessionRow], [row for tables in tables_part for row in tables.rows]
        )
        results += [_race_results(tables) for tables in tables_part]
    return results


def delete_races(session: Session, models: Sequence[type[SQLModel]], keys: Sequence[str], *, all_races: bool) -> None:
    """Delete these races and their rows in the tables that hang on a race; `all_races`: there are no others."""
    connection = session.connection()
    all_models: tuple[type[SQLModel], ...] = (*models, Race)
    for model in all_models:
        if all_races:
            connection.execute(delete(table_of(model)))
        else:
            bulk_delete(connection, model, "key" if model is Race else "race", keys)


def apply_spelling_changes(session: Session, spelling_changes: Iterable[SpellingChange]) -> None:
    """Spell names otherwise in the rows that stay, and in what is counted over them."""
    connection, season_tally, fact = session.connection(), table_of(SeasonTally), table_of(FactRecord)
    for change in spelling_changes:
        for model, column in SPELLED_COLUMNS[change.kind]:
            table = table_of(model)
            statement = update(table).where(table.c[column] == change.old).values({column: change.new})
            connection.execute(statement)
        # These two tables hold names of several kinds in one column, and the kind in another.
        if change.kind == "track":
            of_field = (fact.c.field == "track", fact.c.value == change.old)
            connection.execute(update(fact).where(*of_field).values(value=change.new))
        else:
            kind = "manufacturer" if change.kind == "make" else change.kind
            of_kind = (season_tally.c.kind == kind, season_tally.c.name == change.old)
            connection.execute(update(season_tally).where(*of_kind).values(name=change.new))


def write_history_cache(session: Session, history_only: HistoryOnlyRaces) -> None:
    """Write what the next load wants to know of the histories, where that has changed."""
    cached_rows = {row.document: row for row in session.exec(select(HistoryDocument))}
    for name in cached_rows.keys() - history_only.histories.keys():
        _delete_cached_history(session, cached_rows[name], with_races=True)
    for name, history in history_only.histories.items():
        cached_row = cached_rows.get(name)
        if cached_row is not None and history.is_cached_with(history_only.spelling):
            continue
        row = history.cache_row(history_only.spelling)
        # Where only spellings have changed, the thousands of rows that say where its races stand are still right.
        is_new_text = cached_row is None or cached_row.digest != row.digest
        if cached_row is not None:
            _delete_cached_history(session, cached_row, with_races=is_new_text)
        session.add(row)
        session.flush()
        if is_new_text:
            bulk_insert(session.connection(), HistoryRaceRecord, RACE_LINES_COLUMNS, history.race_cache_rows())


def _delete_cached_history(session: Session, row: HistoryDocument, *, with_races: bool) -> None:
    if with_races:
        statement = delete(table_of(HistoryRaceRecord)).where(col(HistoryRaceRecord.document) == row.document)
        session.connection().execute(statement)
    session.delete(row)
    session.flush()


def _race_results(tables: RaceTables) -> RaceResults:
    race = tables.race
    rows = [_start_columns_of(row) for row in tables.rows if row[_SESSION_INDEX] == "race"]
    return RaceResults(race[_SERIES_INDEX], race[_SEASON_INDEX], race[_TRACK_INDEX], rows)  # type: ignore[arg-type]
