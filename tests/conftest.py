"""Archives for the tests: real databases in temporary folders, built from the seeds."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import LOCK_WAIT_MS
from bot.cli.process_memory import put_aside, set_up_memory
from tests.support.databases import (
    DATABASE_KINDS,
    archive_at,
    databases_of_kind,
    drop_templates,
    seed_archive_at,
)
from tests.support.discord_schema import HAS_SCHEMA, NO_SCHEMA_NOTICE
from tests.support.examples import register_profiles
from tests.support.paths import ROOT, SEEDS
from tests.support.postgresql import stop_run_server
from tests.support.run_folder import begin_run, end_run

SHORT_LOCK_WAIT_MS = 100  # where a test sits out the wait for a lock that it holds itself
UNCOUNTED_MARKS = ("slow", "postgresql")
COUNTED_CASES = 3  # of a test with many cases, whose others run the same lines
# Here a case is a text, and runs lines that no other does.
TEXT_TESTS = ("documents/", "language/", "names/", "questions/", "answers/ask/", "fetching/")
TESTS = ROOT / "tests"

register_profiles()


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the run, in the process that begins it: workers of pytest-xdist share it."""
    set_up_memory()
    if not hasattr(config, "workerinput"):
        begin_run()
    _count_lines_once(config)


def _count_lines_once(config: pytest.Config) -> None:
    """Stop what pytest-cov has begun to count with before it knew of workers: it never does, and counts in each.

    Beside the count of a worker's own it does nothing, and goes on where `no_cover` has that one rest: what is not to
    be counted took two and a half times as long (15 s for 6 s of tests/names/test_score.py).
    """
    plugin = config.pluginmanager.get_plugin("_cov")
    has_workers = hasattr(config, "workerinput") or config.getoption("numprocesses", default=None)
    if plugin is not None and plugin.cov_controller is not None and has_workers:
        plugin.cov_controller.cov.stop()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have each worker of a whole run begin with other modules, before all of them collect in one order.

    So each compiles a share and finds the rest compiled: in a clean clone every one compiled all, 10 s of CPU each.
    """
    workers = getattr(session.config, "workerinput", None)
    if workers is None or [Path(name).absolute() for name in session.config.args] != [TESTS]:
        return
    files = sorted(TESTS.rglob("test_*.py"))
    begin = int(workers["workerid"].removeprefix("gw")) * len(files) // workers["workercount"]
    for file in (*files[begin:], *files[:begin]):
        with suppress(Exception, pytest.skip.Exception):  # what cannot be imported is told where it is collected
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Two workers more than there are processors: many tests wait, for a process, a lock or PostgreSQL."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 2


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away, once all workers have ended, what was made for the whole run."""
    if not hasattr(config, "workerinput"):
        drop_templates()
        stop_run_server()
        end_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have workers begin with what is slow, so that none is left with it at the end; and do not count its lines.

    To count them takes as long again, and what is slow runs lines many times over that are tested elsewhere. So does
    what hypothesis draws, which moreover runs other lines each time, and so do the many cases of one test.
    """
    cases: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases[test] += not test.removeprefix("tests/").startswith(TEXT_TESTS)
        is_drawn = getattr(getattr(item, "function", None), "is_hypothesis_test", False)
        if is_drawn or cases[test] > COUNTED_CASES or any(item.get_closest_marker(mark) for mark in UNCOUNTED_MARKS):
            item.add_marker(pytest.mark.no_cover)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if config.getoption("loadgroup", default=False):
        _name_groups(items)


def _name_groups(items: list[pytest.Item]) -> None:
    """Name the group of a test behind its name, by which pytest-xdist keeps a group in one worker.

    It does so itself (3.8), but in an attribute that pytest (9.2) does not read: every group was dealt out test by
    test, and a bot for a whole module was started by each worker.
    """
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group is not None and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = item.id.parse(f"{item.nodeid}@{group.args[0]}")


def pytest_collection_finish() -> None:
    """Put nine thousand tests and what they import aside, as the program does: garbage was looked for among them."""
    put_aside()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for the whole run, in its last lines, what replies were not judged by."""
    if not HAS_SCHEMA:
        terminalreporter.write_sep("=", "judged by less", yellow=True)
        terminalreporter.write_line(NO_SCHEMA_NOTICE, yellow=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both_engines` runs on every kind of database, all else on SQLite."""
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("database_kind", DATABASE_KINDS, indirect=True)


@pytest.fixture(autouse=True)
def database_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database that archives are made in."""
    name = getattr(request, "param", "sqlite")
    with databases_of_kind(name):
        yield name


@pytest.fixture
def lock_wait_ms(request: pytest.FixtureRequest) -> int:
    """How long writers of `archive` and `filled` wait for the lock: as in service, or not long."""
    return SHORT_LOCK_WAIT_MS if request.node.get_closest_marker("short_lock_wait") else LOCK_WAIT_MS


@pytest.fixture
def archive(tmp_path: Path, lock_wait_ms: int) -> Iterator[Engine]:
    """An empty archive."""
    engine = archive_at(tmp_path / "archive.db", lock_wait_ms)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(tmp_path: Path, lock_wait_ms: int) -> Iterator[Engine]:
    """An archive of the seeds, to be changed."""
    engine = seed_archive_at(tmp_path / "archive.db", lock_wait_ms)
    yield engine
    engine.dispose()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with a copy of the seeds, to be changed."""
    folder = tmp_path / "documents"
    shutil.copytree(SEEDS, folder)
    return folder


@pytest.fixture(scope="session")
def seed_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The archive of the seeds, shared by all tests that only read it."""
    engine = seed_archive_at(tmp_path_factory.mktemp("seeds") / "archive.db")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seed_desk(seed_archive: Engine) -> QuestionRunner:
    """Answers from the archive of the seeds."""
    return QuestionRunner(seed_archive)
