"""What looks like a win, a place or a pole of this race and is none: records, initials, restarts, other series."""

import pytest

from tests.documents.recap.results.test_wins import fact, rows


@pytest.mark.parametrize(
    "told",
    [
        "Four-time Bristol winner Hank Mobley lost the lead with two laps left.",
        "Seven-time Truck Series winner Hank Mobley followed in third.",
        "Dover winner Hank Mobley led 20 laps.",
        "Last Saturday winner Hank Mobley led 20 laps.",
        "The spring race winner Hank Mobley led 20 laps.",
    ],
)
def test_a_winner_of_old_has_not_won_this_race(told: str) -> None:
    assert not any(place == 1 for _, place, _ in rows(told))


def test_initials_are_whoever_the_text_gives_in_full() -> None:
    told = "Darren Wexley brought a fast truck. Mark Thomas Jansen did too. MTJ won the race, and DW won Stage 1."
    assert rows(told) == {("race", 1, "Mark Thomas Jansen"), ("stage-1", 1, "Darren Wexley")}


def test_initials_that_fit_nobody_win_nothing_for_the_last_who_was_named() -> None:
    assert rows("Darren Wexley started fifth. JJ took the lead on lap 9. He won the race.") == set()


def test_the_win_is_his_who_was_awarded_it_and_not_theirs_who_lost_it() -> None:
    told = (
        "Gil Romero was awarded the win in the Alder Foods 400 due to the disqualifications of winner Ned Hollis and "
        "runner-up Carl Busby."
    )
    assert rows(told) == {("race", 1, "Gil Romero")}


def test_what_follows_the_final_stage_is_the_race() -> None:
    told = "Ivo Dorn won Stage 2. In the final stage, Mobley took off. Falk finished second and Pell third."
    assert rows(told) == {("stage-2", 1, "Ivo Dorn"), ("race", 2, "Falk"), ("race", 3, "Pell")}


def test_who_fell_to_a_place_below_the_heading_of_a_stage_was_there_at_some_moment() -> None:
    told = "Stage 1\n\nReed Falk won the stage. Second in qualifying, Ivo Dorn fell to eighth after a slow stop."
    assert rows(told) == {("stage-1", 1, "Reed Falk")}


def test_the_pole_of_another_series_is_not_that_of_the_race() -> None:
    told = "Reed Falk won the Maple 300 NASCAR Xfinity Series race at Bristol Motor Speedway. "
    assert fact(told + "Ivo Dorn won the pole for Sunday's Cup race.", "pole_driver") is None
    assert fact(told + "Ivo Dorn won the pole.", "pole_driver") == "Ivo Dorn"


def test_a_race_is_won_whatever_words_its_name_has() -> None:
    assert ("race", 1, "Gil Romero") in rows("Gil Romero won the Salute to the Heroes 250 at Gateway.")
    assert ("race", 1, "Gil Romero") in rows("Gil Romero won the Ready for Rain by Elm Insurance 400 at Pocono.")
