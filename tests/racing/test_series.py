"""One id for a series through all its sponsors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.racing import series as series_module
from bot.racing.series import (
    NATIONAL_SERIES,
    SERIES_BY_INFOBOX_TYPE,
    SERIES_BY_WORD,
    SHORT_SERIES_NAMES,
    series_id,
    series_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "NASCAR Cup Series",
        "Cup Series",
        "Cup",
        "cup",
        "NASCAR Strictly Stock Division",
        "NASCAR Grand National Series",
        "NASCAR Winston Cup Series",
        "Winston Cup",
        "NASCAR Nextel Cup Series",
        "NASCAR Sprint Cup Series",
        "Monster Energy NASCAR Cup Series",
        "Monster Energy Cup",
    ],
)
def test_the_cup_keeps_its_id_under_every_sponsor(name: str) -> None:
    assert series_id(name) == "cup"


@pytest.mark.parametrize(
    "name",
    [
        "NASCAR Busch Series",
        "Busch Grand National Series",
        "NASCAR Nationwide Series",
        "NASCAR Xfinity Series",
        "nxs",
        "Xfinity",
        "NASCAR O'Reilly Auto Parts Series",
        "NASCAR O’Reilly Auto Parts Series",
    ],
)
def test_the_second_series_keeps_its_id_under_every_sponsor(name: str) -> None:
    assert series_id(name) == "nxs"


@pytest.mark.parametrize(
    "name",
    [
        "NASCAR Craftsman Truck Series",
        "NASCAR Camping World Truck Series",
        "NASCAR Gander RV & Outdoors Truck Series",
        "NASCAR Gander Outdoors Truck Series",
        "Truck Series",
        "truck",
    ],
)
def test_the_trucks_keep_their_id_under_every_sponsor(name: str) -> None:
    assert series_id(name) == "truck"


def test_a_series_of_another_name_has_a_slug_of_its_own() -> None:
    assert series_id("ARCA Menards Series") == "arca-menards-series"
    assert series_id("NASCAR Winston West Series") == "nascar-winston-west-series"
    assert series_id("Formula 1") == "formula-1"


@given(st.text())
def test_an_id_is_never_empty_and_is_its_own_id(name: str) -> None:
    once = series_id(name)
    assert once
    assert series_id(once) == once


def test_no_word_or_type_means_two_series() -> None:
    for names in ("historic_names", "spoken_words", "infobox_types"):
        words = [word for series in series_module._SERIES for word in getattr(series, names)]
        assert len(words) == len(set(words))


def test_what_a_question_may_say_for_a_series_is_a_national_series() -> None:
    assert set(SERIES_BY_WORD.values()) == set(SHORT_SERIES_NAMES) == NATIONAL_SERIES
    assert set(SERIES_BY_INFOBOX_TYPE.values()) <= NATIONAL_SERIES
    assert (SERIES_BY_WORD["xfinity"], SERIES_BY_WORD["ncts"], SERIES_BY_INFOBOX_TYPE["nasme"]) == (
        "nxs",
        "truck",
        "cup",
    )


@pytest.mark.parametrize("series", sorted(NATIONAL_SERIES))
def test_every_official_name_of_a_series_means_it(series: str) -> None:
    for season in range(1949, 2027):
        name = series_name(series, season)
        assert name is None or series_id(name) == series
