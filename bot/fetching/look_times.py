"""When a watched page is looked at next: a pure function of the calendar, the watch and the clock.

A race's article is looked at every 15 minutes from 4 to 10 hours after its start, then hourly for 72 hours, daily for
two weeks, and weekly; that of a season hourly on race days, else daily; all else daily. All moments are in UTC.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.racing.spoilers import EASTERN

__all__ = ["STANDING_TIME", "WAITING_TIME", "LookState", "back_off", "next_look"]

FIRST_LOOK, END_OF_RACE_NIGHT = timedelta(hours=4), timedelta(hours=10)
HOURLY_UNTIL = END_OF_RACE_NIGHT + timedelta(hours=72)
DAILY_UNTIL = HOURLY_UNTIL + timedelta(days=14)
QUARTER_HOUR, HOUR, DAY, WEEK = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1), timedelta(days=7)
STANDING_TIME = timedelta(minutes=60)  # that a revision has to stand before it is loaded by itself
WAITING_TIME = timedelta(days=2)  # in which a version that lacks only a second document is looked at more often
FIRST_PAUSE, LONGEST_PAUSE = QUARTER_HOUR, DAY
CLOCK_TOLERANCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LookState:
    """What is known of a watch: its `kind`, when it was looked at last, and when nothing is to be asked before.

    `starts` are the starts of the race, or of the races of the season. `stands_since` is when a version was made that
    is not loaded yet; `is_waiting` says that it lacks a second document. None where there is no such moment.
    """

    kind: str
    looked_at: datetime | None
    starts: Sequence[datetime] = ()
    not_before: datetime | None = None
    stands_since: datetime | None = None
    is_waiting: bool = False


def next_look(state: LookState, now: datetime) -> datetime:
    """The moment of the next look, which is `now` or earlier where it is due.

    A clock that was put back leaves a look in the future: then it is looked at once, and the times are right again.
    """
    if state.looked_at is None:
        due = _first_look(state, now)
    elif state.looked_at > now + CLOCK_TOLERANCE:
        due = now
    else:
        due = min((_regular_look(state, state.looked_at), *_looks_for_version(state, state.looked_at)))
    if state.not_before and state.not_before <= now + LONGEST_PAUSE + CLOCK_TOLERANCE:
        due = max(due, state.not_before)
    return due


def back_off(failures: int, retry_after_s: float | None, chance: float) -> timedelta:
    """How long nothing is asked after so many failures in a row, the first being 1.

    It doubles, a quarter shorter or longer by `chance` (0 to 1), so that not all who failed at once come back at once.
    Never shorter than the host asks for, nor longer than a day.
    """
    pause = min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
    asked = timedelta(seconds=retry_after_s or 0)
    return min(max(pause * (0.75 + chance / 2), asked), LONGEST_PAUSE)


def _first_look(state: LookState, now: datetime) -> datetime:
    """A race's article is there when the race is over; all else is looked at at once."""
    if state.kind == "race" and state.starts:
        return state.starts[0] + FIRST_LOOK
    return now


def _regular_look(state: LookState, looked_at: datetime) -> datetime:
    if state.kind == "race" and state.starts:
        return _race_look(state.starts[0], looked_at)
    if state.kind == "season":
        return min((looked_at + DAY, *_looks_on_race_days(state.starts, looked_at)))
    return looked_at + DAY


def _race_look(start: datetime, looked_at: datetime) -> datetime:
    since = looked_at - start
    for until, pause in ((END_OF_RACE_NIGHT, QUARTER_HOUR), (HOURLY_UNTIL, HOUR), (DAILY_UNTIL, DAY)):
        if since < until:
            return max(looked_at + pause, start + FIRST_LOOK)
    return looked_at + WEEK


def _looks_on_race_days(starts: Sequence[datetime], looked_at: datetime) -> Iterator[datetime]:
    """An hour later on a race day, or at the beginning of one; a race at night goes on after midnight."""
    for start in starts:
        local_day = start.astimezone(EASTERN).date()
        begin = datetime.combine(local_day, time(), EASTERN).astimezone(UTC)
        midnight = datetime.combine(local_day + DAY, time(), EASTERN).astimezone(UTC)
        look = max(looked_at + HOUR, begin)
        if look < max(midnight, start + END_OF_RACE_NIGHT):
            yield look


def _looks_for_version(state: LookState, looked_at: datetime) -> Iterator[datetime]:
    """When a version that is not loaded yet has stood for an hour; after that, as long as it waits for another page."""
    if state.stands_since is None:
        return
    if looked_at < state.stands_since + STANDING_TIME:
        yield state.stands_since + STANDING_TIME
    elif state.is_waiting and looked_at < state.stands_since + WAITING_TIME:
        yield looked_at + QUARTER_HOUR
