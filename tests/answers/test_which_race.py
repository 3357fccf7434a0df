"""Which race a message speaks of: one, several, or only people."""

import pytest

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.which_race import NOTHING_NAMED, which_race


def test_a_message_that_names_a_race_gets_its_card_and_the_way_to_whom_it_names(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(which_race, "Man, that 2023 Ally 400! Chastain from the pole, and Truex had no tires left.")
    assert card.summary == "Ross Chastain won the 2023 Ally 400 at Nashville."
    assert card.note.startswith("By “ally 400” in the message.")
    assert [one.label for one in card.follow_ups[1:3]] == ["Ross Chastain", "Martin Truex Jr."]
    assert card.question.command_text() == "/race name:cup-2023-17"


def test_a_message_that_names_one_driver_alone_gets_the_driver(seed_desk: QuestionRunner) -> None:
    assert seed_desk.ask(which_race, "Ross Chastain is the real deal").title == "Ross Chastain"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("nashville or daytona?", ["2023 Ally 400", "2023 Wawa 250 Powered by Coca-Cola"]),
        ("Chastain or Truex?", ["Ross Chastain", "Martin Truex Jr."]),
    ],
)
def test_a_message_that_names_several_is_asked_about(seed_desk: QuestionRunner, text: str, labels: list[str]) -> None:
    with pytest.raises(NothingToShow) as caught:
        seed_desk.ask(which_race, text)
    assert [one.label for one in caught.value.follow_ups] == labels


@pytest.mark.parametrize("text", ["", "hello everyone", "May the best man win", "lol " * 1000, "Chastein was there"])
def test_a_message_that_names_nothing_leads_to_what_there_is(seed_desk: QuestionRunner, text: str) -> None:
    with pytest.raises(NothingToShow, match="names no race") as caught:
        seed_desk.ask(which_race, text)
    assert str(caught.value) == NOTHING_NAMED
    assert len(caught.value.follow_ups) == 2
