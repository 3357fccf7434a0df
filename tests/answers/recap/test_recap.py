"""The story of a race, and the passages that answer a few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.recap.passage_search import IndexedPassage, IndexedRecap, rank_passages
from bot.answers.recap.recap import recap
from bot.archive.models.core import Race
from bot.cards import Card, Facts, Quotes
from bot.errors import NothingKnown
from tests.support.archive_rows import ALLY, NAMELESS, fill_archive
from tests.support.cards import whole_card


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_archive(archive)


def texts(card: Card) -> list[str]:
    """The passages of a card in order."""
    return [quote.text for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes]


def bold(card: Card) -> list[str]:
    """The words in bold, in order."""
    quotes = [quote for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes]
    return [quote.text[start:end] for quote in quotes for start, end in quote.bold]


def test_the_story_is_told_by_stage_and_background_last(desk: QuestionRunner) -> None:
    card = desk.ask(recap)
    assert [part.title for part in card.parts] == [
        "Stage 3", "Before the race", "Stage 1", "Stage 2", "After the race", "More of the story", "Background",
        "Cautions and penalties",
    ]  # fmt: skip
    assert [block.heading for block in card.blocks] == ["Stage 3"]
    assert [block.heading for block in desk.ask(recap, part="st2").blocks] == ["Stage 2"]
    assert card.summary == "Ross Chastain won the 2023 Ally 400 at Nashville."
    assert [follow.label for follow in card.follow_ups] == ["The race", "Results"]


def test_a_passage_says_when_by_whom_and_from_where(desk: QuestionRunner) -> None:
    card = whole_card(desk, recap)
    quotes = {quote.text: quote for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes}
    assert quotes["The wheel came off and sent Reddick spinning."].caption == "lap 146"
    assert quotes["A win here is incredible."].caption == "said by Ross Chastain"
    assert quotes["NBC covered the race; Parker Kligerman reported."].citation.document == "page.txt"
    assert quotes["A win here is incredible."].citation.line == 11


def test_incidents_are_told_in_the_whole_story(desk: QuestionRunner) -> None:
    card = whole_card(desk, recap)
    told = {fact.label: fact.value for block in card.blocks if isinstance(block, Facts) for fact in block.facts}
    assert told == {
        "Caution 2, stage 2, lap 146": "a wheel came off (Tyler Reddick and Ross Chastain)",
        "Lead change, 34 to go": "Chastain leads",
    }


@pytest.mark.parametrize(
    ("about", "found", "words"),
    [
        ("reddick wheel", ["The wheel came off and sent Reddick spinning."], ["wheel", "Reddick"]),
        ("redick wheels", ["The wheel came off and sent Reddick spinning."], ["wheel", "Reddick"]),
        ("#45 spun", ["The wheel came off and sent Reddick spinning."], ["Reddick spinning"]),
        ("what did Kyle Busch hit", ["Kyle Busch hit Blaney, and Daniel Suárez spun behind them."], ["Kyle Busch hit"]),
        ("suarez spin", ["Kyle Busch hit Blaney, and Daniel Suárez spun behind them."], ["Daniel Suárez spun"]),
        ("tires", ["Kyle Larson led, then Chastain took the lead with new tires."], ["tires"]),
        ("background", ["The oval is paved with concrete."], []),
        ("interview", ["A win here is incredible."], []),
        ("lap 146", ["The wheel came off and sent Reddick spinning."], []),
        ("stage 2 spin reddick", ["The wheel came off and sent Reddick spinning."], ["Reddick spinning"]),
    ],
)
def test_a_few_words_find_the_passage_that_has_them_all(
    desk: QuestionRunner, about: str, found: list[str], words: list[str]
) -> None:
    card = desk.ask(recap, ALLY, about)
    assert texts(card) == found
    assert bold(card) == words


def test_a_stage_alone_gives_its_whole_story(desk: QuestionRunner) -> None:
    for about in ("stage 2", "second stage", "Stage Two"):
        assert len(texts(desk.ask(recap, None, about))) == 2
    assert len(texts(desk.ask(recap, None, "final stage"))) == 1
    assert len(texts(desk.ask(recap, None, "what happened"))) == 8


@pytest.mark.parametrize("topic", ["stage 2", "reddick", "cautions", "reddick wheel", "chastain wheel"])
def test_a_driver_or_a_moment_behind_the_race_is_what_is_asked_about_it(desk: QuestionRunner, topic: str) -> None:
    def answer(race: str, about: str | None) -> object:
        try:
            return texts(desk.ask(recap, race, about))
        except NothingKnown as error:
            return str(error)

    assert answer(f"nashville {topic}", None) == answer("nashville", topic) != answer("nashville", None)


def test_a_first_name_that_two_bear_finds_both(desk: QuestionRunner) -> None:
    assert len(texts(desk.ask(recap, None, "kyle"))) == 2


def test_passages_with_rarer_words_go_first(desk: QuestionRunner) -> None:
    found = texts(desk.ask(recap, None, "chastain"))
    assert found == [
        "Tyler Reddick took the stage win over Chastain.",
        "Kyle Larson led, then Chastain took the lead with new tires.",
        "A win here is incredible.",
    ]


def test_a_name_read_another_way_is_said(desk: QuestionRunner) -> None:
    assert desk.ask(recap, None, "redick").note == "“redick” read as Tyler Reddick."


def test_the_question_is_kept_in_the_words_that_were_asked(desk: QuestionRunner) -> None:
    card = desk.ask(recap, None, "  reddick   wheel ")
    assert card.question.command_text() == f"/recap race:{ALLY} about:reddick wheel"
    assert desk.ask(recap, None, "reddick " * 20).title.endswith("…")


def test_nothing_found_says_what_is_told(desk: QuestionRunner) -> None:
    with pytest.raises(NothingToShow, match=r"2023 Ally 400 says nothing about “zebra”.*Reddick.*Stage 1, Stage 2"):
        desk.ask(recap, None, "zebra")
    with pytest.raises(NothingToShow, match=r"the race of no known name says nothing about “zebra”\.$"):
        desk.ask(recap, NAMELESS, "zebra")


def test_a_race_without_a_story_says_so(archive: Engine) -> None:
    desk = fill_archive(archive, extra_rows=(Race(key="silent", name="Silent 500", order_key="1"),))
    with pytest.raises(NothingToShow, match="No story for the Silent 500 yet") as refused:
        desk.ask(recap, "silent")
    assert [one.label for one in refused.value.follow_ups] == ["The race", "Latest story"]
    assert texts(desk.ask(recap, NAMELESS))


def test_of_several_races_that_fit_the_latest_with_a_story_is_told_and_said(archive: Engine) -> None:
    later = Race(
        key="cup-2024-19", series="cup", series_name="NASCAR Cup Series", season=2024, round=19, name="Ally 400",
        track="Nashville Superspeedway", winner="Joey Logano", order_key="2024-019-",
    )  # fmt: skip
    desk = fill_archive(archive, extra_rows=(later,))
    for card in (desk.ask(recap, "nashville"), desk.ask(recap, "nashville reddick wheel"), desk.ask(recap, "ally 400")):
        assert card.question.arguments[0].value == ALLY
        assert card.note == "The latest at Nashville with a story."
    assert desk.ask(recap).note == "The latest with a story."
    with pytest.raises(NothingToShow, match="No story for the 2024 Ally 400"):
        desk.ask(recap, "2024 ally 400")


WORDS = st.text(alphabet="abcdefé #1 23'’-", max_size=40)
TOLD = st.builds(
    IndexedPassage,
    WORDS,
    WORDS,
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 300),
    st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
)


@given(st.lists(TOLD, max_size=6).map(tuple), st.dictionaries(WORDS, WORDS, max_size=2), st.text(max_size=300) | WORDS)
def test_whatever_is_asked_spans_lie_inside_the_text_and_in_order(
    passages: tuple[IndexedPassage, ...], cars: dict[str, str], about: str
) -> None:
    found, _ = rank_passages(IndexedRecap(passages, cars), about)
    assert len({one.index for one in found}) == len(found)
    for one in found:
        text = passages[one.index].text
        edges = [edge for span in one.spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("reddick wheel", 23),
        ("keselowski spin", 25),
        ("blaney wall", 25),
        ("kyle busch flat tire", 5),
        ("noah gragson", 9),
        ("playoffs", 37),
        ("truex radio", 35),
        ("chicago street course", 43),
    ],
)
def test_the_recap_of_the_seeds_answers_with_the_right_paragraph(
    seed_desk: QuestionRunner, about: str, line: int
) -> None:
    card = seed_desk.ask(recap, ALLY, about)
    quotes = [quote for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes]
    assert ("ally-400-recap.txt", line) in [(quote.citation.document, quote.citation.line) for quote in quotes[:2]]
