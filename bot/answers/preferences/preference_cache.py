"""Preferences read lately, in memory: an answer asks no database which rules are in force where it is seen.

Every change of them raises a number in the archive. Whoever looks for a new data version sees that number too, and has
the cache dropped, so that a change of another process is in force within about a second; one of this process at once.
"""

import threading

from sqlalchemy import Engine

from bot.archive.db.engine import read_session
from bot.archive.preferences.queries import person_spoiler_hours, server_preferences
from bot.archive.preferences.rules import PreferenceSet, ServerPreferences
from bot.recent_values import RecentValues

__all__ = ["PreferenceCache"]

MAX_SERVERS = 4_096  # some kB each, with fifty channels of their own
MAX_PEOPLE = 8_192
NO_HOURS = -1  # of a person who chose nothing


class PreferenceCache:
    """Preferences of servers and people of one archive, from any thread.

    Until somebody has told which number is the present one nothing is kept.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._number: int | None = None
        self._drops = 0  # what was read before the last one is not kept after it
        self._servers: RecentValues[int, ServerPreferences] = RecentValues(MAX_SERVERS)
        self._people: RecentValues[int, int] = RecentValues(MAX_PEOPLE)

    def notice(self, number: int) -> None:
        """Hear which number the preferences have now; another one than before drops what was read."""
        with self._lock:
            if number != self._number:
                self._drop()
            self._number = number

    def drop(self) -> None:
        """Forget what was read, since this process has changed it."""
        with self._lock:
            self._drop()

    def find(self, server: int | None, person: int | None) -> PreferenceSet | None:
        """What was chosen for a server and by a person, as far as it was read lately; None where it was not."""
        with self._lock:
            kept = self._servers.find(server) if server is not None else None
            hours = self._people.find(person) if person is not None else NO_HOURS
        if hours is None or (kept is None and server is not None):
            return None
        return _preference_set(kept, hours)

    def read(self, server: int | None, person: int | None) -> PreferenceSet:
        """What was chosen for a server and by a person, read where it is not known. Raises ArchiveUnusable."""
        known = self.find(server, person)
        if known is not None:
            return known
        drops = self._drops
        with read_session(self._engine) as session:
            chosen = server_preferences(session, server) if server is not None else None
            hours = person_spoiler_hours(session, person) if person is not None else None
        of_server = chosen or ServerPreferences(server or 0)
        of_person = NO_HOURS if hours is None else hours
        with self._lock:
            if drops == self._drops and self._number is not None:
                if server is not None:
                    self._servers.keep(server, of_server)
                if person is not None:
                    self._people.keep(person, of_person)
        return _preference_set(of_server if server is not None else None, of_person)

    def _drop(self) -> None:
        self._drops += 1
        self._servers.clear()
        self._people.clear()


def _preference_set(server: ServerPreferences | None, hours: int) -> PreferenceSet:
    return PreferenceSet(server, None if hours == NO_HOURS else hours)
