"""What is seen of each table while the results of some races are hidden.

A hidden race is as one to come: it stands in a schedule, and nowhere else. The championships of its season are gone,
too, for nobody can take a race out of them. Of tallies see `hidden_tallies`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from bot.archive.db.bulk import table_of
from bot.archive.db.row_filter import RowFilter, seen_rows, sql_literal
from bot.archive.models.core import (
    Broadcast,
    Check,
    Conflict,
    Entry,
    FactRecord,
    Footnote,
    HistoryRaceRecord,
    Incident,
    Passage,
    PassagePerson,
    RaceSession,
    RawBlock,
    SessionRow,
    Source,
    Standing,
    Support,
)
from bot.archive.models.page_tables import PageTableRecord
from bot.archive.models.seasons import ScheduledRace, SeasonConflict, SeasonFinish, SeasonStanding
from bot.archive.models.user_data import ActiveDocumentRecord
from bot.archive.queries.races import RaceRow, races_of

__all__ = ["hidden_documents", "hidden_pages", "literal_list", "rows_without", "unseen_races"]

RACE_MODELS: tuple[type[SQLModel], ...] = (
    FactRecord, Entry, RaceSession, SessionRow, Standing, Broadcast, Incident, Passage, PassagePerson, Footnote,
    RawBlock, Conflict, Support, Check, HistoryRaceRecord,
)  # fmt: skip
SEASON_MODELS: tuple[type[SQLModel], ...] = (SeasonStanding, SeasonFinish, SeasonConflict)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Columns of a schedule that tell how a race ended, and where that stands.
OUTCOME_COLUMNS = frozenset([
    "winner", "winner_car", "winner_team", "winner_manufacturer", "pole_driver", "most_laps_led_driver",
    "fastest_lap_driver", "report", "winners_document", "winners_line",
])  # fmt: skip


def unseen_races(session: Session, keys: Collection[str]) -> tuple[RaceRow, ...]:
    """The races of these keys, the latest first, as they are known by who has not seen them: without a winner."""
    return tuple(replace(race, winner=None) for race in races_of(session, keys))


def hidden_documents(session: Session, races: Iterable[RaceRow]) -> frozenset[str]:
    """The documents that tell of these races alone, or of their seasons."""
    connection, documents = session.connection(), set[str]()
    for race in races:
        of_race = select(col(Source.document)).where(col(Source.race) == race.key)
        documents.update(connection.execute(of_race).scalars())
        for model, name in (
            (SeasonStanding, "document"),
            (SeasonFinish, "document"),
            (ScheduledRace, "document"),
            (ScheduledRace, "winners_document"),
        ):
            table = table_of(model)
            of_season = (table.c.series == race.series, table.c.season == race.season)
            documents.update(connection.execute(select(table.c[name]).distinct().where(*of_season)).scalars())
    return frozenset(filter(None, documents))


def hidden_pages(session: Session, races: Iterable[RaceRow]) -> frozenset[str]:
    """The documents of no race whose tables may tell of these races: all but those that name other years alone."""
    of_tables = select(col(PageTableRecord.document)).distinct()
    pages = select(col(Source.document), col(Source.title)).where(
        col(Source.race).is_(None), col(Source.document).in_(of_tables)
    )
    seasons = {str(race.season) for race in races}
    return frozenset(
        document
        for document, title in session.connection().execute(pages)
        for years in [set(_YEAR.findall(title))]
        if not years or years & seasons
    )


def rows_without(races: Collection[RaceRow], documents: Collection[str], pages: Collection[str] = ()) -> RowFilter:
    """The filter of all tables but the tallies; `documents` are those that tell of these races.

    Of `pages` the tables are not asked, since nobody knows what they tell.
    """
    keys = literal_list(race.key for race in races)
    unseen, unasked = literal_list(documents), literal_list((*documents, *pages))
    tables = {str(model.__tablename__): seen_rows(where=f"race NOT IN ({keys})") for model in RACE_MODELS}
    tables |= {str(model.__tablename__): _without_seasons(races) for model in SEASON_MODELS}
    tables["race"] = seen_rows(where=f"key NOT IN ({keys})")
    tables["scheduled_race"] = _blanked(ScheduledRace, OUTCOME_COLUMNS, f"race IN ({keys})")
    # What a page says is not quoted while it says how the race ended, in whatever line.
    tables[str(PageTableRecord.__tablename__)] = seen_rows(where=f"document NOT IN ({unasked})")
    tables[str(ActiveDocumentRecord.__tablename__)] = seen_rows(where=f"name NOT IN ({unseen})")
    return RowFilter(tables)


def literal_list(values: Iterable[object]) -> str:
    """Values as the list of an IN; a text that nobody is called by for none."""
    return ", ".join(sql_literal(value) for value in sorted(set(values), key=str)) or "''"


def _without_seasons(races: Iterable[RaceRow]) -> str:
    seasons: Mapping[tuple[str | None, int | None], None] = dict.fromkeys((one.series, one.season) for one in races)
    conditions = [_is_no_season(series, season) for series, season in seasons if series and season]
    return seen_rows(where=" AND ".join(conditions))


def _is_no_season(series: str | None, season: int | None) -> str:
    return f"NOT (series = {sql_literal(series)} AND season = {sql_literal(season)})"


def _blanked(model: type[SQLModel], columns: Collection[str], where: str) -> str:
    """Every row of a table, where this holds without what stands in these columns."""
    return seen_rows(_cells(model, columns, where))


def _cells(model: type[SQLModel], columns: Collection[str], where: str) -> Iterator[str]:
    for column in table_of(model).c:
        name = f'"{column.name}"'
        yield f"CASE WHEN {where} THEN NULL ELSE {name} END AS {name}" if column.name in columns else name
