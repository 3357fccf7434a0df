"""What people ask for in a story, in other words than a reporter's."""

import pytest

from bot.answers.recap.passage_search import IndexedPassage, IndexedRecap, rank_passages
from bot.answers.recap.topic_words import near_words, same_words

STORY = (
    "Ann Ash got loose and spun through the grass.",
    "Bea Birch slapped the wall in Turn 2.",
    "Cal Cole and Dee Dunn made contact off the restart.",
    "Five cars wrecked on the backstretch.",
    "The leaders pitted under yellow for two tires.",
    "Eli Elm won by half a second.",
    "A slow stop cost Ann Ash ten places.",
)
RECAP = IndexedRecap(tuple(IndexedPassage(text, "", None, None, ()) for text in STORY), {})


def found(about: str) -> list[int]:
    """The places of the passages that answer, best first."""
    return [match.index for match in rank_passages(RECAP, about)[0]]


@pytest.mark.parametrize(
    ("about", "first", "others"),
    [
        ("crash", 3, {0, 1, 2}),
        ("wreck", 3, {0, 1, 2}),
        ("accident", 3, {0, 1, 2}),
        ("who spun", 0, {1, 2, 3}),
        ("hit the wall", 1, {3}),
        ("contact", 2, {0, 1, 3}),
        ("pit stops", 4, {6}),
        ("pitting", 4, {6}),
        ("stop", 6, {4}),
        ("tyres", 4, set()),
        ("tire", 4, set()),
    ],
)
def test_the_very_word_comes_first_and_words_near_it_after(about: str, first: int, others: set[int]) -> None:
    places = found(about)
    assert places[0] == first
    assert others <= set(places[1:]) or not others


def test_what_is_near_nothing_that_was_asked_is_left_out() -> None:
    assert 5 not in found("crash")
    assert found("won") == [5]


def test_no_word_stands_for_two_and_no_word_is_near_itself() -> None:
    assert not set(same_words()) & set(same_words().values())
    assert all(word not in near for word, near in near_words().items())
    assert not set(near_words()) & set(same_words())
