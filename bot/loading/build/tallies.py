"""Tallies in the archive: what each name did in each season and at each track, counted over the results.

Only what a load touches is counted again: the seasons and the tracks of the races that changed.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select
from sqlmodel import Session, SQLModel, col

from bot.archive.db.bulk import bulk_insert, in_batches, table_of, without_indexes
from bot.archive.models.core import Race, SessionRow
from bot.archive.models.tallies import CareerTally, SeasonTally, TeamTally, TrackTally
from bot.loading.build.tally_counts import (
    CAREER_COLUMNS,
    SEASON_COLUMNS,
    START_COLUMNS,
    TEAM_COLUMNS,
    TRACK_COLUMNS,
    RaceResults,
    Tallies,
    career_rows,
    count_tallies,
    season_rows,
    team_rows,
    track_rows,
)

__all__ = ["SeasonKey", "TrackKey", "race_results", "recount", "write_tallies"]

SeasonKey: TypeAlias = tuple[str, int]  # series, year
TrackKey: TypeAlias = tuple[str, str]  # series, track
FULL_RECOUNT_SEASONS = 100  # seasons or tracks; past them everything is counted: it costs no more than asking for each
TALLY_MODELS: tuple[type[SQLModel], ...] = (SeasonTally, CareerTally, TeamTally, TrackTally)
TALLY_COLUMNS = (SEASON_COLUMNS, CAREER_COLUMNS, TEAM_COLUMNS, TRACK_COLUMNS)


def write_tallies(session: Session, tallies: Tallies) -> None:
    """Put tallies of the whole archive in the place of those it has."""
    connection = session.connection()
    for model in TALLY_MODELS:
        connection.execute(delete(model))
    with without_indexes(connection, *TALLY_MODELS):
        _insert(connection, tallies)


def recount(session: Session, seasons: Collection[SeasonKey], tracks: Collection[TrackKey]) -> None:
    """Count these seasons and tracks anew, and the careers of whoever drove in these seasons."""
    if len(seasons) > FULL_RECOUNT_SEASONS or len(tracks) > FULL_RECOUNT_SEASONS:
        write_tallies(session, count_tallies(list(race_results(session))))
        return
    connection, race, track = session.connection(), table_of(Race), table_of(TrackTally)
    # Whoever had a start in these seasons and has none any more loses it in their career too: so they are asked for
    # before anything is deleted, and again at the end.
    drivers_before = _drivers_with_starts(connection, seasons)
    for series, year in sorted(seasons):
        for season_table in (table_of(SeasonTally), table_of(TeamTally)):
            connection.execute(
                delete(season_table).where(season_table.c.series == series, season_table.c.season == year)
            )
    for series, name in sorted(tracks):
        connection.execute(delete(track).where(track.c.series == series, track.c.track == name))
    in_seasons = [and_(race.c.series == series, race.c.season == year) for series, year in sorted(seasons)]
    at_tracks = [and_(race.c.series == series, race.c.track == name) for series, name in sorted(tracks)]
    if in_seasons:
        races = list(race_results(session, or_(*in_seasons)))
        bulk_insert(connection, SeasonTally, SEASON_COLUMNS, list(season_rows(races)))
        bulk_insert(connection, TeamTally, TEAM_COLUMNS, list(team_rows(races)))
    if at_tracks:
        bulk_insert(connection, TrackTally, TRACK_COLUMNS, list(track_rows(race_results(session, or_(*at_tracks)))))
    _recount_careers(connection, drivers_before | _drivers_with_starts(connection, seasons))


def _drivers_with_starts(connection: Connection, seasons: Collection[SeasonKey]) -> set[tuple[str, str]]:
    """(series, driver) of everybody with a start in these seasons, as counted now."""
    tally = table_of(SeasonTally)
    driver_query = select(tally.c.series, tally.c.name).distinct().where(tally.c.kind == "driver")
    return {
        (driver_series, name)
        for series, year in seasons
        for driver_series, name in connection.execute(
            driver_query.where(tally.c.series == series, tally.c.season == year)
        )
    }


def _recount_careers(connection: Connection, drivers: Collection[tuple[str, str]]) -> None:
    """Add up the seasons of these (series, driver) again."""
    tally, career = table_of(SeasonTally), table_of(CareerTally)
    for series in sorted({driver_series for driver_series, _ in drivers}):
        names = sorted(name for driver_series, name in drivers if driver_series == series)
        for names_part in in_batches(names):
            connection.execute(delete(career).where(career.c.series == series, career.c.driver.in_(names_part)))
            of_driver = (tally.c.kind == "driver", tally.c.name.in_(names_part), tally.c.series == series)
            rows = connection.execute(select(*(tally.c[column] for column in SEASON_COLUMNS)).where(*of_driver))
            bulk_insert(connection, CareerTally, CAREER_COLUMNS, sorted(career_rows(map(tuple, rows))))


def _insert(connection: Connection, tallies: Tallies) -> None:
    for model, columns, rows in zip(TALLY_MODELS, TALLY_COLUMNS, tallies, strict=True):
        bulk_insert(connection, model, columns, rows)


def race_results(session: Session, *where: ColumnElement[bool]) -> Iterator[RaceResults]:
    """The races of the archive of which `where` holds, by series and season, with their results."""
    race, row = table_of(Race), table_of(SessionRow)
    statement = (
        select(race.c.series, race.c.season, race.c.track, race.c.key, *(row.c[column] for column in START_COLUMNS))
        .join_from(race, row, and_(row.c.race == race.c.key, row.c.session == "race"))
        .where(col(Race.series).is_not(None), col(Race.season).is_not(None), *where)
        .order_by(race.c.series, race.c.season, race.c.key, row.c.number)
    )
    rows_by_race = session.connection().execute(statement).all()
    # The rows come race by race: the first four columns are the race's own, the others those of a start.
    for (series, season, track, _), rows in groupby(rows_by_race, key=lambda row: tuple(row[:4])):
        yield RaceResults(series, season, track, [tuple(row[4:]) for row in rows])
