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
        f"date 2007-05-01 Oak Racing Post-Race Recap\nMay 13, 2007\n\n{LEAD} It was a big win for tonight's crew.",
        f"May 14, 2007\n\n{LEAD} His crew chief was suspended for a loose nut after the Oak race on May 3.",
        f"May 14, 2007\n\n{LEAD} Farrow won for the first time since May 6, when the race at Oak was wet.",
        f"{LEAD} Otis Farrow, who won the race twice, died on May 9, 2007. The race was held on May 13, 2007.",
    ],
)
def test_the_weekday_of_the_text_decides_and_no_day_of_anything_else(told: str) -> None:
    assert fact(told, "date") == date(2007, 5, 13)


def test_the_day_of_a_first_win_long_ago_is_neither_day_nor_season() -> None:
    told = f'{LEAD} "I love it," said Colburn, whose first Cup victory was at Darlington on April 6, 1986.'
    assert fact(told, "date") is None
    assert fact(told, "season") is None


def test_a_page_that_shows_a_report_of_another_time_gives_neither_day_nor_season() -> None:
    told = f"March 28, 2024\n\n{LEAD} The Sprint Cup driver took fresh tires. He has five victories in the Sprint Cup."
    assert fact(told, "date") is None
    assert fact(told, "season") is None
