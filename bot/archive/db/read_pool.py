"""Snapshots for answers, from connections that are kept open between them.

A question is answered in two milliseconds, of which opening a session, taking a connection out of the pool and putting
both back took half of one (measured with the pauses between questions, in which a processor forgets). Here an answer
costs a BEGIN and a ROLLBACK.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

__all__ = ["ReadPool"]

MAX_IDLE_CONNECTIONS = 4  # as many as there are threads that answer (bot.frontend.gateway); more are closed again


class ReadPool:
    """The connections kept for one engine. Used by any thread; closed when the engine is disposed of."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[_Snapshot] = []
        event.listen(engine, "engine_disposed", self._close)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """One snapshot, to read from until the end of the block. Raises DBAPIError where the database fails."""
        snapshot = self._open_snapshot()
        try:
            yield snapshot
        except DBAPIError:
            snapshot.discard()  # whatever broke it: the next answer opens another
            raise
        except BaseException:
            self._release(snapshot)
            raise
        self._release(snapshot)

    def _open_snapshot(self) -> "_Snapshot":
        """A snapshot on a kept connection; on a new one where there is none, or where the server has closed them."""
        with suppress(IndexError):
            while True:
                snapshot = self._idle.pop()
                try:
                    snapshot.begin_snapshot()
                except DBAPIError as error:
                    snapshot.discard()
                    if not error.connection_invalidated:
                        raise
                else:
                    return snapshot
        snapshot = _Snapshot(self._engine)
        try:
            snapshot.begin_snapshot()
        except BaseException:
            snapshot.discard()
            raise
        return snapshot

    def _release(self, snapshot: "_Snapshot") -> None:
        """End a snapshot and keep its connection, if it is a good one and there are not enough."""
        if (
            not snapshot.end_snapshot()
            or snapshot.pool is not self._engine.pool
            or len(self._idle) >= MAX_IDLE_CONNECTIONS
        ):
            snapshot.discard()
        else:
            self._idle.append(snapshot)

    def _close(self, _: Engine) -> None:
        """Called by SQLAlchemy when the engine is disposed of."""
        with suppress(IndexError):
            while True:
                self._idle.pop().discard()


class _Snapshot(Session):
    """A session on a connection that outlives its transactions."""

    def __init__(self, engine: Engine) -> None:
        self.pool = engine.pool  # another one once the engine has been disposed of
        self._open_connection = engine.connect()
        super().__init__(self._open_connection, autoflush=False)

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection, in the transaction of this snapshot. A session would look for it anew at every query."""
        return self._open_connection

    def begin_snapshot(self) -> None:
        """Begin to see one state of the archive. Raises DBAPIError."""
        self._open_connection.begin()

    def end_snapshot(self) -> bool:
        """Whether the transaction could be ended, so that another can begin; objects that were read are let go."""
        try:
            if self.in_transaction():
                self.close()
            if transaction := self._open_connection.get_transaction():
                transaction.rollback()
        except DBAPIError:
            return False
        return True

    def discard(self) -> None:
        """Close the connection for good."""
        with suppress(DBAPIError):
            self.close()
            self._open_connection.invalidate()
        with suppress(DBAPIError):
            self._open_connection.close()
