"""Queries on a real database: what is held comes back in the order a person expects."""

import sqlite3
from collections.abc import Callable
from dataclasses import astuple, fields
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, event, inspect, select, text, tuple_, union
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel, col

from bot.answers.context import QueryContext
from bot.answers.people import driver
from bot.answers.race import overview as race
from bot.answers.recap import recap
from bot.answers.results import results
from bot.answers.standings import standings
from bot.archive.db.engine import read_session, write_session
from bot.archive.db.statements import PreparedQuery, PreparedTableQuery, read_rows, single_value
from bot.archive.models import core as models
from bot.archive.models import seasons as season_models
from bot.archive.models.page_tables import PageTableRecord
from bot.archive.queries import evidence, races, sources, story, tracks
from bot.archive.queries import page_tables as page_table_queries
from bot.archive.queries import results as result_queries
from bot.archive.queries import seasons as season_queries
from bot.archive.queries import standings as standing_queries
from bot.cards import Card
from bot.errors import ArchiveUnusable
from tests.support.archive_rows import ALLY, LOADED_AT, NAMELESS, WAWA, fill_archive
from tests.support.databases import both_engines

pytestmark = both_engines

SHAPES: tuple[tuple[type[Any], type[SQLModel]], ...] = (
    (page_table_queries.PageTableColumns, PageTableRecord),
    (races.RaceRow, models.Race),
    (races.FactRow, models.FactRecord),
    (races.BroadcastRow, models.Broadcast),
    (result_queries.RaceSessionRow, models.RaceSession),
    (result_queries.ResultRow, models.SessionRow),
    (result_queries.EntryRow, models.Entry),
    (standing_queries.StandingRow, models.Standing),
    (season_queries.ScheduledRaceRow, season_models.ScheduledRace),
    (season_queries.SeasonStandingRow, season_models.SeasonStanding),
    (season_queries.SeasonFinishRow, season_models.SeasonFinish),
    (evidence.ConflictRow, season_models.SeasonConflict),
    (standing_queries.SeasonTable, season_models.SeasonStanding),
    (story.PassageRow, models.Passage),
    (story.PassagePersonRow, models.PassagePerson),
    (story.IncidentRow, models.Incident),
    (story.FootnoteRow, models.Footnote),
    (story.RawBlockRow, models.RawBlock),
    (sources.SourceRow, models.Source),
    (tracks.RaceListRow, models.Race),
    (tracks.WinnerRow, models.SessionRow),
    (tracks.RaceFactRow, models.FactRecord),
    (tracks.TrackDriverRow, models.TrackTally),
    (evidence.SupportRow, models.Support),
    (sources.ArchiveVersion, models.Version),
)


@pytest.mark.parametrize(("shape", "model"), SHAPES)
def test_a_row_has_the_types_of_its_table(shape: type[Any], model: type[SQLModel]) -> None:
    for field in fields(shape):
        assert model.model_fields[field.name].annotation == field.type, field.name


def test_the_latest_race_is_the_last_by_time_of_its_series(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        latest = [races.latest_race(session, series) for series in ("cup", None, "truck")]
    assert [race.key if race else None for race in latest] == [ALLY, WAWA, None]


def test_races_are_found_by_key_the_latest_first(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        assert [race.key for race in races.races_of(session, {NAMELESS, ALLY, WAWA})] == [WAWA, ALLY, NAMELESS]
        assert races.race_of(session, "no-such-race") is None
        assert races.race_count(session) == 3


def test_facts_are_found_by_their_field(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        known = races.facts_of(session, ALLY)
    pole = known.find("pole_driver")
    assert pole is not None
    assert (pole.value, pole.document) == ("Ross Chastain", "page.txt")
    assert known.whole_number("laps_run") == 300
    assert known.whole_number("weather") is None
    assert known.find("weather") is None


def test_sessions_are_listed_as_a_person_would(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        titles = [held.title for held in result_queries.sessions_of(session, ALLY)]
    assert titles == ["Race", "Stage 1", "Stage 2", "Stage 3", "Qualifying", "Practice"]


def test_heads_are_the_top_five_and_the_stage_winners(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        heads = [(row.session, row.driver) for row in result_queries.top_rows_of(session, ALLY)]
    assert heads == [
        ("race", "Ross Chastain"),
        ("race", "Martin Truex Jr."),
        ("race", "Denny Hamlin"),
        ("race", "Ty Gibbs"),
        ("race", "Tyler Reddick"),
        ("stage-1", "Tyler Reddick"),
        ("stage-2", "Denny Hamlin"),
    ]


def test_rows_of_a_driver_span_all_races(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        rows = result_queries.result_rows_of_driver(session, "Tyler Reddick", {ALLY, WAWA})
        assert [row.session for row in rows] == ["practice", "qualifying", "race", "stage-1"]
        assert len(result_queries.result_rows_of(session, ALLY)) == 17
        assert [entry.car for entry in result_queries.entries_of(session, driver="Ty Gibbs")] == ["54"]


def test_ties_stay_in_the_published_order(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        rows = standing_queries.standings_of(session, ALLY, "drivers")
        held = standing_queries.championship_tables(session).after_races
    assert [row.name for row in rows[1:3]] == ["William Byron", "Ross Chastain"]
    assert [(table.race, table.championship) for table in held] == [(ALLY, "drivers"), (ALLY, "manufacturers")]


def test_passages_naming_somebody_come_with_how_they_name_them(archive: Engine) -> None:
    fill_archive(archive)
    with read_session(archive) as session:
        passages, written = story.passages_of_person(session, "Tyler Reddick")
        assert story.passages_of_person(session, "Nobody") == ((), ())
    assert [passage.number for passage in passages] == [3, 4]
    assert [row.written for row in written] == ["Reddick", "Tyler Reddick"]


def test_an_archive_never_loaded_says_so(archive: Engine) -> None:
    with read_session(archive) as session:
        assert sources.archive_version(session).loaded_at is None
        assert sources.all_sources(session) == ()
    fill_archive(archive)
    with read_session(archive) as session:
        known = sources.archive_version(session)
    assert known.number == 3
    assert known.loaded_at is not None
    assert known.loaded_at.replace(tzinfo=LOADED_AT.tzinfo) == LOADED_AT


def test_a_prepared_query_gives_what_the_same_query_made_anew_gives(archive: Engine) -> None:
    fill_archive(archive)
    order = (col(models.FactRecord.field).desc(),)
    of_race = PreparedTableQuery(
        races.FactRow, models.FactRecord, col(models.FactRecord.race) == bindparam("race"), order=order
    )
    some = PreparedTableQuery(
        races.FactRow,
        models.FactRecord,
        col(models.FactRecord.race).in_(bindparam("races", expanding=True)),
        max_rows=2,
    )
    with read_session(archive) as session:
        for race_key in (ALLY, WAWA, "no-such-race"):
            anew = read_rows(
                session, races.FactRow, models.FactRecord, col(models.FactRecord.race) == race_key, order=order
            )
            assert of_race.rows(session, race=race_key) == anew
            assert of_race.first(session, race=race_key) == next(iter(anew), None)
        told = [row.field for row in of_race.rows(session, race=ALLY)]
        assert told == sorted(races.facts_of(session, ALLY).by_field, reverse=True)
        assert len(some.rows(session, races=[ALLY, WAWA])) == 2
        assert some.rows(session, races=[]) == ()


def test_a_fixed_statement_takes_lists_of_any_length_and_pairs(archive: Engine) -> None:
    fill_archive(archive)
    field, race_key = col(models.FactRecord.field), col(models.FactRecord.race)
    pairs = tuple_(race_key, field).in_(bindparam("pairs", expanding=True))
    statement = select(race_key, field).where(pairs, field.not_in(["no", "such"]), race_key != bindparam("but"))
    fixed = PreparedQuery(lambda *cells: cells, statement.order_by(race_key, field))
    with read_session(archive) as session:
        held = [(row.race, row.field) for row in read_rows(session, tracks.RaceFactRow, models.FactRecord)]
        for wanted in (held[:3], held[1:2], [], held, held[:3]):
            expected = sorted(pair for pair in wanted if pair[0] != WAWA)
            assert list(fixed.rows(session, pairs=wanted, but=WAWA)) == expected


@pytest.mark.parametrize("length", [0, 1, 2, 3, 600])
def test_a_list_of_any_length_asks_for_no_more_than_it_has(archive: Engine, length: int) -> None:
    fill_archive(archive)
    races_by_key = PreparedTableQuery(
        races.RaceRow, models.Race, col(models.Race.key).in_(bindparam("keys", expanding=True))
    )
    keys = [WAWA, ALLY, *(f"no race {number}" for number in range(600))][:length]
    with read_session(archive) as session:
        found = {race.key for race in races_by_key.rows(session, keys=keys)}
    assert found == {WAWA, ALLY} & set(keys)


def test_a_fixed_statement_may_be_a_union_and_give_one_column(archive: Engine) -> None:
    fill_archive(archive)
    told = union(
        select(col(models.FactRecord.race)), select(col(models.Race.key)).where(col(models.Race.key) == NAMELESS)
    )
    with read_session(archive) as session:
        expected = {row.race for row in read_rows(session, tracks.RaceFactRow, models.FactRecord)}
        assert set(PreparedQuery(single_value, told).rows(session)) == {*expected, NAMELESS}


@pytest.mark.parametrize(("shape", "model"), SHAPES)
def test_a_prepared_query_reads_every_column_as_the_type_it_has(
    archive: Engine, shape: type[Any], model: type[SQLModel]
) -> None:
    fill_archive(archive)
    order = tuple(inspect(model).primary_key)
    with read_session(archive) as session:
        rows = PreparedTableQuery(shape, model, order=order).rows(session)
        assert rows == read_rows(session, shape, model, order=order)
        assert [type(cell) for row in rows for cell in astuple(row)] == [
            type(cell) for row in read_rows(session, shape, model, order=order) for cell in astuple(row)
        ]


def test_what_the_database_refuses_is_raised_as_of_any_other_query(archive: Engine) -> None:
    fill_archive(archive)
    with write_session(archive) as session:
        session.connection().execute(text("DROP TABLE fact"))
    with Session(archive) as session, pytest.raises(DBAPIError, match="fact"):
        PreparedTableQuery(races.FactRow, models.FactRecord).rows(session)
    with pytest.raises(ArchiveUnusable, match="fact"), read_session(archive) as session:
        races.facts_of(session, ALLY)


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda reader: race.overview(reader, None), 10),  # with the race that comes next
        (lambda reader: results.results(reader, None, None, None, None, None), 7),
        (lambda reader: standings.standings(reader, None, None, None, None), 8),  # with the seasons that came later
        (lambda reader: driver.driver_profile(reader, "Ross Chastain", None), 12),
        (lambda reader: recap.recap(reader, None, "reddick"), 6),
    ],
)
def test_a_card_takes_few_selects(archive: Engine, ask: Callable[[QueryContext], Card], most: int) -> None:
    if archive.dialect.name != "sqlite":
        pytest.skip("how many queries a card takes has nothing to do with the database, and SQLite can tell")
    desk = fill_archive(archive)
    desk.ask(lambda reader: reader.names.version)
    selects: list[str] = []
    archive.dispose()  # so that the next connection is made with ears

    def listen(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.set_trace_callback(selects.append)

    event.listen(archive, "connect", listen)

    def counted(reader: QueryContext) -> None:
        selects.clear()
        ask(reader)

    desk.ask(counted)
    assert len([text for text in selects if text.startswith("SELECT")]) <= most
