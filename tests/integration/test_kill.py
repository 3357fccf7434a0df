"""Loads that are killed, really, at any moment: what is left is the old archive or the new, and the next start works.

Each round starts a process that loads as fast as it can and kills it (SIGKILL) after a while drawn at random, at most
a little longer than a whole load has just taken; one round kills it at once, and one when it is done. Processes are
forked from a small server of their own: this one may have threads, and a new interpreter would take a second a round.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.archive.db.engine import open_archive, read_session, write_session
from bot.archive.models.user_data import LoadInProgress
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.archive.queries.unanswered import count_unanswered
from bot.loading.load import load, run_startup_action
from bot.loading.moderation.operations import Operations
from bot.loading.state.load_lock import load_session
from tests.support.databases import archive_at, both_engines, current_kind, seed_archive_at, url_at
from tests.support.moderation import (
    LAPS_CELLS,
    OTHER_LAPS_CELLS,
    PAGE,
    active_documents,
    apply_plan,
    derived_rows,
    is_empty,
)
from tests.support.paths import SEEDS

ROUNDS, FIRST_LOADS = {"sqlite": 20, "postgresql": 8}, {"sqlite": 6, "postgresql": 2}
LONGEST = 1.25  # of a whole load, so that every part of one is met, and some are finished
pytestmark = [
    both_engines,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.xdist_group("loads"),
]
UNDER_WAY = ExitStack()  # in a process that is to be killed: what it never ends


def begin_and_wait(work: Callable[[], None], began: Event, ended: Event) -> None:
    """In a process of its own: do some work and wait for the end."""
    began.set()
    work()
    ended.set()
    time.sleep(60)


def wait_for(event: Event, process: BaseProcess) -> None:
    """Until a process says so; one that has ended never will."""
    while not event.wait(0.2):
        assert process.is_alive(), f"the process has ended with {process.exitcode}"


def killed(work: Callable[[], None], after_s: float | None) -> float:
    """Have a process of its own do some work and kill it after so many seconds, or, for None, when that is done.

    The seconds for which it was at work.
    """
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__])
    began, ended = forks.Event(), forks.Event()
    process = forks.Process(target=begin_and_wait, args=(work, began, ended))
    process.start()
    wait_for(began, process)
    start = time.monotonic()
    if after_s is None:
        wait_for(ended, process)
    else:
        time.sleep(after_s)
    took = time.monotonic() - start
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    return took


def applied(address: str, key: str) -> None:
    """Apply a plan."""
    apply_plan(Operations(open_archive(address), SEEDS), key)


def started(address: str) -> None:
    """Do with an archive what a start does."""
    run_startup_action(open_archive(address), SEEDS)


def held(address: str) -> None:
    """Begin a load that never ends."""
    UNDER_WAY.enter_context(load_session(open_archive(address), "Bob"))


def whole(database: Path) -> None:
    """The file is a database without a fault; of what PostgreSQL made beside its tables nothing is left."""
    if current_kind() == "postgresql":
        engine = create_engine(url_at(database))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = 'spotter_anew'")).all() == []
        engine.dispose()
        return
    with sqlite3.connect(database) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()


def kept_things(desk: Operations) -> str:
    """Enter whatever people can; the key of a plan."""
    apply_plan(desk, desk.plan_correction("Ann", "cup-2023-17", "cautions", "5", "counted again").key)
    apply_plan(desk, desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes()).key)
    with write_session(desk.engine) as session:
        save_mistake_report(session, 1, "/race ally", PAGE, "the laps are wrong")
    with write_session(desk.engine) as session:
        count_unanswered(session, "driver", "nobody")
    return desk.plan_removal("Ann", "daytona-recap.txt").key


def test_a_load_that_is_killed_leaves_the_old_archive_or_the_new_one(tmp_path: Path) -> None:
    database, chance = tmp_path / "archive.db", random.Random(4)
    engine = seed_archive_at(database)
    desk = Operations(engine, SEEDS)
    plan = kept_things(desk)
    old = derived_rows(engine)
    apply_plan(
        desk, desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS)).key
    )
    new = derived_rows(engine)
    by_digest = {active_documents(engine)[2][1]: new}
    loads, outcomes = len(desk.load_log()), list[bool]()
    assert old != new
    other, before = desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes()).key, new
    engine.dispose()
    whole_load = killed(partial(applied, url_at(database), other), None)
    for after_s in [0.0, *(chance.uniform(0, LONGEST * whole_load) for _ in range(ROUNDS[current_kind()] - 2)), None]:
        whole(database)
        engine = archive_at(database)
        desk = Operations(engine, SEEDS)
        assert run_startup_action(engine, SEEDS) is None
        found = derived_rows(engine)
        assert found in (old, new)
        pages = {name: digest for name, digest, _, _ in active_documents(engine)}
        assert by_digest.setdefault(pages[PAGE], found) == found
        log = desk.load_log()
        assert [row.number for row in log] == list(range(len(log), 0, -1))
        assert len(log) == loads + (found != before)
        outcomes.append(found != before)
        loads, before = len(log), found
        assert [row.what for row in desk.corrections()] == ["cautions"]
        assert [row.words for row in desk.mistake_reports().rows] == ["the laps are wrong"]
        assert [row.text for row in desk.unanswered()] == ["nobody"]
        assert plan in {row.key for row in desk.plans()}
        page = (SEEDS / PAGE).read_bytes()
        other = desk.plan_upload("Ann", PAGE, page.replace(LAPS_CELLS, OTHER_LAPS_CELLS) if found == old else page).key
        engine.dispose()
        killed(partial(applied, url_at(database), other), after_s)
    assert outcomes[0], "a load that was done before its process was killed is lost"
    assert False in outcomes, "no round was short enough to cut a load off"
    engine = archive_at(database)
    assert derived_rows(engine) != before
    assert Operations(engine, SEEDS).reload("Ann").rejected == ()
    engine.dispose()


def test_a_first_load_that_is_killed_is_done_by_the_next_start(tmp_path: Path) -> None:
    expected, chance = archive_at(tmp_path / "expected.db"), random.Random(17)
    load(expected, SEEDS)
    whole_load = killed(partial(started, url_at(tmp_path / "first.db")), None)
    for number in range(FIRST_LOADS[current_kind()]):
        database = tmp_path / f"{number}.db"
        killed(partial(started, url_at(database)), chance.uniform(0, LONGEST * whole_load))
        engine = archive_at(database)
        assert is_empty(engine) or derived_rows(engine) == derived_rows(expected)
        run_startup_action(engine, SEEDS)
        assert derived_rows(engine) == derived_rows(expected)
        whole(database)
        engine.dispose()
    expected.dispose()


def test_a_killed_process_leaves_no_load_under_way(tmp_path: Path, documents: Path) -> None:
    """Its row says that it loads; the lock, which is free, says that it does not."""
    database = tmp_path / "archive.db"
    seed_archive_at(database).dispose()
    killed(partial(held, url_at(database)), None)
    engine = archive_at(database)
    with read_session(engine) as session:
        assert session.get_one(LoadInProgress, 1).by == "Bob"
    shutil.copy(documents / "ally-400-recap.txt", documents / "again.txt")
    assert load(engine, documents).version == 2
    with read_session(engine) as session:
        assert session.get(LoadInProgress, 1) is None
    engine.dispose()
