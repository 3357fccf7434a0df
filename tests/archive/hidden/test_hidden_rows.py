"""Hidden rows: who sees an archive without the result of a race sees what there would be without that race."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from bot.answers.hidden.hidden_tallies import with_tallies
from bot.archive.db.bulk import table_of
from bot.archive.db.engine import read_session, write_session
from bot.archive.db.row_filter import RowFilter, filtered_rows, seen_rows, sql_literal
from bot.archive.db.statements import PreparedQuery, PreparedTableQuery, single_value
from bot.archive.hidden.hidden_names import hidden_names, hidden_wins
from bot.archive.hidden.hidden_rows import hidden_documents, hidden_pages, rows_without, unseen_races
from bot.archive.models import core as models
from bot.archive.models.page_tables import PageTableRecord
from bot.archive.queries.page_tables import kept_tables
from bot.archive.queries.races import RaceRow, race_of
from bot.loading.load import load
from tests.support.databases import archive_copy_at, both_engines
from tests.support.history_files import Row, field_rows, race_rows, row, write_histories

pytestmark = both_engines

HIDDEN = "cup-2018-4"
NEWCOMER = "Zelda Zephyr"
BEFORE = [
    *race_rows(2017, 3), *race_rows(2017, 4, Track="Shore Raceway"), *race_rows(2018, 3),
]  # fmt: skip
LAST = [
    row(1, NEWCOMER, Season=2018, Race=4, Name="Last 400", Team="Zephyr Brothers", Car="1%"),
    *(
        {**one, "Finish": one["Finish"] + 1, "Win": 0, "Led": 7}  # type: ignore[operator]
        for one in field_rows(Season=2018, Race=4, Name="Last 400")
    ),
]
TALLIES = (models.SeasonTally, models.CareerTally, models.TeamTally, models.TrackTally)
RACE_TABLES = (models.Race, models.SessionRow, models.FactRecord, models.RaceSession, models.Check, models.Support)


@contextmanager
def archive(folder: Path, name: str, rows: list[Row], more: Iterable[SQLModel] = ()) -> Iterator[Session]:
    def fill(engine: Engine) -> None:
        load(engine, write_histories(folder / f"{name}-documents", cup_series=rows))

    fill.__module__, fill.__qualname__ = "hidden", name  # the name of a database of PostgreSQL is cut
    engine = archive_copy_at(folder / f"{name}.db", fill)
    try:
        with write_session(engine) as session:
            session.add_all(more)
        with read_session(engine) as session:
            yield session
    finally:
        engine.dispose()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Session]:
    """An archive whose last race was won by somebody who was never there before."""
    with archive(tmp_path, "whole", [*BEFORE, *LAST]) as session:
        yield session


@pytest.fixture
def without(tmp_path: Path) -> Iterator[Session]:
    """The same without its last race."""
    with archive(tmp_path, "without", BEFORE) as session:
        yield session


def filter_of(session: Session) -> RowFilter:
    races = unseen_races(session, [HIDDEN])
    return with_tallies(session, rows_without(races, hidden_documents(session, races)), races)


def rows_of(session: Session, model: type) -> list[tuple[object, ...]]:
    columns = [column for column in table_of(model).c if column.name != "line"]
    return sorted((tuple(one) for one in session.connection().execute(select(*columns))), key=repr)


def test_a_hidden_race_leaves_every_table_as_it_is_without_that_race(whole: Session, without: Session) -> None:
    assert all(rows_of(whole, tally) != rows_of(without, tally) for tally in TALLIES)
    with filtered_rows(whole, filter_of(whole)):
        for model in (*TALLIES, *RACE_TABLES):
            assert rows_of(whole, model) == rows_of(without, model), model


def test_a_hidden_race_is_known_without_its_winner(whole: Session) -> None:
    told = race_of(whole, HIDDEN)
    assert told is not None
    assert told.winner == NEWCOMER
    [race] = unseen_races(whole, [HIDDEN])
    assert (race.name, race.winner) == ("Last 400", None)
    with filtered_rows(whole, filter_of(whole)):
        assert race_of(whole, HIDDEN) is None


def test_all_is_seen_again_once_the_filter_is_off(whole: Session) -> None:
    row_filter = filter_of(whole)
    with pytest.raises(RuntimeError), filtered_rows(whole, row_filter):
        raise RuntimeError
    race = race_of(whole, HIDDEN)
    assert race is not None
    assert race.winner == NEWCOMER


def test_tables_of_pages_that_may_tell_of_the_season_are_not_asked(tmp_path: Path) -> None:
    titles = ("2007 Grand Prix", "2018 winners", "Ann Ash")
    sources = [models.Source(document=title, digest="0", kind="page", title=title, lines=9) for title in titles]
    tables = [
        PageTableRecord(document=title, number=1, line=1, headings="[]", header="[]", row_count=0, rows="[]")
        for title in titles
    ]
    with archive(tmp_path, "whole", [*BEFORE, *LAST], (*sources, *tables)) as session:
        races = unseen_races(session, [HIDDEN])
        with filtered_rows(session, rows_without(races, (), hidden_pages(session, races))):
            assert [table.document for table in kept_tables(session)] == ["2007 Grand Prix"]


def test_names_that_only_a_hidden_race_has_are_hidden_with_it(whole: Session) -> None:
    races = unseen_races(whole, [HIDDEN])
    assert hidden_names(whole, filter_of(whole), races) == {NEWCOMER, "Zephyr Brothers"}
    assert hidden_wins(whole, races) == {NEWCOMER: 1, "Zephyr Brothers": 1, "Ford": 1}


def test_a_filter_holds_in_whatever_way_a_statement_is_asked(whole: Session) -> None:
    same = aliased(models.SessionRow)
    winner = select(col(models.SessionRow.driver)).where(
        col(models.SessionRow.position) == 1,
        col(models.SessionRow.race).in_(select(col(same.race)).where(col(same.race) == HIDDEN)),
    )
    kept: PreparedQuery[str] = PreparedQuery(single_value, winner)
    in_list = PreparedTableQuery(RaceRow, models.Race, col(models.Race.key).in_(bindparam("keys", expanding=True)))
    expression = winner.cte("winners")
    assert kept.rows(whole) == (NEWCOMER,)
    with filtered_rows(whole, filter_of(whole)):
        assert kept.rows(whole) == ()
        assert whole.exec(winner).all() == []  # type: ignore[call-overload]
        assert whole.connection().execute(select(expression)).all() == []
        assert in_list.rows(whole, keys=(HIDDEN,)) == ()
    assert whole.connection().execute(select(expression)).scalars().all() == [NEWCOMER]


def test_a_text_of_a_filter_may_hold_any_letter(whole: Session) -> None:
    names = ("O'Brien", "100%", 'a "b"', "?:x", "%(y)s")
    listed = ", ".join(map(sql_literal, names))
    seen = RowFilter({"race": seen_rows(('"key"', f"{sql_literal(names[1])} AS name"), f"name NOT IN ({listed})")})
    with filtered_rows(whole, seen):
        assert whole.connection().execute(select(col(models.Race.name)).distinct()).scalars().all() == ["100%"]
