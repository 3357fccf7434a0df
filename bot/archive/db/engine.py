"""How the database is opened, and what a transaction is.

Python's sqlite3 begins no transaction for reads, so two selects around another process's commit would give old and
new in one answer. Here every transaction is begun by us, on every kind of database: a reader sees one snapshot, a
writer holds the only lock.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from bot.archive.db import postgres, sqlite
from bot.archive.db.read_pool import Snapshots
from bot.archive.db.schema import is_ready, prepare, schema_stamp
from bot.errors import ArchiveUnusable, LoadUnderWay

__all__ = ["open_archive", "reading", "schema_stamp", "writing"]

log = logging.getLogger(__name__)

MODE, WAITS = "spotter_mode", "spotter_waits_ms"
LOCK_WAIT_MS = 2_000  # a load of the seeds takes a tenth of a second; past this somebody loads a big folder
KINDS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
AWAY = "The archive cannot be reached right now: its database does not answer. Try again in a minute."
HELD = "Another load has the archive right now. Try again in a moment."


def open_archive(url: str) -> Engine:
    """The archive at a database address, with its tables made.

    Kept tables are brought up to date. Derived ones of another schema that hold something stay as they are: they are
    derived anew by a load. Raises ArchiveUnusable where the database cannot be reached, read or written.
    """
    engine = _engine(url)
    try:
        _make_ready(engine)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise ArchiveUnusable(_cannot(engine, error)) from error
    return engine


@contextmanager
def reading(engine: Engine, kept: Snapshots | None = None) -> Iterator[Session]:
    """One snapshot of the archive: what another process commits meanwhile is not seen. Raises ArchiveUnusable.

    It is one of those `kept` for this engine, where any are.
    """
    try:
        with kept.one() if kept else Session(engine, autoflush=False) as session:
            yield session
    except DBAPIError as error:
        raise ArchiveUnusable(_why(engine, error)) from error


@contextmanager
def writing(engine: Engine, wait_ms: int | None = None) -> Iterator[Session]:
    """A transaction that writes: committed whole at the end, or rolled back whole.

    `wait_ms` is how long to wait for the lock that other writers have. Raises LoadUnderWay where somebody else has it
    for longer, ArchiveUnusable where the database fails.
    """
    wait = LOCK_WAIT_MS if wait_ms is None else wait_ms
    try:
        with (
            Session(engine.execution_options(**{MODE: "write", WAITS: wait}), autoflush=False) as session,
            session.begin(),
        ):
            session.connection()  # the lock now: who cannot have it hears so before any work
            yield session
    except (IntegrityError, DataError):
        raise
    except DBAPIError as error:
        if _kind(engine).is_busy(error):
            raise LoadUnderWay(HELD) from error
        raise ArchiveUnusable(_why(engine, error)) from error


def _engine(url: str) -> Engine:
    try:
        kind = make_url(url).get_backend_name()
        if kind not in KINDS:
            raise ArgumentError(f"{kind} is no kind of database that I know")
        engine = create_engine(url, **KINDS[kind].OPTIONS)
    except (ArgumentError, ModuleNotFoundError, SQLAlchemyError) as error:
        raise ArchiveUnusable(
            f"DATABASE_URL is no database address I can open: {error}. Write, for example, sqlite:///spotter.db"
        ) from error
    KINDS[kind].set_up(engine)
    event.listen(engine, "connect", _tune(KINDS[kind]))
    event.listen(engine, "begin", _begin)
    return engine


def _tune(kind: ModuleType) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def tune(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        kind.tune(connection, LOCK_WAIT_MS)

    return tune


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    mode = options.get(MODE, "read")
    KINDS[connection.dialect.name].begin(connection, mode, options.get(WAITS, LOCK_WAIT_MS))


def _make_ready(engine: Engine) -> None:
    """Make what is missing, unless another process is just making it."""
    look, write = engine.execution_options(**{MODE: "look"}), engine.execution_options(**{MODE: "write"})
    try:
        with look.begin() as connection:
            ready = is_ready(connection)
        if not ready:
            with write.begin() as connection:
                prepare(connection)
    except DBAPIError as error:
        if not _kind(engine).is_busy(error):
            raise
        with look.begin() as connection:
            if not is_ready(connection):
                raise


def _kind(engine: Engine) -> ModuleType:
    return KINDS[engine.dialect.name]


def _why(engine: Engine, error: DBAPIError) -> str:
    """One line for whoever asked; where a server is away, which one is only for the log."""
    if not _kind(engine).is_away(error):
        return _cannot(engine, error)
    log.warning("%s", _cannot(engine, error))
    return AWAY


def _cannot(engine: Engine, error: Exception) -> str:
    """One line on a database that fails: which, why, and what to do."""
    why = str(getattr(error, "orig", error)).splitlines()[0]
    where = engine.url.render_as_string(hide_password=True)
    return f"The archive at {where} cannot be used: {why}. Check DATABASE_URL, the folder and its rights."
