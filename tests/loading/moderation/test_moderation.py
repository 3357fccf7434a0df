"""The moderators' desk: what is planned, applied, refused, remembered and listed."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Race, Source, Version
from bot.archive.models.user_data import Plan
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.archive.queries.unanswered import count_unanswered
from bot.errors import ArchiveUnusable, BadDocument, BotError, NothingKnown, StalePlan
from bot.loading.build import stages
from bot.loading.merge.race import merge_race
from bot.loading.moderation.moderation import Moderation
from bot.loading.report import CellChange, DocumentChange
from tests.support.databases import both_engines
from tests.support.moderation import (
    ALLY,
    DAYTONA_RECAP,
    LAPS_CELLS,
    NO_WORKERS,
    OTHER_LAPS_CELLS,
    PAGE,
    POINTS,
    RECAP,
    apply_plan,
    derived_rows,
    out_of_order,
)
from tests.support.paths import SEEDS

pytestmark = [both_engines, pytest.mark.no_cover]  # loads of seeds over and over: their lines are counted elsewhere

OTHER_PAGE = (SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS)


@pytest.fixture
def desk(filled: Engine, documents: Path) -> Moderation:
    """A desk over the seeds, loaded once."""
    return Moderation(filled, documents, NO_WORKERS)


def version(desk: Moderation) -> int:
    with read_session(desk.engine) as session:
        return session.get_one(Version, 1).number


def test_an_upload_says_what_it_is_read_as_and_changes_nothing_until_applied(desk: Moderation) -> None:
    before = derived_rows(desk.engine)
    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert plan.upload_summary == "race page, 2023 Ally 400"
    assert plan.report.races[0].changed == (CellChange("race: Ryan Blaney: laps", "146", "147"),)
    assert (derived_rows(desk.engine), version(desk)) == (before, 1)
    assert [(row.key, row.title, row.made_by, row.stale) for row in desk.plans()] == [
        (plan.key, f"Upload of {PAGE}", "Ann", False)
    ]
    report = desk.apply(plan.key, "Ann")
    assert (report.version, report.dry_run, report.races) == (2, False, plan.report.races)
    assert derived_rows(desk.engine) != before
    assert desk.plans() == ()


def test_a_packed_upload_is_unpacked_and_loses_its_ending(desk: Moderation) -> None:
    plan = desk.plan_upload("Ann", f"{PAGE}.gz", gzip.compress(OTHER_PAGE))
    assert plan.title == f"Upload of {PAGE}"


def test_an_upload_beats_the_folder_until_it_is_removed(desk: Moderation, documents: Path) -> None:
    apply_plan(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    (documents / PAGE).write_bytes(OTHER_PAGE.replace(OTHER_LAPS_CELLS, b"| 148 | 1 |"))
    report = desk.reload("Ann")
    assert (report.unchanged, report.passed_over) == (True, (PAGE,))
    apply_plan(desk, desk.plan_removal("Ann", PAGE).key)
    report = desk.reload("Ann")
    assert report.documents == (DocumentChange(PAGE, "added"),)
    assert {row.name: row.origin for row in desk.active_documents()}[PAGE] == "folder"


def test_a_removed_document_is_named_by_a_reload_and_not_brought_back(desk: Moderation, documents: Path) -> None:
    plan = desk.plan_removal("Ann", DAYTONA_RECAP)
    (race,) = plan.report.races
    assert race.removed == len(race.cells_removed) > 50
    apply_plan(desk, plan.key)
    assert desk.excluded_documents() == (DAYTONA_RECAP,)
    assert desk.reload("Ann").set_aside == (DAYTONA_RECAP,)
    (documents / DAYTONA_RECAP).rename(documents / "another-name.txt")
    assert desk.reload("Ann").set_aside == ("another-name.txt",)
    (documents / "another-name.txt").write_bytes((SEEDS / DAYTONA_RECAP).read_bytes() + b"\n")
    assert desk.reload("Ann").documents == (DocumentChange("another-name.txt", "added"),)


def test_an_upload_brings_a_removed_document_back(desk: Moderation) -> None:
    before = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_removal("Ann", RECAP).key)
    apply_plan(desk, desk.plan_upload("Ann", RECAP, (SEEDS / RECAP).read_bytes()).key)
    assert derived_rows(desk.engine) == before
    assert desk.excluded_documents() == ()


def test_a_removed_document_uploaded_under_another_name_does_not_bring_the_first_back(desk: Moderation) -> None:
    apply_plan(desk, desk.plan_removal("Ann", RECAP).key)
    apply_plan(desk, desk.plan_upload("Ann", "told.txt", (SEEDS / RECAP).read_bytes()).key)
    assert desk.reload("Ann").set_aside == (RECAP,)


@pytest.mark.slow
def test_every_load_can_be_rolled_back_and_that_too(desk: Moderation) -> None:
    first = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    second = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_roll_back("Bob", 2).key)
    assert derived_rows(desk.engine) == first
    apply_plan(desk, desk.plan_roll_back("Bob", 3).key)
    assert derived_rows(desk.engine) == second
    apply_plan(desk, desk.plan_roll_back("Bob", 1).key)
    assert set(desk.excluded_documents()) == {path.name for path in desk.folder.iterdir()}
    assert (desk.active_documents(), derived_rows(desk.engine)["race"]) == ((), [])
    assert set(desk.reload("Bob").set_aside) == {path.name for path in desk.folder.iterdir()}
    apply_plan(desk, desk.plan_roll_back("Bob", 5).key)
    assert derived_rows(desk.engine) == second
    assert [row.number for row in desk.load_log()] == [6, 5, 4, 3, 2, 1]
    assert [row.what for row in desk.load_log()][-2:] == [f"Upload of {PAGE}", "Reload"]
    assert desk.load_log()[-2].report.races[0].changed[0].new == "147"


def test_a_roll_back_of_a_load_that_was_not_is_refused(desk: Moderation) -> None:
    with pytest.raises(NothingKnown, match="no load 9"):
        desk.plan_roll_back("Ann", 9)


def test_a_recap_is_tied_to_a_race_without_any_catalogue(desk: Moderation) -> None:
    plan = desk.plan_upload("Ann", "told.txt", (SEEDS / DAYTONA_RECAP).read_bytes(), "cup-2023-18")
    apply_plan(desk, plan.key)
    with read_session(desk.engine) as session:
        race = session.get_one(Race, "cup-2023-18")
        source = session.get_one(Source, "told.txt")
    # No table has this race, and the text never gives its winner in full: who "Allgaier" is, nobody can say.
    assert (race.series, race.season, race.round, race.winner) == ("cup", 2023, 18, None)
    assert (source.race, source.note) == ("cup-2023-18", "A moderator has said which race this tells of.")


def test_a_recap_is_tied_to_a_race_of_unknown_round(desk: Moderation, documents: Path) -> None:
    (documents / "catalogue.toml").unlink()
    desk.reload("Ann")
    key = "told-in-daytona-recap"
    apply_plan(desk, desk.plan_upload("Ann", "more.txt", (SEEDS / RECAP).read_bytes(), key).key)
    assert {row.name for row in desk.active_documents() if row.race == key} == {DAYTONA_RECAP, "more.txt"}


@pytest.mark.parametrize(
    ("race", "kind", "why"),
    [
        ("nowhere", None, "knows no race nowhere"),
        ("cup-1812-1", None, "knows no race"),
        (None, "poem", "no kind of document"),
        (None, "race page", "cannot be read as a race page: it looks like a recap"),
    ],
)
def test_a_tie_or_a_kind_that_cannot_be_is_refused(desk: Moderation, race: str, kind: str, why: str) -> None:
    with pytest.raises(BotError, match=why):
        desk.plan_upload("Ann", "told.txt", (SEEDS / RECAP).read_bytes(), race, kind)
    assert desk.plans() == ()


def test_another_page_of_the_same_race_shows_every_conflict_it_brings(desk: Moderation) -> None:
    other = OTHER_PAGE.replace(b"- Fulldate: 2023-06-25", b"- Fulldate: 2023-06-24")
    plan = desk.plan_upload("Ann", "another-page.txt", other)
    (race,) = plan.report.races
    assert race.new_conflicts == len(race.disputes)
    found = {one.value_name: (one.value, one.other_value, one.other_document) for one in race.disputes}
    assert found["race: Ryan Blaney: laps"] == ("146", "147", "another-page.txt")
    assert "date" in found


def test_a_plan_is_stale_once_the_archive_has_moved_on(desk: Moderation) -> None:
    stale = desk.plan_removal("Ann", RECAP)
    apply_plan(desk, desk.plan_removal("Bob", POINTS).key)
    assert [row.stale for row in desk.plans()] == [True]
    with pytest.raises(StalePlan, match="version 1 then, 2 now"):
        desk.apply(stale.key, "Ann")
    desk.discard(stale.key)
    assert desk.plans() == ()
    with pytest.raises(StalePlan, match="gone"):
        desk.apply(stale.key, "Ann")


def test_a_plan_lives_for_a_day(desk: Moderation) -> None:
    plan = desk.plan_removal("Ann", RECAP)
    with write_session(desk.engine) as session:
        row = session.get_one(Plan, plan.key)
        row.made_at = datetime.now(UTC) - timedelta(hours=25)
        session.add(row)
    assert desk.plans() == ()
    with pytest.raises(StalePlan, match="over a day old"):
        desk.apply(plan.key, "Ann")
    desk.plan_removal("Ann", RECAP)
    with read_session(desk.engine) as session:
        assert plan.key not in session.exec(select(Plan.key)).all()


def test_a_planned_reload_is_stale_once_the_folder_has_changed(desk: Moderation, documents: Path) -> None:
    (documents / PAGE).write_bytes(OTHER_PAGE)
    plan = desk.plan_reload("Ann")
    (documents / PAGE).write_bytes(OTHER_PAGE + b"\n")
    with pytest.raises(StalePlan, match="folder has changed"):
        desk.apply(plan.key, "Ann")
    (documents / PAGE).write_bytes(OTHER_PAGE)
    assert desk.apply(plan.key, "Ann").races == plan.report.races


def test_an_unchanged_reload_reads_and_writes_nothing(desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    for name in (
        "bot.loading.load.read_folder",
        "bot.loading.load.load_session",
        "bot.loading.read.reading_cache.read_or_recall",
    ):
        monkeypatch.setattr(name, never)
    assert desk.reload("Ann").unchanged


def test_a_changed_document_makes_only_its_own_race_anew(desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(key: str, *rest: object) -> object:
        made.append(key)
        return merge_race(key, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "merge_race", noted)
    desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert made == [ALLY]


def test_rejected_documents_are_listed_until_a_load_reads_them(desk: Moderation, documents: Path) -> None:
    (documents / PAGE).write_bytes(out_of_order(OTHER_PAGE))
    (documents / RECAP).write_bytes(b"\xff")
    report = desk.reload("Ann")
    assert (report.kept, report.unchanged, version(desk)) == ((PAGE, RECAP), True, 1)
    assert desk.rejections() == report.rejected
    assert [line.split(":")[0] for line in report.rejected] == [PAGE, RECAP]
    for name in (PAGE, RECAP):
        (documents / name).write_bytes((SEEDS / name).read_bytes())
    desk.reload("Ann")
    assert desk.rejections() == ()


def test_documents_are_listed_and_can_be_read_around_a_line(desk: Moderation) -> None:
    row = {row.name: row for row in desk.active_documents()}[PAGE]
    assert (row.kind, row.title, row.race, row.lines) == ("race page", "2023 Ally 400", ALLY, 271)
    assert (row.by, row.origin) == ("the program", "folder")
    lines = (SEEDS / PAGE).read_text(encoding="utf-8").split("\n")
    assert desk.text_around(PAGE, 2, 3) == tuple(enumerate(lines[:5], 1))
    with pytest.raises(NothingKnown, match="lines 1 to 271"):
        desk.text_around(PAGE, 272)
    for nothing in (lambda: desk.text_around("nothing.txt", 1), lambda: desk.plan_removal("Ann", "nothing.txt")):
        with pytest.raises(NothingKnown, match="called nothing"):
            nothing()


def test_a_folder_that_is_not_there_is_one_clear_line(archive: Engine, tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="DOCUMENTS_DIR"):
        Moderation(archive, tmp_path / "nowhere").plan_reload("Ann")


def test_what_would_change_nothing_is_said_so(desk: Moderation) -> None:
    apply_plan(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert plan.report.unchanged
    with pytest.raises(BotError, match="would change nothing"):
        desk.apply(plan.key, "Ann")


def test_a_broken_upload_is_refused_with_its_line(desk: Moderation) -> None:
    with pytest.raises(BadDocument, match=rf"{PAGE}:\d+: "):
        desk.plan_upload("Ann", PAGE, out_of_order(OTHER_PAGE))


def test_reports_of_mistakes_are_closed_with_an_answer_or_deleted(desk: Moderation) -> None:
    with write_session(desk.engine) as session:
        save_mistake_report(session, 1, "/race ally", PAGE, "wrong")
        save_mistake_report(session, 2, "/race ally", PAGE, "very wrong")
    first, second = (row.id for row in desk.mistake_reports().rows)
    desk.close_mistake(first, "mended")
    assert [row.id for row in desk.mistake_reports().rows] == [second]
    with pytest.raises(NothingKnown, match="is open"):
        desk.close_mistake(first, "again")
    desk.delete_mistake(second)
    assert desk.mistake_reports().rows == ()
    with pytest.raises(NothingKnown, match="no report"):
        desk.delete_mistake(second)


def count(desk: Moderation, kind: str, text: str) -> None:
    with write_session(desk.engine) as session:
        count_unanswered(session, kind, text)


def test_questions_without_an_answer_are_counted_folded(desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("Daniél  Smith", "daniel smith", "", "Nobody"):
        count(desk, "driver", text)
    assert [(row.kind, row.text, row.count) for row in desk.unanswered()] == [
        ("driver", "daniel smith", 2),
        ("driver", "nobody", 1),
    ]
    monkeypatch.setattr("bot.archive.queries.unanswered.MAX_TEXTS", 2)
    count(desk, "track", "the moon")
    count(desk, "driver", "nobody")
    assert [row.count for row in desk.unanswered()] == [2, 2]
