"""Questions made to be dear or odd: each costs about what a plain one does, and long ones keep their sources."""

import time
from contextlib import suppress

import pytest
from sqlalchemy import Engine

from bot.answers.ask.ask import ask
from bot.answers.context import QuestionRunner
from bot.cards import MAX_FREE_TEXT_BYTES
from bot.errors import BotError
from tests.support.history_rows import fill_history

MAX_RATIO = 8  # of the time of a plain question; measured are 0.1 to 2.2
HOSTILE = {
    "letters": "a" * 2000,
    "words": "win " * 500,
    "names": "ann ash and bea birch " * 90,
    "unknown words": " ".join(f"zq{number}xk" for number in range(300)),
    "slips": "qualifyng winnr manufacterer standigns " * 50,
    "numbers": "1234567890 " * 180,
    "years": "1950 2022 " * 200,
    "ordinals": "first second 3rd p4 " * 100,
    "tracks": "riverview speedway shore raceway " * 60,
    "symbols": "%_'\"\\;--(){}[]" * 140,
    "marks": "é" + "\u0301" * 1999,
    "scripts": "漢字かな한글עבריתالعربية" * 90,
    "emoji": "🏁" * 1000,
    "mentions": "<@123456789012345678> " * 90,
    "blanks": " \t\u2003" * 660,
    "careers": "who has more wins " + "ann ash or bea birch " * 90,
    "seasons": "which race had the most cautions in 2022 " * 48,
}


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def cost(desk: QuestionRunner, question: str) -> float:
    """Seconds of processor of the quickest of three answers or refusals."""
    best = float("inf")
    for blanks in range(1, 4):  # the same text would be answered from memory
        start = time.process_time()
        with suppress(BotError):
            desk.ask(ask, " " * blanks + question)
        best = min(best, time.process_time() - start)
    return best


def test_no_question_costs_many_times_a_plain_one(desk: QuestionRunner) -> None:
    plain = cost(desk, "who finished right behind ann ash at riverview in 2022")
    dear = {name: round(cost(desk, text) / plain, 1) for name, text in HOSTILE.items()}
    assert {name: ratio for name, ratio in dear.items() if ratio > MAX_RATIO} == {}


@pytest.mark.parametrize(
    "question",
    [
        "who finished right behind ann ash in the 2022 sponsor 400 race at riverview speedway please",
        "please could you tell me how many laps did bea birch lead in the sponsor 400 at riverview speedway in 2022",
    ],
)
def test_an_answer_to_a_long_question_can_be_turned_to_its_sources(question: str, desk: QuestionRunner) -> None:
    card = desk.ask(ask, question)
    typed = [one.value for one in card.question.arguments if one.option == "question"]
    assert card.is_cited
    assert all(len(text.encode()) <= MAX_FREE_TEXT_BYTES for text in typed)
    assert typed or card.question == card.follow_ups[0].question
