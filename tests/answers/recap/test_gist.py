"""The gist of a story: sentences of its own that say how it began, where it turned and how it ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.recap.gist import gist_of
from bot.archive.queries.story import PassageRow

STORY = (
    ("before", None, None, "Ann Ash had won the pole for the third week in a row on Friday afternoon."),
    ("stage 1", 1, None, "Ann Ash led the field to the green flag from the pole. It was a hot day in the valley."),
    ("stage 1", 1, 40, "Nothing much was seen of anybody else in the opening stage. Bea Birch ran third."),
    ("stage 2", 2, 90, "Cal Cole hit the wall, and the caution set up a restart that Bea Birch lost to Ash."),
    ("stage 3", 3, 180, "Bea Birch took the lead with a two-tire pit stop under the last caution of the day."),
    ("finish", None, None, "Bea Birch held off Ann Ash by a fender to win her first race. Ash was not amused."),
    ("after", None, None, "Bea Birch won a clock for the victory, and took it home on the school bus that night."),
)


def passages(*rows: tuple[str, int | None, int | None, str], speaker: str | None = None) -> list[PassageRow]:
    return [
        PassageRow("r", number, text, "", part, stage, lap, speaker, "", "recap.txt", number)
        for number, (part, stage, lap, text) in enumerate(rows, 1)
    ]


def test_a_gist_begins_with_the_start_and_ends_with_the_winner() -> None:
    gist = gist_of(passages(*STORY), "Bea Birch")
    assert [sentence.tells for sentence in gist] == ["start", "turn", "turn", "finish"]
    assert gist[0].text == "Ann Ash led the field to the green flag from the pole."
    assert gist[-1].text == "Bea Birch held off Ann Ash by a fender to win her first race."
    assert [sentence.passage.lap for sentence in gist[1:-1]] == [90, 180]


def test_every_sentence_of_a_gist_stands_in_the_story_with_its_line() -> None:
    for sentence in gist_of(passages(*STORY), "Bea Birch"):
        assert sentence.text in sentence.passage.text
        assert sentence.passage.line


def test_what_was_said_and_what_came_before_and_after_the_race_are_no_part_of_it() -> None:
    parts = {sentence.passage.part for sentence in gist_of(passages(*STORY), "Bea Birch")}
    assert not parts & {"before", "after", "background"}
    assert not gist_of(passages(*STORY, speaker="Bea Birch"), "Bea Birch")
    quoted = [(part, stage, lap, f"“{text}”") for part, stage, lap, text in STORY]
    assert not gist_of(passages(*quoted), "Bea Birch")


@pytest.mark.parametrize("winner", [None, "Zed Zander", ""])
def test_a_story_without_its_winner_has_no_gist(winner: str | None) -> None:
    assert not gist_of(passages(*STORY), winner)


def test_a_story_of_two_sentences_has_no_gist() -> None:
    assert not gist_of(passages(STORY[1], STORY[5]), "Bea Birch")


@given(st.lists(st.tuples(st.sampled_from(["", "stage 1", "finish"]), st.text(max_size=200)), max_size=6), st.text())
def test_any_text_has_a_gist_of_at_most_five_sentences_or_none(rows: list[tuple[str, str]], winner: str) -> None:
    gist = gist_of(passages(*((part, None, None, text) for part, text in rows)), winner)
    assert not gist or 3 <= len(gist) <= 5
