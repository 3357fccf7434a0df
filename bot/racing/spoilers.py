"""Spoilers: which results are hidden at a moment from who has not seen the race yet. Pure: the clock is given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["EASTERN", "HiddenRace", "RaceTime", "hidden_races"]

EASTERN = ZoneInfo("America/New_York")  # the sport's own time: a day of racing ends when it ends there
EARLIEST_START = timedelta(hours=12)  # before the start that is written down: rain to come moves a race to the morning
LONGEST_RACE = timedelta(hours=4)  # from the green flag: 500 miles under cautions, the longest of the sport is 600


@dataclass(frozen=True, slots=True)
class RaceTime:
    """When a race with a result was: its start (in UTC) and its day, None where no document says so.

    `day` is what the pages of the race say, `scheduled_day` what a schedule says: after rain one of them may be late.
    `is_newest` says that no race of its series is later, `is_of_first_load` that it came with the first load of the
    archive: nobody waited for that one. `has_winner` says that somebody has won it, whatever the clock says.
    """

    key: str
    series: str | None
    season: int | None
    day: date | None = None
    start: datetime | None = None
    is_newest: bool = False
    is_of_first_load: bool = False
    scheduled_day: date | None = None
    has_winner: bool = False


@dataclass(frozen=True, slots=True)
class HiddenRace:
    """Race whose result is hidden until a moment (in UTC); None where nobody can say: it has no date."""

    key: str
    series: str | None
    season: int | None
    until: datetime | None


def hidden_races(races: Iterable[RaceTime], hours: int, now: datetime) -> frozenset[HiddenRace]:
    """The races whose results are hidden at `now` by who wants `hours` to see a race for themselves.

    A race is hidden from its start until so long after it can have ended: four hours after the start, or the end of
    its day in US Eastern. Where documents differ about the day it is hidden by each of them, since nobody knows which
    is old; and one that has a winner before it was to start has been moved, and is hidden already. One without a date
    is hidden while it is the newest of its series, of this year, and did not come with the first load.
    """
    return frozenset(_hidden(races, timedelta(hours=hours), now)) if hours else frozenset()


def _hidden(races: Iterable[RaceTime], wait: timedelta, now: datetime) -> Iterator[HiddenRace]:
    for race in races:
        times = [(begin, end + wait) for begin, end in _times(race)]
        if times:
            until = _end_of_hiding(times, now)
            if until is not None:
                yield HiddenRace(race.key, race.series, race.season, until)
        elif race.is_newest and not race.is_of_first_load and race.season == now.astimezone(EASTERN).year:
            yield HiddenRace(race.key, race.series, race.season, None)


def _end_of_hiding(times: Iterable[tuple[datetime, datetime]], now: datetime) -> datetime | None:
    """The moment until which spans that follow each other without a gap go on from `now`; None where it is in none."""
    until: datetime | None = None
    for begin, end in sorted(times):
        if begin <= (until or now) and end > now:
            until = max(end, until or end)
    return until


def _times(race: RaceTime) -> Iterator[tuple[datetime, datetime]]:
    """When a race may have begun, and when it had ended for certain, in UTC: for each day that a document says."""
    if race.start is not None:
        yield race.start - (EARLIEST_START if race.has_winner else timedelta()), race.start + LONGEST_RACE
    start_day = race.start.astimezone(EASTERN).date() if race.start else None
    for day in {race.day, race.scheduled_day}:
        if day is not None and day != start_day:
            yield _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), EASTERN).astimezone(UTC)  # hours after it are counted, not read off a clock
