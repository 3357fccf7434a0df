"""What a load of histories reports, whichever way it comes: cell by cell, counted, planned, rolled back, removed."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.answers.moderation.documents import documents_card
from bot.answers.moderation.load_report import summary_phrase
from bot.errors import BadDocument, NothingKnown
from bot.loading.build.compare import MAX_DETAILED_HISTORY_RACES
from bot.loading.load import load
from bot.loading.moderation.moderation import Moderation
from bot.loading.moderation.operations import Operations
from bot.loading.report import CellChange, HistoryChanges, Report
from bot.names.index import NameIndex
from tests.answers.moderation.test_cards import facts_of, text_of
from tests.support.databases import archive_at
from tests.support.history_files import COLUMNS, CUP, NXS, Row, csv_text, field_rows, race_rows, row, write_histories
from tests.support.moderation import NO_WORKERS, active_documents, apply_plan, derived_rows, is_empty

NAMES = NameIndex.build(())
SHORT = field_rows("Daniel Suarez", "Ann Ash", "Bea Birch")
# A table of one race is no history.
TWO_RACES = [*SHORT, *field_rows("Cal Cole", Season=2019, Race=9)]
LONG = [
    one
    for season in (2017, 2018)
    for number in range(1, MAX_DETAILED_HISTORY_RACES)
    for one in race_rows(season, number)
]
RESULTS = "series,season,round,race,position,car,driver\ncup,2018,3,Sponsor 400,1,1,Daniel Suárez\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Operations]:
    """A desk over an empty folder and an empty archive."""
    engine = archive_at(tmp_path / "archive.db")
    (tmp_path / "documents").mkdir()
    yield Operations(engine, tmp_path / "documents")
    engine.dispose()


def loaded(desk: Operations, rows: Sequence[Row], name: str = CUP) -> Report:
    """The report of a load of the folder with this history in it."""
    (desk.folder / name).write_text(csv_text(rows), encoding="utf-8")
    return load(desk.engine, desk.folder)


def changed(rows: Sequence[Row], at: int, **cells: str | int) -> list[Row]:
    """The rows with one that tells something else."""
    return [*rows[:at], {**rows[at], **cells}, *rows[at + 1 :]]


def test_few_races_are_told_one_by_one(desk: Operations) -> None:
    report = loaded(desk, TWO_RACES)
    race, _ = report.races
    assert race.race == "2018 · Riverview Speedway · Sponsor 400 · Monster Energy NASCAR Cup Series"
    assert (race.added > 40, race.removed, race.changed) == (True, 0, ())
    assert (report.histories, report.races_changed, report.rejected) == ((), 2, ())


def test_a_changed_cell_is_reported_old_and_new(desk: Operations) -> None:
    loaded(desk, SHORT)
    [race] = loaded(desk, changed(SHORT, 1, Laps=99)).races
    assert race.changed == (CellChange("race: Ann Ash: laps", "100", "99"),)
    assert (race.added, race.removed, race.new_conflicts) == (0, 0, 0)


def test_a_season_that_comes_to_a_long_history_is_told_one_by_one(desk: Operations) -> None:
    loaded(desk, LONG)
    report = loaded(desk, changed([*LONG, *race_rows(2019, 1), *race_rows(2019, 2)], 0, Status="engine"))
    assert [one.race[:4] for one in report.races] == ["2017", "2019", "2019"]
    assert [one.race.rpartition(" · ")[2] for one in report.races][1:] == ["round 1", "round 2"]
    assert [len(one.changed) for one in report.races] == [1, 0, 0]
    assert report.histories == ()


def test_many_races_are_counted_by_document(desk: Operations) -> None:
    races = len(LONG) // 5
    report = loaded(desk, LONG)
    assert (report.races, report.histories) == ((), (HistoryChanges(CUP, races, 0, 0),))
    assert summary_phrase(report) == f"1 document added, {CUP}: {races} races added"
    (desk.folder / NXS).write_text(csv_text(LONG), encoding="utf-8")
    other = csv_text([*[{**one, "Laps": 99} for one in LONG[:-10]], *race_rows(2020, 1)])
    (desk.folder / CUP).write_text(other, encoding="utf-8")
    report = load(desk.engine, desk.folder)
    assert report.histories == (HistoryChanges(CUP, 1, races - 2, 2), HistoryChanges(NXS, races, 0, 0))
    assert report.races_changed == 2 * races + 1


def test_a_dry_run_says_what_the_load_says_and_changes_nothing(desk: Operations) -> None:
    loaded(desk, SHORT)
    for rows in (changed(SHORT, 0, Make="Toyota"), [*SHORT, *LONG], SHORT):
        before = derived_rows(desk.engine)
        (desk.folder / CUP).write_text(csv_text(rows), encoding="utf-8")
        planned = load(desk.engine, desk.folder, dry_run=True)
        assert (derived_rows(desk.engine), planned.dry_run) == (before, True)
        report = load(desk.engine, desk.folder)
        assert (report.races, report.histories, report.spellings) == (
            planned.races,
            planned.histories,
            planned.spellings,
        )
        assert derived_rows(desk.engine) != before


def test_a_history_that_only_moved_its_lines_says_that_its_races_changed(desk: Operations) -> None:
    loaded(desk, TWO_RACES)
    report = loaded(desk, [*field_rows(Season=2001), *TWO_RACES])
    assert {one.race[:4]: (one.added > 0, one.changed) for one in report.races} == {
        "2001": (True, ()), "2018": (False, ()), "2019": (False, ()),
    }  # fmt: skip
    assert not loaded(desk, [*field_rows(Season=2001), *TWO_RACES]).documents


def test_the_same_history_again_changes_nothing(desk: Operations) -> None:
    loaded(desk, LONG)
    before = derived_rows(desk.engine)
    assert loaded(desk, LONG).unchanged
    assert derived_rows(desk.engine) == before


def test_a_history_whose_columns_moved_says_the_same_from_now_on(desk: Operations) -> None:
    first = loaded(desk, SHORT)
    (desk.folder / CUP).write_text(csv_text(SHORT, columns=COLUMNS[::-1]), encoding="utf-8")
    report = load(desk.engine, desk.folder)
    assert [one.what for one in report.documents] == ["changed"]
    assert sum(len(one.changed) + one.added + one.removed for one in report.races) == 0
    assert report.version == first.version + 1


def test_a_name_that_a_page_spells_otherwise_is_told(desk: Operations) -> None:
    loaded(desk, [*SHORT, *field_rows("Daniel Suarez", "Cal Cole", Race=4)])
    (desk.folder / "results.csv").write_text(RESULTS, encoding="utf-8")
    report = load(desk.engine, desk.folder)
    assert report.spellings == (CellChange("driver", "Daniel Suarez", "Daniel Suárez"),)
    assert "driver Daniel Suarez is spelled Daniel Suárez from now on" in summary_phrase(report)
    (desk.folder / "results.csv").unlink()
    assert load(desk.engine, desk.folder).spellings == (CellChange("driver", "Daniel Suárez", "Daniel Suarez"),)


def test_a_history_in_a_gzip_file_is_uploaded_planned_and_applied(desk: Operations) -> None:
    plan = desk.plan_upload("Ann", f"{CUP}.gz", gzip.compress(csv_text(TWO_RACES).encode()))
    assert plan.upload_summary == "history table, History of the Monster Energy NASCAR Cup Series"
    assert plan.report.dry_run
    assert is_empty(desk.engine)
    report = desk.apply(plan.key, "Ann")
    assert (report.races, report.version) == (plan.report.races, 1)
    assert [one.name for one in desk.active_documents()] == [CUP]
    other = archive_at(desk.folder.parent / "other.db")
    load(other, write_histories(desk.folder.parent / "others", cup_series=TWO_RACES))
    apart = {"source", "history_document"}  # one digest is of the text, the other of the file
    assert {k: v for k, v in derived_rows(desk.engine).items() if k not in apart} == {
        k: v for k, v in derived_rows(other).items() if k not in apart
    }
    other.dispose()


def test_a_history_in_a_gzip_file_of_the_folder_is_read_once(desk: Operations) -> None:
    (desk.folder / f"{CUP}.gz").write_bytes(gzip.compress(csv_text(SHORT).encode(), mtime=0))
    assert [one.document for one in load(desk.engine, desk.folder).documents] == [CUP]
    assert load(desk.engine, desk.folder).unchanged
    (desk.folder / CUP).write_text(csv_text(SHORT), encoding="utf-8")
    [line] = load(desk.engine, desk.folder).rejected
    assert line == f"{CUP}.gz:1: {CUP} is there as well; keep one of the two"


def test_an_upload_that_is_broken_is_refused_and_the_last_good_version_stays(desk: Operations) -> None:
    apply_plan(desk, desk.plan_upload("Ann", CUP, csv_text(TWO_RACES).encode()).key)
    before = derived_rows(desk.engine)
    with pytest.raises(BadDocument, match=rf"{CUP}:3: “many” is no count"):
        desk.plan_upload("Ann", CUP, csv_text(changed(TWO_RACES, 1, Laps="many")).encode())
    (desk.folder / NXS).write_text(csv_text(changed(TWO_RACES, 0, Finish=0)), encoding="utf-8")
    report = desk.reload("Ann")
    assert report.rejected == (f"{NXS}:2: Finish is 0; places count from 1",)
    assert derived_rows(desk.engine) == before


def test_a_history_cannot_be_tied_to_one_race_and_is_nothing_else(desk: Operations) -> None:
    text = csv_text(TWO_RACES).encode()
    with pytest.raises(BadDocument, match="a history tells of many races and cannot be tied to one"):
        desk.plan_upload("Ann", CUP, text, race="cup-2018-3")
    with pytest.raises(BadDocument, match=rf"{CUP}:\d"):
        desk.plan_upload("Ann", CUP, text, kind="race page")
    assert desk.plan_upload("Ann", CUP, text, kind="history table").upload_summary.startswith("history table, ")
    assert is_empty(desk.engine)


def test_a_slice_with_one_race_takes_the_place_of_no_history(desk: Operations) -> None:
    apply_plan(desk, desk.plan_upload("Ann", CUP, csv_text(TWO_RACES).encode()).key)
    with pytest.raises(BadDocument, match="would take the place of a whole history; give it a name of its own"):
        desk.plan_upload("Ann", CUP, csv_text(SHORT).encode())
    plan = desk.plan_upload("Ann", "cup-2018-3.csv", csv_text(SHORT).encode())
    assert plan.upload_summary.startswith("results table")


def test_what_was_loaded_is_rolled_back_and_removed_without_a_trace(desk: Operations) -> None:
    apply_plan(desk, desk.plan_upload("Ann", NXS, csv_text(race_rows(2018, 1)).encode()).key)
    before, held = derived_rows(desk.engine), active_documents(desk.engine)
    apply_plan(desk, desk.plan_upload("Ann", CUP, csv_text([*SHORT, *LONG]).encode()).key)
    plan = desk.plan_roll_back("Ann", 2)
    assert plan.report.histories == (HistoryChanges(CUP, 0, 0, len(LONG) // 5),)
    assert desk.apply(plan.key, "Ann").histories == plan.report.histories
    assert (derived_rows(desk.engine), active_documents(desk.engine)) == (before, held)
    apply_plan(desk, desk.plan_roll_back("Ann", 3).key)
    report = desk.apply(desk.plan_removal("Ann", CUP).key, "Ann")
    assert [(one.document, one.what) for one in report.documents] == [(CUP, "removed")]
    assert derived_rows(desk.engine) == before
    assert next(one.report.races_changed for one in desk.load_log()) == len(LONG) // 5


def test_few_races_that_go_are_told_by_the_cells_they_lose(desk: Operations) -> None:
    loaded(desk, [*TWO_RACES, *field_rows("Cal Cole", Race=4)])
    [race] = loaded(desk, TWO_RACES).races
    assert (race.added, race.changed) == (0, ())
    assert CellChange("race: Cal Cole: laps", "100", "") in race.cells_removed
    with pytest.raises(NothingKnown):
        desk.correctable_values("cup-2018-4")


def test_the_list_of_documents_says_what_a_history_is(desk: Operations) -> None:
    loaded(desk, [*SHORT, *field_rows(Season=2020)])
    moderation = Moderation(desk.engine, desk.folder, NO_WORKERS)
    card = documents_card(moderation, NAMES, None, 1)
    [fact] = facts_of(card)
    assert fact.label == CUP
    assert fact.value.startswith("history table, History of the NASCAR Cup Series; 9 lines; from the folder, by ")
    assert "Ann Ash" in text_of(documents_card(moderation, NAMES, CUP, 3))


def test_lines_of_a_long_history_are_shown_around_any_line(desk: Operations) -> None:
    rows = [row(place, f"Driver {place}", Season=season) for season in range(1950, 2020) for place in range(1, 44)]
    loaded(desk, rows)
    for line in (1, 999, 1_000, 1_001, 2_001, len(rows) + 1):
        shown = dict(desk.text_around(CUP, line, 2))
        assert sorted(shown) == list(range(max(line - 2, 1), min(line + 2, len(rows) + 1) + 1))
        assert line == 1 or f'"{rows[line - 2]["Driver"]}"' in shown[line]
    with pytest.raises(NothingKnown, match=r"has lines 1 to 3,011; there is no line 3,012"):
        desk.text_around(CUP, len(rows) + 2)
