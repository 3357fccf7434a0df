"""What people entered comes up from every earlier schema, with data in it, on both kinds of database."""

import hashlib
import shutil
import subprocess
import sys
import threading
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlmodel import Session, SQLModel, select

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import open_archive, read_session, write_session
from bot.archive.db.migrate import NEWEST_STEP, alembic_config, upgrade
from bot.archive.db.schema import current_schema, schema_stamp
from bot.archive.models.core import DERIVED_TABLES, USER_TABLES, Race, Version
from bot.archive.models.user_data import ActiveDocumentRecord, DocumentText, MistakeReport
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.errors import ArchiveUnusable
from bot.loading.load import load, run_startup_action
from bot.loading.moderation.operations import Operations
from tests.support.databases import archive_at, both_engines, empty_url_at, seed_archive_at
from tests.support.moderation import RECAP, active_documents, apply_plan, derived_rows
from tests.support.paths import ROOT, SEEDS

pytestmark = both_engines

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC).replace(tzinfo=None)
MARKS = "alembic_version"
ANN_ID = 20
# What was stored of a person and a card before the digest had a key.
DIGEST_OF_ANN = hashlib.blake2b(f"{ANN_ID}\0/race".encode(), digest_size=16).hexdigest()


def put(connection: Connection, statement: str, **values: object) -> None:
    # Bound by their types, as the program's own rows are: sqlite3 itself is about to forget how to keep a moment.
    connection.execute(text(statement).bindparams(**values))


def fill_first(connection: Connection) -> None:
    """What the first schema held: the version, a document loaded under two names, and derived rows of its own."""
    put(connection, "INSERT INTO version VALUES (1, 5, 'the first', :at)", at=NOW)
    lines = "\n".join((SEEDS / RECAP).read_text("utf-8").splitlines())
    for name in (RECAP, "again.txt"):
        content = zlib.compress(lines.encode())
        put(connection, "INSERT INTO stored_document VALUES (:name, 'd', :content)", name=name, content=content)
    put(connection, "CREATE TABLE race (key VARCHAR(99) PRIMARY KEY, title VARCHAR(99))")
    put(connection, "INSERT INTO race VALUES ('old', 'of another shape')")


def fill_mistakes(connection: Connection) -> None:
    into = "INSERT INTO mistake_report (fingerprint, question, sources, words, made_at, state) VALUES "
    for one, state in ((DIGEST_OF_ANN, "open"), ("g", "closed")):
        put(connection, f"{into} (:f, '/race', 's', 'wrong', :at, :state)", f=one, at=NOW, state=state)


def fill_desk(connection: Connection) -> None:
    into = "INSERT INTO correction (race, what, old, value, reason, by, at, in_force) VALUES "
    put(connection, f"{into} ('cup-2023-17', 'date', 'x', '2023-06-24', 'so', 'Ann', :at, :yes)", at=NOW, yes=True)
    put(connection, "INSERT INTO unanswered VALUES ('driver', 'nobody', 3)")
    nothing = zlib.compress(b"{}")
    put(connection, "INSERT INTO load_record VALUES (5, :at, 'Ann', 'a reload', :b, :b)", at=NOW, b=nothing)


FILLS = (("r1", fill_first), ("r2", fill_mistakes), ("r3", fill_desk))


def of_schema(engine: Engine, step: str, *, marked: bool) -> None:
    """Make the kept tables as they were at a step, with data entered at each step on the way."""
    for name, enter in FILLS:
        with engine.begin() as connection:
            upgrade(connection, name)
            enter(connection)
        if name == step:
            break
    if not marked:
        with engine.begin() as connection:
            put(connection, f"DROP TABLE {MARKS}")


@pytest.mark.parametrize("marked", [False, True], ids=["before there were marks", "marked"])
@pytest.mark.parametrize("step", ["r1", "r2", "r3"])
def test_data_of_every_earlier_schema_is_kept(tmp_path: Path, step: str, marked: bool) -> None:
    engine = create_engine(empty_url_at(tmp_path / "archive.db"))
    of_schema(engine, step, marked=marked)
    engine.dispose()
    archive = archive_at(tmp_path / "archive.db")
    run_startup_action(archive, tmp_path / "no folder is needed")
    desk = Operations(archive, SEEDS)
    assert [row.name for row in desk.active_documents()] == ["again.txt", RECAP]
    assert desk.text_around(RECAP, 1)[0][1] == (SEEDS / RECAP).read_text("utf-8").splitlines()[0]
    with read_session(archive) as session:
        assert session.get_one(Version, 1).number > 5
        assert len(session.exec(select(DocumentText)).all()) == 1
        assert "old" not in session.exec(select(Race.key)).all()
        mistakes = {row.fingerprint: (row.state, row.answer) for row in session.exec(select(MistakeReport))}
    assert sorted(mistakes.values()) == ([] if step == "r1" else [("closed", ""), ("open", "")])
    assert not {DIGEST_OF_ANN, "g"} & mistakes.keys(), "what could be found out by trying all ids is keyed"
    with write_session(archive) as session:
        assert save_mistake_report(session, ANN_ID, "/race", "s", "still wrong") is (step == "r1")
    assert [row.value for row in desk.corrections()] == (["2023-06-24"] if step == "r3" else [])
    assert [row.count for row in desk.unanswered()] == ([3] if step == "r3" else [])
    assert desk.reload("Ann").version > 6
    archive.dispose()


def test_tables_of_a_newer_program_are_one_clear_line_and_stay_as_they_are(archive: Engine, tmp_path: Path) -> None:
    with write_session(archive) as session:
        put(session.connection(), f"UPDATE {MARKS} SET version_num = 'r99'")
    with pytest.raises(ArchiveUnusable, match=r"newer version of Spotter \(step r99; .*restore a backup") as caught:
        open_archive(archive.url.render_as_string(hide_password=False))
    assert "\n" not in str(caught.value)
    with archive.connect() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {MARKS}")).scalars().all() == ["r99"]


def test_the_steps_end_in_the_tables_of_the_program(archive: Engine) -> None:
    kept = {str(model.__tablename__) for model in USER_TABLES}
    plain = create_engine(archive.url)  # ours gives whole numbers as large ones
    with plain.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in kept}
        )
        changes = compare_metadata(context, SQLModel.metadata)
    plain.dispose()
    told = [str(one) for one in changes if not of_derived(one)]
    assert told == []


def of_derived(change: object) -> bool:
    """Whether a difference is only that derived tables were not looked at."""
    derived = {str(model.__tablename__) for model in DERIVED_TABLES}
    return (
        isinstance(change, tuple)
        and change[0] in {"add_table", "add_index"}
        and str(getattr(change[1], "table", change[1])) in derived
    )


def test_the_last_step_is_the_one_the_program_knows() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST_STEP


def test_texts_are_ordered_by_their_bytes(archive: Engine) -> None:
    names = ["ä", "b", "B", "a b", "ab", "_", "É", "e"]
    with write_session(archive) as session:
        for name in names:
            session.add(Race(key=name))
            session.add(DocumentText(digest=name, size=0, content=b""))
    expected = sorted(names, key=str.encode)
    with read_session(archive) as session:
        assert list(session.exec(select(Race.key).order_by(Race.key))) == expected
        assert list(session.exec(select(DocumentText.digest).order_by(DocumentText.digest))) == expected


def older(engine: Engine) -> None:
    """Make the archive one that another version of the program has derived."""
    with write_session(engine) as session:
        session.get_one(Version, 1).schema_stamp = "an older one"
        connection = session.connection()
        for table in ("spelling", "series"):
            if inspect(connection).has_table(table):
                put(connection, f"ALTER TABLE {table} ADD COLUMN shown INTEGER")


def test_others_answer_from_the_old_tables_until_the_new_ones_are_filled(tmp_path: Path) -> None:
    engine = seed_archive_at(tmp_path / "archive.db")
    before, held = derived_rows(engine), active_documents(engine)
    older(engine)
    seen: list[int] = []

    def look() -> None:
        with Session(engine) as other:
            seen.append(len(other.connection().execute(text("SELECT shown FROM spelling")).all()))

    with write_session(engine) as session, current_schema(session, rebuild=True):
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(10)
        assert seen == [len(before["spelling"])]
        assert session.exec(select(Race)).all() == []
        session.add(Race(key="cup-2023-17"))
    with read_session(engine) as session:
        assert session.get_one(Version, 1).schema_stamp == schema_stamp()
        assert list(session.exec(select(Race.key))) == ["cup-2023-17"]
        assert "shown" not in {one["name"] for one in inspect(session.connection()).get_columns("spelling")}
    assert active_documents(engine) == held
    engine.dispose()


def test_an_archive_of_another_schema_is_derived_anew_by_a_start_and_by_nobody_else(tmp_path: Path) -> None:
    engine = seed_archive_at(tmp_path / "archive.db")
    before = derived_rows(engine)
    older(engine)
    asking, managing = QuestionRunner(engine), Operations(engine, SEEDS)
    for refused in (
        lambda: asking.ask(lambda _: None),
        lambda: managing.reload("Ann"),
        lambda: load(engine, SEEDS, dry_run=True),
    ):
        with pytest.raises(ArchiveUnusable, match="being rebuilt"):
            refused()
    again = archive_at(tmp_path / "archive.db")
    report = run_startup_action(again, tmp_path / "no folder is needed")
    assert report is not None
    assert report.version == 2
    assert derived_rows(engine) == before
    assert asking.ask(lambda reader: reader.names.version) == 2
    apply_plan(managing, managing.plan_removal("Ann", RECAP).key)
    again.dispose()
    engine.dispose()


def test_a_rebuild_that_fails_leaves_the_old_tables(tmp_path: Path) -> None:
    engine = seed_archive_at(tmp_path / "archive.db")
    before = derived_rows(engine)
    older(engine)

    def fail() -> None:
        with write_session(engine) as session, current_schema(session, rebuild=True):
            session.add(ActiveDocumentRecord(name="x", digest="no such text", origin="folder", by="Ann", at=NOW))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with Session(engine) as session:
        assert len(session.exec(select(Race)).all()) == len(before["race"])
    engine.dispose()


def test_several_open_an_empty_database_at_once(tmp_path: Path) -> None:
    address, opened = empty_url_at(tmp_path / "archive.db"), []
    threads = [threading.Thread(target=lambda: opened.append(open_archive(address))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for engine in opened:
        with read_session(engine) as session:
            assert session.get_one(Version, 1).number == 0
        engine.dispose()


@pytest.mark.slow
def test_the_steps_are_found_where_the_program_is_installed(tmp_path: Path, database_kind: str) -> None:
    """From the folder of packages, started anywhere, without a file of settings for Alembic."""
    if database_kind != "sqlite":
        pytest.skip("which files are installed has nothing to do with the database")
    source, target = tmp_path / "source", tmp_path / "site"
    for name in ("bot", "cogs", "seeds"):
        shutil.copytree(ROOT / name, source / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*install, "--target", str(target), str(source)], check=True)
    program = "from bot.archive.db import engine; engine.open_archive('sqlite:///a.db'); print(engine.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(target)}, capture_output=True, check=True
    )
    assert run.stdout.split() == [b"bot.archive.db.engine"]
    assert (target / "bot" / "archive" / "db" / "migrations" / "versions" / "r1_documents.py").is_file()
