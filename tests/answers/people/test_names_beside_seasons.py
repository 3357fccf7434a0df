"""Names that a season, a series or a race beside them help to read."""

import pytest
from sqlalchemy import Engine

from bot.answers.common.resolve import resolve_name
from bot.answers.context import QueryContext, QuestionRunner
from bot.answers.history.records import records
from bot.answers.people.compare import comparison
from bot.answers.people.driver import driver_profile
from bot.answers.people.team import team_profile
from bot.archive.queries.races import race_of
from bot.errors import AmbiguousName, NothingKnown
from tests.support.cards import whole_card
from tests.support.career_rows import fill_careers


@pytest.fixture
def careers(archive: Engine) -> QuestionRunner:
    fill_careers(archive)
    return QuestionRunner(archive)


def test_a_part_of_a_name_means_somebody_who_was_there_that_season(careers: QuestionRunner) -> None:
    assert whole_card(careers, driver_profile, "late", 1990).title == "Zed Late, 1990"
    assert whole_card(careers, driver_profile, "ames", 1957).title == "Ned Ames, 1957"
    assert whole_card(careers, driver_profile, "ames", series="nxs").title == "Joe Ames"
    with pytest.raises(AmbiguousName):
        whole_card(careers, driver_profile, "ames", 1990)


def test_a_year_typed_into_a_name_is_that_season(careers: QuestionRunner) -> None:
    card = whole_card(careers, driver_profile, "ames 1958")
    assert card.title == "Ned Ames, 1958"
    assert ("season", "1958") in [(argument.option, argument.value) for argument in card.question.arguments]
    assert whole_card(careers, team_profile, "twin 1958").title == "Twin Racing, 1958"


def test_a_season_that_is_chosen_goes_before_the_year_in_a_name(careers: QuestionRunner) -> None:
    assert whole_card(careers, driver_profile, "ned ames 1958", 1957).title == "Ned Ames, 1957"


def test_a_whole_name_is_not_read_as_somebody_who_was_there(careers: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="Zed Late in 1957"):
        whole_card(careers, driver_profile, "Zed Late", 1957)


def name_in_race(context: QueryContext, race: str, text: str, kind: str) -> str:
    return resolve_name(context, text, kind, race_of(context.session, race)).value


@pytest.mark.parametrize(
    ("race", "text", "kind", "name"),
    [
        ("cup-1957-1", "ames", "driver", "Ned Ames"),
        ("nxs-1990-1", "ames", "driver", "Joe Ames"),
        ("cup-1957-1", "al", "team", "Al Solo (Owner)"),
    ],
)
def test_a_race_helps_to_read_its_drivers_and_teams(
    careers: QuestionRunner, race: str, text: str, kind: str, name: str
) -> None:
    assert careers.ask(name_in_race, race, text, kind) == name


def test_two_drivers_are_compared_where_both_were(careers: QuestionRunner) -> None:
    assert whole_card(careers, comparison, "ames", "solo", season=1957).title == "Ned Ames and Al Solo"


def test_a_track_of_a_record_is_one_of_that_season(careers: QuestionRunner) -> None:
    card = careers.ask(records, "most wins", track="old", season=1957)
    assert "Old Beach" in card.title
