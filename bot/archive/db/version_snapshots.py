"""Snapshots of one data version that stay open: answers go on from it while the next one is made ready.

Once another version is committed, a snapshot of the one before can no longer be begun on SQLite. So each connection
that answers keeps its transaction open from one answer to the next; it is begun anew every second as long as the
version is the same, so that the log of SQLite and the cleaning of PostgreSQL are held up no longer than an index takes.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.archive.db.read_pool import Snapshot, answer_threads
from bot.archive.db.row_memo import RowMemo
from bot.errors import ArchiveUnusable

__all__ = ["VersionPassedError", "VersionSnapshots"]

ReadVersion = Callable[[Session], int]


class VersionPassedError(Exception):
    """There is no open snapshot of a data version any more, and none can be begun."""


class VersionSnapshots:
    """Open snapshots of data version `version`, at most one for each thread that answers. Used by any thread."""

    def __init__(self, engine: Engine, version: int, read_version: ReadVersion) -> None:
        """`read_version` is asked of every new snapshot which version it shows; what it raises is passed on."""
        self.version = version
        self._engine, self._read_version = engine, read_version
        self._idle: list[Snapshot] = []
        self._memo = RowMemo()
        self._is_open = True
        self._count = 0
        self._changed = threading.Condition()

    def fill(self) -> bool:
        """Open as many as there may be; whether there is one at least. Raises DBAPIError, and as `read_version`."""
        while self._count < answer_threads(self._engine) and (snapshot := self._begin_another()):
            self._give_back(snapshot)
        return self._count > 0

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Context manager that gives one of the snapshots. Raises DBAPIError, VersionPassedError."""
        snapshot = self._take()
        database_failed = False
        try:
            yield snapshot
        except DBAPIError as error:
            database_failed = True
            # Closed by the server while nobody used it: then the others are too.
            if error.connection_invalidated:
                self._discard_idle()
            raise
        finally:
            if database_failed or not snapshot.forget_objects():
                self._discard(snapshot)
            else:
                self._give_back(snapshot)

    def renew(self) -> None:
        """Begin the idle ones anew; those that fail are closed.

        Half of them first, so that one is left where a newer version is committed just now.
        """
        with self._changed:
            idle, self._idle = self._idle, []
        middle = (len(idle) + 1) // 2
        for part, kept in ((idle[:middle], idle[middle:]), (idle[middle:], [])):
            if not self._renew(part):
                for snapshot in kept:
                    self._give_back(snapshot)
                return

    def close(self) -> None:
        """Close them all; those in use once they are given back."""
        self._is_open = False
        self._discard_idle()

    def _discard_idle(self) -> None:
        with self._changed:
            idle, self._idle = self._idle, []
        for snapshot in idle:
            self._discard(snapshot)

    def _renew(self, snapshots: list[Snapshot]) -> bool:
        """Whether all of these still show the version; those that do not are closed."""
        # All are ended before one is begun: who waits to put new tables in the place of these waits for every one.
        ended = [snapshot.end_snapshot() for snapshot in snapshots]
        is_same = True
        for snapshot, is_ended in zip(snapshots, ended, strict=True):
            if is_same and is_ended and self._begins_in_version(snapshot):
                self._give_back(snapshot)
            else:
                is_same = is_same and not is_ended
                self._discard(snapshot)
        return is_same

    def _begins_in_version(self, snapshot: Snapshot) -> bool:
        with suppress(DBAPIError, ArchiveUnusable):
            snapshot.begin_snapshot()
            return self._read_version(snapshot) == self.version and snapshot.forget_objects()
        return False

    def _take(self) -> Snapshot:
        with self._changed:
            while not self._idle and self._count:
                self._changed.wait()
            if self._idle:
                return self._idle.pop()
        # All were lost, as with a server that was started again: the version may still be there to be read.
        if self._is_open and (snapshot := self._begin_another()):
            return snapshot
        raise VersionPassedError

    def _begin_another(self) -> Snapshot | None:
        """Another snapshot of the version; None where the archive has a newer one."""
        with self._changed:
            self._count += 1
        with ExitStack() as on_failure:
            on_failure.callback(self._count_down)
            snapshot = Snapshot(self._engine, self._memo)
            on_failure.callback(snapshot.discard)
            snapshot.begin_snapshot()
            if self._read_version(snapshot) != self.version or not snapshot.forget_objects():
                return None
            on_failure.pop_all()
        return snapshot

    def _give_back(self, snapshot: Snapshot) -> None:
        with self._changed:
            if self._is_open:
                self._idle.append(snapshot)
                self._changed.notify()
                return
        self._discard(snapshot)

    def _discard(self, snapshot: Snapshot) -> None:
        snapshot.discard()
        self._count_down()

    def _count_down(self) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify()
