"""Of which series the race of a text was, where the text names more than one."""

import pytest

from tests.documents.recap.results.test_wins import fact

LEAD = "Reed Falk won the Maple 300 on Saturday at Elm Speedway."


@pytest.mark.parametrize(
    ("told", "series"),
    [
        (f"{LEAD} Dorn, racing for the first time since a crash in the Truck Series two years ago, led.", None),
        ("Nationwide - Falk wins\n\n" + LEAD + " The caution waved five times, and Dorn led 40 laps.", "nxs"),
        ("Falk won the Busch Series race on Saturday at Elm Speedway, eight hours before the Cup race.", "nxs"),
        ("Falk won the Cup race at Elm Speedway, 24 hours after taking the Busch Series race there.", "cup"),
        (f"{LEAD} It was his ninth win in the Nationwide Series. He has won eight Cup races this year.", "nxs"),
        ("Kyle Busch wins\n\nKyle Busch won the Truck Series race at Elm Speedway. He led 40 laps.", "truck"),
    ],
)  # fmt: skip
def test_the_series_of_the_race_is_no_other_that_is_named_beside_it(told: str, series: str | None) -> None:
    assert fact(told, "series") == series
