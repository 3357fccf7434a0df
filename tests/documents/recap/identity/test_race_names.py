"""The names of races, cut out of sentences and headings, and the one that a text is about."""

import pytest

from bot.documents.recap.identity.name_words import name_words
from bot.documents.recap.identity.race_names import find_race_names

NAMES = (
    "Granite Bay Coffee 400", "O'Reilly Auto Parts 253", "Toyota/Save Mart 350", "Bass Pro Shops NRA Night Race",
    "M&M's Fan Appreciation 400", "Food City Dirt Race", "Hill Country Grand Prix", "Grand Prix of Portugal",
    "Go Bowling at The Glen", "Verizon 200 at the Brickyard", "Viva Norteño 250", "1000Bulbs.com 500", "4EVER 400",
    "F.W. Webb 175", "Sprint Showdown", "Bluegreen Vacations Duel 1", "Bank of the Carolinas 500", "Toyota 300 km",
    "Boys and Girls Club of the Blue Ridge 200", "Stars & Stripes Fireworks 250",
    "Heluva Good! 300", "eero 250", "Elm Guard Truck Race on Dirt",
    "Call 811 Before You Dig 250", "Cook Out 400", "Straight Talk Elm 400",
)  # fmt: skip


def names(text: str) -> list[str]:
    return [name.text for name in find_race_names(text, name_words(text))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "sentence",
    [
        "Wade Long won Sunday’s NASCAR Cup Series {} at Dover Motor Speedway and then went home.",
        "The 46th annual {}, won by Long, had nine cautions.",
        "He led 36 laps of the {} and won it by a second.",
        "NASCAR-Winston Cup-{} Results",
    ],
)
def test_what_stands_in_front_of_a_name_is_no_part_of_it(name: str, sentence: str) -> None:
    assert names(sentence.format(name)) == [name]


@pytest.mark.parametrize("name", ["Granite Bay Coffee 400", "Palmetto Power 200", "Bass Pro Shops Night Race"])
def test_a_headline_gives_a_name_without_its_verb(name: str) -> None:
    assert names(f"Van der Meer Wins {name}") == [name]
    assert names(f"LONG CAPTURES {name.upper()} AT DOVER") == [name.upper()]


@pytest.mark.parametrize(
    "text",
    [
        "1. (5) Wade Long, Chevrolet, 400 laps, 59 points.",
        "Long led 400 laps and has 200 career starts.",
        "Stage 1 ends on Lap 100, and the No. 200 car is out.",
        "It was the best race since 2019.",
        "Average speed: 131.4 mph",
        "Long passed Pell's #97 Ford, and Voss the #44.",
    ],
)
def test_numbers_that_count_something_end_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("name", ["Salute to the Fallen Heroes 250", "Ready for Rain by Elm Insurance 400"])
def test_a_name_with_small_words_is_whole_behind_an_article_or_a_day(name: str) -> None:
    assert names(f"Wade Long won Sunday’s {name} at Dover Motor Speedway.") == [name]
    assert names(f"He led 36 laps of the {name} and won it by a second.") == [name]
    assert names(f"The 46th annual {name}, won by Long, had nine cautions.") == [name]


def test_how_long_a_race_is_is_no_part_of_its_name() -> None:
    assert names("Falk won the 267-lap Palmetto 400 and the 160-lap/400-mile Elm 250.") == ["Palmetto 400", "Elm 250"]


def test_a_year_in_front_of_a_name_is_kept_apart() -> None:
    text = "The 2019 Carolina Pork 600 was the thirteenth race."
    [name] = find_race_names(text, name_words(text))
    assert (name.text, name.year) == ("Carolina Pork 600", 2019)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Falk dominated Friday night's Feed the Neighbors 300 at Elm Speedway.", "Feed the Neighbors 300"),
        ("Falk won Sunday's Oak Tools at the Point 250.", "Oak Tools at the Point 250"),
        ("Falk won the Elm Tools 400 Benefiting Oak Hospital on Sunday.", "Elm Tools 400 Benefiting Oak Hospital"),
        ("Falk won the Pole Award for the Elm 400.", "Elm 400"),
        ("Falk drove the No. 9 Chevrolet for the Elm 400 team.", "Elm 400"),
        ("Falk at the Elm 400 was fast.", "Elm 400"),
    ],
)
def test_small_words_inside_a_name_belong_to_it_only_behind_an_article_or_a_day(sentence: str, name: str) -> None:
    assert names(sentence) == [name]


def test_a_number_of_cars_is_no_race() -> None:
    assert names("There were only four regulars out of the 43 entries in the race.") == []
