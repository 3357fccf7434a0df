"""Limits of what one person may do in a while: counted in memory, by id, and forgotten when the while is over."""

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.errors import TooMany
from bot.recent_values import RecentValues

__all__ = [
    "QUESTION_LIMIT",
    "REPEATED_LIMIT",
    "REPORT_LIMIT",
    "UNANSWERED_DAY_LIMIT",
    "UNANSWERED_LIMIT",
    "RateLimit",
    "RateLimitKind",
]

MAX_PEOPLE = 10_000  # whose times are kept; past that the one who has been quiet the longest is forgotten


@dataclass(frozen=True, slots=True)
class RateLimitKind:
    """At most `count` in `window_s` seconds; `text` says so to the person, with the seconds to wait as `{wait}`."""

    count: int
    window_s: float
    text: str


# A fan who follows a race by hand asks every few seconds; thirty in a minute are a script, or a stuck key.
QUESTION_LIMIT = RateLimitKind(30, 60, "That is a lot of questions in one minute. Ask again in {wait} seconds.")
REPORT_LIMIT = RateLimitKind(5, 3_600, "Thank you: five reports in an hour are enough. Try again in {wait} seconds.")
# Of one person; more are answered, and not counted. At so many a day one alone would take 125 days to fill the list of
# 5,000, from which a question goes after 90.
UNANSWERED_LIMIT = RateLimitKind(20, 3_600, "")
UNANSWERED_DAY_LIMIT = RateLimitKind(40, 86_400, "")
REPEATED_LIMIT = RateLimitKind(1, 86_400, "")  # the same question of the same person


class RateLimit:
    """Limit of one kind for every person; for one thread. `now_s` is a clock in seconds.

    What is limited may be narrower than a person: a person with a question.
    """

    def __init__(self, kind: RateLimitKind, now_s: Callable[[], float] = time.monotonic) -> None:
        self.kind, self._now_s = kind, now_s
        self._times_by_person: RecentValues[Hashable, deque[float]] = RecentValues(MAX_PEOPLE)

    def allows(self, person: Hashable) -> bool:
        """Whether the person may do it once more; if so, this counts."""
        return self._wait_s(person) == 0

    def check(self, person: Hashable) -> None:
        """Count one more of a person. Raises TooMany where that is one too many, which then does not count."""
        wait_s = self._wait_s(person)
        if wait_s:
            raise TooMany(self.kind.text.format(wait=max(1, round(wait_s))))

    def _wait_s(self, person: Hashable) -> float:
        """Seconds until one more is allowed; 0 where it is now, and then it is counted."""
        now = self._now_s()
        times = self._times_by_person.find(person)
        if times is None:
            times = self._times_by_person.keep(person, deque(maxlen=self.kind.count))
        if len(times) == self.kind.count and now - times[0] < self.kind.window_s:
            return self.kind.window_s - (now - times[0])
        times.append(now)
        return 0
