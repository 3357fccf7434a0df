"""Names of races, tracks and people, compared as documents write them."""

import pytest

from bot.loading.matching.words import place_words, race_name_words, same_person, same_track


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("NC Education Lottery 200", "North Carolina Education Lottery 200", "same"),
        ("2023 Coke 600", "COCA-COLA 600", "same"),
        ("Toyota/Save Mart 350", "Toyota / SaveMart 350", "same"),
        ("the NASCAR Cup Series Cook Out 400 race", "Cook Out 400", "same"),
        ("Wawa 250", "Wawa 250 Powered by Coca-Cola", "same"),
        ("South Point 400", "South Point Hotel & Casino 400", "part"),
        ("Heinz Southern 500", "Southern 500", "part"),
        ("Bass Pro Shops Night Race", "Bass Pro Shops NRA Night Race", "part"),
        ("Ally 400", "Ally 300", "other"),
        ("Ally 400", "Cracker Barrel 400", "other"),
        ("Daytona 500", "Daytona 500 Qualifying Race 1", "other"),
        ("All-Star Race", "Autotrader 400", "other"),
        ("Nashville 400", "Ally 400", "by its place"),
        ("Nashville 400", "Ally 300", "other"),
        ("Ally 400", "Nashville 400", ""),
        ("Nashville Ally Music 400", "Ally Music 400", "same"),
        ("Sirius at the Glen", "Siruis Satellite Radio at the Glen", "part"),
    ],
)
def test_names_of_races_are_alike_or_not(one: str, other: str, likeness: str) -> None:
    place = place_words("Nashville Superspeedway")
    assert race_name_words(one).likeness(race_name_words(other), place) == likeness


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Talladega", "Talladega Superspeedway", True),
        ("Atlanta Motor Speedway", "EchoPark Speedway", True),
        ("Atlanta", "EchoPark Speedway", True),
        ("Charlotte Roval", "Charlotte Motor Speedway (Road Course)", True),
        ("Daytona International Speedway", "Daytona International Speedway (Road Course)", True),
        ("Lucas Oil Raceway Park", "Indianapolis Motor Speedway", None),
        ("Indianapolis Raceway Park", "Indianapolis Motor Speedway", None),
        ("Dover Motor Speedway", "Bristol Motor Speedway", False),
    ],
)
def test_names_of_tracks_are_one_track_another_or_perhaps_a_neighbour(one: str, other: str, same: bool | None) -> None:
    assert same_track(one, other) is same
    assert same_track(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chastain", "Ross Chastain", True),
        ("AJ Allmendinger", "A. J. Allmendinger", True),
        ("D. Hamlin", "Denny Hamlin", True),
        ("Truex", "Martin Truex Jr.", True),
        ("Daniel Suárez", "Daniel Suarez", True),
        ("Dale Earnhardt", "Dale Earnhardt Jr.", None),
        ("Kyle Busch", "Kurt Busch", False),
        ("Ross Chastain", "Chase Elliott", False),
        ("Al Unser Sr.", "Al Unser Jr.", False),
    ],
)
def test_names_of_people_are_one_person_another_or_perhaps_his_father(one: str, other: str, same: bool | None) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same
