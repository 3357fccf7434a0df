"""What moderators read of a load of histories: races that are too many are counted, names are told one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.moderation.load_report import summary_phrase
from bot.answers.moderation.loads import load_card, load_report_card, plan_card
from bot.loading.moderation.rows import LoadRow
from bot.loading.report import CellChange, DocumentChange, HistoryChanges, RaceChanges, Report
from tests.answers.moderation.test_cards import NOON, PLAN, facts_of, labels_of, text_of
from tests.support.pages import card_faults

ACCENT = CellChange("driver", "Daniel Suarez", "Daniel Suárez")
ADDED = HistoryChanges("cup_series.csv", 2_822, 0, 0)
WHOLE = Report(1, documents=(DocumentChange("cup_series.csv", "added"),), histories=(ADDED,))


def names(count: int) -> tuple[CellChange, ...]:
    return tuple(CellChange("team", f"Team {number}", f"TEAM {number}") for number in range(count))


def test_many_races_are_counted_by_history_in_half_a_sentence() -> None:
    assert summary_phrase(WHOLE) == "1 document added, cup_series.csv: 2,822 races added"
    mixed = replace(WHOLE, histories=(HistoryChanges("nxs_series.csv", 1, 1_200, 3),), documents=())
    assert summary_phrase(mixed) == "nxs_series.csv: 1 race added, 1,200 changed and 3 removed"


def test_one_name_is_told_in_half_a_sentence_and_many_are_counted() -> None:
    assert summary_phrase(Report(2, spellings=(ACCENT,))) == "driver Daniel Suarez is spelled Daniel Suárez from now on"
    assert summary_phrase(Report(2, spellings=names(3))) == "3 names spelled otherwise"


def test_a_load_of_a_history_says_first_how_many_races_it_changes() -> None:
    assert load_report_card(WHOLE).summary == "2,822 races changed, version 1; nothing rejected."
    planned = replace(WHOLE, dry_run=True, spellings=(ACCENT,), races=(RaceChanges("2023 Ally 400", 2, 0, ()),))
    card = plan_card((replace(PLAN, report=planned),), PLAN.key)
    assert card.summary.endswith("2,823 races would change, 1 name spelled otherwise, version 1; nothing rejected.")
    assert labels_of(card) == ["Apply", "Discard"]


def test_the_card_has_a_line_for_each_history_and_each_name() -> None:
    card = load_report_card(replace(WHOLE, spellings=(ACCENT,), races=(RaceChanges("2023 Ally 400", 2, 0, ()),)))
    told = {fact.label: fact.value for fact in facts_of(card)}
    assert told["cup_series.csv"] == "2,822 races added"
    assert told["Driver"] == "Daniel Suarez is spelled Daniel Suárez from now on"
    assert card.files == ()


def test_names_that_are_too_many_for_a_card_are_in_its_file() -> None:
    card = load_report_card(replace(WHOLE, spellings=(ACCENT, *names(40))))
    assert "**And** 26 more names" in text_of(card)
    [sheet] = card.files
    text = sheet.content.decode()
    assert "cup_series.csv: 2,822 races added\n" in text
    assert "driver Daniel Suarez is spelled Daniel Suárez from now on\n" in text
    assert "team Team 39 is spelled TEAM 39 from now on" in text


def test_a_load_that_only_spells_a_name_otherwise_is_no_load_of_nothing() -> None:
    only = Report(3, spellings=(ACCENT,))
    assert load_report_card(only).summary == "0 races changed, 1 name spelled otherwise, version 3; nothing rejected."
    assert "Daniel Suárez" in text_of(load_card((LoadRow(3, NOON, "Ann", "Reload", only),), 3))


@given(
    st.lists(st.builds(HistoryChanges, st.just("x_cup.csv"), *[st.integers(0, 9_999)] * 3), max_size=9),
    st.integers(0, 40),
)
def test_every_report_of_histories_keeps_the_limits_of_discord(counted: list[HistoryChanges], count: int) -> None:
    card = load_report_card(replace(WHOLE, histories=tuple(counted), spellings=names(count)))
    assert card_faults(card) == []
    assert summary_phrase(Report(1, histories=tuple(counted)))
