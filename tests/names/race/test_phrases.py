"""A phrase for a race is read as a whole: every word says something, or the answer says which does not."""

import pytest

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import Entity, RaceEvent
from bot.names.index import NameIndex
from bot.names.race.phrases import load_phrases
from tests.support.names_catalogue import driver, race

DAYTONA, BRISTOL, ATLANTA = "Daytona International Speedway", "Bristol Motor Speedway", "EchoPark Speedway"
DARLINGTON, HOMESTEAD, CHARLOTTE = "Darlington Raceway", "Homestead-Miami Speedway", "Charlotte Motor Speedway"


def won(name: str, season: int, number: int, track: str, winner: str, team: str = "", series: str = "cup") -> Entity:
    """A race without a day, as histories tell it, with who won it."""
    event = RaceEvent(series, season, number, None, track, None, winner=winner, winner_team=team or None)
    label = f"{season} · {track} · {name} · {series}"
    return Entity("race", f"{series}-{season}-{number}", name, label, (), 1, 0, season, season, (), event)


INDEX = NameIndex.build(
    (
        won("Daytona 500", 1992, 1, DAYTONA, "Davey Allison"),
        won("Motorcraft Quality Parts 500", 1992, 2, ATLANTA, "Bill Elliott"),
        won("Hooters 500", 1992, 3, ATLANTA, "Bill Elliott"),
        won("Daytona 500", 1998, 1, DAYTONA, "Dale Earnhardt", "Richard Childress Racing"),
        won("Pepsi Southern 500", 1998, 2, DARLINGTON, "Jeff Gordon", "Hendrick Motorsports"),
        won("Food City 500", 1998, 3, BRISTOL, "Jeff Gordon", "Hendrick Motorsports"),
        won("Goody's 500", 1998, 4, BRISTOL, "Mark Martin", "Roush Racing"),
        won("Moore's Snacks 250", 1998, 5, BRISTOL, "Elliott Sadler", series="nxs"),
        won("Carolina Dodge Dealers 400", 2003, 5, DARLINGTON, "Ricky Craven"),
        won("Daytona 500", 2012, 1, DAYTONA, "Matt Kenseth"),
        won("Coca-Cola 600", 2012, 2, CHARLOTTE, "Kasey Kahne"),
        won("Ford EcoBoost 400", 2012, 3, HOMESTEAD, "Jeff Gordon"),
        won("Ford EcoBoost 300", 2012, 1, HOMESTEAD, "Regan Smith", series="nxs"),
        won("Daytona 500", 2022, 1, DAYTONA, "Austin Cindric"),
        won("Cook Out Southern 500", 2022, 2, DARLINGTON, "Erik Jones"),
        won("Wawa 250", 2022, 1, DAYTONA, "Jeremy Clements", series="nxs"),
        won("Xfinity 500", 2022, 3, "Martinsville Speedway", "Christopher Bell"),
        won("NASCAR Cup Series Championship", 2022, 4, "Phoenix Raceway", "Joey Logano"),
        driver("Ross Chastain", 250, 6, 2017, 2022),
    )
)


def meant(text: str, **beside: int) -> str:
    return INDEX.resolve(text, "race", series="cup", **beside).entity.value


def refusal(text: str) -> UnknownName:
    with pytest.raises(UnknownName) as caught:
        meant(text)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("homestead 2012 cup series", "cup-2012-3"),
        ("2012 nascar winston cup series homestead", "cup-2012-3"),
        ("nationwide series homestead 2012", "nxs-2012-1"),
        ("98 daytona 500", "cup-1998-1"),
        ("daytona 500 '98", "cup-1998-1"),
        ("southern 500 98", "cup-1998-2"),
        ("season finale 2012", "cup-2012-3"),
        ("2012 season opener", "cup-2012-1"),
        ("last race of 2012", "cup-2012-3"),
        ("penultimate race of the 2012 season", "cup-2012-2"),
        ("championship race 2012", "cup-2012-3"),
        ("busch series finale 2012", "nxs-2012-1"),
        ("race 2 of 2012", "cup-2012-2"),
        ("2012 round 2", "cup-2012-2"),
        ("second race of 2012", "cup-2012-2"),
        ("bristol fall 1998", "cup-1998-4"),
        ("1998 1st bristol race", "cup-1998-3"),
        ("bristol 2 1998", "cup-1998-4"),
        ("atlanta motor speedway 1992 second race", "cup-1992-3"),
        ("gordon bristol 1998", "cup-1998-3"),
        ("roush bristol 1998", "cup-1998-4"),
        ("1998 bristol race won by mark martin", "cup-1998-4"),
        ("gordon first win", "cup-1998-2"),
        ("playoff homestead 2012", "cup-2012-3"),
        ("southern 500", "cup-2022-2"),
        ("craven busch finish", "cup-2003-5"),
        ("who won homestead 2012", "cup-2012-3"),
        ("did chastain win at daytona", "cup-2022-1"),
        ("what happened at the daytona 500 in 1998?", "cup-1998-1"),
        ("homested 2012", "cup-2012-3"),
        ("darlington september 2022", "cup-2022-2"),
        ("world 600 2012", "cup-2012-2"),
    ],
)
def test_every_word_of_a_phrase_says_which_race_is_meant(typed: str, key: str) -> None:
    assert meant(typed) == key


@pytest.mark.parametrize("typed", ["atlanta 1992", "ams 1992", "1992 atlanta international raceway", "atlanta 92"])
def test_of_two_races_there_in_one_year_the_question_has_both(typed: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        meant(typed)
    assert [value for value, _ in caught.value.candidates] == ["cup-1992-2", "cup-1992-3"]


@pytest.mark.parametrize(
    ("typed", "word"), [("daytona 500 1998 frobnicate", "frobnicate"), ("quizzical bristol", "quizzical")]
)
def test_a_word_that_says_nothing_is_named(typed: str, word: str) -> None:
    assert f"“{word}” says nothing about races here" in str(refusal(typed))


@pytest.mark.parametrize(
    "typed", ["daytona 500 1950", "daytona 500 1998 2012", "bristol 2012", "race 9 of 2012", "daytona 98 2012"]
)
def test_neither_a_year_nor_a_number_is_dropped(typed: str) -> None:
    assert "no race here fits all of that" in str(refusal(typed))


def test_a_year_without_the_race_offers_the_nearest() -> None:
    assert [value for value, _ in refusal("daytona 500 2013").suggestions][:2] == ["cup-2012-1", "cup-2022-1"]


@pytest.mark.parametrize(
    ("typed", "said", "near"),
    [
        ("busch clash 1998", "exhibition", ["cup-1998-1"]),
        ("all star race", "exhibition", ["cup-2012-2"]),
        ("indy 500", "IndyCar", []),
        ("next race", "/schedule shows those to come", ["cup-2022-4"]),
        ("arca daytona 2012", "ARCA Menards Series", []),
    ],
)
def test_what_the_archive_cannot_have_is_said_so_with_what_is_near(typed: str, said: str, near: list[str]) -> None:
    error = refusal(typed)
    assert said in str(error)
    assert [value for value, _ in error.suggestions] == near


def test_an_exhibition_that_the_archive_has_is_a_race_like_others() -> None:
    index = NameIndex.build((race("Busch Clash", 2022, 1, None, "Los Angeles Memorial Coliseum", ""),))
    assert index.resolve("busch clash 2022", "race").entity.value == "cup-2022-1"


def test_the_finale_of_a_season_that_is_under_way_is_not_known_yet() -> None:
    races = [
        won(f"Race {number}00", season, number, DAYTONA, "Ann Ash") for season in (2001, 2002) for number in (1, 2)
    ]
    index = NameIndex.build(races[:3])
    assert index.resolve("season finale 2001", "race").entity.value == "cup-2001-2"
    with pytest.raises(UnknownName):
        index.resolve("season finale 2002", "race")


def test_the_note_says_what_was_not_looked_at() -> None:
    assert "June is not checked" in INDEX.resolve("homestead june 2012", "race").note
    assert "Chastain did not win it" in INDEX.resolve("chastain homestead 2012", "race").note
    assert (
        INDEX.resolve("daytona 500", "race").note
        == "The latest of 4 runnings of the Daytona 500; add a year for another."
    )


def test_a_season_from_elsewhere_counts_like_one_that_was_typed() -> None:
    assert meant("daytona", season=1998) == "cup-1998-1"


@pytest.mark.parametrize("typed", ["jet dryer race", "the fight", "who won the jet dryer race"])
def test_a_famous_race_that_the_archive_lacks_is_said_to_be_lacking(typed: str) -> None:
    index = NameIndex.build((won("Ally 400", 2023, 17, "Nashville Superspeedway", "Ross Chastain"),))
    with pytest.raises(UnknownName, match="Daytona 500, which no document here tells"):
        index.resolve(typed, "race")


def test_no_phrase_of_the_table_has_two_meanings() -> None:
    table = load_phrases()
    phrases = [*table.season_places, *table.places_in_order, *table.earliest, *table.latest, *table.season_parts]
    phrases += [*table.seasons_back, *(name for outside in table.outside for name in outside.names)]
    phrases += [name for famous in table.famous for name in famous.names]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("season finale 2012", ["cup-2012-3"]),
        ("atlanta 92", ["cup-1992-2", "cup-1992-3"]),
        ("hail melon", ["cup-2022-3"]),
    ],
)
def test_a_phrase_is_suggested_while_it_is_typed(typed: str, keys: list[str]) -> None:
    assert [one.value for one in INDEX.suggest(typed, "race")[: len(keys)]] == keys


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("first daytona 500", "cup-1992-1"),
        ("4th daytona 500", "cup-2022-1"),
        ("inaugural homestead race", "cup-2012-3"),
    ],
)
def test_runnings_are_counted_among_those_in_the_archive_and_said_so(typed: str, key: str) -> None:
    match = INDEX.resolve(typed, "race")
    assert match.entity.value == key
    assert "ounted among the races known here." in match.note


def test_races_at_another_track_of_the_city_are_not_counted_to_the_one_that_is_shown() -> None:
    events = (("Nashville Superspeedway", 2023), ("Nashville Superspeedway", 2022), ("Nashville Speedway", 1984))
    races = [
        Entity(
            "race", f"cup-{year}-1", f"Race {year}", f"{year} · {track}", event=RaceEvent("cup", year, 1, track=track)
        )
        for track, year in events
    ]
    note = NameIndex.build(races, 1, "cup").resolve("nashville", "race").note
    assert note == "The latest of 2 at Nashville Superspeedway; add a year for another."
