"""When servers are told of what: by the calendar, by what they were told before, and by a clock that is given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answers.announcements.news import (
    NewsCalendar,
    NewsItem,
    NewsOutlook,
    PastNews,
    RaceStart,
    news_outlook,
    present_item,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SUNDAY = date(2026, 3, 8)  # on which summer time begins in America
START = datetime(2026, 3, 8, 19, 30, tzinfo=UTC)
RACE = RaceStart("cup-2026-shore 400", "cup", SUNDAY, START)
RESULT = NewsItem("result", "cup-2026-4", "cup", SUNDAY, "cup-2026-4")
TABLE = NewsItem("standings", "cup-2026-4", "cup", SUNDAY, "cup-2026-4")
LOADED = START + 5 * HOUR


def starts(race: RaceStart, now: datetime, *told: NewsItem) -> list[str]:
    calendar = NewsCalendar(3, (race,))
    return [news.item.kind for news in news_outlook(calendar, PastNews(3, told), now).timely]


def results(now: datetime, before: int | None, *told: NewsItem, facts: tuple[NewsItem, ...] = (RESULT,)) -> NewsOutlook:
    return news_outlook(NewsCalendar(3, (), facts, LOADED), PastNews(before, told), now)


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (24 * HOUR + MINUTE, []),
        (24 * HOUR, ["day"]),
        (18 * HOUR + MINUTE, ["day"]),
        (18 * HOUR, []),  # six hours late: who was away so long has missed it
        (HOUR + MINUTE, []),
        (HOUR, ["hour"]),
        (MINUTE, ["hour"]),
        (0 * HOUR, []),  # it has begun
    ],
)
def test_a_race_is_announced_a_day_and_an_hour_before_its_start(before: timedelta, kinds: list[str]) -> None:
    assert starts(RACE, START - before) == kinds


def test_what_was_told_is_not_told_again() -> None:
    told = NewsItem("day", RACE.subject, "cup", SUNDAY)
    assert starts(RACE, START - 24 * HOUR, told) == []
    assert starts(RACE, START - HOUR, told) == ["hour"]


def test_a_start_is_worth_nothing_once_it_is_past() -> None:
    calendar = NewsCalendar(3, (RACE,))
    [day] = news_outlook(calendar, PastNews(3), START - 23 * HOUR).timely
    [hour] = news_outlook(calendar, PastNews(3), START - HOUR).timely
    assert (day.not_after, hour.not_after) == (START - 18 * HOUR, START)


def test_a_race_whose_start_is_to_be_announced_is_told_from_noon_of_the_day_before() -> None:
    undecided = replace(RACE, starts_at=None)
    noon = datetime(2026, 3, 7, 17, tzinfo=UTC)  # of New York, in winter time still
    assert [starts(undecided, noon + late) for late in (-MINUTE, MINUTE, 6 * HOUR)] == [[], ["day"], []]
    assert starts(undecided, START - HOUR) == []
    assert starts(replace(undecided, day=None), noon) == []


def test_a_cancelled_race_and_one_that_was_won_already_are_not_announced() -> None:
    for race in (replace(RACE, status="cancelled"), replace(RACE, has_winner=True)):
        assert starts(race, START - 24 * HOUR) == starts(race, START - HOUR) == []


def test_a_postponed_race_is_announced_an_hour_before_its_new_start_and_no_second_time_a_day_before() -> None:
    moved = replace(RACE, day=SUNDAY + timedelta(days=1), starts_at=START + 24 * HOUR, status="postponed")
    told = NewsItem("day", RACE.subject, "cup", SUNDAY)
    assert starts(moved, START, told) == []
    assert starts(moved, START + 23 * HOUR, told) == ["hour"]
    assert starts(moved, START) == ["day"]  # where nobody was told before


def test_a_race_that_is_called_otherwise_by_now_is_not_announced_twice() -> None:
    told = NewsItem("day", "cup-2026-old name 400", "cup", SUNDAY)
    assert starts(RACE, START - 24 * HOUR, told) == []
    other = replace(told, day=SUNDAY - timedelta(days=7))
    assert starts(RACE, START - 24 * HOUR, other) == ["day"]


def test_a_result_is_told_within_six_hours_of_the_load_that_brought_it() -> None:
    [news] = results(LOADED + MINUTE, 2).timely
    assert (news.item, news.not_after) == (RESULT, LOADED + 6 * HOUR)
    late = results(LOADED + 6 * HOUR + MINUTE, 2)
    assert (late.timely, late.passed) == ((), (RESULT,))


def test_what_a_first_load_brings_is_old() -> None:
    for before in (None, 0):
        outlook = results(LOADED + MINUTE, before, facts=(RESULT, TABLE))
        assert (outlook.timely, outlook.passed) == ((), (RESULT, TABLE))


def test_a_result_of_long_ago_is_no_news_and_one_of_this_week_is() -> None:
    days = [replace(RESULT, day=SUNDAY + timedelta(days=n)) for n in (-8, -7, 0, 1)]
    today = datetime(2026, 3, 8, 23, tzinfo=UTC)
    told = [results(today, 2, facts=(fact,)).timely for fact in days]
    assert [len(one) for one in told] == [0, 1, 1, 0]
    assert results(today, 2, facts=(replace(RESULT, day=None),)) == NewsOutlook()


def test_the_same_data_bring_no_news_and_what_was_told_or_passed_over_is_none() -> None:
    assert results(LOADED + MINUTE, 3) == NewsOutlook()
    assert results(LOADED + MINUTE, 2, RESULT) == NewsOutlook()


def test_a_race_that_has_another_key_by_now_is_the_same_race() -> None:
    prose = NewsItem("result", "cup-2026-shore-400", "cup", SUNDAY, "cup-2026-shore-400")
    assert results(LOADED + MINUTE, 2, prose) == NewsOutlook()
    assert present_item(prose, NewsCalendar(3, (), (RESULT,))) == RESULT
    both = results(LOADED + MINUTE, 2, prose, facts=(prose, RESULT))
    assert [news.item for news in both.timely] == [RESULT]  # two races on one day


def test_standings_after_each_race_are_news_of_their_own() -> None:
    after_three = NewsItem("standings", "cup-2026-3", "cup", SUNDAY)
    assert [news.item for news in results(LOADED, 2, after_three, facts=(TABLE,)).timely] == [TABLE]


def test_a_clock_that_was_put_back_announces_nothing_twice() -> None:
    assert results(LOADED - 2 * HOUR, 2, RESULT) == NewsOutlook()
    assert len(results(LOADED - 2 * HOUR, 2).timely) == 1
