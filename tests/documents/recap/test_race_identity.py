"""Which race a report is about: name, track, series, season and day, and not those it mentions."""

from datetime import date

import pytest

from bot.documents.model import Document, RaceIdentity
from bot.documents.recap.reader import RECAP


def identities(*lines: str) -> list[RaceIdentity]:
    return [reading.identity for reading in RECAP.read(Document("text.txt", "", lines))]


def identity(*lines: str) -> RaceIdentity:
    [found] = identities(*lines)
    return found


REPORT = "Wade Long won Sunday’s Granite Bay Coffee 400 at Dover Motor Speedway, and Clay Berry was second."


@pytest.mark.parametrize(
    ("page", "sentence", "day"),
    [
        ("date 2023-04-30 ", REPORT, date(2023, 4, 30)),
        ("date 2023-05-01 ", REPORT, date(2023, 4, 30)),
        ("date 2023-05-05 ", REPORT, None),
        ("", REPORT, None),
        ("date 2023-04-30 ", "Long won tonight’s Granite Bay Coffee 400 by a second.", date(2023, 4, 30)),
        ("date 2023-05-01 ", "Long won the Granite Bay Coffee 400 yesterday by a second.", date(2023, 4, 30)),
        (
            "",
            "The Granite Bay Coffee 400 was a race held on April 30, 2023, at Dover Motor Speedway.",
            date(2023, 4, 30),
        ),
        ("DOVER, Del. (April 30, 2023) – ", REPORT, date(2023, 4, 30)),
        ("date 2023-05-01 ", "Berry won the pole on Saturday, and Long won the Granite Bay Coffee 400.", None),
    ],
)
def test_the_day_follows_from_words_and_from_the_day_of_the_page(page: str, sentence: str, day: date | None) -> None:
    found = identity(page + sentence)
    assert (found.name, found.day) == ("Granite Bay Coffee 400", day)
    assert found.season == (day.year if day else None)


def test_a_race_mentioned_in_passing_is_not_the_texts_own() -> None:
    found = identity(
        "date 2023-04-30 Long had waited a year for a win, since the 2022 Dixie Belle 500 at Darlington Raceway.",
        "On Sunday he took the Granite Bay Coffee 400 at Dover Motor Speedway, where he beat Berry by a second.",
        "In Saturday’s Xfinity race, the Pepper 200, Cole Hill beat Ivo Dorn. It wasn’t the Daytona 500, he said.",
        "The NASCAR Cup Series heads to Kansas Speedway next week for the Prairie Wind Energy 400.",
    )
    assert (found.name, found.track, found.series) == ("Granite Bay Coffee 400", "Dover Motor Speedway", "cup")


@pytest.mark.parametrize(
    ("words", "series"),
    [
        ("NASCAR Xfinity Series", "nxs"),
        ("Winston Cup", "cup"),
        ("Camping World Truck Series", "truck"),
        ("ARCA Menards Series", "arca-menards-series"),
        ("IndyCar Series", "indycar-series"),
    ],
)
def test_the_series_is_that_of_the_words_and_never_guessed(words: str, series: str) -> None:
    assert identity(f"Long won the {words} Maple 300 at Elm Speedway by a second.").series == series
    assert identity("Long won the Maple 300 at Elm Speedway by a second.").series is None


def test_a_track_is_found_by_what_people_say_for_it() -> None:
    assert identity("Long won the Maple 300 at Talladega by a second.").track == "Talladega"
    assert identity("Long won the Maple 300 at Cedar Ridge Speedway by a nose.").track == "Cedar Ridge Speedway"


def test_a_weekend_of_two_races_is_read_as_two() -> None:
    found = identities(
        "Weekend wrap: two races",
        "Sunday, July 16, 2023",
        "",
        "SATURDAY: Cody Brock won Saturday’s NASCAR Xfinity Series Timber 250 with a pass of Hailey Strand at the end.",
        "",
        "SUNDAY: His brother Ethan Brock won Sunday’s Lumber 400, and beat Wade Long by 5.1 seconds at the end of it.",
    )
    assert [(one.name, one.day) for one in found] == [
        ("Timber 250", date(2023, 7, 15)),
        ("Lumber 400", date(2023, 7, 16)),
    ]


@pytest.mark.parametrize(
    ("sentence", "round_number"),
    [
        ("It was the 23rd race of the 2011 NASCAR season.", 23),
        ("The race was the 23rd of the 2011 NASCAR Cup Series season.", 23),
        ("Race 31 of 36", 31),
        ("These are the points after the 17 NASCAR Cup Series race of the season.", 17),
        ("It was the tenth and final race of the season.", 10),
        ("Long won his eighth NASCAR Cup Series race of the season.", None),
        ("It was the first race of the Chase.", None),
    ],
)
def test_the_round_is_counted_in_the_season_and_not_in_what_somebody_won(sentence: str, round_number: int) -> None:
    assert identity(REPORT, sentence).round == round_number


@pytest.mark.parametrize(
    ("lead", "track"),
    [
        ("Wade Long won the Cup race at Alabama’s Talladega Superspeedway on Sunday.", "Talladega Superspeedway"),
        ("Wade Long won the Cup race at Dover (Del.) Motor Speedway on Sunday.", "Dover Motor Speedway"),
        ("Wade Long won the Cup race at Dover Motor Speedway. He had won at Bristol.", "Dover Motor Speedway"),
        ("Wade Long won at Dover Motor Speedway and runs at Phoenix Raceway next month.", "Dover Motor Speedway"),
        ("Wade Long won the Maple 300 and a spot in the championship race at Phoenix Raceway.", None),
        ("Between trips to Pocono Raceway, Wade Long won a race on Saturday.", None),
    ],
)
def test_the_track_is_where_the_race_was_held(lead: str, track: str | None) -> None:
    found = identity(lead, "Clay Berry finished second.", "Ivo Dorn was third, a lap down.")
    assert found.track == track


@pytest.mark.parametrize(
    ("lead", "series"),
    [
        (
            "Wade Long won the Xfinity Series race. Cup regular Clay Berry was second, Cup rookie Ivo Dorn third.",
            "nxs",
        ),
        ("On the strength of a Kyle Busch victory, Elm Racing had a good Sunday.", None),
        ("Wade Long won the Busch race at Dover on Saturday.", "nxs"),
    ],
)
def test_the_series_is_the_one_that_somebody_won_a_race_of(lead: str, series: str | None) -> None:
    assert identity(lead, "Clay Berry finished second.", "Ivo Dorn was third, a lap down.").series == series


def test_a_season_with_which_this_one_is_compared_is_not_its_own() -> None:
    assert identity(REPORT, "It was the tenth win for Elm Racing since the start of the 2007 season.").season is None
