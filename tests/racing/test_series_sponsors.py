"""The seasons in which a sponsor gave a national series its name."""

import pytest

from bot.racing.series_sponsors import sponsor_seasons


@pytest.mark.parametrize(
    ("phrase", "seasons"),
    [
        ("nascar sprint cup series", ((2008, 2016),)),
        ("winston cup", ((1971, 2003),)),
        ("nationwide", ((2008, 2014),)),
        ("craftsman truck series", ((1996, 2008), (2023, 2099))),
        ("cup series", ()),
    ],
)
def test_a_name_of_a_series_says_in_which_seasons_it_was_in_use(
    phrase: str, seasons: tuple[tuple[int, int], ...]
) -> None:
    assert sponsor_seasons(phrase) == seasons
