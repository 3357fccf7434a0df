"""How the database is opened, and what readers see while somebody writes."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from bot.archive.db.engine import open_archive, read_session, schema_stamp, write_session
from bot.archive.models.core import Race, Version
from bot.errors import ArchiveUnusable, LoadUnderWay
from tests.support.databases import archive_at, both_engines

pytestmark = both_engines


def test_a_new_archive_has_data_version_zero_and_no_races(archive: Engine) -> None:
    with read_session(archive) as session:
        assert session.get_one(Version, 1).number == 0
        assert session.exec(select(Race)).all() == []


def test_a_reader_keeps_its_snapshot_while_another_commits(archive: Engine) -> None:
    with read_session(archive) as reader:
        assert reader.exec(select(Race)).all() == []
        with write_session(archive) as writer:
            writer.add(Race(key="cup-2023-17", season=2023))
        assert reader.exec(select(Race)).all() == []
    with read_session(archive) as reader:
        assert [race.key for race in reader.exec(select(Race))] == ["cup-2023-17"]


def test_a_transaction_that_fails_leaves_nothing_behind(archive: Engine) -> None:
    def fail_after_adding() -> None:
        with write_session(archive) as session:
            session.add(Race(key="cup-2023-17", season=2023))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_after_adding()
    with read_session(archive) as session:
        assert session.exec(select(Race)).all() == []


@pytest.mark.short_lock_wait
def test_a_second_writer_is_told_that_a_load_is_under_way(archive: Engine) -> None:
    began, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with write_session(archive):
            began.set()
            ended.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    began.wait(10)
    try:
        with pytest.raises(LoadUnderWay, match="Try again"), write_session(archive):
            pass
    finally:
        ended.set()
        holder.join()


def test_the_tables_refuse_what_no_race_has(archive: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)check constraint"), write_session(archive) as session:
        session.add(Race(key="cup-2023-0", season=2023, round=0))


def test_another_schema_of_an_archive_never_loaded_is_made_new_and_keeps_the_version(tmp_path: Path) -> None:
    engine = archive_at(tmp_path / "archive.db")
    with write_session(engine) as session:
        session.add(Race(key="cup-2023-17", season=2023))
        version = session.get_one(Version, 1)
        version.number, version.schema_stamp = 7, "an older one"
    engine.dispose()
    engine = archive_at(tmp_path / "archive.db")
    with read_session(engine) as session:
        version = session.get_one(Version, 1)
        assert (version.number, version.schema_stamp, version.loaded_at) == (7, schema_stamp(), None)
        assert session.exec(select(Race)).all() == []
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["nonsense", "sqlite:////no/such/folder/at/all/archive.db", "oracle9://host/archive"],
)
def test_a_database_that_cannot_be_opened_is_one_clear_line(url: str) -> None:
    with pytest.raises(ArchiveUnusable) as caught:
        open_archive(url)
    assert "DATABASE_URL" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("This is not a database, it is a note. " * 50)
    with pytest.raises(ArchiveUnusable, match="not a database"):
        open_archive(f"sqlite:///{tmp_path / 'notes.db'}")


def test_a_database_that_breaks_while_read_is_one_clear_line(archive: Engine) -> None:
    with write_session(archive) as session:
        session.connection().execute(text("DROP TABLE version"))
    with pytest.raises(ArchiveUnusable, match=r"no such table|does not exist"), read_session(archive) as session:
        session.get(Version, 1)


def test_what_nobody_can_have_meant_is_no_fault_of_the_database(archive: Engine) -> None:
    """Characters that nobody sees are not kept everywhere, and a season may be typed with twelve digits."""
    with write_session(archive) as session:
        session.add(Race(key="cup-2023-17", season=2023, name="Al\0ly"))
    with read_session(archive) as session:
        assert session.exec(select(Race).where(Race.season == 202_320_232_023)).all() == []
        assert [(race.name or "").replace("\0", "") for race in session.exec(select(Race))] == ["Ally"]


@pytest.mark.parametrize(
    "password", ["pass@word", "pa/ss", "pa?ss", "pa#ss", "pa:ss", "4@/5", "@", "secret/with@two"], ids=str
)
def test_no_part_of_a_password_is_ever_printed(password: str) -> None:
    with pytest.raises(ArchiveUnusable, match=r"@ as %40") as caught:
        open_archive(f"postgresql+psycopg://spotter:{password}@127.0.0.1:1/name")
    assert password not in str(caught.value).replace("@ as %40, / as %2F, ? as %3F, # as %23, : as %3A", "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://spotter:hush@127.0.0.1:1/name",
        "postgresql+psycopg://spotter@127.0.0.1:1/name?password=hush",
        "postgresql+psycopg://spotter:hush@127.0.0.1:port/name",
        "postgresql+psycopg://127.0.0.1:hush/name",
        "mysql://spotter:hush@127.0.0.1/name",
    ],
)
def test_an_address_that_fails_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ArchiveUnusable) as caught:
        open_archive(url)
    assert "hush" not in str(caught.value)
