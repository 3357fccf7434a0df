"""How many laps a race had, by its planned distance and by what became of it."""

import pytest

from tests.documents.recap.results.test_wins import fact

LEAD = "Reed Falk won the Maple 300 on Sunday at Elm Speedway."


@pytest.mark.parametrize(
    ("told", "laps"),
    [
        ("Falk took the lead of the 200-lap race from Dorn.", 200),
        ("Falk took the lead of the 120-lap, 300-mile race from Dorn.", 120),
        ("Falk was in front in Sunday's 400-lap affair.", 400),
        ("Falk led all but 18 of the 200 laps.", 200),
        ("Falk was in front in the 200-lap race. In overtime he pulled away.", None),
        ("Falk was in front in the 200-lap race. It was called after rain.", None),
        ("Falk was in front in the 200-lap race, and led 120 of 133 laps. It was called because of rain.", 133),
        ("Falk led 45 of the first 50 laps.", None),
        ("Falk led 45 of the 60 laps of Stage 1.", None),
        ("Falk won a 12-lap dash.", None),
    ],
)
def test_the_laps_are_those_planned_unless_the_race_was_longer_or_shorter(told: str, laps: int | None) -> None:
    assert fact(f"{LEAD} {told}", "laps_run") == laps
