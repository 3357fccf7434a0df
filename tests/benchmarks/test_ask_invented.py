"""Questions of our own over tables, which weights are fitted on beside those that people asked."""

from benchmarks.ask_fit import Choice, fitted
from benchmarks.ask_invented import invented_questions
from bot.questions.reader import answer_question
from tests.questions.tables_by_hand import race_table, season_table

TABLES = {"race.txt": (race_table(),), "season.txt": (season_table(),)}
MANY = 200  # more than there are of a table


def test_a_draw_gives_the_same_questions_again() -> None:
    drawn = invented_questions(TABLES, MANY, 1)
    assert drawn == invented_questions(TABLES, MANY, 1)
    assert len(drawn) > 50
    assert not [one.text for one in drawn if "{" in one.text or not one.answers]


def test_their_answers_are_those_that_the_rows_give() -> None:
    drawn = invented_questions(TABLES, MANY, 1)
    found = [(one, answer_question(one.text, TABLES[one.document])) for one in drawn]
    right = sum(answer is not None and set(answer.texts) == set(one.answers) for one, answer in found)
    assert right / len(found) > 0.85


def test_a_question_that_counts_more_moves_weights_further() -> None:
    features, right = (("good",), ("bad",)), (True, False)
    light, heavy = (fitted([Choice(features, right, weight)], {})["good"] for weight in (0.3, 1.0))
    assert 0 < light < heavy
