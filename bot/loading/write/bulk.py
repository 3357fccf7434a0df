"""The races of histories into the tables: some hundred races at a time, past the ORM."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import bulk_insert, in_batches, table_of
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
from bot.loading.build.tallies import START_COLUMNS, RaceResults
from bot.loading.read.history_file import RACE_LINES_COLUMNS

__all__ = ["apply_spelling_changes", "delete_races", "write_history_cache", "write_history_races"]

_start_columns_of = itemgetter(*(ROW_COLUMNS[SessionRow].index(column) for column in START_COLUMNS))
_SESSION_INDEX = ROW_COLUMNS[SessionRow].index("session")
_SERIES_INDEX, _SEASON_INDEX, _TRACK_INDEX = (
    ROW_COLUMNS[Race].index(column) for column in ("series", "season", "track")
)


def write_history_races(session: Session, history_only: HistoryOnlyRaces, keys: Iterable[str]) -> list[RaceResults]:
    """Write these races; their results are given back, to be counted. Raises BadDocument."""
    connection = session.connection()
    results: list[RaceResults] = []
    for tables_part in in_batches(history_only.tables(keys)):
        bulk_insert(connection, Race, ROW_COLUMNS[Race], [one.race for one in tables_part])
        bulk_insert(connection, FactRecord, ROW_COLUMNS[FactRecord], [row for one in tables_part for row in one.facts])
        bulk_insert(
            connection, RaceSession, ROW_COLUMNS[RaceSession], [row for one in tables_part for row in one.sessions]
        )
        bulk_insert(connection, SessionRow, ROW_COLUMNS[SessionRow], [row for one in tables_part for row in one.rows])
        results += [_race_results(one) for one in tables_part]
    return results


def delete_races(session: Session, models: Sequence[type[SQLModel]], keys: Sequence[str], *, all_races: bool) -> None:
    """Delete these races and their rows in the tables that hang on a race; `all_races`: there are no others."""
    connection = session.connection()
    for table in (*(table_of(model) for model in models), table_of(Race)):
        column = table.c.key if table.name == Race.__tablename__ else table.c.race
        if all_races:
            connection.execute(delete(table))
            continue
        for keys_part in in_batches(keys):
            connection.execute(delete(table).where(column.in_(keys_part)))


def apply_spelling_changes(session: Session, spelling_changes: Iterable[SpellingChange]) -> None:
    """Spell names otherwise in the rows that stay, and in what is counted over them."""
    connection = session.connection()
    result, race, fact = table_of(SessionRow), table_of(Race), table_of(FactRecord)
    season_tally, track_tally, team_tally = table_of(SeasonTally), table_of(TrackTally), table_of(TeamTally)
    career_tally = table_of(CareerTally)
    for spelling_change in spelling_changes:
        kind = "manufacturer" if spelling_change.kind == "make" else spelling_change.kind
        updates = [
            update(season_tally)
            .where(season_tally.c.kind == kind, season_tally.c.name == spelling_change.old)
            .values(name=spelling_change.new)
        ]
        if kind == "track":
            updates = [
                update(race).where(race.c.track == spelling_change.old).values(track=spelling_change.new),
                update(fact)
                .where(fact.c.field == "track", fact.c.value == spelling_change.old)
                .values(value=spelling_change.new),
                update(track_tally).where(track_tally.c.track == spelling_change.old).values(track=spelling_change.new),
            ]
        else:
            updates.append(
                update(result).where(result.c[kind] == spelling_change.old).values({kind: spelling_change.new})
            )
        if kind in {"driver", "team"}:
            updates.append(
                update(team_tally).where(team_tally.c[kind] == spelling_change.old).values({kind: spelling_change.new})
            )
        if kind == "driver":
            updates.append(update(race).where(race.c.winner == spelling_change.old).values(winner=spelling_change.new))
            updates += [
                update(tally).where(tally.c.driver == spelling_change.old).values(driver=spelling_change.new)
                for tally in (track_tally, career_tally)
            ]
        for statement in updates:
            connection.execute(statement)


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
