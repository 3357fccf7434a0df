"""Which running of which race is meant."""

import pytest

from bot.errors import AmbiguousName, UnknownName
from bot.names.index import NameIndex
from tests.support.names_catalogue import NASHVILLE, catalogue, race, small_index

INDEX = small_index()


def meant(text: str, series: str | None = "cup") -> str:
    return INDEX.resolve(text, "race", series=series).entity.value


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cup-2023-17", "cup-2023-17"),
        ("2023 · Nashville Superspeedway · Ally 400 · NASCAR Cup Series", "cup-2023-17"),
        ("Ally 400", "cup-2023-17"),
        ("ally", "cup-2023-17"),
        ("ally 400 2022", "cup-2022-17"),
        ("'22 nashville", "cup-2022-17"),
        ("nashville last year", "cup-2022-17"),
        ("nashville", "cup-2023-17"),
        ("nashvile", "cup-2023-17"),
        ("lebanon", "cup-2023-17"),
        ("tennessee", "cup-2023-17"),
        ("coke 600", "cup-2023-14"),
        ("2022 coca cola 600", "cup-2022-14"),
        ("xfinity nashville", "nxs-2023-15"),
        ("nashville truck race", "truck-2023-13"),
        ("tennessee lottery", "nxs-2023-15"),
        ("richmond spring", "cup-2023-7"),
        ("spring race richmond 2022", "cup-2022-7"),
        ("fall richmond", "cup-2022-24"),
        ("second richmond race", "cup-2022-24"),
        ("first richmond race 2022", "cup-2022-7"),
        ("bristol night race", "cup-2022-29"),
        ("bristol spring", "cup-2022-9"),
        ("dega", "cup-2023-10"),
        ("dega fall", "cup-2022-30"),
        ("2023 race 17", "cup-2023-17"),
        ("round 14 2022", "cup-2022-14"),
        ("June 25", "cup-2023-17"),
        ("25th of june", "cup-2023-17"),
        ("june 26 2022", "cup-2022-17"),
        ("6/25/2023", "cup-2023-17"),
        ("2023-06-25", "cup-2023-17"),
        ("last week", "cup-2023-17"),
        ("the latest race", "cup-2023-17"),
        ("fontana", "cup-2019-5"),
    ],
)
def test_a_race_is_found_by_name_place_time_and_series(typed: str, key: str) -> None:
    assert meant(typed) == key


def test_the_series_preferred_decides_between_races_of_one_weekend() -> None:
    assert meant("nashville", "nxs") == "nxs-2023-15"
    assert meant("2023 nashville", "truck") == "truck-2023-13"


def test_of_several_runnings_the_latest_is_taken_and_said() -> None:
    note = INDEX.resolve("nashville", "race").note
    assert note == "The latest of 3 at Nashville Superspeedway; add a year for another."
    assert INDEX.resolve("Ally 400", "race").note == (
        "The latest of 3 runnings of the Ally 400; add a year for another."
    )


def test_a_label_needs_no_word() -> None:
    match = INDEX.resolve("2022 · Nashville Superspeedway · Ally 400 · NASCAR Cup Series", "race")
    assert (match.exact, match.note, match.entity.value) == (True, "", "cup-2022-17")


@pytest.mark.parametrize(
    "typed", ["nashville 1999", "coke 600 2019", "southern 500", "monaco", "february 30", "race", "2023 race 40"]
)
def test_a_race_the_archive_lacks_is_unknown_and_not_replaced_by_another(typed: str) -> None:
    with pytest.raises(UnknownName):
        meant(typed)


def test_a_season_alone_is_asked_back() -> None:
    with pytest.raises(AmbiguousName) as caught:
        meant("2022")
    assert len(caught.value.candidates) == 7


def test_typing_a_year_or_a_place_suggests_its_races() -> None:
    assert {race.event.season for race in INDEX.suggest("2022", "race") if race.event} == {2022}
    assert INDEX.suggest("2022 nash", "race")[0].value == "cup-2022-17"
    assert INDEX.suggest("202", "race")
    assert INDEX.suggest("", "race")[0].value == "cup-2023-17"


@pytest.mark.parametrize(
    ("series", "latest", "seventh"), [("cup", "cup-2023-17", "Corey LaJoie"), ("nxs", "nxs-2023-15", "Justin Allgaier")]
)
def test_the_default_series_goes_first_in_suggestions_and_answers_alike(series: str, latest: str, seventh: str) -> None:
    index = NameIndex.build(catalogue(), default_series=series)
    assert index.of_kind("race")[0].value == latest
    assert {index.suggest(typed, "race")[0].value for typed in ("", "2023", "nashville", "2023 nashville")} == {latest}
    assert {index.resolve(typed, "race").entity.value for typed in ("latest", "nashville", "nashvile")} == {latest}
    assert index.suggest("#7", "driver")[0].value == index.resolve("#7", "driver").entity.value == seventh


def test_a_series_that_is_said_or_preferred_goes_before_the_default_one() -> None:
    index = NameIndex.build(catalogue(), default_series="nxs")
    assert index.suggest("cup nashville", "race")[0].value == "cup-2023-17"
    assert index.resolve("nashville truck race", "race").entity.value == "truck-2023-13"
    assert index.resolve("nashville", "race", series="cup").entity.value == "cup-2023-17"


def test_without_days_the_rounds_tell_spring_from_fall() -> None:
    index = NameIndex.build(
        (race("Spring Classic", 1975, 3, None, *NASHVILLE), race("Autumn Classic", 1975, 20, None, *NASHVILLE))
    )
    assert index.resolve("nashville spring", "race").entity.value == "cup-1975-3"
    assert index.resolve("nashville fall", "race").entity.value == "cup-1975-20"
    assert index.resolve("second nashville race", "race").entity.value == "cup-1975-20"


def test_latest_is_by_the_data_and_not_by_the_clock() -> None:
    index = NameIndex.build((race("Old", 1961, 1, None, *NASHVILLE), race("Older", 1960, 1, None, *NASHVILLE)))
    assert index.resolve("last race", "race").entity.name == "Old"
    assert index.resolve("nashville last year", "race").entity.name == "Older"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("1979 Daytona 500", "cup-1979-2"), ("Daytona 500 1981", "cup-1981-2"), ("1987 Winston 2000", "cup-1987-3")],
)
def test_a_year_says_when_unless_it_belongs_to_a_name(typed: str, key: str) -> None:
    at = ("Daytona International Speedway", "Daytona Beach, Florida")
    races = [race("Daytona 500", season, 2, None, *at) for season in (1979, 1980, 1981)]
    races += [race("Winston 2000", season, 3, None, "Riverside International Raceway", "") for season in (1986, 1987)]
    index = NameIndex.build(races)
    assert index.resolve(typed, "race", series="cup").entity.value == key


def test_a_name_with_a_year_in_it_is_still_a_name() -> None:
    at = ("Daytona International Speedway", "Daytona Beach, Florida")
    races = [race(name, 2001, number, None, *at) for number, name in ((2, "Daytona 500"), (9, "2001 Firecracker 400"))]
    index = NameIndex.build([*races, race("Firecracker 400", 2001, 10, None, *at)])
    assert index.resolve("2001 firecracker 400", "race", series="cup").entity.value == "cup-2001-9"


def test_suggestions_for_a_beginning_are_the_latest_of_the_first_series() -> None:
    """Whatever the order in which the archive gives them."""
    at = ("Daytona International Speedway", "Daytona Beach, Florida")
    races = [race("Daytona 500", season, 2, None, *at) for season in range(1960, 2020)]
    races += [race("Sport Clips 200", season, 5, None, *at, "nxs") for season in range(1990, 2021)]
    shown = NameIndex.build(reversed(races)).suggest("daytona", "race", limit=25)
    assert [one.value for one in shown] == [f"cup-{season}-2" for season in range(2019, 1994, -1)]
    dated = NameIndex.build(races).suggest("2019 d", "race", limit=25)
    assert [one.value for one in dated] == ["cup-2019-2", "nxs-2019-5"]
