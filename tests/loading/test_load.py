"""Folders of documents into archives: whole or not at all, the same whatever the order, and reported cell by cell."""

import itertools
import random
import shutil
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import col, select

from bot.answers.context import QueryContext, QuestionRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import FactRecord, Race, Source, Version
from bot.errors import ArchiveUnusable, BadDocument, LoadUnderWay
from bot.loading.checks.coverage import archive_coverage
from bot.loading.load import load
from bot.loading.read.folder import decode, list_folder, read_folder
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from tests.support.databases import archive_at, both_engines, url_at
from tests.support.moderation import derived_rows, is_empty, out_of_order

pytestmark = both_engines

PAGE = "ally-400-race-page.txt"


def change(folder: Path, old: str, new: str, document: str = PAGE) -> None:
    path = folder / document
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def break_order(folder: Path) -> None:
    """Make the results of the race page contradict each other."""
    (folder / PAGE).write_bytes(out_of_order((folder / PAGE).read_bytes()))


def test_a_first_load_fills_the_archive_and_says_so(archive: Engine, documents: Path) -> None:
    assert is_empty(archive)
    report = load(archive, documents)
    assert not is_empty(archive)
    assert (report.version, report.rejected, report.unchanged) == (1, (), False)
    assert {one.what for one in report.documents} == {"added"}
    assert len(report.documents) == 6
    # The eight races of 1949 are told by their winners alone.
    assert sorted(one.added > 50 for one in report.races) == [*[False] * 8, True, True]


def test_the_same_folder_again_changes_nothing(filled: Engine, documents: Path) -> None:
    before = derived_rows(filled)
    report = load(filled, documents)
    assert (report.unchanged, report.version) == (True, 1)
    assert derived_rows(filled) == before


def test_a_dry_run_reports_and_writes_nothing(archive: Engine, documents: Path) -> None:
    report = load(archive, documents, dry_run=True)
    assert report.dry_run
    assert len(report.races) == 10
    assert is_empty(archive)
    assert derived_rows(archive)["race"] == []


def test_a_changed_cell_is_reported_old_and_new(filled: Engine, documents: Path) -> None:
    change(documents, "| 146 | 1 |", "| 147 | 1 |")
    report = load(filled, documents)
    (race,) = report.races
    assert [(one.where, one.old, one.new) for one in race.changed] == [("race: Ryan Blaney: laps", "146", "147")]
    assert (race.added, race.removed, report.version) == (0, 0, 2)


def test_a_new_disagreement_is_counted(filled: Engine, documents: Path) -> None:
    change(documents, "- Fulldate: 2023-06-25", "- Fulldate: 2023-06-24")
    (race,) = load(filled, documents).races
    assert race.new_conflicts >= 1


def test_a_removed_document_takes_its_facts_along(filled: Engine, documents: Path) -> None:
    (documents / "daytona-recap.txt").unlink()
    report = load(filled, documents)
    assert [(one.document, one.what) for one in report.documents] == [("daytona-recap.txt", "removed")]
    with read_session(filled) as session:
        keys = set(session.exec(select(Race.key)))
        assert keys == {"cup-2023-17", *(f"cup-1949-{number}" for number in range(1, 9))}


def test_a_broken_document_is_rejected_whole_and_its_last_good_version_stays(filled: Engine, documents: Path) -> None:
    before = derived_rows(filled)
    break_order(documents)
    report = load(filled, documents)
    (line,) = report.rejected
    assert line.startswith(f"{PAGE}:")
    assert report.kept == (PAGE,)
    assert report.unchanged
    assert derived_rows(filled) == before


def test_what_cannot_be_read_is_named_with_its_line_and_shown_in_its_words(archive: Engine, documents: Path) -> None:
    change(documents, "- Most Laps: 99", "- Most Laps: most of them")
    change(documents, "| 2 | 6 | 19 |", "| 2 | six or so | 19 |")
    report = load(archive, documents)
    assert report.rejected == ()
    assert report.unread == (
        f"{PAGE}:21: Infobox: Most Laps: most of them",
        f"{PAGE}:182: Final Stage results: Martin Truex Jr.: Grid “six or so”",
    )
    with read_session(archive) as session:
        fact = session.get_one(FactRecord, ("cup-2023-17", "most_laps_led"))
    assert (fact.value, fact.number) == ("most of them", None)


def test_a_broken_document_does_not_keep_the_others_out(archive: Engine, documents: Path) -> None:
    break_order(documents)
    report = load(archive, documents)
    assert len(report.rejected) == 1
    with read_session(archive) as session:
        assert "nxs-2023-24" in set(session.exec(select(Race.key)))


def test_a_broken_catalogue_is_rejected_and_the_documents_still_load(archive: Engine, documents: Path) -> None:
    (documents / "catalogue.toml").write_text("not = [toml", encoding="utf-8")
    report = load(archive, documents)
    assert [line.split(":")[0] for line in report.rejected] == ["catalogue.toml"]
    with read_session(archive) as session:
        unnamed = session.get(Race, "told-in-daytona-recap")
        assert unnamed is not None
        assert unnamed.name is None


def test_a_document_mended_again_gives_the_first_archive_back(filled: Engine, documents: Path) -> None:
    before = derived_rows(filled)
    change(documents, "| 146 | 1 |", "| 147 | 1 |")
    load(filled, documents)
    assert derived_rows(filled) != before
    change(documents, "| 147 | 1 |", "| 146 | 1 |")
    load(filled, documents)
    assert derived_rows(filled) == before


@pytest.mark.slow
def test_documents_in_any_order_make_the_same_archive(filled: Engine, documents: Path, tmp_path: Path) -> None:
    expected = derived_rows(filled)
    names = sorted(path.name for path in documents.iterdir())
    orders = list(itertools.permutations(names))
    for number, order in enumerate(random.Random(17).sample(orders, 4)):
        engine = archive_at(tmp_path / f"{number}.db")
        folder = tmp_path / f"folder-{number}"
        folder.mkdir()
        for name in order:
            shutil.copy(documents / name, folder / name)
            load(engine, folder)
        assert derived_rows(engine) == expected
        engine.dispose()


def test_a_load_that_fails_half_way_leaves_the_old_archive(
    filled: Engine, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = derived_rows(filled)
    change(documents, "| 146 | 1 |", "| 147 | 1 |")

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.loading.write.write.bulk_insert_models", power_cut)
    with pytest.raises(KeyboardInterrupt):
        load(filled, documents)
    assert derived_rows(filled) == before
    with read_session(filled) as session:
        assert session.get_one(Version, 1).number == 1


@pytest.mark.slow
def test_a_card_asked_while_a_load_commits_is_wholly_old_or_wholly_new(filled: Engine, documents: Path) -> None:
    """Two facts that every load changes together are never seen apart."""
    desk = QuestionRunner(filled)

    def both(reader: QueryContext) -> tuple[int, str, str]:
        def value(field: str) -> str:
            found = select(FactRecord.value).where(FactRecord.race == "cup-2023-17", FactRecord.field == field)
            return reader.session.exec(found).one()

        return reader.names.version, value("lead_changes"), value("cautions")

    seen: set[tuple[int, str, str]] = set()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            seen.add(desk.ask(both))
            time.sleep(0.005)  # readers that never rest leave the loader no processor

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for number in range(6):
        before, after = (21 + number, 4 + number), (22 + number, 5 + number)
        change(documents, f"Lead changes: {before[0]} ", f"Lead changes: {after[0]} ")
        change(documents, f"Cautions/Laps: {before[1]} ", f"Cautions/Laps: {after[1]} ")
        load(filled, documents)
    stop.set()
    for asker in askers:
        asker.join()
    assert {(version, int(leads) - 21, int(cautions) - 4) for version, leads, cautions in seen} <= {
        (1 + number, number, number) for number in range(7)
    }
    assert desk.ask(both) == (7, "27", "10")


@pytest.mark.short_lock_wait
def test_a_second_load_at_the_same_time_is_told_so(archive: Engine, documents: Path) -> None:
    with write_session(archive), pytest.raises(LoadUnderWay):
        load(archive, documents)


def test_a_folder_that_is_not_there_is_one_clear_line(archive: Engine, tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="DOCUMENTS_DIR"):
        load(archive, tmp_path / "nowhere")


def test_the_readme_and_other_files_of_a_folder_are_no_documents(tmp_path: Path) -> None:
    for name in ("README.md", "picture.png", "notes.doc"):
        (tmp_path / name).write_text("something", encoding="utf-8")
    assert read_folder(list_folder(tmp_path)).documents == ()


def test_a_table_that_a_spreadsheet_saved_as_utf_16_is_text() -> None:
    document = decode("results.tsv", "Pos\tDriver\tLaps\n1\tDaniel Suárez\t300\n".encode("utf-16"))
    assert document.lines == ("Pos\tDriver\tLaps", "1\tDaniel Suárez\t300")


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", 1, "empty"),
        (b"  \n\n", 1, "empty"),
        (b"good\nbad \xff\n", 2, "not UTF-8"),
        ("sixteen".encode("utf-16") + b"\x00", 1, "not UTF-8"),
        (b"one\ntwo\0\n", 2, "NUL"),
        (b"x" * (MAX_DOCUMENT_BYTES + 1), 1, "more than"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(content: bytes, line: int, why: str) -> None:
    with pytest.raises(BadDocument, match=why) as caught:
        decode("note.txt", content)
    assert caught.value.line == line


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text() -> None:
    assert decode("note.txt", b"\xef\xbb\xbfone\r\ntwo\r\n").lines == ("one", "two")


def test_check_says_what_is_held_and_what_is_missing(seed_archive: Engine) -> None:
    with read_session(seed_archive) as session:
        holdings = {one.label: one for one in archive_coverage(session)}
    ally = next(one for label, one in holdings.items() if "Ally 400" in label)
    assert "Race: 36 rows" in ally.contents
    assert "drivers standings: 44 rows" in ally.contents
    assert ally.missing == ()
    assert ally.conflict_count >= 2
    wawa = next(one for label, one in holdings.items() if "Wawa 250" in label)
    assert "the pole" in wawa.missing


def test_every_source_is_listed_with_its_kind_and_title(seed_archive: Engine) -> None:
    with read_session(seed_archive) as session:
        sources = {one.document: one for one in session.exec(select(Source).order_by(col(Source.document)))}
    assert sources[PAGE].kind == "race page"
    assert sources[PAGE].title == "2023 Ally 400"
    assert sources["catalogue.toml"].kind == "catalogue"
    assert sources["daytona-recap.txt"].race == "nxs-2023-24"


def test_the_archive_is_a_database_that_others_can_open(archive: Engine, documents: Path, tmp_path: Path) -> None:
    load(archive, documents)
    other = create_engine(url_at(tmp_path / "archive.db"))
    with other.connect() as connection:
        found = connection.execute(text("SELECT winner FROM race WHERE key = 'cup-2023-17'"))
        assert found.one() == ("Ross Chastain",)
    other.dispose()
