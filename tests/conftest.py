"""Archives for the tests: real databases in temporary folders, built from the seeds."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from bot.answers.reader import AnswerDesk
from bot.archive.engine import open_archive
from bot.loading.load import THE_PROGRAM, load

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"

# Without a clock: what is slow on a busy machine is no fault of what is tested.
settings.register_profile("spotter", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("spotter")


@cache
def _file_of_seeds() -> bytes:
    """The file of an archive that a start has filled from the seeds, made once in each process of the tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        engine = open_archive(f"sqlite:///{path}")
        load(engine, SEEDS, by=THE_PROGRAM)
        engine.dispose()
        return path.read_bytes()


def seeded_at(path: Path) -> Engine:
    """An archive of the seeds in a file of its own: a copy, where loading them once more would prove nothing."""
    path.write_bytes(_file_of_seeds())
    return open_archive(f"sqlite:///{path}")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Engine]:
    """An empty archive."""
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Engine]:
    """An archive of the seeds, to be changed."""
    engine = seeded_at(tmp_path / "archive.db")
    yield engine
    engine.dispose()


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are started do not count which lines they run: a third faster, where others count the same."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with a copy of the seeds, to be changed."""
    folder = tmp_path / "documents"
    shutil.copytree(SEEDS, folder)
    return folder


@pytest.fixture(scope="session")
def seed_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The archive of the seeds, shared by all tests that only read it."""
    engine = seeded_at(tmp_path_factory.mktemp("seeds") / "archive.db")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seed_desk(seed_archive: Engine) -> AnswerDesk:
    """Answers from the archive of the seeds."""
    return AnswerDesk(seed_archive)
