"""Records of a decade, and of drivers who are active."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.history.records import records
from bot.cards import Card
from bot.errors import NothingKnown
from tests.support.cards import column
from tests.support.history_rows import RIVERVIEW, fill_history


@pytest.fixture
def history(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def again(history: QuestionRunner, card: Card) -> Card:
    options = {argument.option: argument.value for argument in card.question.arguments}
    return history.ask(
        records, options["what"], options.get("series"), options.get("track"), None, options.get("decade"),
        options.get("drivers"),
    )  # fmt: skip


def test_a_decade_counts_its_ten_seasons_and_no_other(history: QuestionRunner) -> None:
    card = history.ask(records, "most wins", decade="1950s")
    assert dict(zip(column(card, "Driver"), column(card, "Wins"), strict=True)) == {
        "Ann Ash": "2", "Bea Birch": "2", "Cal Cole": "1",
    }  # fmt: skip
    assert "in the 1950s" in card.summary
    assert again(history, card) == card


def test_a_decade_at_a_track_counts_the_races_there(history: QuestionRunner) -> None:
    card = history.ask(records, "most wins", None, RIVERVIEW, None, "1950s")
    assert dict(zip(column(card, "Driver"), column(card, "Wins"), strict=True)) == {"Ann Ash": "2", "Bea Birch": "1"}
    assert again(history, card) == card


def test_active_drivers_are_those_of_the_latest_season_with_all_their_years(history: QuestionRunner) -> None:
    card = history.ask(records, "most starts", drivers="active")
    assert dict(zip(column(card, "Driver"), column(card, "Starts"), strict=True)) == {
        "Ann Ash": "7", "Bea Birch": "7", "Cal Cole": "7", "Dee Dunn": "6", "Eli Elm": "1",
    }  # fmt: skip
    assert history.ask(records, "most starts", "nxs", drivers="active").summary.count("active") == 1


def test_stage_wins_can_be_narrowed_too(history: QuestionRunner) -> None:
    assert column(history.ask(records, "most stage wins", decade="2020s", drivers="active"), "Driver")[0] == "Cal Cole"
    with pytest.raises(NothingKnown):
        history.ask(records, "most stage wins", decade="1950s")


@pytest.mark.parametrize(
    ("season", "decade", "drivers", "words"),
    [
        (None, "nineties", None, "written like 1990s"),
        (None, "1995", None, "written like 1990s"),
        (1951, "1950s", None, "not for both"),
        (None, None, "retired", "active or everybody"),
        (None, "1960s", None, "No wins known"),
    ],
)
def test_what_is_no_decade_and_nobody_is_said(
    season: int | None, decade: str | None, drivers: str | None, words: str, history: QuestionRunner
) -> None:
    with pytest.raises(NothingKnown, match=words):
        history.ask(records, "most wins", None, None, season, decade, drivers)


def test_everybody_is_what_one_gets_without_asking(history: QuestionRunner) -> None:
    plain = history.ask(records, "most wins")
    assert history.ask(records, "most wins", drivers="everybody") == plain
