"""Movers and makes: parts of the results of a race, and of nothing else."""

import pytest
from sqlalchemy import Engine

from bot.answers.charts.chart import chart
from bot.answers.context import QuestionRunner
from bot.answers.people.driver import driver_profile
from bot.answers.race.overview import overview
from bot.answers.results.results import results
from bot.archive.models.core import SessionRow
from bot.cards import Card
from tests.support.cards import column, facts_of, table_of
from tests.support.history_rows import CUP, FIRST_RACE, fill_history

RIVERVIEW_2022 = "cup-2022-1"


@pytest.fixture
def history(archive: Engine) -> QuestionRunner:
    """The short history, with a Toyota that comes in fifth from first place in 2022 and one that never started."""
    toyotas = [
        SessionRow(
            race=RIVERVIEW_2022, session="race", number=number, position=number, driver=driver, car="9", team="Team",
            manufacturer="Toyota", grid=grid, status=status, document=CUP, line=90 + number,
        )
        for number, driver, grid, status in ((5, "Fay Fir", 1, "running"), (6, "Gus Gum", 40, "did not start"))
    ]  # fmt: skip
    return fill_history(archive, extra_rows=toyotas)


def part_codes(card: Card) -> list[str]:
    return [part.code for part in card.parts]


def test_movers_are_a_part_of_the_results(history: QuestionRunner) -> None:
    card = history.ask(results, RIVERVIEW_2022, part="mo")
    assert facts_of(card)["Gained most"] == "Ann Ash 1 (2nd to 1st)"
    assert facts_of(card)["Lost most"] == "Fay Fir 4 (1st to 5th), Bea Birch 1 (1st to 2nd)"
    assert card.shown_part is not None
    assert card.shown_part.title == "Movers"
    assert all(fact.sources for block in card.blocks for fact in getattr(block, "facts", ()))


def test_the_top_of_each_make_says_how_many_were_in_the_first_ten(history: QuestionRunner) -> None:
    card = history.ask(results, RIVERVIEW_2022, part="mk")
    assert facts_of(card) == {"Ford": "Ann Ash, 1st (4 top tens)", "Toyota": "Fay Fir, 5th (1 top ten)"}


def test_who_led_and_who_fell_out_are_parts_too(history: QuestionRunner) -> None:
    leaders = history.ask(results, RIVERVIEW_2022, part="ll")
    led = [int(laps) for laps in column(leaders, "Led")]
    assert led == sorted(led, reverse=True)
    assert all(laps > 0 for laps in led)
    out = history.ask(results, RIVERVIEW_2022, part="df")
    assert "Gus Gum" not in column(out, "Driver")
    assert set(column(out, "Out")) == {"crash"}
    assert all(table_of(card).sources for card in (leaders, out))


def test_who_never_started_moved_nowhere(history: QuestionRunner) -> None:
    assert "Gus Gum" not in str(history.ask(results, RIVERVIEW_2022, part="mo").blocks)
    assert "Gus Gum" not in str(history.ask(results, RIVERVIEW_2022, part="mk").blocks)


def test_filtered_results_and_other_sessions_have_no_such_parts(history: QuestionRunner) -> None:
    assert part_codes(history.ask(results, RIVERVIEW_2022)) == ["re", "mo", "ll", "df", "mk"]
    assert not history.ask(results, RIVERVIEW_2022, driver="ann ash").parts
    assert not history.ask(results, RIVERVIEW_2022, "stage 1").parts


def test_a_race_of_one_make_has_no_part_for_makes(history: QuestionRunner) -> None:
    assert part_codes(history.ask(results, FIRST_RACE)) == ["re", "mo", "df"]


def test_cards_with_a_chart_lead_to_one_that_can_be_drawn(history: QuestionRunner) -> None:
    cards = (
        history.ask(results, RIVERVIEW_2022),
        history.ask(overview, RIVERVIEW_2022),
        history.ask(driver_profile, "ann ash"),
    )
    for card in cards:
        assert card.chart_question is not None
        options = {argument.option: argument.value for argument in card.chart_question.arguments}
        what, race = options["what"], options.get("race")
        drawn = history.ask(chart, what, race, options.get("driver"), options.get("series"))  # type: ignore[arg-type]
        assert drawn.chart is not None
    assert history.ask(results, RIVERVIEW_2022, "stage 1").chart_question is None
