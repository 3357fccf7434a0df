"""On which day a text says that its race was run."""

from datetime import date

import pytest

from tests.documents.recap.results.test_wins import fact

LEAD = "Jed Colburn won the Palmetto 500 on Sunday at Darlington Raceway."


@pytest.mark.parametrize(
    "told",
    [
        f"DARLINGTON, S.C., May 14, 2007 (AP) -- {LEAD}",
        f"DARLINGTON, S.C. (Monday, May 14, 2007) -- {LEAD}",
        f"Posted: May 15, 2007\n\nDARLINGTON, S.C. (May 13, 2007) - {LEAD}",
        f"May 14, 2007\n\n{LEAD} The race was the first since the death of Otis Farrow on May 9.",
        f"{LEAD} Otis Farrow, who won the race twice, died on May 9, 2007. The race was held on May 13, 2007.",
    ],
)
def test_the_weekday_of_the_text_decides_and_no_day_of_anything_else(told: str) -> None:
    assert fact(told, "date") == date(2007, 5, 13)
