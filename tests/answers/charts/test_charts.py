"""`/chart`: which numbers are drawn, what the alt text says of them, and what is said instead of one."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from bot.answers.charts.chart import CHART_NAMES, ChartName, chart
from bot.answers.context import QuestionRunner
from bot.archive.models.core import Standing
from bot.cards import Card, ChartSeries
from bot.charts import draw_chart
from bot.errors import NothingKnown
from tests.support.cards import facts_of
from tests.support.history_rows import CUP, fill_history

FIRST_2022, SECOND_2022 = "cup-2022-1", "cup-2022-2"


@pytest.fixture
def history(archive: Engine) -> QuestionRunner:
    return fill_history(archive, extra_rows=tables_of_two_races())


def tables_of_two_races() -> Iterator[SQLModel]:
    """Drivers' standings after the two races of 2022: Bea Birch comes from second to first."""
    tables = {
        FIRST_2022: (("Ann Ash", 50), ("Bea Birch", 44), ("Cal Cole", 40)),
        SECOND_2022: (("Bea Birch", 94), ("Ann Ash", 91), ("Eli Elm", 12)),
    }
    for race, rows in tables.items():
        for number, (name, points) in enumerate(rows, 1):
            yield Standing(
                race=race, championship="drivers", number=number, position=number, name=name, points=points,
                rookie=False, document=CUP, line=number,
            )  # fmt: skip


def numbers_of(card: Card) -> dict[str, tuple[float | None, ...]]:
    assert card.chart is not None
    return {one.name: one.values for one in card.chart.series}


def test_grid_to_finish_draws_each_car_from_its_start_to_its_place(history: QuestionRunner) -> None:
    card = history.ask(chart, "grid to finish", "shore 100")
    assert numbers_of(card) == {"Birch": (1, 1), "Ash": (2, 2), "Cole": (3, 3), "Dunn": (4, 4)}
    assert card.summary == "Everybody finished where the start was."
    assert facts_of(card) == {}


def test_grid_to_finish_says_who_gained_and_who_lost_most(history: QuestionRunner) -> None:
    card = history.ask(chart, "grid to finish", "hill 50")
    assert card.summary == "Cal Cole gained most, 2 places; Ann Ash lost most, 1."
    assert facts_of(card) == {
        "Gained most": "Cal Cole 2 (3rd to 1st)",
        "Lost most": "Ann Ash 1 (2nd to 3rd), Bea Birch 1 (1st to 2nd)",
    }


def test_the_alt_text_says_in_two_sentences_what_the_eye_would_see(history: QuestionRunner) -> None:
    for what, options in QUESTIONS.items():
        drawn = history.ask(chart, what, **options).chart
        assert drawn is not None
        assert drawn.alt.count(". ") == 1, drawn.alt
        assert drawn.alt.endswith(".")
        assert len(drawn.alt) <= 1024  # characters that Discord takes for a picture
    moves = history.ask(chart, "grid to finish", "hill 50").chart
    assert moves is not None
    assert moves.alt == (
        "4 lines from places on the grid at the left to places at the finish at the right. Cal Cole goes from 3rd to "
        "1st and the steepest fall is Ann Ash’s, from 2nd to 3rd."
    )


def test_laps_led_has_a_bar_for_each_leader_the_longest_first(history: QuestionRunner) -> None:
    card = history.ask(chart, "laps led", "2022 sponsor 400 riverview")
    assert card.chart is not None
    assert card.chart.labels == ("Birch", "Ash")
    assert card.chart.series == (ChartSeries("Laps led of 100 laps", (80, 20)),)
    assert card.summary == "Bea Birch led most, 80 of 100 laps."


def test_points_are_how_far_behind_the_leader_each_was_after_each_table(history: QuestionRunner) -> None:
    card = history.ask(chart, "points")
    assert numbers_of(card) == {"Birch": (6, 0), "Ash": (0, 3), "Elm": (None, 82)}
    assert card.summary == "Bea Birch leads after race 2 with 94 points."
    assert facts_of(card)["2nd"] == "Ann Ash, 91 points (3 behind)"


def test_a_line_ends_where_the_playoffs_go_on_without_a_driver(archive: Engine) -> None:
    rows = (("Bea Birch", 3000), ("Ann Ash", 2999), ("Cal Cole", 95))
    reset = [
        Standing(
            race=SECOND_2022, championship="drivers", number=number, position=number, name=name, points=points,
            rookie=False, document=CUP, line=number,
        )
        for number, (name, points) in enumerate(rows, 1)
    ]  # fmt: skip
    before = [row for row in tables_of_two_races() if isinstance(row, Standing) and row.race == FIRST_2022]
    card = fill_history(archive, extra_rows=[*before, *reset]).ask(chart, "points")
    assert numbers_of(card) == {"Birch": (6, 0), "Ash": (0, 1), "Cole": (10, None)}


def test_a_career_has_a_place_for_each_year_and_none_for_a_year_without_a_start(history: QuestionRunner) -> None:
    card = history.ask(chart, "career", driver="ann ash")
    assert card.chart is not None
    assert card.chart.labels == tuple(map(str, range(1950, 2023)))
    wins = numbers_of(card)["Wins"]
    assert (wins[0], wins[1], wins[2], wins[-1]) == (1, 1, None, 1)
    assert numbers_of(card)["Average finish"][0] == 1.5


@pytest.mark.parametrize("what", CHART_NAMES)
def test_every_chart_can_be_drawn_and_asked_again(what: ChartName, history: QuestionRunner) -> None:
    card = history.ask(chart, what, **QUESTIONS[what])
    assert card.chart is not None
    assert draw_chart(card.chart).startswith(b"\x89PNG")
    options = {argument.option: argument.value for argument in card.question.arguments if argument.option != "what"}
    season = int(options.pop("season")) if "season" in options else None
    again = history.ask(chart, what, season=season, **options)
    assert again.chart == card.chart


@pytest.mark.parametrize(
    ("what", "options", "words"),
    [
        ("laps led", {"race": "1950 100 miles round 1"}, "not known yet"),
        ("points", {"season": 1951}, "There is one of 2022"),
        ("career", {}, "Whose career?"),
        ("career", {"driver": "eli elm", "series": "nxs"}, "The only one is 2022"),
        ("laps led", {"race": "hill 50", "driver": "ann ash"}, "leave out driver"),
        ("points", {"race": "hill 50"}, "leave out race"),
    ],
)
def test_what_cannot_be_drawn_says_what_can(
    what: ChartName, options: dict[str, Any], words: str, history: QuestionRunner
) -> None:
    with pytest.raises(NothingKnown, match=words):
        history.ask(chart, what, **options)


QUESTIONS: dict[ChartName, dict[str, Any]] = {
    "grid to finish": {"race": "hill 50"},
    "laps led": {"race": "hill 50"},
    "points": {"series": "cup"},
    "career": {"driver": "ann ash"},
}
