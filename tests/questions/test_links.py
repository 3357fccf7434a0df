"""The words of a question are linked to cells, columns, numbers and statuses, and what is not linked is named."""

import pytest

from bot.questions.candidates.parts import QuestionScene
from bot.questions.candidates.scene import link_sets, scene_of
from bot.questions.links.index import index_table
from bot.questions.links.question import read_question, singular
from bot.questions.programs.row_sets import Comparison, Contains, Finished, IsAmount, Negated
from tests.questions.tables_by_hand import race_table, season_table

POS, NO, DRIVER, TEAM, MAKE, LAPS, TIME, GRID, POINTS = range(9)


def scene(text: str) -> QuestionScene:
    """The links of a question in the race table."""
    words = read_question(text)
    assert words is not None
    return scene_of(words, index_table(race_table()))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("how did boone castellan do", DRIVER, ("boone", "castellan")),
        ("how did castellan do", DRIVER, ("castellan",)),
        ("how did boone castelan do", DRIVER, ("boone", "castellan")),
        ("how many toyotas ran", MAKE, ("toyota",)),
        ("who drove for pinecrest motorsports", TEAM, ("pinecrest", "motorsports")),
        ("who drove car number 07", NO, ("07",)),
        ("how many engine failures", TIME, ("engine",)),
    ],
)
def test_a_cell_is_found_whole_in_part_and_misspelt(text: str, column: int, words: tuple[str, ...]) -> None:
    assert Contains(column, words) in [link.condition for link in scene(text).conditions]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("who had more than 40 points", IsAmount(POINTS, Comparison.MORE, 40)),
        ("who scored 30 or fewer points", IsAmount(POINTS, Comparison.AT_MOST, 30)),
        ("who ran under 150 laps", IsAmount(LAPS, Comparison.LESS, 150)),
        ("who finished 3rd", IsAmount(POS, Comparison.EQUAL, 3)),
        ("who was in the top five", IsAmount(POS, Comparison.AT_MOST, 5)),
        ("who started from grid position twelve", IsAmount(GRID, Comparison.EQUAL, 12)),
        ("who finished the race", Finished(POS)),
        ("who didn't finish the race", Negated(Finished(POS))),
    ],
)
def test_a_number_and_a_status_are_conditions_of_their_column(text: str, condition: object) -> None:
    assert condition in [link.condition for link in scene(text).conditions]


def test_a_word_that_is_a_column_and_stands_in_a_cell_is_the_column() -> None:
    found = scene("how many racing teams were there")
    assert TEAM in {link.column for link in found.columns}
    assert not [link for link in found.conditions if link.column == TEAM]


def test_sets_of_links_do_not_overlap_and_the_empty_one_is_there() -> None:
    sets = link_sets(scene("did boone castellan of pinecrest motorsports score more than 40 points"))
    assert any(not one.links for one in sets)
    for one in sets:
        assert sum(link.words.bit_count() for link in one.links) == one.words.bit_count()


def test_a_nationality_that_no_column_tells_is_left_over() -> None:
    found = scene("how many american drivers were there")
    at = found.question.words.index("american")
    assert found.leftovers[at] == "left:nation"
    assert found.content >> at & 1


def test_the_title_of_the_table_needs_no_explanation() -> None:
    found = scene("who won the 2031 coastal 300")
    assert not [link for link in found.conditions if link.kind == "number"]
    left = [word for at, word in enumerate(found.question.words) if found.content >> at & 1]
    assert left == ["won"]


def test_winning_names_a_column_where_there_is_one() -> None:
    words = read_question("who won the harbor 200")
    assert words is not None
    assert not scene_of(words, index_table(season_table())).trigger("first")
    assert scene("who won").trigger("first")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("who won", "person"), ("which driver won", "thing"), ("how many laps", "number"), ("when was it", "day"),
        ("what is the total number of laps", "number"), ("did ada win", "whether"), ("name a driver", "order"),
        ("the most points scored by a ford", "number"), ("what was the number one car", "thing"),
        ("how long did it take", "time"),
    ],
)  # fmt: skip
def test_a_question_says_what_kind_of_answer_it_wants(text: str, asks: str) -> None:
    words = read_question(text)
    assert words is not None
    assert words.asks == asks


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("twenty one laps", [(21, "count")]), ("the 3rd and the fifth", [(3, "ordinal"), (5, "ordinal")]),
        ("1,112 points", [(1112, "count")]), ("6 minutes", [(360, "time")]), ("1:02:03.5", [(3723.5, "time")]),
        ("june 4 1999", [(6, "month"), (4, "count"), (1999, "year")]), ("the only one", []), ("a v8 engine", []),
    ],
)  # fmt: skip
def test_numbers_are_read_in_digits_and_in_words(text: str, numbers: list[tuple[float, str]]) -> None:
    words = read_question(text)
    assert words is not None
    assert [(one.value, one.kind) for one in words.numbers] == numbers


@pytest.mark.parametrize("text", ["", "?!", "word " * 61, "x" * 601])
def test_what_is_no_question_of_a_person_is_none(text: str) -> None:
    assert read_question(text) is None


@pytest.mark.parametrize(
    ("plural", "word"), [("laps", "lap"), ("countries", "country"), ("chassis", "chassis"), ("men", "man")]
)
def test_a_plural_is_its_word(plural: str, word: str) -> None:
    assert singular(plural) == word
