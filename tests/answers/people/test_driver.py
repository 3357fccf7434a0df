"""Cards of drivers and of people on air: roles are kept apart, quotes come first."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.people.driver import driver_profile
from bot.archive.db.engine import write_session
from bot.archive.models.core import Passage, PassagePerson, Race, SessionRow, Source
from bot.cards import Quotes, Table
from bot.errors import NothingKnown, UnknownName
from tests.support.archive_rows import ALLY, WAWA, fill_archive
from tests.support.cards import facts_of, whole_card


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_archive(archive)


def test_a_driver_is_told_race_by_race(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ross Chastain")
    assert card.summary == "Ross Chastain won the 2023 Ally 400."
    assert facts_of(card, "2023 Ally 400") == {
        "Car": "No. 1",
        "Team": "Trackhouse Racing",
        "Manufacturer": "Chevrolet",
        "Start": "1st",
        "Finish": "1st, 57 points, 300 laps",
        "Stage 1": "2nd, 9 stage points",
        "Stage 2": "no stage points",
        "Qualifying": "1st, round 1 29.804 s, round 2 29.797 s",
    }
    assert facts_of(card, "Standing after the 2023 Ally 400") == {
        "Championship": "3rd, 558 points, 18 points behind the leader"
    }


def test_what_a_driver_said_comes_before_what_is_told(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ross Chastain")
    quotes = [block for block in card.blocks if isinstance(block, Quotes)]
    assert [block.heading for block in quotes] == ["In their own words", "In the story"]
    assert quotes[0].quotes[0].text == "A win here is incredible."
    told = quotes[1].quotes[0]
    assert [told.text[start:end] for start, end in told.bold] == ["Chastain"]
    assert (told.citation.document, told.citation.line) == ("recap.txt", 14)


def test_practice_and_marks_are_told(desk: QuestionRunner) -> None:
    reddick = facts_of(whole_card(desk, driver_profile, "Tyler Reddick"))
    assert reddick["Practice"] == "1st, 29.510 s, 162.250 mph"
    assert facts_of(whole_card(desk, driver_profile, "Ty Gibbs"))["Marks"] == "rookie"
    yeley = facts_of(whole_card(desk, driver_profile, "J. J. Yeley"))
    assert yeley["Marks"] == "ineligible for series points"
    assert yeley["Qualifying"] == "6th, round 1 no time, round 2 no time"
    assert yeley["Finish"] == "6th, 0 points, 298 laps"


def test_somebody_who_drives_and_is_on_air_has_two_roles(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Parker Kligerman")
    assert card.summary == "Parker Kligerman finished 4th in the 2023 Wawa 250."
    assert facts_of(card, "2023 Wawa 250") == {"Finish": "4th"}
    assert facts_of(card, "On air") == {"2023 Ally 400": "Specialty reporter for NBC television"}


def test_somebody_who_is_only_on_air_is_found_by_the_full_name(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "rob albright")
    assert card.summary == "Rob Albright was on air for the 2023 Ally 400."
    assert facts_of(card, "On air") == {"2023 Ally 400": "Turn announcer for PRN radio, turns 1 & 2"}
    assert [follow.label for follow in card.follow_ups] == ["The race"]


def test_somebody_who_is_only_told_of_has_a_card(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ryan Blaney")
    assert card.summary == "Ryan Blaney is named in the story of the 2023 Ally 400."
    assert [follow.label for follow in card.follow_ups] == ["The race", "Story"]


def test_a_season_filters(desk: QuestionRunner) -> None:
    assert (
        whole_card(desk, driver_profile, "Parker Kligerman", 2023).question.command_text()
        == "/driver name:Parker Kligerman season:2023"
    )
    with pytest.raises(NothingKnown, match=r"known of Parker Kligerman in 1999\. There is something of 2023"):
        whole_card(desk, driver_profile, "Parker Kligerman", 1999)
    with pytest.raises(NothingKnown, match="Nothing is known of Alex Bowman"):
        whole_card(desk, driver_profile, "Alex Bowman")


def test_nobody_is_nobody(desk: QuestionRunner) -> None:
    with pytest.raises(UnknownName):
        whole_card(desk, driver_profile, "zzzz qqqq")


def test_a_long_career_is_a_table_and_the_latest_races_in_full(archive: Engine) -> None:
    years = range(2015, 2022)
    races = [Race(key=f"cup-{year}-1", season=year, round=1, name="Old 100", order_key=f"{year}") for year in years]
    rows = [
        SessionRow(
            race=race.key, session="race", number=1, position=2, driver="Ross Chastain", grid=5, points=30,
            laps_led=7, status="running", document="page.txt", line=1,
        )
        for race in races
    ]  # fmt: skip
    quoted = [
        Passage(race=ALLY, number=100 + n, text=f"Chastain again, {n}.", document="recap.txt", line=1) for n in range(9)
    ]
    people = [PassagePerson(race=ALLY, number=one.number, person="Ross Chastain", written="Chastain") for one in quoted]
    told = [
        Source(document=f"old-{race.key}.txt", digest="0", kind="recap", title="", lines=1, race=race.key)
        for race in races
    ]
    desk = fill_archive(archive, extra_rows=(*races, *told))
    with write_session(archive) as session:
        for group in (rows, quoted, people):
            session.add_all(group)
            session.flush()
    card = whole_card(desk, driver_profile, "Ross Chastain")
    assert card.summary == "Ross Chastain won the 2023 Ally 400; won 1 of the 8 races known."
    table = next(block for block in card.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [f"{year} Old 100" for year in range(2019, 2014, -1)]
    assert table.rows[0][1:] == ("5", "2", "30")
    assert facts_of(card, "2021 Old 100")["Finish"] == "2nd, 30 points, led 7 laps, running"
    assert sum(len(block.quotes) for block in card.blocks if isinstance(block, Quotes)) == 8
    haley = desk.ask(driver_profile, "Justin Haley")
    assert haley.summary == "Justin Haley finished 10th in the 2023 Wawa 250."
    assert haley.follow_ups[0].question.command_text() == f"/race name:{WAWA}"
