"""Wins and places whose person stands far off, or beside what was before this race; and what only looks like them."""

import pytest

from tests.documents.recap.results.test_wins import fact, rows

LEAD = "The Maple 300 was run at Elm Speedway on Sunday.\n\n"
WON = "Reed Falk won the Maple 300 at Elm Speedway on Sunday.\n\n"


@pytest.mark.parametrize(
    "told",
    [
        "After running out of gas a week earlier at Oak Park, Reed Falk dominated Sunday's race.",
        "Driving the car that had won two weeks ago, Reed Falk posted the 26th win of his career.",
        "It was Reed Falk's second career win after triumphing last season at Oak Park.",
        "Reed Falk took his third win in the last four races.",
        "Not even rain could stop Reed Falk en route to his fifth victory of the year.",
        "A wreck behind them ended it all, securing the victory for Reed Falk.",
        "The night saw rookie Reed Falk prevail.",
        "Reed Falk led late as Ivo Dorn ran out of gas to win the Maple 300. It was Falk's first victory.",
        "Reed Falk said after his third victory of the season that he was glad.",
    ],
)
def test_a_win_stands_beside_what_was_before(told: str) -> None:
    assert fact(LEAD + told, "winner") in {"Reed Falk", "Falk"}


def test_junior_is_the_only_one_with_that_suffix() -> None:
    assert fact(LEAD + "Ned Falk Jr. was calm. Junior went out and won the Maple 300.", "winner") == "Ned Falk Jr."


def test_who_ran_out_of_time_for_the_win_has_not_won() -> None:
    assert rows(WON + "Ivo Dorn ran out of time to complete a pass for the win.") == {("race", 1, "Reed Falk")}


@pytest.mark.parametrize(
    ("told", "placed"),
    [
        ("The Fords of Falk and Dorn were fast.", {}),
        ("Ivo Dorn was second. Behind the Fords of Falk and Dorn were the Ford of Max Pell and Tim Voss.",
         {2: "Ivo Dorn", 3: "Max Pell", 4: "Tim Voss"}),
        ("Finishing second through fourth in the ninth race were the Ford of Ivo Dorn, Max Pell and Tim Voss.",
         {2: "Ivo Dorn", 3: "Max Pell", 4: "Tim Voss"}),
        ("Ivo Dorn, who led 90 laps, finished second, with two-time series champion Max Pell rounding out the podium.",
         {2: "Ivo Dorn", 3: "Max Pell"}),
        ("Ivo Dorn, last week's winner at Oak Park, finished second.", {2: "Ivo Dorn"}),
        ("Ivo Dorn, driving for Elm Racing, and Max Pell, driving for Oak Racing, who placed second and third, smiled.",
         {2: "Ivo Dorn", 3: "Max Pell"}),
        ("Ivo Dorn held off Max Pell. It was an incident with Tim Voss. He came home 20th.", {}),
        ("Through the first five laps Falk led. Max Pell was third while Ivo Dorn fell back to sixth.", {}),
        ("Falk had a win over contenders Ivo Dorn and Max Pell.", {}),
        ("Results\n\n2nd Ivo Dorn\n3rd Max Pell\n4th Tim Voss", {2: "Ivo Dorn", 3: "Max Pell", 4: "Tim Voss"}),
        ("Pos Start +/- Driver\n1 5 +4 Reed Falk\n2 2 Ivo Dorn\n3 1 -2 Max Pell",
         {2: "Ivo Dorn", 3: "Max Pell"}),
        ("Ivo Dorn\nNo. 9 Elm Oil Ford\nStarted: 7th | Finished: 20th", {20: "Ivo Dorn"}),
    ],
)  # fmt: skip
def test_places_are_those_of_whom_the_words_mean(told: str, placed: dict[int, str]) -> None:
    found = {place: name for session, place, name in rows(WON + told) if session == "race" and place != 1}
    assert found == placed


def test_an_order_in_front_of_the_winner_counts_where_there_is_one() -> None:
    told = "Max Pell was third, followed by Tim Voss and Al Marr."
    assert rows(LEAD + told) == set()
    assert ("race", 4, "Tim Voss") in rows(LEAD + told + "\n\nReed Falk collected his second victory.")


def test_stages_that_somebody_swept_take_no_place_with_them() -> None:
    told = "Falk swept the stages in a fast car, even as Ivo Dorn came back from a bad stop to finish third."
    assert not any(session == "stage-2" and place == 3 for session, place, _ in rows(WON + told))


def test_an_order_of_the_race_goes_on_behind_the_winner_of_a_stage() -> None:
    told = (
        "Ivo Dorn and Max Pell were second and third. Pell won Stage 2. Tim Voss and Al Marr rounded out the top five."
    )
    assert {("race", 4, "Tim Voss"), ("race", 5, "Al Marr"), ("stage-2", 1, "Pell")} <= rows(WON + told)


def test_a_driver_named_busch_heads_no_report_of_another_series() -> None:
    told = "Ned Busch wins rain-shortened race\n\nNed Busch won the Sprint Cup Series Maple 300 at Elm Speedway.\n"
    assert fact(told + "\nIt rained on all of them for an hour before the end.", "winner") == "Ned Busch"
