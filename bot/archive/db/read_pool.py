"""Pool of sessions for answers, each on a connection that stays open between two answers.

An answer costs a BEGIN and a ROLLBACK here. A plain session on SQLAlchemy's own pool costs over 0.1 ms more: with the
pauses of 20 to 50 ms that lie between questions, in which a processor forgets, one query took 0.48 ms here and 0.76
there, the eleven of a race card 1.5 and 1.75; without pauses 0.05 and 0.10, 1.35 and 1.75 (medians, in turns).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.archive.db.row_filter import row_filter_of
from bot.archive.db.row_memo import RowMemo

__all__ = ["MAX_IDLE_CONNECTIONS", "ReadPool", "Snapshot", "answer_threads"]

MAX_IDLE_CONNECTIONS = 4  # as many as there are threads that answer, at most; more are closed again
SQLITE_THREADS = 2  # a file is read by the threads themselves, one at a time in Python: more answer nothing sooner


def answer_threads(engine: Engine) -> int:
    """How many threads answer, and how many connections stay open for them: fewer where no server is waited for.

    Each has a heap, and a connection with its pages and statements: one to four MB (measured).
    """
    return SQLITE_THREADS if engine.dialect.name == "sqlite" else MAX_IDLE_CONNECTIONS


class ReadPool:
    """Idle connections of one engine. Used by any thread; closed when the engine is disposed of."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Snapshot] = []
        event.listen(engine, "engine_disposed", self._close)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Context manager that gives one snapshot to read from. Raises DBAPIError where the database fails."""
        snapshot = self._open_snapshot()
        database_failed = False
        try:
            yield snapshot
        except DBAPIError:
            database_failed = True
            raise
        finally:
            # A connection on which something failed is never trusted again: the next answer opens another.
            if database_failed:
                snapshot.discard()
            else:
                self._release(snapshot)

    def _open_snapshot(self) -> "Snapshot":
        """A snapshot on an idle connection; on a new one where there is none, or where the server has closed them."""
        # Other threads take from the list meanwhile, so that it is empty is seen by the IndexError, not asked before.
        with suppress(IndexError):
            while True:
                snapshot = self._idle.pop()
                try:
                    snapshot.begin_snapshot()
                except DBAPIError as error:
                    snapshot.discard()
                    # Closed by the server while nobody used it: the others may be too, so each is tried in turn.
                    if not error.connection_invalidated:
                        raise
                else:
                    return snapshot
        snapshot = Snapshot(self._engine)
        with ExitStack() as on_failure:
            on_failure.callback(snapshot.discard)
            snapshot.begin_snapshot()
            on_failure.pop_all()
        return snapshot

    def _release(self, snapshot: "Snapshot") -> None:
        """End a snapshot; its connection is kept if it works, is of the present pool and there are not enough."""
        # An engine that was disposed of has another pool; nobody would ever close a connection of the old one.
        if (
            not snapshot.end_snapshot()
            or snapshot.pool is not self._engine.pool
            or len(self._idle) >= MAX_IDLE_CONNECTIONS
        ):
            snapshot.discard()
        else:
            self._idle.append(snapshot)

    def _close(self, _: Engine) -> None:
        """Listener for the end of the engine: idle connections are closed with it."""
        with suppress(IndexError):
            while True:
                self._idle.pop().discard()


class Snapshot(Session):
    """Session on a connection that outlives its transactions; with a `memo` where it is of one data version alone."""

    def __init__(self, engine: Engine, memo: RowMemo | None = None) -> None:
        self._memo = memo
        self.pool = engine.pool  # another one once the engine has been disposed of
        self._open_connection = engine.connect()
        super().__init__(self._open_connection, autoflush=False)

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection, in the transaction of this snapshot."""
        # A session would look at every query which connection its transaction has.
        return self._open_connection

    @property
    def memo(self) -> RowMemo | None:
        """The rows that were read before of what is seen now; None where that may be another version, or not all."""
        if self._memo is None or row_filter_of(self._open_connection.connection) is not None:
            return None
        return self._memo

    def begin_snapshot(self) -> None:
        """Begin to see one state of the archive. Raises DBAPIError."""
        self._open_connection.begin()

    def end_snapshot(self) -> bool:
        """Whether the transaction could be ended, so that another can begin; objects that were read are forgotten."""
        try:
            if self.in_transaction():
                self.close()
            if transaction := self._open_connection.get_transaction():
                transaction.rollback()
        except DBAPIError:
            return False
        return True

    def forget_objects(self) -> bool:
        """Whether the snapshot is still open, once the objects that were read are forgotten."""
        try:
            # The transaction is the connection's: a session that has joined it does not end it.
            self.close()
        except DBAPIError:
            return False
        return self._open_connection.in_transaction()

    def discard(self) -> None:
        """Close the connection for good."""
        with suppress(DBAPIError):
            self.close()
            self._open_connection.invalidate()
        with suppress(DBAPIError):
            self._open_connection.close()
