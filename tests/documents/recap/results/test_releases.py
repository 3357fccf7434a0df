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
