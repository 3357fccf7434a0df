"""Where a driver stands: what is of today, what is long ago, and titles only where all are known."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.people.driver import driver_profile
from bot.archive.models.seasons import ScheduledRace, SeasonStanding
from bot.cards import Card
from tests.support.cards import facts_of
from tests.support.career_rows import fill_careers
from tests.support.history_rows import CUP, fill_history

SEASONS = (1950, 1951, 2022)  # of Ann Ash


@pytest.fixture
def history(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def champion(season: int, name: str, *, races: int = 2, rounds: int = 2) -> SeasonStanding:
    return SeasonStanding(
        series="cup", season=season, championship="drivers", number=1, series_name="NASCAR Cup Series", races=races,
        rounds=rounds, position=1, written_position="1", name=name, points=100, written_points="100", rookie=False,
        ineligible=False, starts=2, wins=1, top_fives=2, top_tens=2, document=CUP, line=season, agree=0,
    )  # fmt: skip


def labels_of(card: Card) -> Sequence[str]:
    return [follow_up.label for follow_up in card.follow_ups]


def test_who_drove_in_the_latest_season_drives_for_a_team(history: QuestionRunner) -> None:
    facts = facts_of(history.ask(driver_profile, "ann ash"))
    assert facts["Drives for"] == "Team, No. 2 Ford"
    assert facts["Last win"] == "2022 Sponsor 400"
    assert facts["Last five"] == "2nd, 1st, 3rd, 2nd, 1st (latest first)"


def test_who_stopped_long_ago_drove_for_one_and_has_no_team_mate_today(archive: Engine) -> None:
    card = fill_careers(archive).ask(driver_profile, "ned ames")
    assert facts_of(card)["Last drove for"] == "Ames Brothers, No. 41 Ford (1958)"
    assert "Drives for" not in facts_of(card)
    assert not [label for label in labels_of(card) if label.startswith("Compare with")]


def test_titles_are_told_where_the_final_tables_of_all_seasons_are_held(archive: Engine) -> None:
    tables = [champion(1950, "Ann Ash"), champion(1951, "Bea Birch"), champion(2022, "Ann Ash")]
    history = fill_history(archive, extra_rows=tables)
    card = history.ask(driver_profile, "ann ash")
    assert facts_of(card)["Titles"] == "2 (1950 and 2022)"
    assert facts_of(history.ask(driver_profile, "dee dunn"))["Titles"] == "none"


@pytest.mark.parametrize("missing", SEASONS)
def test_no_title_is_told_where_a_season_lacks_its_final_table(archive: Engine, missing: int) -> None:
    tables = [champion(season, "Ann Ash", races=1 if season == missing else 2) for season in SEASONS]
    assert "Titles" not in facts_of(fill_history(archive, extra_rows=tables).ask(driver_profile, "ann ash"))


def test_who_leads_a_season_that_goes_on_has_no_title_of_it(archive: Engine) -> None:
    tables = [champion(season, "Ann Ash") for season in SEASONS]
    to_come = ScheduledRace(series="cup", season=2022, number=3, round=3, name="Last 100", document="cup.csv", line=9)
    card = fill_history(archive, extra_rows=[*tables, to_come]).ask(driver_profile, "ann ash")
    assert facts_of(card)["Titles"] == "2 (1950 and 1951)"


def test_each_season_is_an_entry_of_the_select_in_one_line(history: QuestionRunner) -> None:
    card = history.ask(driver_profile, "ann ash")
    seasons = {follow_up.label: follow_up.description for follow_up in card.follow_ups if follow_up.label.isdigit()}
    assert seasons == {
        "2022": "2 starts, 1 win, 2 top fives, average finish 1.5",
        "1951": "3 starts, 1 win, 3 top fives, average finish 2.0",
        "1950": "2 starts, 1 win, 2 top fives, average finish 1.5",
    }
    season = next(follow_up for follow_up in card.follow_ups if follow_up.label == "1951")
    options = {argument.option: argument.value for argument in season.question.arguments}
    assert history.ask(driver_profile, options["name"], int(options["season"]), options["series"]).title.endswith(
        "1951"
    )
