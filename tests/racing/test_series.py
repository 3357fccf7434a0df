"""One id for a series through all its sponsors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold
from bot.racing import series as series_module
from bot.racing.series import (
    NATIONAL_SERIES,
    OTHER_SERIES_NAMES,
    SERIES_BY_INFOBOX_TYPE,
    SERIES_BY_WORD,
    SHORT_SERIES_NAMES,
    find_series_phrase,
    series_id,
    series_name,
    series_phrases,
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
    for names in ("historic_names", "infobox_types"):
        words = [word for series in series_module._SERIES for word in getattr(series, names)]
        assert len(words) == len(set(words))
    spoken = [name for one in series_module._SERIES for name in (*one.spoken_names, *one.sponsor_names)]
    spoken += [name for _, _, names in series_module._OTHER_SERIES for name in names]
    assert len(spoken) == len(set(spoken))
    assert [name for name in spoken if fold(name) != name] == []


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


@pytest.mark.parametrize(
    ("text", "series", "phrase"),
    [
        ("bristol 2012 cup series", "cup", "cup series"),
        ("2004 nextel cup series richmond", "cup", "nextel cup series"),
        ("who won the Monster Energy NASCAR Cup Series race", "cup", "monster energy nascar cup series"),
        ("grand national 1968", "cup", "grand national"),
        ("nascar winston cup", "cup", "nascar winston cup"),
        ("NCS at texas", "cup", "ncs"),
        ("sprint series 2010", "cup", "sprint series"),
        ("busch grand national dover", "nxs", "busch grand national"),
        ("the O'Reilly series", "nxs", "oreilly series"),
        ("NASCAR O'Reilly Auto Parts Series", "nxs", "nascar oreilly auto parts series"),
        ("nationwide series iowa", "nxs", "nationwide series"),
        ("camping world truck series", "truck", "camping world truck series"),
        ("trucks at eldora", "truck", "trucks"),
        ("gander rv & outdoors truck series", "truck", "gander rv and outdoors truck series"),
        ("arca menards series west", "arca-menards-series", "arca menards series"),
        ("winston west phoenix", "nascar-west-series", "winston west"),
        ("indycar at texas", "indycar-series", "indycar"),
        ("sprint cars at eldora", "world-of-outlaws", "sprint cars"),
        ("busch north", "nascar-east-series", "busch north"),
        ("formula one", "formula-1", "formula one"),
    ],
)
def test_a_series_is_found_under_every_phrase_that_people_use(text: str, series: str, phrase: str) -> None:
    words = fold(text).split()
    found = find_series_phrase(words)
    assert found
    assert (found.series, " ".join(words[found.start : found.end]), found.certain) == (series, phrase, True)


@pytest.mark.parametrize(("text", "series"), [("busch", "nxs"), ("xfinity 500", "nxs"), ("winston 500", "cup")])
def test_a_sponsor_alone_may_be_the_series(text: str, series: str) -> None:
    found = find_series_phrase(text.split())
    assert found
    assert (found.series, found.certain) == (series, False)


def test_a_certain_phrase_goes_before_a_sponsor() -> None:
    words = ["xfinity", "500", "cup", "series"]
    assert [phrase.series for phrase in series_phrases(words)] == ["nxs", "cup"]
    found = find_series_phrase(words)
    assert found
    assert found.series == "cup"


@pytest.mark.parametrize("text", ["", "nascar", "daytona 500", "the series", "larson"])
def test_other_words_mean_no_series(text: str) -> None:
    assert find_series_phrase(text.split()) is None


def test_other_series_have_ids_of_their_own() -> None:
    assert NATIONAL_SERIES.isdisjoint(OTHER_SERIES_NAMES)
    assert series_id("ARCA Menards Series") in OTHER_SERIES_NAMES


@pytest.mark.parametrize("series", sorted(NATIONAL_SERIES))
def test_every_official_name_is_a_phrase_of_its_series(series: str) -> None:
    for season in range(1949, 2027):
        words = fold(series_name(series, season) or series).split()
        found = find_series_phrase(words)
        assert found
        assert (found.series, found.start, found.end) == (series, 0, len(words)), words
