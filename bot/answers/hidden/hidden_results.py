"""Hidden results: which there are at a moment, and the archive as it is seen without them. Each is found once.

hours, clock -> the hidden races (once for each data version and minute) -> the archive without them (once for each set)
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from bot.archive.db.row_filter import RowFilter
from bot.archive.hidden.hidden_names import hidden_names, hidden_wins
from bot.archive.hidden.hidden_rows import hidden_documents, hidden_pages, rows_without, unseen_races
from bot.archive.hidden.race_times import RaceTimeRow, documents_of_race, first_load_state, race_time_rows
from bot.archive.queries.races import RaceRow
from bot.names.index import NameIndex
from bot.racing.spoilers import EASTERN, HiddenRace, RaceTime, hidden_races
from bot.recent_values import RecentValues

__all__ = ["NOTHING_HIDDEN", "HiddenResults", "SeenArchive", "utc_now"]

NOTHING_HIDDEN: frozenset[HiddenRace] = frozenset()
LONGEST_HIDDEN = timedelta(days=6)  # 72 hours after the end of a day, and a day for the zones
MAX_SEEN_ARCHIVES = 8  # sets of hidden races: servers choose among four spans of hours, which mostly hide the same


def utc_now() -> datetime:
    """The present moment, of the only clock that hides something by itself."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SeenArchive:
    """The archive as it is seen without some races: the filter of its rows, and its names.

    `races` are those that are hidden, the latest first, `starters` everybody and every team and make in their results.
    """

    row_filter: RowFilter
    names: NameIndex
    races: tuple[RaceRow, ...]
    starters: frozenset[str]


class HiddenResults:
    """Hidden results of the archive that is answered from, by the clock. Used by any thread."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` gives the present moment, with a time zone."""
        self._clock = clock
        self._times: tuple[tuple[int, date], tuple[RaceTime, ...]] | None = None
        self._races: RecentValues[Hashable, frozenset[HiddenRace]] = RecentValues(MAX_SEEN_ARCHIVES)
        self._archives: RecentValues[Hashable, SeenArchive] = RecentValues(MAX_SEEN_ARCHIVES)
        self._lock, self._build_lock = threading.Lock(), threading.Lock()

    def find_known(self, version: int, hours: int) -> frozenset[HiddenRace] | None:
        """The races whose results are hidden now, without the database; None where it has to be asked first."""
        now = self._clock()
        times = self._times
        if times is None or times[0] != (version, _day(now)):
            return None
        key = version, hours, now.replace(second=0, microsecond=0)
        with self._lock:
            races = self._races.find(key)
            return races if races is not None else self._races.keep(key, hidden_races(times[1], hours, now))

    def find(self, session: Session, version: int, hours: int) -> frozenset[HiddenRace]:
        """The races whose results are hidden now, of a data version, of which the session is a snapshot."""
        races = self.find_known(version, hours)
        if races is None:
            now = self._clock()
            self._times = (version, _day(now)), tuple(_race_times(session, now))
            races = hidden_races(self._times[1], hours, now)
        return races

    def find_archive(self, version: int, races: frozenset[HiddenRace]) -> SeenArchive | None:
        """The archive without the results of these races, without the database; None where it is not known yet."""
        with self._lock:
            return self._archives.find(_archive_key(version, races))

    def archive(self, session: Session, names: NameIndex, races: frozenset[HiddenRace]) -> SeenArchive:
        """The archive without the results of these races; the session is a snapshot of the version of the names."""
        with self._build_lock:  # 0.1 s with the whole history, for which who only looks does not wait
            known = self.find_archive(names.version, races)
            if known is not None:
                return known
            archive = _seen_archive(session, names, races)
            with self._lock:
                return self._archives.keep(_archive_key(names.version, races), archive)


def _archive_key(version: int, races: frozenset[HiddenRace]) -> Hashable:
    return version, frozenset(race.key for race in races)


def _seen_archive(session: Session, names: NameIndex, races: frozenset[HiddenRace]) -> SeenArchive:
    # Only who hides something counts anything again: what counts is part of loading, which a start need not import.
    from bot.answers.hidden.hidden_tallies import starters_of, with_tallies  # noqa: PLC0415 - loading

    unseen = unseen_races(session, [race.key for race in races])
    rows = rows_without(unseen, hidden_documents(session, unseen), hidden_pages(session, unseen))
    row_filter = with_tallies(session, rows, unseen)
    unseen_names = hidden_names(session, row_filter, unseen)
    seen_names = names.without(unseen_names, [race.key for race in unseen], hidden_wins(session, unseen))
    return SeenArchive(row_filter, seen_names, unseen, starters_of(session, unseen).names)


def _race_times(session: Session, now: datetime) -> Iterator[RaceTime]:
    for row in race_time_rows(session, (now - LONGEST_HIDDEN).date(), _day(now).year):
        start = datetime.fromisoformat(row.starts_at) if row.starts_at else None
        is_newest = row.later_count == 0
        has_date = row.day is not None or row.scheduled_day is not None or start is not None
        is_old = not has_date and is_newest and _is_of_first_load(session, row)
        yield RaceTime(
            row.key, row.series, row.season, row.day, start, is_newest, is_old, row.scheduled_day, bool(row.winner)
        )


def _is_of_first_load(session: Session, race: RaceTimeRow) -> bool:
    """Whether a document that the race stands on was there after the first load, as it is now."""
    from bot.loading.state.document_set import document_set_from_json  # noqa: PLC0415 - loading

    state = first_load_state(session)
    if state is None:
        return True
    first = {(document.name, document.digest) for document in document_set_from_json(state).documents.values()}
    return bool(documents_of_race(session, race.key) & first)


def _day(now: datetime) -> date:
    return now.astimezone(EASTERN).date()
