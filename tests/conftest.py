"""Archives for the tests: real databases in temporary folders, built from the seeds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.reader import AnswerDesk
from bot.archive.engine import open_archive
from bot.loading.load import load

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Engine]:
    """An empty archive."""
    engine = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
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
    engine = open_archive(f"sqlite:///{tmp_path_factory.mktemp('seeds') / 'archive.db'}")
    load(engine, SEEDS)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seed_desk(seed_archive: Engine) -> AnswerDesk:
    """Answers from the archive of the seeds."""
    return AnswerDesk(seed_archive)
