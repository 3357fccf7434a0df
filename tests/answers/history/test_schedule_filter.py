"""A schedule of the races at a track or in a month, and one that begins at now."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.history.schedule import schedule
from bot.archive.models.core import Source
from bot.archive.models.seasons import ScheduledRace
from bot.cards import Card, Table
from bot.errors import BotError, NothingKnown
from tests.support.history_rows import HILL, RIVERVIEW, SHORE, fill_history

ARTICLE = "season-2023.wikitext"
FIRST = date(2023, 2, 19)


def scheduled(number: int, track: str, *, winner: str | None = None) -> ScheduledRace:
    day = FIRST + (number - 1) * timedelta(days=7)
    return ScheduledRace(
        series="cup", season=2023, number=number, round=number, name=f"Race {number}", track=track, day=day,
        series_name="NASCAR Cup Series", winner=winner, winners_document=ARTICLE if winner else None,
        winners_line=50 + number if winner else None, document=ARTICLE, line=number,
    )  # fmt: skip


@pytest.fixture
def season(archive: Engine) -> QuestionRunner:
    """A season of fifteen races, of which twelve were run."""
    source = Source(document=ARTICLE, digest="1", kind="season article", title="2023 season", lines=99)
    tracks = (RIVERVIEW, SHORE, HILL)
    rows = [scheduled(n, tracks[n % 3], winner="Ann Ash" if n < 13 else None) for n in range(1, 16)]
    return fill_history(archive, extra_rows=[source, *rows])


def tables(card: Card) -> list[Table]:
    return [block for block in card.blocks if isinstance(block, Table)]


def test_a_season_that_goes_on_begins_at_now(season: QuestionRunner) -> None:
    now, earlier = tables(season.ask(schedule, "cup", 2023, today=date(2023, 5, 10)))
    assert [row[0] for row in now.rows] == ["12", "13", "14", "15"]
    assert [row[0] for row in earlier.rows] == [str(number) for number in range(1, 12)]


def test_only_the_races_at_a_track_or_in_a_month_are_shown(season: QuestionRunner) -> None:
    card = season.ask(schedule, "cup", 2023, track="shore")
    assert card.title.endswith("schedule at Shore Raceway")
    assert {row[2] for row in tables(card)[0].rows} == {SHORE}
    march = season.ask(schedule, "cup", 2023, month="mar")
    assert march.title.endswith("in March")
    assert [row[0] for row in tables(march)[0].rows] == ["3", "4", "5", "6"]
    both = season.ask(schedule, "cup", 2023, track="shore", month="3")
    assert [row[0] for row in tables(both)[0].rows] == ["4"]


def test_what_is_no_month_or_has_no_race_is_said(season: QuestionRunner) -> None:
    with pytest.raises(BotError, match="is no month"):
        season.ask(schedule, "cup", 2023, month="ju")
    with pytest.raises(NothingKnown, match="in December is known"):
        season.ask(schedule, "cup", 2023, month="December")


def test_a_race_whose_day_is_long_past_is_not_to_come(season: QuestionRunner) -> None:
    before = season.ask(schedule, "cup", 2023, today=date(2023, 5, 14))
    assert before.summary.startswith("Next is the Race 13")
    after = season.ask(schedule, "cup", 2023, today=date(2023, 5, 17))
    assert after.summary.startswith("Next is the Race 14")
    over = season.ask(schedule, "cup", 2023, today=date(2023, 7, 1))
    assert "to come" not in over.summary
