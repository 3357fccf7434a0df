"""A driver with two rows in one race: one starter with the better row, in results, tallies, records and points."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.history.records import records
from bot.answers.people.compare import comparison
from bot.answers.people.driver import driver_profile
from bot.answers.race.overview import overview
from bot.answers.results.results import results
from bot.answers.standings.standings import standings
from bot.answers.standings.standings_words import POINTS_SCORED
from bot.archive.models.core import RaceSession, SessionRow
from tests.support.cards import column, facts_of, table_of
from tests.support.career_rows import CUP, fill_careers, race_row

RACE = "cup-1990-2"  # Zed Late, Ned Ames Jr., Joe Ames


def second_row(position: int, driver: str, line: int) -> SessionRow:
    row = race_row(RACE, position, driver, 1990, line)
    row.car, row.grid, row.laps_led = f"0{position}", 10 + position, 0
    return row


@pytest.fixture
def careers(archive: Engine) -> QuestionRunner:
    return fill_careers(
        archive,
        extra_rows=(
            RaceSession(race=RACE, key="race", title="Race", rank=0, rows=5, document=CUP, line=1),
            second_row(4, "Zed Late", 28),
            second_row(5, "Ned Ames Jr.", 29),
        ),
    )


def test_the_table_has_the_better_row_and_says_who_stands_in_it_twice(careers: QuestionRunner) -> None:
    card = careers.ask(results, RACE, "race")
    assert [row[0] for row in table_of(card).rows] == ["1", "2", "3"]
    assert "Twice in the table, shown once: Zed Late (also 4th) and Ned Ames Jr. (also 5th)." in table_of(card).note
    assert facts_of(careers.ask(results, RACE, driver="Zed Late"))["Position"] == "1st"


def test_who_led_most_is_counted_over_the_better_rows(careers: QuestionRunner) -> None:
    assert facts_of(careers.ask(overview, RACE))["Most laps led"].startswith("Zed Late, 90 laps")


def test_tallies_records_and_points_count_one_start(careers: QuestionRunner) -> None:
    assert facts_of(careers.ask(driver_profile, "Zed Late"))["Starts"].startswith("2")
    assert len(table_of(careers.ask(driver_profile, "Zed Late", 1990, part="ra")).rows) == 2
    card = careers.ask(records, "most starts", season=1990)
    assert {"Zed Late", "Ned Ames Jr."} <= set(column(card, "Driver"))
    assert max(column(card, "Starts")) == "2"
    at_track = careers.ask(records, "most starts", track="Hillside", season=1990)
    assert set(column(at_track, "Starts")) == {"1"}
    points = careers.ask(standings, POINTS_SCORED, "cup", 1990)
    assert dict(zip(column(points, "Driver"), column(points, "Pts"), strict=True))["Zed Late"] == "97"
    compared = careers.ask(comparison, "Zed Late", "Ned Ames Jr.")
    assert compared.summary == "Zed Late and Ned Ames Jr. finished ahead 1 time each in 2 Cup races."
