"""When a page is looked at next: race nights, summer time, the end of the year, the off season, a wrong clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.fetching.look_times import LookState, back_off, next_look

HOUR = timedelta(hours=1)
START = datetime(2026, 2, 15, 19, 30, tzinfo=UTC)


def looks(state: LookState, until: datetime) -> list[datetime]:
    """The moments of all looks until a moment, if each is kept."""
    moments: list[datetime] = []
    looked_at, now = state.looked_at, state.looked_at or START - 100 * HOUR
    while True:
        due = next_look(LookState(state.kind, looked_at, state.starts), now)
        if due > until:
            return moments
        moments.append(due)
        looked_at = now = max(due, now)


def test_an_article_of_a_race_is_looked_at_often_in_its_night_and_ever_more_seldom() -> None:
    moments = looks(LookState("race", None, (START,)), START + timedelta(days=60))
    assert moments[0] == START + 4 * HOUR
    since = [moment - START for moment in moments]
    assert sum(one <= 10 * HOUR for one in since) == 25  # every 15 minutes for six hours
    assert sum(10 * HOUR < one <= 82 * HOUR for one in since) == 72
    assert sum(82 * HOUR < one <= 82 * HOUR + timedelta(days=14) for one in since) == 14
    assert {b - a for a, b in zip(moments[-3:], moments[-2:], strict=False)} == {timedelta(days=7)}


def test_an_article_of_a_season_is_looked_at_hourly_on_race_days_and_daily_else() -> None:
    moments = looks(LookState("season", START - 50 * HOUR, (START,)), START + 60 * HOUR)
    on_race_day = [moment for moment in moments if moment.date() == START.date() and moment.hour >= 5]
    assert len(on_race_day) == 19  # from midnight of the East, 05:00 UTC, to 23:00
    assert len([moment for moment in moments if moment < START - 15 * HOUR]) == 1


def test_a_race_at_night_is_followed_past_midnight() -> None:
    night = datetime(2026, 8, 23, 0, 0, tzinfo=UTC)  # 8 p.m. of August 22
    state = LookState("season", night + 8 * HOUR, (night,))
    assert next_look(state, night + 8 * HOUR) == night + 9 * HOUR
    assert next_look(LookState("season", night + 10 * HOUR, (night,)), night + 10 * HOUR) == night + 34 * HOUR


@pytest.mark.parametrize(
    ("start", "midnight"),
    [
        (datetime(2026, 3, 8, 19, 30, tzinfo=UTC), datetime(2026, 3, 8, 5, tzinfo=UTC)),  # clocks go forward that night
        (datetime(2026, 11, 1, 20, 0, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)),  # and back
        (datetime(2026, 7, 4, 19, 0, tzinfo=UTC), datetime(2026, 7, 4, 4, tzinfo=UTC)),
        (datetime(2027, 1, 1, 18, 0, tzinfo=UTC), datetime(2027, 1, 1, 5, tzinfo=UTC)),  # over the end of the year
    ],
)
def test_a_race_day_begins_at_midnight_of_the_east_in_summer_and_winter(start: datetime, midnight: datetime) -> None:
    looked_at = midnight - 3 * HOUR
    assert next_look(LookState("season", looked_at, (start,)), looked_at) == midnight


def test_in_the_off_season_a_season_is_looked_at_daily() -> None:
    december = datetime(2026, 12, 24, tzinfo=UTC)
    assert next_look(LookState("season", december, (START,)), december) == december + 24 * HOUR
    assert next_look(LookState("season", december, ()), december) == december + 24 * HOUR


@pytest.mark.parametrize("kind", ["page", "history"])
def test_pages_and_histories_are_looked_at_daily(kind: str) -> None:
    assert next_look(LookState(kind, START), START) == START + 24 * HOUR
    assert next_look(LookState(kind, None), START) <= START


def test_a_clock_that_was_put_back_does_not_stop_the_looks() -> None:
    state = LookState("page", START + timedelta(days=400), not_before=START + timedelta(days=400))
    assert next_look(state, START) == START


def test_a_clock_that_jumps_ahead_makes_one_look_due_and_no_more() -> None:
    later = START + timedelta(days=400)
    assert next_look(LookState("page", START), later) < later
    assert next_look(LookState("page", later), later) == later + 24 * HOUR


def test_a_new_version_is_looked_at_again_when_it_has_stood_for_an_hour() -> None:
    state = LookState("page", START, stands_since=START - timedelta(minutes=20))
    assert next_look(state, START) == START + timedelta(minutes=40)
    waiting = LookState("page", START, stands_since=START - 2 * HOUR, is_waiting=True)
    assert next_look(waiting, START) == START + timedelta(minutes=15)
    given_up = LookState("page", START, stands_since=START - 72 * HOUR, is_waiting=True)
    assert next_look(given_up, START) == START + 24 * HOUR


def test_failures_are_followed_by_ever_longer_pauses_never_shorter_than_the_host_asks() -> None:
    pauses = [back_off(failures, None, 0.5) for failures in range(1, 12)]
    assert pauses[:3] == [timedelta(minutes=15), timedelta(minutes=30), HOUR]
    assert pauses[-1] == timedelta(days=1)
    assert back_off(1, None, 0.0) < back_off(1, None, 1.0)
    assert back_off(1, 7200, 0.0) == 2 * HOUR
    assert back_off(1, 10**9, 1.0) == timedelta(days=1)
    state = LookState("page", START, not_before=START + 30 * HOUR)
    assert next_look(state, START + 24 * HOUR) == START + 30 * HOUR
