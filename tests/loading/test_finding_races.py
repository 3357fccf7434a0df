"""Documents that find their race in a load: joined, kept out until somebody chooses, or new; and what is said of it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.answers.moderation.load_report import summary_phrase
from bot.answers.moderation.loads import load_report_card
from bot.answers.moderation.race_key import race_key_question
from bot.answers.moderation.status import ModerationQueue, moderation_queue, status_card
from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, Passage, Race, SessionRow
from bot.cards import Facts
from bot.errors import AmbiguousName, NothingKnown
from bot.loading.moderation.operations import Operations
from tests.support.history_files import CUP, Row, csv_text, field_rows, race_rows
from tests.support.moderation import apply_plan

SPRING: Row = {"Season": 2018, "Race": 3, "Name": "Sponsor 400", "Track": "Riverview Speedway"}
FALL: Row = {"Season": 2018, "Race": 9, "Name": "Sponsor 400", "Track": "Hillside Raceway"}
HISTORY = csv_text(
    [
        *race_rows(2017, 3),
        *field_rows("Ann Ash", "Bea Birch", "Cal Cole", **SPRING),
        *field_rows("Bea Birch", "Ann Ash", "Cal Cole", **FALL),
    ]
).encode()
TAIL = "It was a race with a late caution. Cal Cole was third in the race.\n"
JOINED = f" date 2018-06-11 Ann Ash won the Sponsor 400 at Riverview Speedway on Sunday. {TAIL}".encode()
EITHER = f" date 2018-06-11 The Sponsor 400 had a late caution. {TAIL}".encode()
NEW = f" date 2018-06-11 Zoe Zink won the Granite Coffee 333 at Lakeside Speedway on Sunday. {TAIL}".encode()


@pytest.fixture
def desk(archive: Engine, tmp_path: Path) -> Operations:
    """A desk over an archive with a short history."""
    operations = Operations(archive, tmp_path)
    apply_plan(operations, operations.plan_upload("Ann", CUP, HISTORY).key)
    return operations


def passages(desk: Operations) -> set[tuple[str, str]]:
    """(document, race) of every passage."""
    with read_session(desk.engine) as session:
        return {(row.document, row.race) for row in session.exec(select(Passage))}


def test_a_recap_joins_the_race_of_the_history_and_the_report_says_by_what(desk: Operations) -> None:
    plan = desk.plan_upload("Ann", "story.txt", JOINED)
    (found,) = plan.report.found_races
    assert found.race == "2018 Sponsor 400, Riverview Speedway (cup-2018-3)"
    assert {"name", "track", "winner"} <= set(found.reasons)
    apply_plan(desk, plan.key)
    assert passages(desk) == {("story.txt", "cup-2018-3")}


def test_a_recap_of_a_race_that_nothing_has_is_said_to_be_new(desk: Operations) -> None:
    report = desk.plan_upload("Ann", "story.txt", NEW).report
    assert [(found.document, found.reasons) for found in report.found_races] == [("story.txt", ())]
    assert "1 document of a new race" in summary_phrase(report)
    texts = [
        fact.value for block in load_report_card(report).blocks if isinstance(block, Facts) for fact in block.facts
    ]
    assert any("NEW: nothing in the archive fits it" in text for text in texts)


def test_a_story_that_fits_two_races_is_in_none_until_one_is_chosen(desk: Operations) -> None:
    plan = desk.plan_upload("Ann", "story.txt", EITHER)
    (choice,) = plan.report.undecided
    assert [key for key, _ in choice.races] == ["cup-2018-3", "cup-2018-9"]
    assert plan.upload_summary == "a document of a race that you have to choose"
    apply_plan(desk, plan.key)
    assert passages(desk) == set()
    apply_plan(desk, desk.plan_tie("Ann", "story.txt", "cup-2018-9").key)
    assert passages(desk) == {("story.txt", "cup-2018-9")}
    assert desk.load_log()[0].what == "story.txt tells of cup-2018-9"
    apply_plan(desk, desk.plan_tie("Ann", "story.txt", None).key)
    assert passages(desk) == set()


def test_the_choice_is_offered_with_a_button_for_each_race(desk: Operations) -> None:
    apply_plan(desk, desk.plan_upload("Ann", "story.txt", EITHER).key)
    queue: ModerationQueue = moderation_queue(desk)
    card = QuestionRunner(desk.engine).ask(status_card, queue)
    facts = [fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts]
    (kept_out,) = [fact for fact in facts if fact.label == "Kept out: story.txt"]
    assert [[argument.value for argument in button.question.arguments] for button in kept_out.follow_ups] == [
        ["story.txt", "cup-2018-3"],
        ["story.txt", "cup-2018-9"],
    ]


def test_what_is_not_in_force_cannot_be_given_a_race(desk: Operations) -> None:
    with pytest.raises(NothingKnown, match=r"No document called story\.txt"):
        desk.plan_tie("Ann", "story.txt", "cup-2018-3")
    with pytest.raises(NothingKnown, match="no race nowhere"):
        desk.plan_tie("Ann", CUP, "nowhere")


def test_a_table_whose_round_is_another_race_joins_that_of_its_name_and_track(desk: Operations) -> None:
    results = b"series,season,round,race,track,position,driver\ncup,2018,3,Sponsor 400,Hillside Raceway,1,Bea Birch\n"
    apply_plan(desk, desk.plan_upload("Ann", "results.csv", results).key)
    with read_session(desk.engine) as session:
        assert {row.key for row in session.exec(select(Race))} == {"cup-2017-3", "cup-2018-3", "cup-2018-9"}
        assert {row.race for row in session.exec(select(SessionRow)) if row.document == "results.csv"} <= {"cup-2018-9"}
        (conflict,) = session.exec(select(Conflict).where(Conflict.value_name == "round"))
    assert (conflict.race, conflict.value, conflict.other_value) == ("cup-2018-9", "9", "3")


def test_a_race_is_typed_as_fans_name_it_or_as_the_key_of_a_new_one(desk: Operations) -> None:
    runner = QuestionRunner(desk.engine)
    assert runner.ask(race_key_question, "riverview 2018") == "cup-2018-3"
    assert runner.ask(race_key_question, "CUP-2031-4") == "cup-2031-4"
    with pytest.raises(AmbiguousName):
        runner.ask(race_key_question, "2018 sponsor 400")
