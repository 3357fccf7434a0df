"""Names with a server's default series: a bare name that several series bear means that of the series."""

import threading

from bot.names.index import NameIndex
from bot.racing.spoilers import HiddenRace
from bot.recent_values import RecentValues

__all__ = ["PreferredNames"]

MAX_INDEXES = 16  # series that servers prefer, times what is hidden there: more than are in use at once


class PreferredNames:
    """Names as other series than the operator's have them, made once for each: it takes a fiftieth of a second."""

    def __init__(self, default_series: str) -> None:
        self.default_series = default_series
        self._indexes: RecentValues[tuple[str, frozenset[HiddenRace]], tuple[NameIndex, NameIndex]] = RecentValues(
            MAX_INDEXES
        )
        self._lock = threading.Lock()

    def find(self, names: NameIndex, series: str, hidden: frozenset[HiddenRace]) -> NameIndex:
        """These names, without what is `hidden` already, as a series has them."""
        if series == self.default_series:
            return names
        with self._lock:
            made_of, preferring = self._indexes.find((series, hidden)) or (None, names)
        if made_of is not names:
            preferring = names.preferring(series)
            with self._lock:
                self._indexes.keep((series, hidden), (names, preferring))
        return preferring
