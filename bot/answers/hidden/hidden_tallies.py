"""Tallies without hidden races: seasons, careers, teams and tracks of whoever drove in them, counted again.

They are counted by the rules of a load, over the rows that are seen, and take the place of those in the tables.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, SQLModel, col

from bot.archive.db.bulk import table_of
from bot.archive.db.row_filter import RowFilter, filtered_rows, seen_rows, sql_literal
from bot.archive.hidden.hidden_rows import literal_list
from bot.archive.models.core import CareerTally, Race, SeasonTally, SessionRow, TeamTally, TrackTally
from bot.archive.queries.races import RaceRow
from bot.loading.build.tallies import race_results
from bot.loading.build.tally_counts import (
    CAREER_COLUMNS,
    SEASON_COLUMNS,
    TEAM_COLUMNS,
    TRACK_COLUMNS,
    career_rows,
    season_rows,
    team_rows,
    track_rows,
)
from bot.racing.sessions import RACE_SESSION

__all__ = ["Starters", "starters_of", "with_tallies"]

Rows = Sequence[tuple[object, ...]]
SEASON_NAME, SEASON_SERIES, SEASON_YEAR = map(SEASON_COLUMNS.index, ("name", "series", "season"))
TEAM_DRIVER, TRACK_DRIVER = TEAM_COLUMNS.index("driver"), TRACK_COLUMNS.index("driver")


@dataclass(frozen=True, slots=True)
class Starters:
    """Who stands in the results of hidden races: drivers, and all names there, with those of teams and makes."""

    drivers: frozenset[str]
    names: frozenset[str]


def with_tallies(session: Session, row_filter: RowFilter, races: Collection[RaceRow]) -> RowFilter:
    """The filter of rows, with the tallies of who drove in these races as they are without them."""
    starters = starters_of(session, races)
    seasons = sorted({(one.series, one.season) for one in races if one.series and one.season})
    tracks = sorted({(one.series, one.track) for one in races if one.series and one.season and one.track})
    if not starters.names or not seasons:
        return row_filter
    with filtered_rows(session, row_filter):
        results = [list(race_results(session, *_of_season(series, season))) for series, season in seasons]
        track_results = [list(race_results(session, *_at_track(series, track))) for series, track in tracks]
    season_counts = [row for races in results for row in season_rows(races) if row[SEASON_NAME] in starters.names]
    team_counts = [row for races in results for row in team_rows(races) if row[TEAM_DRIVER] in starters.drivers]
    track_counts = [row for races in track_results for row in track_rows(races) if row[0] in starters.drivers]
    careers = list(career_rows(_seasons_of_careers(session, starters, seasons, season_counts)))
    of_seasons = " OR ".join(f"(series = {sql_literal(a)} AND season = {sql_literal(b)})" for a, b in seasons)
    of_tracks = " OR ".join(f"(series = {sql_literal(a)} AND track = {sql_literal(b)})" for a, b in tracks) or "1 = 0"
    of_series = f"series IN ({literal_list(series for series, _ in seasons)})"
    drivers, names = literal_list(starters.drivers), literal_list(starters.names)
    counted = (
        (SeasonTally, f"name IN ({names}) AND ({of_seasons})", SEASON_COLUMNS, season_counts),
        (TeamTally, f"driver IN ({drivers}) AND ({of_seasons})", TEAM_COLUMNS, team_counts),
        (TrackTally, f"driver IN ({drivers}) AND ({of_tracks})", TRACK_COLUMNS, track_counts),
        (CareerTally, f"driver IN ({drivers}) AND {of_series}", CAREER_COLUMNS, careers),
    )
    return row_filter.with_tables(
        {str(model.__tablename__): _replaced(model, where, columns, rows) for model, where, columns, rows in counted}
    )


def starters_of(session: Session, races: Iterable[RaceRow]) -> Starters:
    """Who stands in the results of these races."""
    columns = (col(SessionRow.driver), col(SessionRow.team), col(SessionRow.manufacturer))
    of_races = (
        col(SessionRow.race).in_([race.key for race in races]),
        col(SessionRow.session) == RACE_SESSION,
    )
    rows = session.connection().execute(select(*columns).where(*of_races)).all()
    return Starters(
        frozenset(driver for driver, _, _ in rows), frozenset(name for row in rows for name in row if name is not None)
    )


def _of_season(series: str | None, season: int | None) -> tuple[ColumnElement[bool], ...]:
    return col(Race.series) == series, col(Race.season) == season


def _at_track(series: str | None, track: str | None) -> tuple[ColumnElement[bool], ...]:
    return col(Race.series) == series, col(Race.track) == track


def _seasons_of_careers(
    session: Session, starters: Starters, seasons: Collection[tuple[str | None, int | None]], counted: Rows
) -> Iterator[tuple[object, ...]]:
    """The rows of `season_tally` of these drivers in these series, those of the seasons as they were counted again."""
    table = table_of(SeasonTally)
    of_drivers = (
        table.c.kind == "driver",
        table.c.name.in_(sorted(starters.drivers)),
        table.c.series.in_(sorted({series for series, _ in seasons if series})),
    )
    rows = session.connection().execute(select(*(table.c[name] for name in SEASON_COLUMNS)).where(*of_drivers))
    yield from (tuple(row) for row in rows if (row[SEASON_SERIES], row[SEASON_YEAR]) not in seasons)
    yield from counted


def _replaced(model: type[SQLModel], where: str, columns: Sequence[str], rows: Rows) -> str:
    """A table with these rows in the place of those for which `where` holds."""
    names = [column.name for column in table_of(model).c]
    places = [columns.index(name) for name in names]
    values = ", ".join(f"({', '.join(sql_literal(row[place]) for place in places)})" for row in rows)
    seen = seen_rows((f'"{name}"' for name in names), f"NOT ({where})")
    return f"{seen} UNION ALL VALUES {values}" if values else seen
