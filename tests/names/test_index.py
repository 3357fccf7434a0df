"""Who is meant by what a person types."""

from dataclasses import replace

import pytest

from bot.errors import AmbiguousName, BotError, UnknownName
from bot.names.entity import Entity, short_key
from bot.names.index import NameIndex
from tests.support.names_catalogue import DRIVERS, catalogue, small_index

INDEX = small_index()


def meant(text: str, kind: str = "driver", *, series: str | None = None, season: int | None = None) -> str:
    return INDEX.resolve(text, kind, series=series, season=season).entity.value


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chastin", "Ross Chastain"),
        ("RSOS CHASTAIN", "Ross Chastain"),
        ("chastain", "Ross Chastain"),
        ("Chastain, Ross", "Ross Chastain"),
        ("r. chastain", "Ross Chastain"),
        ("rchastain", "Ross Chastain"),
        ("rosschastain", "Ross Chastain"),
        ("**Ross Chastain**", "Ross Chastain"),
        ("Ross Chastain (R)", "Ross Chastain"),
        ("ross chastain stats", "Ross Chastain"),
        ("<@12345> ross chastain", "Ross Chastain"),
        ("#1 ross chastain", "Ross Chastain"),
        ("kesel", "Brad Keselowski"),
        ("suarez", "Daniel Suárez"),
        ("a j allmendinger", "A. J. Allmendinger"),
        ("jh nemechek", "John Hunter Nemechek"),
        ("svg", "Shane van Gisbergen"),
    ],
)
def test_a_driver_is_found_however_the_name_is_typed(typed: str, name: str) -> None:
    assert meant(typed) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dale earnhardt", "Dale Earnhardt"),
        ("Dale Earnhardt, Jr", "Dale Earnhardt Jr."),
        ("dale earnhardt junior", "Dale Earnhardt Jr."),
        ("junior", "Dale Earnhardt Jr."),
        ("dale jr", "Dale Earnhardt Jr."),
        ("junior johnson", "Junior Johnson"),
        ("martin truex", "Martin Truex Jr."),
    ],
)
def test_father_and_son_are_never_merged(typed: str, name: str) -> None:
    assert meant(typed) == name


def test_the_father_is_not_answered_with_the_son_where_only_the_son_is_known() -> None:
    index = NameIndex.build(one for one in DRIVERS if one.name != "Dale Earnhardt")
    with pytest.raises(UnknownName) as caught:
        index.resolve("dale earnhardt", "driver")
    assert ("Dale Earnhardt Jr.", "Dale Earnhardt Jr.") in caught.value.suggestions


def test_a_nickname_that_changed_hands_goes_by_the_season() -> None:
    assert meant("junior", season=1960) == "Junior Johnson"
    assert meant("junior", season=2010) == "Dale Earnhardt Jr."


@pytest.mark.parametrize("typed", ["labonte", "nemechek", "busch"])
def test_brothers_and_fathers_of_one_last_name_are_asked_back(typed: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        meant(typed)
    assert 2 <= len(caught.value.candidates) <= 5
    assert all(typed in value.lower() for value, _ in caught.value.candidates[:2])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("#45", "Tyler Reddick"),
        ("# 45", "Tyler Reddick"),
        ("no. 45", "Tyler Reddick"),
        ("the 8 car", "Kyle Busch"),
        ("car 5", "Kyle Larson"),
        ("the 16", "A. J. Allmendinger"),
        ("8 car 2022", "Tyler Reddick"),
        ("cup 18", "Kyle Busch"),
        ("7", "Corey LaJoie"),
        ("xfinity 7", "Justin Allgaier"),
    ],
)
def test_a_car_number_means_its_driver_in_the_latest_season_that_ran_it(typed: str, name: str) -> None:
    match = INDEX.resolve(typed, "driver")
    assert match.entity.value == name
    assert not match.exact
    assert match.note.startswith("Car ")


def test_the_series_preferred_decides_a_number_of_two_series() -> None:
    assert meant("#7", series="nxs") == "Justin Allgaier"


@pytest.mark.parametrize(
    "typed", ["#48", "077", "<@12345>", "@everyone", "<:kyle:123>", "", "???", "🏁", "asdfgh", "x" * 5000]
)
def test_what_names_nobody_is_unknown(typed: str) -> None:
    with pytest.raises(UnknownName):
        meant(typed)


def test_an_exact_match_needs_no_word_and_any_other_says_what_is_shown() -> None:
    assert INDEX.resolve("ross chastain", "driver").note == ""
    assert INDEX.resolve("chastin", "driver").note == "“chastin” read as Ross Chastain."


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("jgr", "team", "Joe Gibbs Racing"),
        ("dega", "track", "Talladega Superspeedway"),
        ("thunder valley", "track", "Bristol Motor Speedway"),
        ("chevy", "manufacturer", "Chevrolet"),
        ("winston cup", "series", "cup"),
        ("'22", "season", "2022"),
        ("last season", "season", "2022"),
        ("22", "season", "2022"),
    ],
)
def test_other_kinds_answer_to_their_other_names(typed: str, kind: str, value: str) -> None:
    assert meant(typed, kind) == value


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("kyle larson", "driver"), ("nashville", "track"), ("coke 600", "race"), ("chevy", "manufacturer")],
)
def test_a_text_of_unknown_kind_is_read_as_the_likeliest(typed: str, kind: str) -> None:
    assert INDEX.resolve(typed, "anything").entity.kind == kind


def test_the_reading_taken_is_said_where_there_are_others() -> None:
    note = INDEX.resolve("nashville", "anything").note
    assert note == "“nashville” read as a track, Nashville Superspeedway; it can also be a race."


def test_a_kind_the_archive_does_not_hold_knows_no_name() -> None:
    with pytest.raises(UnknownName):
        NameIndex.build(DRIVERS).resolve("dega", "track")
    assert NameIndex.build(()).suggest("x", "anything") == ()


def test_entities_are_found_by_key_and_by_value() -> None:
    chastain = replace(DRIVERS[0], cars=())  # car numbers are in an index of their own
    assert INDEX.get("driver", "Ross Chastain") == chastain
    assert INDEX.by_key("driver", short_key("driver", chastain.value)) is INDEX.get("driver", "Ross Chastain")
    assert INDEX.get("team", "Ross Chastain") is None
    assert INDEX.version == 7


def test_all_of_a_kind_come_most_likely_first() -> None:
    assert INDEX.of_kind("driver")[0].value == "Kyle Busch"
    assert len(INDEX.of_kind("anything")) == len(catalogue())


def test_an_index_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        INDEX.more = 1  # type: ignore[attr-defined]
    assert isinstance(INDEX.of_kind("driver"), tuple)


def test_two_spellings_that_fold_alike_are_told_apart_to_the_letter() -> None:
    twins = [Entity("driver", name, name, name, (), 5, 0, 2000, 2000) for name in ("José Ruiz", "Jose Ruiz")]
    index = NameIndex.build(twins)
    assert index.resolve("José Ruiz", "driver").entity is twins[0]
    assert index.resolve("Jose Ruiz", "driver").entity is twins[1]
    with pytest.raises(BotError):
        index.resolve("jose ruiz", "driver")
