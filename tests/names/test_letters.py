"""Names against their letters: initials, orders, possessives, suffixes, and texts that are nobody's name."""

import pytest

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import CarNumber, Entity
from bot.names.index import NameIndex
from bot.names.readings import name_readings


def driver(name: str, starts: int, wins: int, first: int, last: int) -> Entity:
    return Entity("driver", name, name, name, (), starts, wins, first, last, (CarNumber("cup", last, "1"),))


DRIVERS = (
    driver("Richard Petty", 1184, 200, 1958, 1992),
    driver("Kyle Petty", 829, 8, 1979, 2008),
    driver("Adam Petty", 46, 0, 1998, 2000),
    driver("Jeff Green", 450, 16, 1990, 2015),
    driver("David Green", 500, 10, 1989, 2009),
    driver("Austin Green", 14, 0, 2024, 2025),
    driver("Dale Earnhardt", 812, 97, 1975, 2001),
    driver("Dale Earnhardt Jr.", 778, 50, 1996, 2024),
    driver("Jeffrey Earnhardt", 350, 0, 2009, 2025),
    driver("Bill Elliott", 870, 45, 1976, 2012),
    driver("Bill Champion", 289, 0, 1951, 1976),
    driver("Junior Johnson", 313, 50, 1953, 1966),
    driver("LeeRoy Yarbrough", 198, 14, 1960, 1972),
    driver("Jeff Burton", 1000, 48, 1993, 2014),
    driver("Harrison Burton", 230, 5, 2016, 2025),
    driver("Alan Kulwicki", 207, 5, 1985, 1993),
    driver("Jack Greenfield", 1, 0, 1952, 1952),
    driver("Erik Jones", 420, 20, 2013, 2025),
    driver("E.J. Trivette", 24, 0, 1967, 1971),
    driver("Kyle Busch", 1390, 230, 2003, 2025),
    driver("Kurt Busch", 820, 43, 2000, 2022),
    driver("Ron Hornaday", 17, 0, 1955, 1973),
    driver("Ron Hornaday Jr.", 590, 55, 1992, 2015),
    driver("Martin Truex Jr.", 801, 48, 2001, 2025),
    driver("Shane van Gisbergen", 60, 8, 2023, 2025),
    driver("Bill Lester", 144, 0, 1999, 2021),
    driver("Claude Leclerc", 3, 0, 1981, 1984),
    driver("Dick Rathman", 128, 13, 1951, 1955),
    driver("Jim Rathmann", 3, 0, 1949, 1951),
    driver("Jonathan Maynew", 12, 0, 1990, 1995),
    driver("Burrhead Nantz", 5, 0, 1961, 1963),
)
INDEX = NameIndex.build(DRIVERS)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("A. Petty", "Adam Petty"),
        ("petty a", "Adam Petty"),
        ("Petty,A.", "Adam Petty"),
        ("Green A.", "Austin Green"),
        ("Green, A.", "Austin Green"),
        ("J. Earnhardt", "Jeffrey Earnhardt"),
        ("R.Petty", "Richard Petty"),
        ("Champion,Bill", "Bill Champion"),
        ("Champion , Bill", "Bill Champion"),
        ("champion bill", "Bill Champion"),
        ("Truex Jr., Martin", "Martin Truex Jr."),
        ("Truex, Martin, Jr.", "Martin Truex Jr."),
        ("Truex, Martin junior", "Martin Truex Jr."),
        ("van Gisbergen, Shane", "Shane van Gisbergen"),
        ("Junior Johnson's", "Junior Johnson"),
        ("Junior Johnson’s wins", "Junior Johnson"),
        ("Jeff Burton’s", "Jeff Burton"),
        ("Dale Earnhardt Jr.'s", "Dale Earnhardt Jr."),
        ("greenfield", "Jack Greenfield"),
        ("ej", "E.J. Trivette"),
        ("dick rathmann", "Dick Rathman"),
    ],
)
def test_the_letters_say_who_is_meant(typed: str, name: str) -> None:
    assert INDEX.resolve(typed, "driver").entity.value == name


@pytest.mark.parametrize(
    "typed", ["Q. Petty", "B. Busch", "Richard Petty Jr.", "X. Green", "bill leclerc", "kyle green"]
)
def test_nobody_is_answered_with_the_results_of_somebody_else(typed: str) -> None:
    with pytest.raises(UnknownName):
        INDEX.resolve(typed, "driver")


@pytest.mark.parametrize(
    "typed",
    ["-1", "#-1", "+1", "1%", "1.5", "$1", "1/1", "true", "False", "NaN", "nan", "N/A", "null", "www.petty.com/kyle",
     "petty.com", "kyle@petty.com", "../petty", "SELECT * FROM petty;", "<b>petty</b>", "{{petty}}", "--petty",
     "maybe"],
)  # fmt: skip
def test_what_is_no_name_is_nobody(typed: str) -> None:
    with pytest.raises(UnknownName):
        INDEX.resolve(typed, "driver")


def test_a_real_name_goes_before_a_nickname_whose_owner_is_named_beside() -> None:
    note = INDEX.resolve("greenfield", "driver").note
    assert note == "“greenfield” is also a nickname of Alan Kulwicki."


def test_a_nickname_that_several_bear_means_its_owner_and_says_who_else() -> None:
    foxes = (driver("Stan Fox", 4, 0, 1976, 1981), driver("Jackie Fox", 2, 0, 1971, 1971))
    index = NameIndex.build((driver("David Pearson", 574, 105, 1960, 1986), *foxes), 2025, "cup")
    match = index.resolve("fox", "driver")
    assert match.entity.value == "David Pearson"
    assert match.note == "“fox” read as a nickname; it is also the name of Stan Fox and others."


def test_father_and_son_are_asked_for_where_the_son_is_much_likelier() -> None:
    with pytest.raises(AmbiguousName) as error:
        INDEX.resolve("ron hornaday", "driver")
    assert [value for value, _ in error.value.candidates] == ["Ron Hornaday Jr.", "Ron Hornaday"]
    assert INDEX.resolve("Ron Hornaday", "driver").entity.value == "Ron Hornaday", "a choice means what it says"
    assert INDEX.resolve("dale earnhardt", "driver").entity.value == "Dale Earnhardt"


def test_races_keep_their_possessives_and_only_people_their_commas() -> None:
    assert name_readings("Lowe's 500", "lowes 500", "race") == ("lowes 500", ())
    assert name_readings("Loudon, New Hampshire", "loudon new hampshire", "track") == ("loudon new hampshire", ())
