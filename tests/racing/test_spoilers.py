"""Spoilers: a race is hidden from its start until somebody has had the hours to see it."""

from datetime import UTC, date, datetime

import pytest

from bot.racing.spoilers import HiddenRace, RaceTime, hidden_races

START = datetime(2026, 2, 15, 19, 30, tzinfo=UTC)  # 2:30 PM in Daytona
DAY, MONDAY = date(2026, 2, 15), date(2026, 2, 16)
MONDAY_START = datetime(2026, 2, 16, 17, tzinfo=UTC)
TIMED = RaceTime("cup-2026-1", "cup", 2026, DAY, START)
DATED = RaceTime("cup-2026-1", "cup", 2026, DAY)
UNDATED = RaceTime("cup-2026-1", "cup", 2026, is_newest=True)


@pytest.mark.parametrize(
    ("race", "hours", "now", "is_hidden"),
    [
        (TIMED, 24, "2026-02-15T19:29:59", False),
        (TIMED, 24, "2026-02-15T19:30:00", True),
        (TIMED, 24, "2026-02-16T23:29:59", True),  # 24 hours after the start and four more
        (TIMED, 24, "2026-02-16T23:30:00", False),
        (TIMED, 12, "2026-02-16T11:30:00", False),
        (TIMED, 72, "2026-02-18T23:29:00", True),
        (TIMED, 0, "2026-02-15T20:00:00", False),
        (DATED, 24, "2026-02-15T04:59:59", False),  # its day begins in the East at five in UTC
        (DATED, 24, "2026-02-15T05:00:00", True),
        (DATED, 24, "2026-02-17T04:59:59", True),
        (DATED, 24, "2026-02-17T05:00:00", False),
    ],
)
def test_a_race_is_hidden_from_its_start_until_hours_after_its_end(
    race: RaceTime, hours: int, now: str, is_hidden: bool
) -> None:
    hidden = hidden_races([race], hours, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert bool(hidden) is is_hidden


def test_what_is_hidden_says_until_when() -> None:
    until = datetime(2026, 2, 17, 5, tzinfo=UTC)
    now = datetime(2026, 2, 16, tzinfo=UTC)
    assert hidden_races([DATED], 24, now) == {HiddenRace("cup-2026-1", "cup", 2026, until)}


def test_a_day_of_summer_ends_an_hour_earlier_in_utc() -> None:
    summer = RaceTime("cup-2026-20", "cup", 2026, date(2026, 7, 12))
    assert hidden_races([summer], 12, datetime(2026, 7, 13, 15, 59, tzinfo=UTC))
    assert not hidden_races([summer], 12, datetime(2026, 7, 13, 16, tzinfo=UTC))


def test_a_race_that_rain_moved_is_hidden_by_the_day_it_was_run_on() -> None:
    moved = RaceTime("cup-2026-1", "cup", 2026, date(2026, 2, 16), START)
    assert hidden_races([moved], 12, datetime(2026, 2, 17, 16, 59, tzinfo=UTC))
    assert not hidden_races([moved], 12, datetime(2026, 2, 17, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    "late_page",
    [
        RaceTime(
            "cup-2026-1", "cup", 2026, DAY, datetime(2026, 2, 16, 17, tzinfo=UTC), scheduled_day=date(2026, 2, 16)
        ),
        RaceTime("cup-2026-1", "cup", 2026, DAY, scheduled_day=MONDAY),
    ],
)
def test_a_race_that_rain_moved_is_hidden_although_its_page_has_the_old_day(late_page: RaceTime) -> None:
    assert hidden_races([late_page], 12, datetime(2026, 2, 15, 20, tzinfo=UTC))
    assert hidden_races([late_page], 12, datetime(2026, 2, 17, 8, 59, tzinfo=UTC))
    assert not hidden_races([late_page], 12, datetime(2026, 2, 17, 17, tzinfo=UTC))


def test_a_race_that_was_run_before_its_start_is_hidden_once_somebody_has_won_it() -> None:
    morning = datetime(2026, 2, 15, 17, tzinfo=UTC)
    early = RaceTime("cup-2026-1", "cup", 2026, DAY, START, has_winner=True)
    [hidden] = hidden_races([early], 24, morning)
    assert hidden.until == datetime(2026, 2, 16, 23, 30, tzinfo=UTC)
    assert not hidden_races([TIMED], 24, morning)
    assert not hidden_races([early], 24, datetime(2026, 2, 15, 7, tzinfo=UTC))


def test_a_day_that_a_schedule_has_wrong_by_months_hides_nothing_between() -> None:
    odd = RaceTime("cup-2026-1", "cup", 2026, DAY, scheduled_day=date(2026, 9, 15))
    assert not hidden_races([odd], 24, datetime(2026, 5, 1, tzinfo=UTC))
    [hidden] = hidden_races([odd], 24, datetime(2026, 2, 16, tzinfo=UTC))
    assert hidden.until == datetime(2026, 2, 17, 5, tzinfo=UTC)


def test_hours_are_counted_over_the_change_of_clocks() -> None:
    spring = RaceTime("cup-2026-4", "cup", 2026, date(2026, 3, 7))  # clocks go forward in the night after that
    assert hidden_races([spring], 12, datetime(2026, 3, 8, 16, 59, tzinfo=UTC))
    assert not hidden_races([spring], 12, datetime(2026, 3, 8, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("race", "is_hidden"),
    [
        (UNDATED, True),
        (RaceTime("cup-2026-1", "cup", 2026, is_newest=False), False),
        (RaceTime("cup-2026-1", "cup", 2026, is_newest=True, is_of_first_load=True), False),
        (RaceTime("cup-2025-36", "cup", 2025, is_newest=True), False),
        (RaceTime("cup-2026-1", "cup", None, is_newest=True), False),
    ],
)
def test_a_race_without_a_date_is_hidden_only_where_somebody_may_wait_for_it(race: RaceTime, is_hidden: bool) -> None:
    assert bool(hidden_races([race], 24, datetime(2026, 3, 1, tzinfo=UTC))) is is_hidden


def test_the_year_changes_in_the_east() -> None:
    last = RaceTime("cup-2025-36", "cup", 2025, is_newest=True)
    assert hidden_races([last], 24, datetime(2026, 1, 1, 4, 59, tzinfo=UTC))
    assert not hidden_races([last], 24, datetime(2026, 1, 1, 5, tzinfo=UTC))
