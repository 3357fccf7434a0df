"""The race that somebody typed, with the season and series that stand beside it in options of their own."""

import pytest
from sqlalchemy import Engine

from bot.answers.common.resolve import resolve_race
from bot.answers.context import QueryContext, QuestionRunner
from bot.errors import AmbiguousName, UnknownName
from tests.support.history_rows import fill_history


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def key_of(context: QueryContext, text: str, series: str | None, season: int | None) -> str:
    return resolve_race(context, text, series=series, season=season).race.key


@pytest.mark.parametrize(
    ("text", "series", "season", "key"),
    [
        ("riverview", "nxs", None, "nxs-2022-1"),
        ("riverview", "cup", 1951, "cup-1951-1"),
        ("riverview", None, 2022, "cup-2022-1"),
        ("season finale", "cup", 1951, "cup-1951-4"),
        ("shore 2022", "cup", 2022, "cup-2022-2"),
    ],
)
def test_the_season_and_the_series_beside_a_race_say_which_is_meant(
    desk: QuestionRunner, text: str, series: str | None, season: int | None, key: str
) -> None:
    assert desk.ask(key_of, text, series, season) == key


@pytest.mark.parametrize(
    ("text", "series", "season"), [("shore", "nxs", None), ("hill", "cup", 2022), ("riverview 1951", "cup", 2022)]
)
def test_a_race_of_another_series_or_season_is_no_answer(
    desk: QuestionRunner, text: str, series: str, season: int | None
) -> None:
    with pytest.raises(UnknownName):
        desk.ask(key_of, text, series, season)


def test_two_races_of_the_season_beside_it_are_asked(desk: QuestionRunner) -> None:
    with pytest.raises(AmbiguousName) as caught:
        desk.ask(key_of, "sponsor 400", "cup", 2022)
    assert [value for value, _ in caught.value.candidates] == ["cup-2022-1", "cup-2022-2"]
