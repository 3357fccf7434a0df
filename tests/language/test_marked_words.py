"""What the words of a text are marked as."""

import pytest

from bot.language.marked_words import mark_words
from bot.language.word_lists import word_lists


def marked(text: str, mark: str, surnames: frozenset[str] = frozenset()) -> list[str]:
    """The words with a mark, as written."""
    return [word.text for word in mark_words(text, surnames).words if word.has(mark)]


NAMES = [
    ("Initially Reed Falk led.", ["Reed Falk"]),
    ("Hank St. Clair, Connor van der Meer and A. J. Tolliver passed O’Dowd’s car.",
     ["Hank St. Clair", "Connor van der Meer", "A. J. Tolliver", "O’Dowd"]),
    ("A.J. Falk beat Ivo Dorn Jr. and Al Pell, Jr., and Bo Voss III was fourth.",
     ["A.J. Falk", "Ivo Dorn Jr.", "Al Pell, Jr.", "Bo Voss III"]),
    ("Rory March drove the No. 9 Elm Oil Toyota Supra.", ["Rory March"]),
    ("Joe Falk Racing won the Granite Bay 400 at Elm Motor Speedway in the Cup Series.", []),
    ("The Californian from North Carolina was eighth.", ["Californian"]),
    ("Core values matter. Previously nobody led.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_are_runs_of_capitals_that_are_nothing_else(text: str, names: list[str]) -> None:
    assert marked(text, "name") == names


def test_a_month_is_a_name_where_the_text_knows_one_who_bears_it() -> None:
    text = "March led in March. On March 3 he won."
    assert marked(text, "name", frozenset({"march"})) == ["March"]
    assert marked(text, "name") == []


def test_a_proper_name_says_what_it_is() -> None:
    text = "Ridge Racing won the Bank of the Plains 500 at Elm Ridge Speedway in a Chevrolet."
    assert marked(text, "team") == ["Ridge Racing"]
    assert marked(text, "race_name") == ["Bank of the Plains 500"]
    assert marked(text, "track") == ["Elm Ridge Speedway"]
    assert marked(text, "car_name") == ["Chevrolet"]


STAGES = [
    ("Stage 1", (1,)), ("Stage Two", (2,)), ("Stages 1 & 2", (1, 2)), ("the opening 55-lap stage", (1,)),
    ("both of the 45-lap stages", (1, 2)), ("the first two stages", (1, 2)), ("all three stages", (1, 2, 3)),
    ("the first of the four stages", (1,)), ("the final stage", (-1,)), ("the second stage win", (2,)),
    ("his second stage win", ()), ("the second stage win of the season", ()), ("stage presence", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stages"), STAGES)
def test_words_say_which_stages_they_mean(text: str, stages: tuple[int, ...]) -> None:
    assert tuple(stage for word in mark_words(text).words for stage in word.stages) == stages


MEASURES = [
    (".007 seconds", "seconds", 0.007), ("5.465-second", "seconds", 5.465), ("0.1 of a second", "seconds", 0.1),
    ("two seconds", "seconds", 2), ("third", "place", 3), ("21st", "place", 21), ("P4", "place", 4),
    ("lap 31", "lap", 31), ("30 laps", "laps", 30), ("12 laps to go", "to_go", 12), ("two laps left", "to_go", 2),
    ("2009", "year", 2009), ("twenty-one", "count", 21), ("103.2", "decimal", 103.2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mark", "value"), MEASURES)
def test_numbers_say_what_they_count(text: str, mark: str, value: float) -> None:
    (word,) = mark_words(text).words
    assert word.has(mark)
    assert word.value == value


def test_a_car_number_is_text() -> None:
    assert [word.car for word in mark_words("the No. 07 and #31").words if word.car] == ["07", "31"]


def test_a_phrase_is_marked_where_it_begins() -> None:
    text = mark_words("He emerged victorious.")
    assert ("wins_alone", 3) in tuple(text.marks_at(1))
    assert text.has(1, "wins_alone")


def test_every_word_of_the_lists_is_reached_by_some_text() -> None:
    lists = word_lists()
    assert {"wins", "takes", "finishes", "unreal", "other_time", "pole_word"} <= lists.names
    assert lists.has("wins", "won")
    assert not lists.has("wins", "lost")


def test_the_places_of_marked_words_are_those_in_the_text() -> None:
    text = "“Reed Falk’s No. 9 won Stage 1 by .5 seconds,” he said.\n\tTop-10!"
    for word in mark_words(text).words:
        assert text[word.start : word.end] == word.text
