"""Connections that are kept between answers: every answer still sees one state of the archive, and the newest."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlmodel import Session, select

from bot.archive.db.engine import read_session, write_session
from bot.archive.db.read_pool import MAX_IDLE_CONNECTIONS, ReadPool
from bot.archive.models.core import Race, Version
from bot.errors import ArchiveUnusable


@pytest.fixture
def kept(archive: Engine) -> ReadPool:
    return ReadPool(archive)


@pytest.fixture
def opened(archive: Engine) -> Iterator[list[sqlite3.Connection]]:
    """Every connection that is opened from now on."""
    archive.dispose()
    found: list[sqlite3.Connection] = []
    event.listen(archive, "connect", lambda connection, _: found.append(connection))
    yield found
    archive.dispose()


def add(archive: Engine, key: str) -> None:
    with write_session(archive) as session:
        session.add(Race(key=key, season=2023))
        session.get_one(Version, 1).number += 1


def keys(session: Session) -> list[str]:
    return [race.key for race in session.exec(select(Race).order_by(Race.key))]


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_a_snapshot_does_not_move_and_the_next_one_on_the_same_connection_sees_what_was_committed(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    with read_session(archive, kept) as session:
        assert keys(session) == []
        add(archive, "cup-2023-17")
        assert keys(session) == []
    before = len(opened)
    with read_session(archive, kept) as session:
        assert keys(session) == ["cup-2023-17"]
    assert len(opened) == before == 2  # one reads, one writes


def test_an_object_that_one_snapshot_read_is_read_anew_by_the_next(archive: Engine, kept: ReadPool) -> None:
    with read_session(archive, kept) as session:
        version = session.get_one(Version, 1)
        assert version.number == 0
    add(archive, "cup-2023-17")
    with read_session(archive, kept) as session:
        assert session.get_one(Version, 1).number == 1


def test_snapshots_at_the_same_time_are_of_different_connections_and_only_a_few_are_kept(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    many = MAX_IDLE_CONNECTIONS + 2
    together = threading.Barrier(many, timeout=10)

    def read() -> None:
        with read_session(archive, kept) as session:
            assert keys(session) == []
            together.wait()

    threads = [threading.Thread(target=read) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == many
    assert sum(map(is_open, opened)) == MAX_IDLE_CONNECTIONS


def test_what_a_question_raises_is_raised_and_ends_its_snapshot(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    def fail() -> None:
        with read_session(archive, kept) as session:
            assert keys(session) == []
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    add(archive, "cup-2023-17")
    with read_session(archive, kept) as session:
        assert keys(session) == ["cup-2023-17"]
    assert len(opened) == 2


def test_a_connection_on_which_a_query_failed_is_not_used_again(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    with pytest.raises(ArchiveUnusable, match="no such table"), read_session(archive, kept) as session:
        session.connection().execute(text("SELECT * FROM nowhere"))
    with read_session(archive, kept) as session:
        assert keys(session) == []
    assert [is_open(one) for one in opened] == [False, True]


def test_a_connection_that_broke_between_two_answers_is_replaced_unnoticed(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'small.db'}")
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("SELECT 1"))  # as a server is told
    kept = ReadPool(engine)
    with kept.snapshot() as session:
        first = session.connection().connection.dbapi_connection
    assert isinstance(first, sqlite3.Connection)
    first.close()
    with kept.snapshot() as session:
        assert session.scalar(text("SELECT 2")) == 2
        assert session.connection().connection.dbapi_connection is not first
    engine.dispose()


def test_a_connection_that_is_in_use_while_the_engine_is_disposed_of_is_closed_after_that(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    with read_session(archive, kept) as session:
        archive.dispose()
        assert keys(session) == []
    assert [is_open(one) for one in opened] == [False]


def test_kept_connections_are_closed_with_the_engine(
    archive: Engine, kept: ReadPool, opened: list[sqlite3.Connection]
) -> None:
    with read_session(archive, kept) as session:
        assert keys(session) == []
    assert [is_open(one) for one in opened] == [True]
    archive.dispose()
    assert [is_open(one) for one in opened] == [False]
    with read_session(archive, kept) as session:
        assert keys(session) == []
