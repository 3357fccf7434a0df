"""The stamp of the program: another one wherever something is changed that decides the rows of an archive."""

import time
from pathlib import Path
from types import ModuleType

import pytest

import bot
import bot.errors
from bot.archive import cell_ref
from bot.archive.db import bulk
from bot.archive.queries import race_label
from bot.documents import registry
from bot.documents.recap.results import orders
from bot.language import fold
from bot.loading import load
from bot.loading.merge import race as merge
from bot.loading.startup import STAMPED_FOLDERS, STAMPED_MODULES, program_stamp, stamp_of, stamped_files
from bot.names import entity
from bot.racing import race_key, sessions, statuses
from tests.test_imports import imports, modules

PACKAGE = Path(bot.__file__).parent
SLOWEST_S = 0.2  # a start takes half a second; the stamp takes 6 ms of it with the files at hand
DECIDING = (bot.errors, bulk, race_label, cell_ref, race_key, sessions, statuses, registry, orders, merge, entity, fold)


def imported_by_a_load() -> set[Path]:
    """Every module of the package that a load imports, now or later, at first or at any hand; packages included."""
    known = modules()
    waiting, found = [load.__name__], set[str]()
    while waiting:
        name = waiting.pop()
        if name and name not in found:
            waiting.append(name.rpartition(".")[0])
            if name in known:
                found.add(name)
                waiting += [imported for imported in imports(name) if imported.startswith("bot.")]
    return {known[name] for name in found}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one module in every place that the stamp covers, two in its folders."""
    for name in (*STAMPED_MODULES, *(f"{folder}/one.py" for folder in STAMPED_FOLDERS)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("ROWS = 1\n", encoding="utf-8")
    return tmp_path


def test_every_module_that_a_load_imports_is_covered() -> None:
    covered = {PACKAGE / name for name in stamped_files(PACKAGE)}
    left_out = sorted(str(file.relative_to(PACKAGE)) for file in imported_by_a_load() - covered)
    assert left_out == [], "name their folders or them in bot.loading.startup.STAMPED_FOLDERS or STAMPED_MODULES"


@pytest.mark.parametrize("module", DECIDING, ids=lambda module: module.__name__)
def test_what_is_known_to_decide_rows_is_among_what_a_load_imports(module: ModuleType) -> None:
    assert Path(str(module.__file__)) in imported_by_a_load()


@pytest.mark.parametrize("folder", STAMPED_FOLDERS)
def test_every_folder_of_the_stamp_is_there(folder: str) -> None:
    assert any(name.startswith(f"{folder}/") for name in stamped_files(PACKAGE))


@pytest.mark.parametrize(
    "name", [f"{STAMPED_FOLDERS[0]}/below/deeper/one.py", f"{STAMPED_FOLDERS[-1]}/below/words.toml"]
)
def test_a_file_in_a_subfolder_changes_the_stamp(package: Path, name: str) -> None:
    before = stamp_of(package)
    (package / name).parent.mkdir(parents=True)
    (package / name).write_text("a = 1\n", encoding="utf-8")
    with_it = stamp_of(package)
    (package / name).write_text("a = 2\n", encoding="utf-8")
    changed = stamp_of(package)
    (package / name).rename((package / name).with_name("other.py"))
    assert len({before, with_it, changed, stamp_of(package)}) == 4


@pytest.mark.parametrize("name", STAMPED_MODULES)
def test_a_changed_module_changes_the_stamp(package: Path, name: str) -> None:
    before = stamp_of(package)
    (package / name).write_text("ROWS = 2\n", encoding="utf-8")
    assert stamp_of(package) != before


def test_what_no_load_imports_and_what_python_keeps_change_nothing(package: Path) -> None:
    before = stamp_of(package)
    for name in ("answers/race.py", f"{STAMPED_FOLDERS[0]}/__pycache__/one.cpython-311.pyc"):
        (package / name).parent.mkdir()
        (package / name).write_bytes(b"other")
    assert stamp_of(package) == before


def test_the_stamp_is_that_of_the_program_and_soon_there() -> None:
    began = time.thread_time()
    assert program_stamp.__wrapped__() == stamp_of(PACKAGE)
    assert time.thread_time() - began < SLOWEST_S
