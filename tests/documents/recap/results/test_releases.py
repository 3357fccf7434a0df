"""Releases, notes and wire reports: wins of a stage, rows without marks, and who does what follows."""

import pytest

from bot.documents.model import Document, RowClaim
from bot.documents.recap.reader import RECAP


def rows(text: str) -> set[tuple[str, int | None, str]]:
    """(session, place, driver) of everybody whom a text places."""
    document = Document("release.txt", "", tuple(text.splitlines()))
    return {
        (row.session, row.position, row.driver)
        for reading in RECAP.read(document)
        for row in reading.claims
        if isinstance(row, RowClaim)
    }


HIGHLIGHTS = """ELM MOTORS RACE HIGHLIGHTS:
Stage One
· The pole sitter led the field to the green flag at Elm Speedway, and nobody was surprised by that at all.
· Reed Falk took the lead twice in Stage One, leading 90 laps en route to the stage win, his third.
· Elm Motors Stage One: Top-10
1st Reed Falk, No. 9 Maple Oil Elm
2nd Ivo Dorn, No. 3 Birch Elm
9th Lee Pell, No. 31 Cedar Elm
Stage Two
· The field came down pit road at the conclusion of the stage, and the crews were as quick as ever.
· Elm Motors Stage Two: Top-10
2nd Ivo Dorn, No. 3 Birch Elm
3rd Reed Falk, No. 9 Maple Oil Elm
5th Gus Voss, No. 8 Alder Elm
"""


def test_rows_below_the_headings_of_stages_are_their_orders_also_where_one_stands_twice() -> None:
    assert rows(HIGHLIGHTS) >= {
        ("stage-1", 1, "Reed Falk"), ("stage-1", 2, "Ivo Dorn"), ("stage-1", 9, "Lee Pell"),
        ("stage-2", 2, "Ivo Dorn"), ("stage-2", 3, "Reed Falk"), ("stage-2", 5, "Gus Voss"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "When Ivo Dorn spun, Reed Falk stayed out and drove on, beating Lee Pell to the line by 0.6 seconds.",
        "Reed Falk won, the first to do so since Ivo Dorn did it in 2000, scoring his third Elm Speedway win.",
        "After a week of questions about last weekend, Reed Falk led 120 laps to win the Maple 300.",
        "Reed Falk was in charge all day, leading 150 laps on his way to winning the Maple 300.",
    ],
)
def test_who_wins_is_the_subject_of_the_main_clause(text: str) -> None:
    lead = "The Maple 300 was run at Elm Speedway on Sunday.\n\n"
    found = rows(f"{lead}{text}\n\nLee Pell and Ivo Dorn saw the laps go by.")
    assert {name for session, place, name in found if session == "race" and place == 1} == {"Reed Falk"}
    assert not any(place == 3 for _, place, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Dorn pushed Reed Falk to his third win of the season.",
        "Ivo Dorn appeared to be cruising to his third win of the season.",
        "Ivo Dorn won the drag race to the checkered flag.",
    ],
)
def test_who_pushes_another_or_only_seemed_to_has_won_nothing(text: str) -> None:
    found = rows(f"The Maple 300 was run at Elm Speedway on Sunday.\n\n{text}\n\nIt rained by the end of the race.")
    assert ("race", 1, "Ivo Dorn") not in found


def test_it_is_the_stage_that_a_sentence_begins_with() -> None:
    text = (
        "Reed Falk won the Maple 300. Ivo Dorn was second in Stage 1.\n\n"
        "Stage 2 was a copy of it as Dorn won it and Lee Pell finished second. Dorn fought hard but settled for third."
    )
    assert rows(text) >= {("stage-2", 1, "Dorn"), ("stage-2", 2, "Lee Pell"), ("race", 3, "Dorn")}


def test_places_of_a_race_that_will_be_gone_on_with_are_no_finish() -> None:
    text = (
        "Rain stopped the Maple 300 at Elm Speedway on Sunday, and the race will resume at 2 p.m. on Monday.\n\n"
        "In the only stage run so far, Reed Falk took the green-checkered flag.\n\n"
        "Ivo Dorn was second, with Lee Pell, Gus Voss and Al Marr rounding out the top five. Dorn was calm about it."
    )
    assert not {row for row in rows(text) if row[0] == "race"}


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Ivo Dorn is now second on the all-time win list.", {("race", 2, "Ivo Dorn")}),
        ("In the only stage run so far, Ivo Dorn took the checkered flag.", {("race", 1, "Ivo Dorn")}),
    ],
)
def test_a_list_of_winners_and_a_stage_are_no_race(text: str, placed: set[tuple[str, int, str]]) -> None:
    found = rows(f"The Maple 300 was run at Elm Speedway on Sunday.\n\n{text}\n\nIt rained by the end of the race.")
    assert not placed & found


def test_cars_of_a_team_and_make_are_their_drivers() -> None:
    text = (
        "Reed Falk won the Maple 300 at Elm Speedway on Sunday.\n\n"
        "With two laps left he held off Ivo Dorn and Lee Pell, who finished second and third, respectively.\n\n"
        "Falk's No. 98 Elm Racing Ford edged Dorn's No. 8 Birch Motorsports Chevrolet by 1.199 seconds."
    )
    assert rows(text) == {("race", 1, "Reed Falk"), ("race", 2, "Ivo Dorn"), ("race", 3, "Lee Pell")}


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Ivo Dorn could not keep up with race winner Reed Falk.", {("race", 1, "Reed Falk")}),
        ("Ivo Dorn gave up the lead in time for Reed Falk to win Stage 1.", {("stage-1", 1, "Reed Falk")}),
        ("Reed Falk won the race. Ivo Dorn was second, then Lee Pell and Gus Voss.", {("race", 4, "Gus Voss")}),
        ("Reed Falk won, beating Birch teammates Ivo Dorn and Lee Pell to the line.", {("race", 3, "Lee Pell")}),
        ("Reed Falk won the race. Ivo Dorn finished the race 37th.", {("race", 37, "Ivo Dorn")}),
        (
            "Reed Falk won the race, and Dorn was glad.\n\nIVO DORN, NO. 5 ELM FORD\nFINISHED:\n6th\nSTANDINGS:\n8th",
            {("race", 6, "Ivo Dorn")},
        ),
    ],
)
def test_ways_of_releases_and_columns(text: str, placed: set[tuple[str, int, str]]) -> None:
    assert placed <= rows(f"The Maple 300 was run at Elm Speedway on Sunday.\n\n{text}\n\nIt rained by the end of it.")


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Dorn needs to finish in the top five of the races that are left to win his third cup.",
        "It was too late for Ivo Dorn to win the Maple 300.",
    ],
)
def test_what_somebody_needs_or_came_too_late_for_is_no_win(text: str) -> None:
    found = rows(f"The Maple 300 was run at Elm Speedway on Sunday.\n\n{text}\n\nIt rained by the end of it.")
    assert not any(place == 1 for _, place, _ in found)
