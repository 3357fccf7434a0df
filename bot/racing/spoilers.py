"""Spoilers: which results are hidden at a moment from who has not seen the race yet. Pure: the clock is given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["EASTERN", "HiddenRace", "RaceTime", "hidden_races"]

EASTERN = ZoneInfo("America/New_York")  # the sport's own time: a day of racing ends when it ends there
LONGEST_RACE = timedelta(hours=4)  # from the green flag: 500 miles under cautions, the longest of the sport is 600


@dataclass(frozen=True, slots=True)
class RaceTime:
    """When a race with a result was: its start (in UTC) and its day, None where no document says so.

    `is_newest` says that no race of its series is later, `is_of_first_load` that it came with the first load of the
    archive: nobody waited for that one.
    """

    key: str
    series: str | None
    season: int | None
    day: date | None = None
    start: datetime | None = None
    is_newest: bool = False
    is_of_first_load: bool = False


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
    its day in US Eastern. One without a date is hidden while it is the newest of its series, of this year, and did not
    come with the first load.
    """
    return frozenset(_hidden(races, timedelta(hours=hours), now)) if hours else frozenset()


def _hidden(races: Iterable[RaceTime], wait: timedelta, now: datetime) -> Iterator[HiddenRace]:
    for race in races:
        if race.day is None and race.start is None:
            is_new = race.is_newest and not race.is_of_first_load
            if is_new and race.season == now.astimezone(EASTERN).year:
                yield HiddenRace(race.key, race.series, race.season, None)
            continue
        begin, end = _times(race)
        if begin <= now < end + wait:
            yield HiddenRace(race.key, race.series, race.season, (end + wait).astimezone(UTC))


def _times(race: RaceTime) -> tuple[datetime, datetime]:
    """When a race began, and when it had ended for certain; of one that was moved to another day that day counts."""
    if race.start is not None and race.day in {None, race.start.astimezone(EASTERN).date()}:
        return race.start, race.start + LONGEST_RACE
    assert race.day is not None
    return _midnight(race.day), _midnight(race.day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), EASTERN)
