"""The moderators' desk: what is planned, applied, refused, remembered and listed."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import reading, writing
from bot.archive.models.core import Race, Source, Version
from bot.archive.models.user_data import Plan
from bot.archive.queries.mistake_reports import report_mistake
from bot.errors import ArchiveUnusable, BadDocument, BotError, LoadUnderWay, NothingKnown, StalePlan
from bot.loading.build import build as derive
from bot.loading.merge.race import merge_race
from bot.loading.moderation.desk import DataDesk
from bot.loading.report import Change, DocumentChange
from tests.conftest import SEEDS
from tests.support.databases import both_engines
from tests.support.moderation import ALLY, LAPS, NIGHT, OTHER_LAPS, PAGE, POINTS, RECAP, contents, done

pytestmark = both_engines

OTHER_PAGE = (SEEDS / PAGE).read_bytes().replace(LAPS, OTHER_LAPS)


@pytest.fixture
def desk(filled: Engine, documents: Path) -> DataDesk:
    """A desk over the seeds, loaded once."""
    return DataDesk(filled, documents)


def version(desk: DataDesk) -> int:
    with reading(desk.engine) as session:
        return session.get_one(Version, 1).number


def test_an_upload_says_what_it_is_read_as_and_changes_nothing_until_applied(desk: DataDesk) -> None:
    before = contents(desk.engine)
    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert plan.read_as == "race page, 2023 Ally 400"
    assert plan.report.races[0].changed == (Change("race: Ryan Blaney: laps", "146", "147"),)
    assert (contents(desk.engine), version(desk)) == (before, 1)
    assert [(row.key, row.title, row.made_by, row.stale) for row in desk.plans()] == [
        (plan.key, f"Upload of {PAGE}", "Ann", False)
    ]
    report = desk.apply(plan.key, "Ann")
    assert (report.version, report.dry_run, report.races) == (2, False, plan.report.races)
    assert contents(desk.engine) != before
    assert desk.plans() == ()


def test_a_packed_upload_is_unpacked_and_loses_its_ending(desk: DataDesk) -> None:
    plan = desk.plan_upload("Ann", f"{PAGE}.gz", gzip.compress(OTHER_PAGE))
    assert plan.title == f"Upload of {PAGE}"


def test_an_upload_beats_the_folder_until_it_is_removed(desk: DataDesk, documents: Path) -> None:
    done(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    (documents / PAGE).write_bytes(OTHER_PAGE.replace(OTHER_LAPS, b"| 148 | 1 |"))
    report = desk.reload("Ann")
    assert (report.unchanged, report.passed_over) == (True, (PAGE,))
    done(desk, desk.plan_removal("Ann", PAGE).key)
    report = desk.reload("Ann")
    assert report.documents == (DocumentChange(PAGE, "added"),)
    assert {row.name: row.origin for row in desk.documents()}[PAGE] == "folder"


def test_a_removed_document_is_named_by_a_reload_and_not_brought_back(desk: DataDesk, documents: Path) -> None:
    plan = desk.plan_removal("Ann", NIGHT)
    (race,) = plan.report.races
    assert race.removed == len(race.cells_removed) > 50
    done(desk, plan.key)
    assert desk.set_aside() == (NIGHT,)
    assert desk.reload("Ann").set_aside == (NIGHT,)
    (documents / NIGHT).rename(documents / "another-name.txt")
    assert desk.reload("Ann").set_aside == ("another-name.txt",)
    (documents / "another-name.txt").write_bytes((SEEDS / NIGHT).read_bytes() + b"\n")
    assert desk.reload("Ann").documents == (DocumentChange("another-name.txt", "added"),)


def test_an_upload_brings_a_removed_document_back(desk: DataDesk) -> None:
    before = contents(desk.engine)
    done(desk, desk.plan_removal("Ann", RECAP).key)
    done(desk, desk.plan_upload("Ann", RECAP, (SEEDS / RECAP).read_bytes()).key)
    assert contents(desk.engine) == before
    assert desk.set_aside() == ()


def test_a_removed_document_uploaded_under_another_name_does_not_bring_the_first_back(desk: DataDesk) -> None:
    done(desk, desk.plan_removal("Ann", RECAP).key)
    done(desk, desk.plan_upload("Ann", "told.txt", (SEEDS / RECAP).read_bytes()).key)
    assert desk.reload("Ann").set_aside == (RECAP,)


def test_every_load_can_be_rolled_back_and_that_too(desk: DataDesk) -> None:
    first = contents(desk.engine)
    done(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    second = contents(desk.engine)
    done(desk, desk.plan_roll_back("Bob", 2).key)
    assert contents(desk.engine) == first
    done(desk, desk.plan_roll_back("Bob", 3).key)
    assert contents(desk.engine) == second
    done(desk, desk.plan_roll_back("Bob", 1).key)
    assert set(desk.set_aside()) == {path.name for path in desk.folder.iterdir()}
    assert (desk.documents(), contents(desk.engine)["race"]) == ((), [])
    assert set(desk.reload("Bob").set_aside) == {path.name for path in desk.folder.iterdir()}
    done(desk, desk.plan_roll_back("Bob", 5).key)
    assert contents(desk.engine) == second
    assert [row.number for row in desk.log()] == [6, 5, 4, 3, 2, 1]
    assert [row.what for row in desk.log()][-2:] == [f"Upload of {PAGE}", "Reload"]
    assert desk.log()[-2].report.races[0].changed[0].new == "147"


def test_a_roll_back_of_a_load_that_was_not_is_refused(desk: DataDesk) -> None:
    with pytest.raises(NothingKnown, match="no load 9"):
        desk.plan_roll_back("Ann", 9)


def test_a_recap_is_tied_to_a_race_without_any_catalogue(desk: DataDesk) -> None:
    plan = desk.plan_upload("Ann", "told.txt", (SEEDS / NIGHT).read_bytes(), "cup-2023-18")
    done(desk, plan.key)
    with reading(desk.engine) as session:
        race = session.get_one(Race, "cup-2023-18")
        source = session.get_one(Source, "told.txt")
    assert (race.series, race.season, race.round, race.winner) == ("cup", 2023, 18, "Allgaier")
    assert (source.race, source.note) == ("cup-2023-18", "A moderator has said which race this tells of.")


def test_a_recap_is_tied_to_a_race_of_unknown_round(desk: DataDesk, documents: Path) -> None:
    (documents / "catalogue.toml").unlink()
    desk.reload("Ann")
    key = "told-in-daytona-recap"
    done(desk, desk.plan_upload("Ann", "more.txt", (SEEDS / RECAP).read_bytes(), key).key)
    assert {row.name for row in desk.documents() if row.race == key} == {NIGHT, "more.txt"}


@pytest.mark.parametrize(
    ("race", "kind", "why"),
    [
        ("nowhere", None, "knows no race nowhere"),
        ("cup-1812-1", None, "knows no race"),
        (None, "poem", "no kind of document"),
        (None, "race page", "cannot be read as a race page: it looks like a recap"),
    ],
)
def test_a_tie_or_a_kind_that_cannot_be_is_refused(desk: DataDesk, race: str, kind: str, why: str) -> None:
    with pytest.raises(BotError, match=why):
        desk.plan_upload("Ann", "told.txt", (SEEDS / RECAP).read_bytes(), race, kind)
    assert desk.plans() == ()


def test_another_page_of_the_same_race_shows_every_conflict_it_brings(desk: DataDesk) -> None:
    other = OTHER_PAGE.replace(b"- Fulldate: 2023-06-25", b"- Fulldate: 2023-06-24")
    plan = desk.plan_upload("Ann", "another-page.txt", other)
    (race,) = plan.report.races
    assert race.new_conflicts == len(race.disputes)
    found = {one.what: (one.shown, one.other, one.other_document) for one in race.disputes}
    assert found["race: Ryan Blaney: laps"] == ("146", "147", "another-page.txt")
    assert "date" in found


def test_a_plan_is_stale_once_the_archive_has_moved_on(desk: DataDesk) -> None:
    stale = desk.plan_removal("Ann", RECAP)
    done(desk, desk.plan_removal("Bob", POINTS).key)
    assert [row.stale for row in desk.plans()] == [True]
    with pytest.raises(StalePlan, match="version 1 then, 2 now"):
        desk.apply(stale.key, "Ann")
    desk.discard(stale.key)
    assert desk.plans() == ()
    with pytest.raises(StalePlan, match="gone"):
        desk.apply(stale.key, "Ann")


def test_a_plan_lives_for_a_day(desk: DataDesk) -> None:
    plan = desk.plan_removal("Ann", RECAP)
    with writing(desk.engine) as session:
        row = session.get_one(Plan, plan.key)
        row.made_at = datetime.now(UTC) - timedelta(hours=25)
        session.add(row)
    assert desk.plans() == ()
    with pytest.raises(StalePlan, match="over a day old"):
        desk.apply(plan.key, "Ann")
    desk.plan_removal("Ann", RECAP)
    with reading(desk.engine) as session:
        assert plan.key not in session.exec(select(Plan.key)).all()


def test_a_planned_reload_is_stale_once_the_folder_has_changed(desk: DataDesk, documents: Path) -> None:
    (documents / PAGE).write_bytes(OTHER_PAGE)
    plan = desk.plan_reload("Ann")
    (documents / PAGE).write_bytes(OTHER_PAGE + b"\n")
    with pytest.raises(StalePlan, match="folder has changed"):
        desk.apply(plan.key, "Ann")
    (documents / PAGE).write_bytes(OTHER_PAGE)
    assert desk.apply(plan.key, "Ann").races == plan.report.races


def test_an_unchanged_reload_reads_and_writes_nothing(desk: DataDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    for name in (
        "bot.loading.load.read_folder",
        "bot.loading.load.loading",
        "bot.loading.read.reading_cache.read_document",
    ):
        monkeypatch.setattr(name, never)
    assert desk.reload("Ann").unchanged


def test_a_changed_document_makes_only_its_own_race_anew(desk: DataDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(key: str, *rest: object) -> object:
        made.append(key)
        return merge_race(key, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(derive, "merge_race", noted)
    desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert made == [ALLY]


def test_rejected_documents_are_listed_until_a_load_reads_them(desk: DataDesk, documents: Path) -> None:
    (documents / PAGE).write_bytes(OTHER_PAGE.replace(b"| 300 | 57 |", b"| 300 | 57 | 58 |"))
    (documents / RECAP).write_bytes(b"\xff")
    report = desk.reload("Ann")
    assert (report.kept, report.unchanged, version(desk)) == ((PAGE, RECAP), True, 1)
    assert desk.rejected() == report.rejected
    assert [line.split(":")[0] for line in report.rejected] == [PAGE, RECAP]
    for name in (PAGE, RECAP):
        (documents / name).write_bytes((SEEDS / name).read_bytes())
    desk.reload("Ann")
    assert desk.rejected() == ()


def test_documents_are_listed_and_can_be_read_around_a_line(desk: DataDesk) -> None:
    row = {row.name: row for row in desk.documents()}[PAGE]
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
        DataDesk(archive, tmp_path / "nowhere").plan_reload("Ann")


def test_what_would_change_nothing_is_said_so(desk: DataDesk) -> None:
    done(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert plan.report.unchanged
    with pytest.raises(BotError, match="would change nothing"):
        desk.apply(plan.key, "Ann")


def test_a_broken_upload_is_refused_with_its_line(desk: DataDesk) -> None:
    with pytest.raises(BadDocument, match=rf"{PAGE}:\d+: "):
        desk.plan_upload("Ann", PAGE, OTHER_PAGE.replace(b"| 300 | 57 |", b"| 300 | 57 | 58 |"))


def test_reports_of_mistakes_are_closed_with_an_answer_or_deleted(desk: DataDesk) -> None:
    with writing(desk.engine) as session:
        report_mistake(session, 1, "/race ally", PAGE, "wrong")
        report_mistake(session, 2, "/race ally", PAGE, "very wrong")
    first, second = (row.id for row in desk.mistakes())
    desk.close_mistake(first, "mended")
    assert [row.id for row in desk.mistakes()] == [second]
    with pytest.raises(NothingKnown, match="is open"):
        desk.close_mistake(first, "again")
    desk.delete_mistake(second)
    assert desk.mistakes() == ()
    with pytest.raises(NothingKnown, match="no report"):
        desk.delete_mistake(second)


def test_questions_without_an_answer_are_counted_folded(desk: DataDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("Daniél  Smith", "daniel smith", "", "Nobody"):
        desk.count_unanswered("driver", text)
    assert [(row.kind, row.text, row.count) for row in desk.unanswered()] == [
        ("driver", "daniel smith", 2),
        ("driver", "nobody", 1),
    ]
    monkeypatch.setattr("bot.archive.queries.unanswered.MOST_KEPT", 2)
    desk.count_unanswered("track", "the moon")
    desk.count_unanswered("driver", "nobody")
    assert [row.count for row in desk.unanswered()] == [2, 2]


def test_a_question_asked_during_a_load_is_counted_afterwards(desk: DataDesk) -> None:
    with writing(desk.engine):
        desk.count_unanswered("driver", "nobody")
        with pytest.raises(LoadUnderWay):
            desk.discard("anything")
    assert desk.unanswered() == ()
    desk.count_unanswered("driver", "nobody")
    assert [row.count for row in desk.unanswered()] == [2]
