"""One person cannot take the bot for themselves, and everybody else notices nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.context import QuestionRunner
from bot.errors import TooMany
from bot.frontend import rate_limit
from bot.frontend.entries import Entries
from bot.frontend.rate_limit import QUESTION_LIMIT, REPORT_LIMIT, RateLimit, RateLimitKind
from tests.support.discord import DIRECT_MESSAGE_FAN, FAN, assert_valid, loopback_discord


class Clock:
    """A clock that stands still until it is told to go on."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_one_too_many_is_told_how_long_to_wait_and_does_not_count() -> None:
    clock = Clock()
    limit = RateLimit(RateLimitKind(2, 60, "wait {wait}"), clock)
    limit.check(1)
    clock.now_s = 20
    limit.check(1)
    for now_s, text in ((20, "wait 40"), (59.9, "wait 1")):
        clock.now_s = now_s
        with pytest.raises(TooMany, match=text):
            limit.check(1)
    limit.check(2)
    clock.now_s = 60
    limit.check(1)
    assert not limit.allows(1)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 30)), max_size=60))
def test_in_no_window_are_more_than_allowed(asked: list[tuple[int, float]]) -> None:
    clock = Clock()
    limit = RateLimit(RateLimitKind(3, 60, "{wait}"), clock)
    allowed: list[tuple[int, float]] = []
    for person, pause_s in asked:
        clock.now_s += pause_s
        if limit.allows(person):
            allowed.append((person, clock.now_s))
    for person, start in allowed:
        assert sum(other == person and start <= at < start + 60 for other, at in allowed) <= 3


def test_people_who_have_been_quiet_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MAX_PEOPLE", 2)
    limit = RateLimit(RateLimitKind(1, 60, "{wait}"))
    assert [limit.allows(person) for person in (1, 2, 1, 3, 1, 2)] == [True, True, False, True, False, True]


async def test_a_fan_who_asks_without_a_pause_is_told_so_privately_and_others_are_answered(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk, question_limit=QUESTION_LIMIT) as loopback:
        for _ in range(QUESTION_LIMIT.count):
            assert not (await loopback.slash("help", {}, FAN)).failed
        one_more = assert_valid(await loopback.slash("race", {"name": "nashville"}, FAN))
        other = assert_valid(await loopback.slash("race", {"name": "nashville"}, DIRECT_MESSAGE_FAN))
    assert one_more.is_private
    assert "a lot of questions in one minute" in one_more.text
    assert not other.failed


async def test_reports_are_limited_by_the_hour(seed_desk: QuestionRunner) -> None:
    entries = Entries(seed_desk.engine, QUESTION_LIMIT)
    for _ in range(REPORT_LIMIT.count):
        entries.check_report(1)
    with pytest.raises(TooMany, match="five reports in an hour"):
        entries.check_report(1)
    entries.check_report(2)
    entries.close()
