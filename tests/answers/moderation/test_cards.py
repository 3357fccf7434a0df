"""The moderators' cards, from rows made by hand: what waits, what a load would do, what is held and what was mended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.moderation.corrections import (
    corrections_card,
    matching_values,
    resolve_value,
    with_correct_button,
)
from bot.answers.moderation.documents import document_list_card, document_text_card, resolve_document, template_card
from bot.answers.moderation.load_report import summary_phrase
from bot.answers.moderation.loads import load_report_card, loaded_card, log_card, plan_card
from bot.answers.moderation.reports import reports_card, unanswered_card
from bot.answers.moderation.status import ModerationQueue, status_card
from bot.archive.db.engine import write_session
from bot.archive.models.core import Race, Source
from bot.archive.queries.evidence import ConflictRow
from bot.archive.undelivered import UndeliveredMessage
from bot.cards import Argument, Card, Fact, Facts, Question
from bot.documents.results_csv.reader import column_meanings
from bot.documents.templates.model import DocumentTemplate
from bot.documents.templates.registry import TEMPLATES
from bot.errors import AmbiguousName, BotError, NothingKnown, StalePlan, UnknownName
from bot.frontend.components import BACK, ON, card_controls
from bot.frontend.text.pages import card_page
from bot.language.moments import write_out
from bot.loading.moderation.rows import (
    CorrectionRow,
    DocumentRow,
    LoadRow,
    MistakeReportPage,
    MistakeReportRow,
    PlanRow,
    RemovedDocument,
    UnansweredRow,
)
from bot.loading.report import CellChange, DocumentChange, RaceChanges, Report
from bot.names.index import NameIndex
from tests.support.pages import card_faults, card_pages, page_texts

NOON = datetime(2023, 6, 26, 12, 0, tzinfo=UTC)
NAMES = NameIndex.build(())
LAPS = CellChange("race: Ross Chastain: laps", "299", "300")
SMALL = Report(4, (RaceChanges("2023 Ally 400", 2, 0, (LAPS,)),), (DocumentChange("ally.txt", "added"),), dry_run=True)
PLAN = PlanRow("k3v2mq7a", "Ann", NOON, "Upload of ally.txt", "race page, 2023 Ally 400", 3, SMALL, False)
VALUES = (
    ("race: Ross Chastain: laps", "299"),
    ("race: Ross Chastain: laps_led", "99"),
    ("race: Chase Elliott: laps", "300"),
    ("date", "2023-06-25"),
    ("winner", "Ross Chastain"),
)


def a_document(number: int, name: str = "") -> DocumentRow:
    title = f"{2000 + number} Ally 400"
    return DocumentRow(
        name or f"page-{number}.txt", title, "race page", f"cup-{2000 + number}-17", 280, "Ann", NOON, "folder"
    )


def a_long_report(cells: int, races: int, documents: int = 1, *, dry_run: bool = True) -> Report:
    changed = tuple(CellChange(f"race: Driver {number}: laps", "299", str(300 + number)) for number in range(cells))
    return Report(
        9,
        tuple(RaceChanges(f"Race {number}", 3, 1, changed, new_conflicts=2) for number in range(races)),
        tuple(DocumentChange(f"d{number}.txt", "added") for number in range(documents)),
        tuple(f"bad-{number}.txt:7: two winners" for number in range(documents)),
        dry_run=dry_run,
    )


def facts_of(card: Card) -> list[Fact]:
    return [fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts]


def labels_of(card: Card, page: int = 0) -> list[str]:
    controls = card_controls(card, card_page(card, page))
    shown = (*(one for buttons in controls.text_buttons for one in buttons), *controls.buttons)
    return [*(one.label or "" for one in shown), *(entry.label for entry in controls.entries)]


def text_of(card: Card) -> str:
    return "\n".join([card.title, *page_texts(card), card.as_of])


def shown_labels(card: Card) -> Iterator[str]:
    """The labels of the buttons of all pages that are no page turning."""
    for page in card_pages(card):
        yield from (one for one in labels_of(card, page.number) if one not in {BACK, ON})


def test_a_plan_says_first_what_it_was_read_as_then_what_it_would_do() -> None:
    card = plan_card((PLAN,), PLAN.key)
    assert card.summary == "Read as race page, 2023 Ally 400. 1 race would change, version 4; nothing rejected."
    assert "**Ross Chastain’s laps** 299 → 300" in text_of(card)
    assert "planned by Ann, June 26, 2023, 12:00 UTC, on version 3" in write_out(card.as_of)
    assert labels_of(card) == ["Apply", "Discard"]


def test_a_stale_plan_and_one_that_changes_nothing_cannot_be_applied() -> None:
    card = plan_card((replace(PLAN, stale=True),), PLAN.key)
    assert "can no longer be applied" in card.summary
    assert labels_of(card) == ["Discard"]
    assert labels_of(plan_card((replace(PLAN, report=Report(3, dry_run=True)),), PLAN.key)) == ["Discard"]


def test_a_plan_that_is_gone_says_so() -> None:
    with pytest.raises(StalePlan, match="applied or discarded"):
        plan_card((PLAN,), "aaaaaaaa")


def test_cells_that_change_alike_share_a_line_and_rows_that_go_are_told_whole() -> None:
    teams = tuple(CellChange(f"race: Driver {n}: team", "Old", "New") for n in range(6))
    gone = tuple(CellChange(f"caution: page.txt:3: {column}", "x", "") for column in ("lap", "reason"))
    long = CellChange("passage: It was: text", "a" * 500, "b")
    changes = RaceChanges("Race", 1, 2, (*teams, long), 0, (CellChange("date", "", "June 25"),), gone)
    card = load_report_card(Report(4, (changes,)))
    told = {fact.label: fact.value for fact in facts_of(card)}
    assert told["Team"] == "6 changes: Old → New for Driver 0, Driver 1, Driver 2 and 3 more"
    assert told["Removed caution page.txt:3"] == "lap x, reason x"
    assert told["Added date"] == "June 25"
    assert told["Passage “It was”"] == "a" * 79 + "… → b"
    assert "a" * 500 in card.files[0].content.decode()


def test_a_disagreement_is_shown_with_both_sides() -> None:
    one = ConflictRow("race: Ross Chastain: laps", "300", "page.txt", 181, "299", "recap.txt", 7, "a table beats prose")
    card = load_report_card(Report(4, (RaceChanges("Race", 0, 0, (), 1, disputes=(one,)),)))
    assert "shown is 300 (page.txt:181); also told is 299 (recap.txt:7). Why: a table beats prose." in text_of(card)


def test_a_short_report_needs_no_file_and_a_long_one_is_in_its_file_whole() -> None:
    assert plan_card((PLAN,), PLAN.key).files == ()
    [sheet] = load_report_card(a_long_report(40, 2, dry_run=False), 9).files
    text = sheet.content.decode()
    assert sheet.name == "report.txt"
    assert text.count("Driver 39’s laps: 299 → 339") == 2
    assert "rejected: bad-0.txt:7: two winners" in text
    assert "added: d0.txt" in text


def test_the_file_of_a_report_has_an_end() -> None:
    [sheet] = load_report_card(a_long_report(4000, 12)).files
    assert len(sheet.content) < 1_100_000
    assert sheet.content.decode().endswith("... and more, which did not fit\n")


@given(st.integers(0, 40), st.integers(0, 14), st.integers(0, 40))
def test_every_report_keeps_the_limits_of_discord(cells: int, races: int, documents: int) -> None:
    card = load_report_card(a_long_report(cells, races, documents))
    assert card_faults(card) == []


def test_a_load_that_was_done_can_be_found_by_its_number() -> None:
    done = Report(4, SMALL.races, SMALL.documents)
    card = loaded_card(done, (LoadRow(4, NOON, "Ann", "Upload of ally.txt", done),))
    assert card.title == "Loaded"
    assert card.question == Question("data log", (Argument("load", "4"),))
    assert loaded_card(Report(4), (LoadRow(4, NOON, "Ann", "Reload", done),)).question == Question("data reload")


def test_the_log_has_a_roll_back_for_every_load() -> None:
    loads = tuple(LoadRow(n, NOON, "Ann", "Reload", SMALL) for n in range(23, 0, -1))
    card = log_card(loads)
    assert list(shown_labels(card)) == [f"Roll back {n}" for n in range(23, 0, -1)]
    assert all(len(labels_of(card, page.number)) <= 7 for page in card_pages(card))
    assert "by Ann, <t:1687780800:f>: 1 document added, 1 race would change (3 cells)" in text_of(card)
    assert log_card(()).summary == "Nothing was ever loaded."


def test_one_load_of_the_log_is_shown_in_full() -> None:
    card = log_card((LoadRow(7, NOON, "Ann", "Reload", SMALL),), 7)
    assert card.title == "7. Reload"
    assert labels_of(card) == ["Roll back 7"]
    with pytest.raises(NothingKnown, match="no load 8"):
        log_card((), 8)


def test_a_report_in_half_a_sentence() -> None:
    assert summary_phrase(Report(3)) == "nothing changed"
    assert (
        summary_phrase(a_long_report(1, 1))
        == "1 document added, 1 race would change (5 cells), 2 new disagreements, 1 document rejected"
    )


def test_documents_are_listed_with_a_button_each() -> None:
    card = document_list_card([a_document(n) for n in range(12)], NAMES)
    assert "race page, 2003 Ally 400; 280 lines; from the folder, by Ann, <t:1687780800:f>" in text_of(card)
    assert list(shown_labels(card)) == [f"page-{n}.txt" for n in range(12)]
    assert document_list_card((), NAMES).summary == "No document is in force."


def test_the_text_of_a_document_is_shown_around_a_line_with_a_remove() -> None:
    text = tuple((number, f"line {number} " + "x" * 400) for number in range(95, 106))
    card = document_text_card(a_document(3), text, 100, NAMES)
    assert labels_of(card)[-3:] == ["Earlier", "Later", "Remove"]
    assert [fact.label for fact in facts_of(card)][5] == "100 ←"
    assert len(facts_of(card)[0].value) == 300
    assert len(facts_of(card)[5].value) > 400
    with pytest.raises(NothingKnown, match=r"page-3\.txt has no line 999: it has 280 lines"):
        document_text_card(a_document(3), (), 999, NAMES)


def test_the_first_line_has_nothing_earlier_and_the_last_nothing_later() -> None:
    assert "Earlier" not in labels_of(document_text_card(a_document(3), ((1, "a"), (2, "b")), 1, NAMES))
    assert "Later" not in labels_of(document_text_card(a_document(3), ((279, "a"), (280, "b")), 280, NAMES))


@pytest.mark.parametrize("name", ["page.txt", "x" * 200 + ".txt", "größe " * 9 + ".txt"])
def test_a_document_of_any_name_can_be_removed_by_its_button(name: str) -> None:
    one = a_document(3, name)
    card = document_text_card(one, ((1, "a"),), 1, NAMES)
    removed = next(follow.question for follow in card.follow_ups if follow.label == "Remove")
    assert resolve_document([a_document(1), one], removed.arguments[0].value) == one
    assert resolve_document([a_document(1), one], card.question.arguments[0].value) == one
    assert "Remove" in labels_of(card)


def test_a_document_is_meant_by_words_of_its_name_or_title() -> None:
    held = [a_document(1), a_document(2)]
    assert resolve_document(held, "page-2.txt · 2002 Ally 400") == held[1]
    assert resolve_document(held, "2002 ally") == held[1]
    with pytest.raises(AmbiguousName):
        resolve_document(held, "ally")
    with pytest.raises(UnknownName):
        resolve_document(held, "daytona")
    with pytest.raises(UnknownName):
        resolve_document(held, "  ")


def test_the_template_comes_as_a_file_with_every_column_explained() -> None:
    card = template_card()
    assert card.files[0].name == "results.csv"
    assert [fact.label for fact in facts_of(card)] == [name for name, _ in column_meanings()]


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.kind for template in TEMPLATES])
def test_every_kind_has_a_page_of_words_and_its_smallest_file(template: DocumentTemplate) -> None:
    card = template_card(template.kind)
    assert (card.files[0].name, card.files[0].content.decode()) == (template.file_name, template.text)
    assert card.summary == " ".join(template.words)


def test_a_kind_without_a_template_is_said_with_those_that_have_one() -> None:
    with pytest.raises(BotError, match="“poem” is no kind of document I have a template of; there are results table"):
        template_card("poem")


def test_corrections_are_listed_with_who_and_why() -> None:
    one = CorrectionRow(3, "cup-2023-17", "race: Ross Chastain: laps", "299", "300", "the timing sheet", "Ann", NOON)
    card = corrections_card((one,), NAMES)
    assert "299 → 300, because the timing sheet (by Ann, <t:1687780800:f>)" in text_of(card)
    assert labels_of(card) == ["Withdraw 3"]
    assert corrections_card((), NAMES).summary == "No correction is in force."


def test_reports_are_a_queue_with_one_on_a_page() -> None:
    rows = tuple(
        MistakeReportRow(n, "/race name:cup-2023-17", "page.txt", "The pole is wrong.", NOON) for n in (1, 2, 3)
    )
    card = reports_card(MistakeReportPage(rows, 3, NOON, None, 3))
    assert len(page_texts(card)) == 3
    assert labels_of(card, 1) == ["Answer", "Close", "Delete", BACK, ON, "Close these 3"]
    assert "The pole is wrong." in page_texts(card)[2]
    assert reports_card(MistakeReportPage()).summary == "No report is open."


def test_many_reports_are_turned_over_and_closed_ten_at_a_time() -> None:
    rows = tuple(MistakeReportRow(n, "/race", "page.txt", "The pole is wrong.", NOON) for n in range(5, 15))
    card = reports_card(MistakeReportPage(rows, 812, NOON, 15, 990))
    assert card.summary == "812 open reports, the oldest first; here are 10 reports from number 5 on."
    asked = {button.label: button.question.command_text() for button in card.follow_ups}
    assert asked == {
        "Later reports": "/data reports first:15",
        "Close these 10": "/data closemany first:5 last:14",
        "Close all 812": "/data closemany first:1 last:990",
    }


def test_questions_without_an_answer_are_listed_and_cleared() -> None:
    card = unanswered_card([UnansweredRow("driver", f"name {n}", 300 - n) for n in range(250)])
    assert card.summary == "250 questions of the last 90 days found no answer."
    assert card.note == "50 more questions not listed."
    assert [button.question.command for button in card.follow_ups] == ["data clear"]
    assert unanswered_card(()).follow_ups == ()


def test_a_value_is_meant_by_its_name_by_words_or_by_the_label_of_a_choice() -> None:
    assert resolve_value(VALUES, "race: ross chastain: laps") == "race: Ross Chastain: laps"
    assert resolve_value(VALUES, "race: Ross Chastain: laps (now 299)") == "race: Ross Chastain: laps"
    assert resolve_value(VALUES, "elliott laps") == "race: Chase Elliott: laps"
    assert resolve_value(VALUES, "date") == "date"
    with pytest.raises(AmbiguousName):
        resolve_value(VALUES, "chastain")
    with pytest.raises(UnknownName) as error:
        resolve_value(VALUES, "wimmer")
    assert ("winner", "winner") in error.value.suggestions


def test_values_of_the_whole_race_are_offered_first() -> None:
    assert [what for what, _ in matching_values(VALUES, "")][:2] == ["date", "winner"]
    assert matching_values(VALUES, "nobody at all") == ()


def test_only_a_card_about_a_race_can_be_corrected() -> None:
    about = Card("x", Question("race", (Argument("name", "cup-2023-17", "race"),)))
    assert with_correct_button(about).follow_ups[0].question.arguments[0].value == "cup-2023-17"
    assert with_correct_button(Card("x", Question("help"))).follow_ups == ()


def test_status_opens_with_what_waits(seed_desk: QuestionRunner) -> None:
    wait = ModerationQueue(
        plans=(PLAN, replace(PLAN, key="b" * 8, title="Removal of x.txt")),
        mistakes=MistakeReportPage((MistakeReportRow(1, "/race", "page.txt", "wrong", NOON),), 1, NOON, None, 1),
        rejected=tuple(f"bad-{n}.txt:3: two winners" for n in range(7)),
        unanswered=(UnansweredRow("driver", "chastein", 2), UnansweredRow("/recap", "fight", 5)),
        removed=(RemovedDocument("old.txt", is_in_folder=True), RemovedDocument("sent.csv", is_in_folder=False)),
        undelivered=(UndeliveredMessage("report", "4", 7, "failed", "Missing Access (50001)", NOON),),
        last_load=LoadRow(3, NOON, "Ann", "Reload", SMALL),
    )
    card = seed_desk.ask(status_card, wait, "the bot lacks Send Messages in #mods: give it that")
    assert labels_of(card)[-5:] == ["Look 1", "Apply 2", "Look 2", "Unanswered", "Reports"]
    text = text_of(card)
    assert text.index("Waiting for you") < text.index("Data version") < text.index("ally-400-race-page.txt")
    assert "/recap “fight” (5 times) and driver “chastein” (2 times)" in text
    assert "**Rejected** 2 more documents" in text
    assert "1 card said to be wrong, the first on <t:1687780800:f>" in text
    assert "old.txt: still in the folder" in text
    assert "sent.csv: not in the folder" in text
    assert "The bot lacks Send Messages in #mods" in text
    assert "Report 4, channel 7: Missing Access (50001)." in text
    assert ", Reload by Ann" in text
    assert "MB in the database" in text


@pytest.mark.parametrize(
    "plan",
    [replace(PLAN, stale=True), replace(PLAN, report=Report(3, dry_run=True))],
    ids=["stale", "without a change"],
)
def test_a_plan_that_cannot_be_applied_waits_for_nobody(seed_desk: QuestionRunner, plan: PlanRow) -> None:
    card = seed_desk.ask(status_card, ModerationQueue((plan,)))
    assert card.summary.startswith("Nothing waits for you.")
    assert labels_of(card) == ["Try a reload"]


def test_one_document_tells_of_one_race(archive: Engine) -> None:
    rows = (
        Race(key="cup-2099-1", series="cup", season=2099, round=1),
        Source(document="a.txt", digest="a", kind="recap", title="A", lines=3, race="cup-2099-1"),
    )
    with write_session(archive) as session:
        session.add_all(rows)
    card = QuestionRunner(archive).ask(status_card, ModerationQueue())
    assert card.summary == "Nothing waits for you. 1 document tells of 1 race."


def test_status_says_so_when_nothing_waits(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(status_card, ModerationQueue())
    assert card.summary.startswith("Nothing waits for you.")
    assert labels_of(card)[-1] == "Try a reload"


@given(count=st.integers(0, 12))
def test_every_plan_that_can_be_applied_has_its_button_on_some_page(seed_desk: QuestionRunner, count: int) -> None:
    plans = tuple(replace(PLAN, key=f"{n:08}") for n in range(count))
    shown = list(shown_labels(seed_desk.ask(status_card, ModerationQueue(plans))))
    assert len([one for one in shown if one.startswith("Apply")]) == count
