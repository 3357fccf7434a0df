"""Where questions meet the archive: one snapshot, the names of the same version, and cards that are given again."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.context import QueryContext, QuestionRunner
from bot.answers.moderation import status as data
from bot.answers.race import overview as race
from bot.cards import Card, Question
from bot.errors import NothingKnown
from bot.loading.load import load
from bot.recent_values import RecentValues


@pytest.fixture
def desk(filled: Engine) -> QuestionRunner:
    return QuestionRunner(filled)


def test_a_question_asked_again_is_given_the_same_card(desk: QuestionRunner) -> None:
    assert desk.ask(race.overview, "nashville") is desk.ask(race.overview, "nashville")


def test_a_card_is_at_hand_once_it_was_asked_for_and_till_another_desk_sees_other_data(
    desk: QuestionRunner, documents: Path
) -> None:
    assert desk.cached_answer(desk.operator_rules, race.overview, "nashville") is None
    card = desk.ask(race.overview, "nashville")
    assert desk.cached_answer(desk.operator_rules, race.overview, "nashville") is card
    assert desk.cached_answer(desk.operator_rules, race.overview, "daytona") is None
    (documents / "daytona-recap.txt").unlink()
    load(desk.engine, documents)
    assert desk.cached_answer(desk.operator_rules, race.overview, "nashville") is None
    again = desk.ask(race.overview, "nashville")
    assert desk.cached_answer(desk.operator_rules, race.overview, "nashville") is again


def test_another_data_version_is_asked_anew(desk: QuestionRunner, documents: Path) -> None:
    before = desk.ask(race.overview, "nashville")
    page = documents / "ally-400-race-page.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("Lead changes: 21", "Lead changes: 22"), encoding="utf-8")
    load(desk.engine, documents)
    after = desk.ask(race.overview, "nashville")
    assert after is not before
    assert "22 among 12 drivers" in str(after)
    assert desk.names.version == 2


def test_what_moderators_see_is_never_given_again(desk: QuestionRunner) -> None:
    assert desk.ask(data.status_card) is not desk.ask(data.status_card)


def test_an_error_is_no_answer_to_be_kept(desk: QuestionRunner) -> None:
    asked: list[int] = []

    def refuse(_: QueryContext) -> Card:
        asked.append(1)
        raise NothingKnown("The documents do not say.")

    for _ in range(2):
        with pytest.raises(NothingKnown):
            desk.ask(refuse)
    assert len(asked) == 2


def test_only_so_many_cards_are_kept_and_the_oldest_goes_first(
    desk: QuestionRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_cache", RecentValues(2))
    asked: list[str] = []

    def echo(_: QueryContext, text: str) -> Card:
        asked.append(text)
        return Card(text, Question("echo"))

    for text in ("a", "b", "a", "c", "a", "b"):
        assert desk.ask(echo, text).title == text
    assert asked == ["a", "b", "c", "b"]


def test_names_are_known_without_a_question_once_one_was_asked(desk: QuestionRunner) -> None:
    assert desk.names.version == -1
    desk.ask(lambda _: None)
    assert desk.names.version == 1
    assert [one.value for one in desk.names.suggest("nash", "race")] == ["cup-2023-17"]


def test_whoever_waits_for_other_names_is_told_when_they_are_in_use(archive: Engine, documents: Path) -> None:
    load(archive, documents)
    seen: list[int] = []
    asked = QuestionRunner(archive, on_new_names=lambda: seen.append(asked.names.version))
    for _ in range(2):
        asked.ask(lambda _: None)
    (documents / "daytona-recap.txt").unlink()
    load(archive, documents)
    asked.ask(lambda _: None)
    assert seen == [1, 2]
