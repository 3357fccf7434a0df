"""What is kept outlives the archive's file, its schema and the program: backups, migrations, deriving anew."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Version
from bot.archive.preferences import changes as preferences
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.archive.queries.unanswered import count_unanswered
from bot.errors import BotError
from bot.loading.load import run_startup_action
from bot.loading.moderation.backup import BACKUP_MODELS, backup, restore
from bot.loading.moderation.operations import Operations
from tests.support.databases import archive_at, archive_copy_at, both_engines
from tests.support.moderation import (
    ALLY,
    LAPS_CELLS,
    OTHER_LAPS_CELLS,
    PAGE,
    RECAP,
    active_documents,
    apply_plan,
    derived_rows,
    is_empty,
)
from tests.support.paths import SEEDS

pytestmark = [both_engines, pytest.mark.slow]


def keep_everything(engine: Engine) -> None:
    """Have everything kept that can be."""
    desk = Operations(engine, SEEDS)
    desk.reload("Ann")
    page = (SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS)
    apply_plan(desk, desk.plan_upload("Ann", PAGE, page, ALLY, "race page").key)
    apply_plan(desk, desk.plan_removal("Ann", RECAP).key)
    apply_plan(desk, desk.plan_correction("Ann", ALLY, "cautions", "5", "counted “again”").key)
    apply_plan(desk, desk.plan_correction("Bob", ALLY, "cautions", "6", "and again").key)
    with write_session(engine) as session:
        save_mistake_report(session, 1, "/race ally", PAGE, "wrong \u2014 very")
        save_mistake_report(session, 2, "/race ally", PAGE, "so")
    desk.close_mistake(2, "it is right")
    with write_session(desk.engine) as session:
        count_unanswered(session, "driver", "nobody")
        choice = preferences.AnnouncementChoice(100, frozenset({"next", "result"}), 900)
        preferences.save_announcements(session, 10, choice)
        preferences.save_channel_rules(session, 10, 100, 24, "private")
        preferences.save_person_spoilers(session, 7, 72)
        preferences.note_removed(session, 10, datetime(2026, 11, 27, 19, 30, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Operations]:
    """A desk at which everything that can be kept is kept."""
    engine = archive_copy_at(tmp_path / "archive.db", keep_everything)
    yield Operations(engine, SEEDS)
    engine.dispose()


def kept(engine: Engine) -> dict[str, list[str]]:
    """Every row of what people entered."""
    with read_session(engine) as session:
        return {
            str(model.__tablename__): sorted(
                repr(sorted(row.model_dump().items())) for row in session.exec(select(model))
            )
            for model in BACKUP_MODELS
        }


def test_a_backup_restored_elsewhere_loses_nothing(desk: Operations, tmp_path: Path) -> None:
    size = backup(desk.engine, tmp_path / "saved.gz")
    assert size == (tmp_path / "saved.gz").stat().st_size
    other = archive_at(tmp_path / "other.db")
    report = restore(other, tmp_path / "saved.gz", "Ann")
    assert len(report.races) == 10  # two of stories and pages, eight of the article about a season
    assert derived_rows(other) == derived_rows(desk.engine)
    expected, found = kept(desk.engine), kept(other)
    assert len(found["load_record"]) == len(expected["load_record"]) + 1
    found["load_record"] = [row for row in found["load_record"] if "Restored" not in row]
    assert found == expected
    assert Operations(other, SEEDS).load_log()[0].what == "Restored from saved.gz"
    other.dispose()


def test_a_restored_archive_can_be_rolled_back_to_before_it_was_saved(desk: Operations, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    other = Operations(archive_at(tmp_path / "other.db"), SEEDS)
    restore(other.engine, tmp_path / "saved.gz", "Ann")
    apply_plan(other, other.plan_roll_back("Ann", 2).key)
    apply_plan(desk, desk.plan_roll_back("Ann", 2).key)
    assert derived_rows(other.engine) == derived_rows(desk.engine)
    other.engine.dispose()


def test_a_restored_archive_takes_the_place_of_another(desk: Operations, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    before = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_roll_back("Ann", 1).key)
    plan = desk.plan_reload("Ann")
    report = restore(desk.engine, tmp_path / "saved.gz", "Ann")
    assert {one.what for one in report.documents} == {"added"}
    assert report.version == 7
    assert derived_rows(desk.engine) == before
    assert desk.plans() == ()
    with pytest.raises(BotError, match="gone"):
        desk.apply(plan.key, "Ann")


def test_a_restore_needs_nothing_of_an_archive_that_another_version_has_derived(
    desk: Operations, tmp_path: Path
) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    before = derived_rows(desk.engine)
    with write_session(desk.engine) as session:
        session.get_one(Version, 1).schema_stamp = "an older one"
    restore(desk.engine, tmp_path / "saved.gz", "Ann")
    assert derived_rows(desk.engine) == before
    assert run_startup_action(desk.engine, tmp_path / "no folder is needed") is None


NO_BACKUPS = {
    b"": "no backup",
    b"plain": "no backup",
    gzip.compress(b"plain"): "no backup",
    gzip.compress(b"[]"): "no backup that this version can read",
    gzip.compress(b'{"form": "another"}'): "no backup that this version can read",
    gzip.compress(b'{"form": "spotter backup 1"}'): "no backup that this version can read",
    gzip.compress(b'{"form": "spotter backup 1", "version": 1, "tables": {}}'): "nothing was changed",
}


def test_what_is_no_backup_changes_nothing(desk: Operations, tmp_path: Path) -> None:
    before = kept(desk.engine)
    for content, why in NO_BACKUPS.items():
        (tmp_path / "saved.gz").write_bytes(content)
        with pytest.raises(BotError, match=why):
            restore(desk.engine, tmp_path / "saved.gz", "Ann")
        assert kept(desk.engine) == before


def test_a_backup_with_rows_of_another_shape_changes_nothing(desk: Operations, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    told = json.loads(gzip.decompress((tmp_path / "saved.gz").read_bytes()))
    told["tables"]["correction"][0]["colour"] = "red"
    (tmp_path / "saved.gz").write_bytes(gzip.compress(json.dumps(told).encode()))
    before = kept(desk.engine)
    with pytest.raises(BotError, match="nothing was changed"):
        restore(desk.engine, tmp_path / "saved.gz", "Ann")
    assert kept(desk.engine) == before


def test_files_that_are_not_there_or_cannot_be_are_one_clear_line(desk: Operations, tmp_path: Path) -> None:
    with pytest.raises(BotError, match="There is no file"):
        restore(desk.engine, tmp_path / "nothing.gz", "Ann")
    with pytest.raises(BotError, match="cannot be written"):
        backup(desk.engine, tmp_path / "nowhere" / "saved.gz")


def test_another_schema_is_derived_anew_from_what_is_kept(desk: Operations, tmp_path: Path) -> None:
    before = derived_rows(desk.engine)
    with write_session(desk.engine) as session:
        session.get_one(Version, 1).schema_stamp = "an older one"
    desk.engine.dispose()
    engine = archive_at(tmp_path / "archive.db")
    assert is_empty(engine)
    report = run_startup_action(engine, tmp_path / "no folder is needed")
    assert report is not None
    assert report.version == 6
    assert derived_rows(engine) == before
    assert run_startup_action(engine, tmp_path / "no folder is needed") is None
    engine.dispose()


def test_a_program_that_reads_otherwise_derives_anew(desk: Operations, monkeypatch: pytest.MonkeyPatch) -> None:
    before = derived_rows(desk.engine)
    assert run_startup_action(desk.engine, SEEDS) is None
    for name in ("startup", "state.build_cache", "read.history_file"):
        monkeypatch.setattr(f"bot.loading.{name}.program_stamp", lambda: "another")
    report = run_startup_action(desk.engine, SEEDS)
    assert report is not None
    assert report.races == ()
    after = derived_rows(desk.engine)
    assert {name for name in before if before[name] != after[name]} == {"race_workings"}


def test_a_document_that_the_program_reads_no_more_stays_held(
    desk: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = active_documents(desk.engine)
    before = derived_rows(desk.engine)
    with monkeypatch.context() as other:
        other.setattr("bot.loading.read.recent_readings.BIGGEST_CHARACTERS", 0)  # that program has read nothing yet
        for name in ("reader", "history_file"):
            other.setattr(f"bot.loading.read.{name}.FORMATS", ())
        for name in ("startup", "state.build_cache", "read.history_file"):
            other.setattr(f"bot.loading.{name}.program_stamp", lambda: "another")
        report = run_startup_action(desk.engine, SEEDS)
        assert report is not None
        assert len(report.rejected) == len(list(SEEDS.iterdir())) - 2  # the catalogue is read, and one more
        assert derived_rows(desk.engine)["race"] == []
        assert active_documents(desk.engine) == held
    run_startup_action(desk.engine, SEEDS)
    assert derived_rows(desk.engine) == before
