"""Loads that are killed, really, at any moment: what is left is the old archive or the new, and the next start works.

Each round forks a process that loads as fast as it can and kills it (SIGKILL) after a while drawn at random; a fork
rather than a new interpreter, so that twenty rounds take seconds.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.archive.engine import reading, writing
from bot.archive.kept_models import UnderWay
from bot.archive.mistakes import report_mistake
from bot.loading.data_desk import DataDesk
from bot.loading.load import fill, holds_nothing, load
from bot.loading.under_way import loading
from tests.conftest import SEEDS
from tests.data_desk import LAPS, OTHER_LAPS, PAGE, archive_at, contents, done, in_force

ROUNDS, FIRST_LOADS = 20, 6
LONGEST_S = 0.5  # a load takes about 0.2 s here, so that every part of one is met, and some are finished
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
FORKS = multiprocessing.get_context("fork")


def killed_after(seconds: float, work: Callable[[], None]) -> None:
    """Have a process of its own do some work and wait, and kill it after so many seconds."""

    def work_and_wait() -> None:
        work()
        time.sleep(60)

    process = FORKS.Process(target=work_and_wait)
    process.start()
    time.sleep(seconds)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL


def applied(database: Path, key: str) -> None:
    """Apply a plan in a process of its own."""
    done(DataDesk(archive_at(database), SEEDS, children=False), key)


def whole(database: Path) -> None:
    """The file is a database without a fault."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def kept_things(desk: DataDesk) -> str:
    """Fill an archive, and enter whatever people can; the key of a plan."""
    desk.reload("Ann")
    done(desk, desk.plan_correction("Ann", "cup-2023-17", "cautions", "5", "counted again").key)
    done(desk, desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes()).key)
    with writing(desk.engine) as session:
        report_mistake(session, 1, "/race ally", PAGE, "the laps are wrong")
    desk.count_unanswered("driver", "nobody")
    return desk.plan_removal("Ann", "daytona-recap.txt").key


def test_a_load_that_is_killed_leaves_the_old_archive_or_the_new_one(tmp_path: Path) -> None:
    database, chance = tmp_path / "archive.db", random.Random(4)
    engine = archive_at(database)
    desk = DataDesk(engine, SEEDS, children=False)
    plan = kept_things(desk)
    old = contents(engine)
    done(desk, desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes().replace(LAPS, OTHER_LAPS)).key)
    new = contents(engine)
    by_digest = {in_force(engine)[2][1]: new}
    loads, versions = len(desk.log()), set[str]()
    assert old != new
    other = desk.plan_upload("Ann", PAGE, (SEEDS / PAGE).read_bytes()).key
    engine.dispose()
    for _ in range(ROUNDS):
        killed_after(chance.uniform(0.02, LONGEST_S), partial(applied, database, other))
        whole(database)
        engine = archive_at(database)
        desk = DataDesk(engine, SEEDS, children=False)
        assert fill(engine, SEEDS) is None
        found = contents(engine)
        assert found in (old, new)
        held = {name: digest for name, digest, _, _ in in_force(engine)}
        assert by_digest.setdefault(held[PAGE], found) == found
        log = desk.log()
        assert [row.number for row in log] == list(range(len(log), 0, -1))
        assert len(log) >= loads
        loads = len(log)
        versions.add(held[PAGE])
        assert [row.what for row in desk.corrections()] == ["cautions"]
        assert [row.words for row in desk.mistakes()] == ["the laps are wrong"]
        assert [row.text for row in desk.unanswered()] == ["nobody"]
        assert plan in {row.key for row in desk.plans()}
        page = (SEEDS / PAGE).read_bytes()
        other = desk.plan_upload("Ann", PAGE, page.replace(LAPS, OTHER_LAPS) if found == old else page).key
        engine.dispose()
    assert len(versions) == 2, "the rounds were too short to finish a load"
    engine = archive_at(database)
    assert DataDesk(engine, SEEDS, children=False).reload("Ann").rejected == ()
    engine.dispose()


def test_a_first_load_that_is_killed_is_done_by_the_next_start(tmp_path: Path) -> None:
    expected, chance = archive_at(tmp_path / "expected.db"), random.Random(17)
    load(expected, SEEDS)
    for number in range(FIRST_LOADS):
        database = tmp_path / f"{number}.db"

        def start(database: Path = database) -> None:
            fill(archive_at(database), SEEDS)

        killed_after(chance.uniform(0.01, LONGEST_S), start)
        engine = archive_at(database)
        assert holds_nothing(engine) or contents(engine) == contents(expected)
        fill(engine, SEEDS)
        assert contents(engine) == contents(expected)
        whole(database)
        engine.dispose()
    expected.dispose()


def test_a_killed_process_leaves_no_load_under_way(tmp_path: Path, documents: Path) -> None:
    """Its row says that it loads; the lock, which is free, says that it does not."""
    database = tmp_path / "archive.db"
    engine = archive_at(database)
    load(engine, documents)
    engine.dispose()

    def hold() -> None:
        with loading(archive_at(database), "Bob"):
            time.sleep(60)

    killed_after(0.5, hold)
    engine = archive_at(database)
    shutil.copy(documents / "ally-400-recap.txt", documents / "again.txt")
    began = time.monotonic()
    assert load(engine, documents).version == 2
    assert time.monotonic() - began < 1.5
    with reading(engine) as session:
        assert session.get(UnderWay, 1) is None
    engine.dispose()
