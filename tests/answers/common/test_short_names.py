"""Short names for a phone: places, and what ended a race."""

import pytest

from bot.answers.common.short_names import place_text, short_race_name
from bot.racing.statuses import SHORT_STATUSES


@pytest.mark.parametrize(
    ("track", "place"),
    [
        ("Nashville Superspeedway", "Nashville"),
        ("Dover Motor Speedway", "Dover"),
        ("Dover International Speedway", "Dover"),
        ("Charlotte Motor Speedway Road Course", "Charlotte road course"),
        ("Charlotte Speedway", "Charlotte Speedway"),
        ("Darlington Park Road Course", "Darlington Park Road Course"),
        ("Bowman Gray Stadium", "Bowman Gray Stadium"),
    ],
)
def test_a_place_is_what_people_say_where_it_can_mean_no_other(track: str, place: str) -> None:
    assert place_text(track) == place


def test_a_race_goes_without_where_its_sponsor_is_sold() -> None:
    assert short_race_name("2025 Quaker State 400 Available at Walmart", 2025) == "Quaker State 400"


def test_what_ended_a_race_fits_beside_a_long_name() -> None:
    assert max(map(len, SHORT_STATUSES.values())) <= 7
    assert all(words == words.lower() and len(words) >= 8 for words in SHORT_STATUSES)
