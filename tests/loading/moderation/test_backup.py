"""What is kept outlives the archive's file, its schema and the program: backups, migrations, deriving anew."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import reading, writing
from bot.archive.models.core import Version
from bot.archive.queries.mistake_reports import report_mistake
from bot.errors import BotError
from bot.loading.load import fill
from bot.loading.moderation.backup import SAVED, backup, restore
from bot.loading.moderation.desk import DataDesk
from tests.conftest import SEEDS
from tests.support.databases import archive_at, both_engines, copy_at
from tests.support.moderation import ALLY, LAPS, OTHER_LAPS, PAGE, RECAP, contents, done, in_force, is_empty

pytestmark = both_engines


def keep_everything(engine: Engine) -> None:
    """Have everything kept that can be."""
    desk = DataDesk(engine, SEEDS, children=False)
    desk.reload("Ann")
    page = (SEEDS / PAGE).read_bytes().replace(LAPS, OTHER_LAPS)
    done(desk, desk.plan_upload("Ann", PAGE, page, ALLY, "race page").key)
    done(desk, desk.plan_removal("Ann", RECAP).key)
    done(desk, desk.plan_correction("Ann", ALLY, "cautions", "5", "counted “again”").key)
    done(desk, desk.plan_correction("Bob", ALLY, "cautions", "6", "and again").key)
    with writing(engine) as session:
        report_mistake(session, 1, "/race ally", PAGE, "wrong \u2014 very")
        report_mistake(session, 2, "/race ally", PAGE, "so")
    desk.close_mistake(2, "it is right")
    desk.count_unanswered("driver", "nobody")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataDesk]:
    """A desk at which everything that can be kept is kept."""
    engine = copy_at(tmp_path / "archive.db", keep_everything)
    yield DataDesk(engine, SEEDS, children=False)
    engine.dispose()


def kept(engine: Engine) -> dict[str, list[str]]:
    """Every row of what people entered."""
    with reading(engine) as session:
        return {
            str(model.__tablename__): sorted(
                repr(sorted(row.model_dump().items())) for row in session.exec(select(model))
            )
            for model in SAVED
        }


def test_a_backup_restored_elsewhere_loses_nothing(desk: DataDesk, tmp_path: Path) -> None:
    size = backup(desk.engine, tmp_path / "saved.gz")
    assert size == (tmp_path / "saved.gz").stat().st_size
    other = archive_at(tmp_path / "other.db")
    report = restore(other, tmp_path / "saved.gz", "Ann")
    assert len(report.races) == 2
    assert contents(other) == contents(desk.engine)
    expected, found = kept(desk.engine), kept(other)
    assert len(found["load_record"]) == len(expected["load_record"]) + 1
    found["load_record"] = [row for row in found["load_record"] if "Restored" not in row]
    assert found == expected
    assert DataDesk(other, SEEDS).log()[0].what == "Restored from saved.gz"
    other.dispose()


def test_a_restored_archive_can_be_rolled_back_to_before_it_was_saved(desk: DataDesk, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    other = DataDesk(archive_at(tmp_path / "other.db"), SEEDS, children=False)
    restore(other.engine, tmp_path / "saved.gz", "Ann")
    done(other, other.plan_roll_back("Ann", 2).key)
    done(desk, desk.plan_roll_back("Ann", 2).key)
    assert contents(other.engine) == contents(desk.engine)
    other.engine.dispose()


def test_a_restored_archive_takes_the_place_of_another(desk: DataDesk, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    before = contents(desk.engine)
    done(desk, desk.plan_roll_back("Ann", 1).key)
    plan = desk.plan_reload("Ann")
    report = restore(desk.engine, tmp_path / "saved.gz", "Ann")
    assert {one.what for one in report.documents} == {"added"}
    assert report.version == 7
    assert contents(desk.engine) == before
    assert desk.plans() == ()
    with pytest.raises(BotError, match="gone"):
        desk.apply(plan.key, "Ann")


NO_BACKUPS = {
    b"": "no backup",
    b"plain": "no backup",
    gzip.compress(b"plain"): "no backup",
    gzip.compress(b"[]"): "no backup that this version can read",
    gzip.compress(b'{"form": "another"}'): "no backup that this version can read",
    gzip.compress(b'{"form": "spotter backup 1"}'): "no backup that this version can read",
    gzip.compress(b'{"form": "spotter backup 1", "version": 1, "tables": {}}'): "nothing was changed",
}


def test_what_is_no_backup_changes_nothing(desk: DataDesk, tmp_path: Path) -> None:
    before = kept(desk.engine)
    for content, why in NO_BACKUPS.items():
        (tmp_path / "saved.gz").write_bytes(content)
        with pytest.raises(BotError, match=why):
            restore(desk.engine, tmp_path / "saved.gz", "Ann")
        assert kept(desk.engine) == before


def test_a_backup_with_rows_of_another_shape_changes_nothing(desk: DataDesk, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "saved.gz")
    told = json.loads(gzip.decompress((tmp_path / "saved.gz").read_bytes()))
    told["tables"]["correction"][0]["colour"] = "red"
    (tmp_path / "saved.gz").write_bytes(gzip.compress(json.dumps(told).encode()))
    before = kept(desk.engine)
    with pytest.raises(BotError, match="nothing was changed"):
        restore(desk.engine, tmp_path / "saved.gz", "Ann")
    assert kept(desk.engine) == before


def test_files_that_are_not_there_or_cannot_be_are_one_clear_line(desk: DataDesk, tmp_path: Path) -> None:
    with pytest.raises(BotError, match="There is no file"):
        restore(desk.engine, tmp_path / "nothing.gz", "Ann")
    with pytest.raises(BotError, match="cannot be written"):
        backup(desk.engine, tmp_path / "nowhere" / "saved.gz")


def test_another_schema_is_derived_anew_from_what_is_kept(desk: DataDesk, tmp_path: Path) -> None:
    before = contents(desk.engine)
    with writing(desk.engine) as session:
        session.get_one(Version, 1).schema_stamp = "an older one"
    desk.engine.dispose()
    engine = archive_at(tmp_path / "archive.db")
    assert is_empty(engine)
    report = fill(engine, tmp_path / "no folder is needed")
    assert report is not None
    assert report.version == 6
    assert contents(engine) == before
    assert fill(engine, tmp_path / "no folder is needed") is None
    engine.dispose()


def test_a_program_that_reads_otherwise_derives_anew(desk: DataDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(desk.engine)
    assert fill(desk.engine, SEEDS) is None
    for name in ("beginning", "workings", "history"):
        monkeypatch.setattr(f"bot.loading.{name}.program_stamp", lambda: "another")
    report = fill(desk.engine, SEEDS)
    assert report is not None
    assert report.races == ()
    after = contents(desk.engine)
    assert {name for name in before if before[name] != after[name]} == {"race_workings"}


def test_a_document_that_the_program_reads_no_more_stays_held(desk: DataDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    held = in_force(desk.engine)
    before = contents(desk.engine)
    with monkeypatch.context() as other:
        other.setattr("bot.documents.registry.FORMATS", ())
        for name in ("beginning", "workings", "history"):
            other.setattr(f"bot.loading.{name}.program_stamp", lambda: "another")
        report = fill(desk.engine, SEEDS)
        assert report is not None
        assert len(report.rejected) == 4 - 1
        assert contents(desk.engine)["race"] == []
        assert in_force(desk.engine) == held
    fill(desk.engine, SEEDS)
    assert contents(desk.engine) == before
