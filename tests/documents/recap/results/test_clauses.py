"""Who is the subject of what, over the clauses and the sentences of a report; and what only looks like it."""

import pytest

from tests.documents.recap.results.test_wins import fact, rows

OPENING = "Reed Falk won the Maple 300 at Elm Speedway on Sunday. Ivo Dorn, Clay Pell and Bo Voss ran, too.\n\n"

TOLD = [
    ("● Ivo Dorn (Started 11th, Finished 9th / Running, completed 400 of 400 laps)", ("race", 9, "Dorn")),
    ("Dorn started fifth and finished third.", ("race", 3, "Dorn")),
    ("Third was Elm Racing teammate and fellow Ford driver Ivo Dorn.", ("race", 3, "Dorn")),
    ("Though he did not win the first stage, Dorn was fast in Stage 2 to take the stage win.", ("stage-2", 1, "Dorn")),
    ("Championship 4 driver Dorn was second, Pell was third and Voss was fourth in Stage 1.", ("stage-1", 2, "Dorn")),
    ("Dorn led, but Falk got the jump on the restart and drove away for the win.", ("race", 1, "Reed Falk")),
    ("Falk took the lead late, survived two restarts and held on to win the Maple 300.", ("race", 1, "Reed Falk")),
    ("Dorn finished under the lights in second.", ("race", 2, "Dorn")),
    ("Dorn and the No. 9 Elm Oil team finished seventh.", ("race", 7, "Dorn")),
    ("Dorn broke an axle. He limped on. Ended up 28th.", ("race", 28, "Dorn")),
    ("Dorn led 40 laps and blew an engine. 30th.", ("race", 30, "Dorn")),
    ("Dorn finished third after starting from the pole.", ("race", 3, "Dorn")),
    ("Dorn, Pell and Voss trailed Falk to the finish.", ("race", 4, "Voss")),
    ("Following Falk across the line were Dorn and Pell.", ("race", 3, "Pell")),
    ("Stage 1 winner Dorn finished 23rd.", ("race", 23, "Dorn")),
    ("Dorn, winner of Stage 1, finished second, ahead of Pell.", ("race", 3, "Pell")),
    ("Dorn and Pell won the stages: Dorn took the first, Pell the second.", ("stage-2", 1, "Pell")),
    ("Dorn won Stage 1 under caution.", ("stage-1", 1, "Dorn")),
    ("Stage 2 belonged to Dorn, who beat Pell by two car lengths.", ("stage-2", 2, "Pell")),
    ("In the second stage, Dorn beat Pell and Voss.", ("stage-2", 3, "Voss")),
    ("Dorn was fifth in Stage 1 and third in Stage 2.", ("stage-2", 3, "Dorn")),
    ("Stage wins went to Dorn and Pell.", ("stage-2", 1, "Pell")),
    ("Dorn was disqualified and is now 36th.", ("race", 36, "Dorn")),
    ("Dorn, the man who fights for points with leader Clay Pell and Bo Voss, finished second.", ("race", 2, "Dorn")),
    ("Dorn finished seventh, his third-straight good run.", ("race", 7, "Dorn")),
    ("Pell was third, and rookie Ivo Dorn finished behind Pell in fourth.", ("race", 4, "Dorn")),
    ("Rounding out the top five were Dorn in second, Voss in third and Pell in fourth.", ("race", 4, "Pell")),
    ("Dorn finished third behind Falk and Pell.", ("race", 2, "Pell")),
    ("Dorn ran third Sunday behind Falk and Pell.", ("race", 3, "Dorn")),
    ("The wreck sent Dorn to victory in Stage 1.", ("stage-1", 1, "Dorn")),
    ("Dorn pieced together a fourth-place finish.", ("race", 4, "Dorn")),
    ("Coming home in third place was Ivo Dorn in his Elm Oil Ford.", ("race", 3, "Dorn")),
]  # fmt: skip

UNTOLD = [
    ("The top five after 80 laps were Falk, Dorn, Pell, Voss and Marr.", ("race", 2, "Ivo Dorn")),
    ("Falk led the way on the restart, with Dorn, Pell and Voss rounding out the top four.", ("race", 2, "Ivo Dorn")),
    ("Falk led laps in the first two stages. It was his third stage win.", ("stage-1", 1, "Reed Falk")),
    ("Dorn finished second, followed by Pell and Voss to complete the top four.", ("race", 4, "Ivo Dorn")),
    ("On the restart on Lap 68, Falk was followed by Dorn and Pell.", ("race", 2, "Ivo Dorn")),
    ("Dorn finished third behind Falk.", ("race", 1, "Ivo Dorn")),
    ("Dorn led Pell and Voss across the line to take the Stage 1 win.", ("stage-1", 1, "Voss")),
    ("Stage 2 belonged to Dorn, who beat Pell by two car lengths.", ("race", 2, "Pell")),
    ("Dorn won Stage 1. Voss finished fourth.", ("stage-1", 4, "Voss")),
    ("Elm Oil Pole Award winner Dorn led early.", ("race", 1, "Dorn")),
    ("Rounding out the top five were Dorn in second, Voss in third and Pell in fourth.", ("race", 5, "Dorn")),
    ("Dorn, who owns Pell’s car, pieced together a fourth-place finish.", ("race", 4, "Pell")),
    ("Dorn (seventh), Pell (14th) and Voss (17th) are in the top 20 in points.", ("race", 17, "Voss")),
    ("The stage was long. He came across the line tenth.", ("race", 10, "Reed Falk")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), TOLD)
def test_a_clause_tells_it_of_its_subject(text: str, row: tuple[str, int, str]) -> None:
    assert any(
        (session, place) == row[:2] and driver.endswith(row[2].split()[-1])
        for session, place, driver in rows(OPENING + text)
    )


@pytest.mark.parametrize(("text", "row"), UNTOLD)
def test_what_only_looks_like_it_is_not_told(text: str, row: tuple[str, int, str]) -> None:
    assert row not in rows(OPENING + text)


def test_a_margin_belongs_to_whom_the_same_words_make_the_winner() -> None:
    text = OPENING + "Dorn crossed first but was disqualified. He had beaten Pell by 0.9 seconds."
    assert fact(text, "margin_s") is None


def test_a_number_that_is_not_exact_is_no_margin() -> None:
    text = "Reed Falk won the Maple 300 by nearly three seconds at Elm Speedway."
    assert (rows(text), fact(text, "margin_s")) == ({("race", 1, "Reed Falk")}, None)


def test_who_started_first_is_told_by_the_brackets_of_a_box_score() -> None:
    box = "Results\n(Starting position in parentheses)\n1. (3) Reed Falk, Ford, 200\n2. (1) Ivo Dorn, Dodge, 200\n"
    assert fact(OPENING + box + "3. (2) Clay Pell, Ford, 199", "pole_driver") == "Ivo Dorn"


def test_the_date_in_the_head_of_a_mail_is_no_day_of_a_race() -> None:
    head = "From: The Splitter\nSubject: Falk, at last\nDate: Sun, 17 Aug 2025\n\n"
    assert fact(head + "Reed Falk won Saturday night's Maple 300 at Elm Speedway.", "date") != "2025-08-17"


def test_a_stage_that_was_led_on_the_way_to_a_win_is_not_what_was_won() -> None:
    assert rows("Reed Falk overcame a penalty to dominate the final stage en route to his first victory.") == {
        ("race", 1, "Reed Falk")
    }


@pytest.mark.parametrize(
    ("text", "pole"),
    [
        ("Dorn, who started tonight’s Maple 300 from the pole, and Clay Pell were caught in a crash.", "Dorn"),
        ("Clay Pell, pole-sitter Ivo Dorn and Bo Voss completed the top five.", "Ivo Dorn"),
        ("The grid was set by points with Ivo Dorn on the pole.", "Ivo Dorn"),
    ],
)
def test_the_pole_is_that_of_who_is_named_with_it(text: str, pole: str) -> None:
    assert str(fact(OPENING + text, "pole_driver")).endswith(pole)


def test_the_laps_of_a_race_stand_behind_those_that_somebody_led() -> None:
    assert fact(OPENING + "Falk won the first stage and led 74 laps (of 160).", "laps_run") == 160


def test_a_label_with_a_remark_in_brackets_is_no_heading() -> None:
    text = "Stage 1 winner: Bo Voss (third of the season)\nStage 2 winner: Ivo Dorn (first of the season)\n"
    story = "Who had a good race: Clay Pell had one until the wall came too near and bent the car beyond repair.\n"
    assert ("stage-2", 1, "Ivo Dorn") in rows(OPENING + text + story)


def test_who_starts_a_stage_first_has_no_pole() -> None:
    text = "Stage 2 Recap (Laps 71-185):\n\n● Falk started first and finished first, and he had a good day.\n"
    assert fact(f"{OPENING}{text}", "pole_driver") is None


def test_a_sheet_of_a_driver_tells_his_places() -> None:
    sheet = "No. 9 Elm Oil Ford – Ivo Dorn\n\nStart: 14th\n\nRace Finish: 3rd\n\nStage 1 Finish: 8th\n\nPoints: 14th\n"
    told = rows(f"{OPENING}{sheet}")
    assert {("race", 3, "Ivo Dorn"), ("stage-1", 8, "Ivo Dorn")} <= told
    assert not any(place == 14 for _, place, _ in told)
