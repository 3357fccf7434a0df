"""Answers beside loads: the old version whole until the new one is, from snapshots that are kept open."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, QueuePool
from sqlmodel import select

from bot.answers.context import QueryContext
from bot.answers.race import overview as race
from bot.answers.versions.watched_runner import WatchedRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Race, Version
from bot.archive.models.user_data import UnansweredQuestion
from bot.errors import ArchiveUnusable, BotError, UnknownName
from bot.loading.gc_pause import pause_gc
from bot.loading.load import load
from tests.support.databases import both_engines

pytestmark = pytest.mark.slow  # each starts a process that reads the names
RECAP = "daytona-recap.txt"
WAIT_S = 30


@pytest.fixture
def desk(filled: Engine) -> Iterator[WatchedRunner]:
    """A runner at work, whose watch looks only when it is asked to."""
    with WatchedRunner(filled, look_interval_s=1_000, small_archive_races=0, warms_up=False) as runner:
        runner.newest().result(WAIT_S)
        yield runner


def _state(context: QueryContext) -> tuple[int, int, int, int]:
    """The data version and the number of races, as the names and as the rows have them."""
    number = context.session.get_one(Version, 1).number
    return (
        context.names.version,
        number,
        len(context.names.of_kind("race")),
        len(context.session.exec(select(Race.key)).all()),
    )


def test_what_fans_need_not_wait_for_is_done_once_the_start_is_over(filled: Engine) -> None:
    changes: list[float] = []
    with WatchedRunner(filled, on_new_names=lambda: changes.append(time.monotonic()), look_interval_s=0.01) as runner:
        runner.newest().result(WAIT_S)
        time.sleep(0.1)  # ten looks, in each of which it could begin
        assert len(changes) == 1
        runner.begin_idle_work()
        ends_at = time.monotonic() + WAIT_S
        while len(changes) < 2 and time.monotonic() < ends_at:
            time.sleep(0.01)
        assert len(changes) == 2


@both_engines
def test_the_old_version_is_answered_from_until_the_new_one_is_whole(desk: WatchedRunner, documents: Path) -> None:
    before = desk.ask(_state)
    (documents / RECAP).unlink()
    load(desk.engine, documents)
    assert desk.ask(_state) == before
    assert desk.names.version == before[0]
    desk.newest().result(WAIT_S)
    after = desk.ask(_state)
    assert after[:2] == (before[0] + 1, before[1] + 1)
    assert after[2] == after[3]


def test_no_answer_mixes_two_versions_while_loads_run(desk: WatchedRunner, documents: Path) -> None:
    seen: set[tuple[int, int, int, int]] = set()
    is_over = threading.Event()

    def ask_on() -> None:
        while not is_over.is_set():
            seen.add(desk.ask(_state))
            time.sleep(0.005)

    askers = [threading.Thread(target=ask_on) for _ in range(3)]
    for asker in askers:
        asker.start()
    (documents / RECAP).unlink()
    load(desk.engine, documents)
    desk.newest().result(WAIT_S)
    time.sleep(0.05)
    is_over.set()
    for asker in askers:
        asker.join()
    assert all(names == rows and names_races == races for names, rows, names_races, races in seen)
    assert len(seen) == 2


def test_a_start_asks_itself_a_question_of_each_kind(filled: Engine) -> None:
    with WatchedRunner(filled, look_interval_s=1_000) as runner:
        runner.newest().result(WAIT_S)
        runner.begin_idle_work()
        ends_at, commands = time.monotonic() + WAIT_S, set[str]()
        while "records" not in commands and time.monotonic() < ends_at:
            time.sleep(0.02)
            commands = {card.question.command for card in runner._cache.values()}
    assert commands >= {"race", "results", "driver", "team", "track", "schedule", "standings", "records"}


def test_the_names_of_a_small_archive_need_no_process(filled: Engine, documents: Path) -> None:
    with WatchedRunner(filled, look_interval_s=1_000, warms_up=False) as runner:
        runner.newest().result(WAIT_S)
        (documents / RECAP).unlink()
        load(filled, documents)
        runner.newest().result(WAIT_S)
        assert runner.ask(_state)[:2] == (2, 2)
    assert not Path(f"{filled.url.database}-names").exists()


def test_a_card_asked_again_is_given_without_the_database(desk: WatchedRunner) -> None:
    card = desk.ask(race.overview, "nashville")
    assert desk.cached_answer(desk.operator_rules, race.overview, "nashville") is card


def test_small_writes_of_people_do_not_make_the_log_grow(desk: WatchedRunner) -> None:
    log = Path(f"{desk.engine.url.database}-wal")
    sizes = []
    for number in range(60):
        with write_session(desk.engine) as session:
            session.add(UnansweredQuestion(kind="race", text=f"{number} " + "x" * 90_000, asked_at=datetime.now(UTC)))
        desk.newest().result(WAIT_S)
        sizes.append(log.stat().st_size)
    assert max(sizes[30:]) <= max(sizes[:30])


def test_the_names_of_one_start_are_read_by_the_next(filled: Engine) -> None:
    stored = Path(f"{filled.url.database}-names")
    with WatchedRunner(filled, look_interval_s=0.01, small_archive_races=0, warms_up=False) as runner:
        runner.newest().result(WAIT_S)
        ends_at = time.monotonic() + WAIT_S
        while not stored.exists() and time.monotonic() < ends_at:
            time.sleep(0.02)
    with WatchedRunner(filled, look_interval_s=1_000, warms_up=False) as runner:
        runner.newest().result(WAIT_S)
        assert runner.ask(race.overview, "nashville").title
    assert stored.exists()


def test_a_runner_whose_archive_cannot_be_read_says_so(desk: WatchedRunner) -> None:
    with sqlite3.connect(str(desk.engine.url.database)) as connection:
        connection.execute("UPDATE version SET schema_stamp = 'another', number = number + 1")
    with pytest.raises(ArchiveUnusable):
        desk.newest().result(WAIT_S)


def test_names_that_cannot_be_made_keep_no_connection(filled: Engine) -> None:
    assert isinstance(filled.pool, QueuePool)
    with WatchedRunner(filled, look_interval_s=1_000, warms_up=False) as runner, pause_gc():
        runner.newest().result(WAIT_S)
        before = filled.pool.checkedout()
        with sqlite3.connect(str(filled.url.database)) as connection:
            connection.execute("ALTER TABLE session_row RENAME TO rows_of_yesterday")
            connection.execute("UPDATE version SET number = number + 1")
        for _ in range(3):
            with pytest.raises(BotError):
                runner.newest().result(WAIT_S)
        assert filled.pool.checkedout() == before


@both_engines
def test_a_server_that_was_started_again_is_asked_again(desk: WatchedRunner) -> None:
    if desk.engine.dialect.name == "sqlite":
        return  # a file has no server
    with read_session(desk.engine) as session:
        ended = session.connection().exec_driver_sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert ended.scalar_one() >= 1
    assert desk.ask(_state)[0] == 1


def test_an_error_of_a_question_keeps_the_snapshot(desk: WatchedRunner) -> None:
    for _ in range(10):
        with pytest.raises(UnknownName):
            desk.ask(race.overview, "no such race anywhere")
    assert desk.ask(_state)[0] == 1
