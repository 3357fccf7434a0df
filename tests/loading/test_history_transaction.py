"""A load of a history is done wholly or not at all: where it fails, or is killed, the archive is as it was before."""

import gzip
import random
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.archive.db.engine import open_archive, read_session
from bot.loading.load import load, run_startup_action
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.moderation import Moderation
from bot.loading.moderation.operations import Operations
from bot.loading.report import HistoryChanges
from tests.integration.test_kill import killed, whole
from tests.support.databases import archive_at
from tests.support.history_files import csv_text, field_rows, race_rows, write_histories
from tests.support.moderation import derived_rows

SHORT = field_rows("Daniel Suarez", "Ann Ash", "Bea Birch")
LONG = [one for season in range(1990, 2000) for number in range(1, 16) for one in race_rows(season, number)]
RESULTS = "series,season,round,race,position,car,driver\ncup,2018,3,Sponsor 400,1,1,Daniel Suárez\n"
STEPS = (
    "delete_races",
    "apply_spelling_changes",
    "write_history_races",
    "bulk_insert_models",
    "count_tallies",
    "write_tallies",
    "write_names",
    "write_history_cache",
    "to_json",
)


def schema_of(engine: Engine) -> list[str]:
    """Every table and index there is."""
    with read_session(engine) as session:
        found = session.connection().execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"))
        return [str(sql) for (sql,) in found]


@pytest.fixture
def loaded(archive: Engine, tmp_path: Path) -> Engine:
    """An archive of one short history, the only document of its folder."""
    load(archive, write_histories(tmp_path / "documents", cup_series=SHORT))
    return archive


def change_everything(folder: Path) -> None:
    """Every race of the history changes, a thousand rows come, and a page spells a name otherwise."""
    write_histories(folder, cup_series=[{**one, "Laps": 99} for one in SHORT], nxs_series=LONG)
    (folder / "results.csv").write_text(RESULTS, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_load_that_fails_at_any_step_leaves_the_old_archive(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, schema = derived_rows(loaded), schema_of(loaded)
    change_everything(tmp_path / "documents")

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"bot.loading.write.write.{step}", power_cut)
        with pytest.raises(KeyboardInterrupt):
            load(loaded, tmp_path / "documents")
    assert (derived_rows(loaded), schema_of(loaded)) == (before, schema)
    assert load(loaded, tmp_path / "documents").version == 2
    assert schema_of(loaded) == schema


def test_indexes_that_are_left_out_while_rows_come_are_there_afterwards(archive: Engine, tmp_path: Path) -> None:
    schema = schema_of(archive)
    load(archive, write_histories(tmp_path / "documents", cup_series=LONG))
    assert schema_of(archive) == schema
    assert sum("CREATE INDEX session_row_driver" in one for one in schema) == 1


def test_a_row_that_breaks_a_law_of_its_table_stops_the_whole_load(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form keeps such rows out; if it ever does not, the database does."""
    before = derived_rows(loaded)
    write_histories(tmp_path / "documents", cup_series=LONG)
    monkeypatch.setattr("bot.loading.build.history_rows.session_rank", lambda _: None)
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        load(loaded, tmp_path / "documents")
    assert derived_rows(loaded) == before


def started(database: Path, folder: Path) -> None:
    """Do with an archive what a start does."""
    run_startup_action(open_archive(f"sqlite:///{database}"), folder)


@pytest.mark.slow
@pytest.mark.xdist_group("loads")
def test_a_first_load_that_is_killed_begins_anew(tmp_path: Path) -> None:
    folder = write_histories(tmp_path / "documents", cup_series=LONG, truck_series=SHORT)
    database, chance = tmp_path / "archive.db", random.Random(6)
    took = killed(partial(started, tmp_path / "expected.db", folder), None)
    expected = archive_at(tmp_path / "expected.db")
    assert len(derived_rows(expected)["race"]) == len(LONG) // 5 + 1
    for _ in range(2):
        killed(partial(started, database, folder), chance.uniform(0, took))
        if database.exists():
            whole(database)
        engine = archive_at(database)
        assert derived_rows(engine)["session_row"] in ([], derived_rows(expected)["session_row"])
        run_startup_action(engine, folder)
        assert derived_rows(engine) == derived_rows(expected)
        assert schema_of(engine) == schema_of(expected)
        engine.dispose()
        for file in tmp_path.glob("archive.db*"):
            file.unlink()
    expected.dispose()


@pytest.mark.slow
@pytest.mark.xdist_group("loads")
def test_a_big_history_is_loaded_by_a_process_of_its_own_as_it_would_be_here(tmp_path: Path) -> None:
    folder = write_histories(tmp_path / "documents")
    desk = Moderation(archive_at(tmp_path / "archive.db"), folder, LoadLimits(folder_bytes=1_000))
    plan = desk.plan_upload("Ann", "cup_series.csv.gz", gzip.compress(csv_text(LONG).encode()))
    assert plan.report.histories == (HistoryChanges("cup_series.csv", len(LONG) // 5, 0, 0),)
    assert desk.apply(plan.key, "Ann").histories == plan.report.histories
    expected = archive_at(tmp_path / "expected.db")
    here = Operations(expected, folder)
    here.apply(here.plan_upload("Ann", "cup_series.csv", csv_text(LONG).encode()).key, "Ann")
    assert derived_rows(desk.engine) == derived_rows(expected)
    desk.engine.dispose()
    expected.dispose()
