"""Engine and transactions: the database is opened, and read or written in one transaction at a time.

Python's sqlite3 begins no transaction for reads, so two selects around another process's commit would give old and
new in one answer. Here every transaction is begun by us, on every kind of database: a reader sees one snapshot, a
writer holds the only lock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from bot.archive.db import postgres, sqlite
from bot.archive.db.address import check_password, public_address
from bot.archive.db.read_pool import ReadPool
from bot.archive.db.row_filter import listen_for_filters
from bot.archive.db.schema import is_ready, prepare_tables, schema_stamp
from bot.archive.db.version_snapshots import VersionSnapshots
from bot.errors import ArchiveAway, ArchiveUnusable, LoadUnderWay

__all__ = ["open_archive", "open_existing_archive", "read_session", "schema_stamp", "write_back", "write_session"]

MODE_OPTION, WAIT_OPTION = "spotter_mode", "spotter_waits_ms"
PREPARE_WAITS = 10  # times that a writer waits: others may be making the same tables, seconds on a busy machine
LOCK_WAIT_MS = 2_000  # a load of the seeds takes a tenth of a second; past this somebody loads a big folder
BACKENDS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
DATABASE_AWAY_MESSAGE = "The archive cannot be reached right now: its database does not answer. Try again in a minute."
LOCK_TAKEN_MESSAGE = "Another load has the archive right now. Try again in a moment."


def open_archive(url: str, lock_wait_ms: int = LOCK_WAIT_MS) -> Engine:
    """The archive at a database address, with its tables made; its writers wait so long for the lock of another.

    Tables of what people entered are brought up to date. Derived ones of another schema that hold something stay as
    they are: a load derives them anew. Raises ArchiveUnusable where the database cannot be reached, read or written, or
    where a newer version of the program has made it.
    """
    engine = _create_engine(url, lock_wait_ms)
    try:
        _make_ready(engine, lock_wait_ms)
    except ArchiveUnusable:
        engine.dispose()
        raise
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise ArchiveUnusable(_failure_text(engine, error)) from error
    return engine


def open_existing_archive(url: str) -> Engine:
    """The archive at a database address as it is: nothing is made, neither a file nor a table.

    Raises ArchiveUnusable where there is none, or where it cannot be reached or read, or has to be made anew first.
    """
    engine = _create_engine(url, LOCK_WAIT_MS)
    try:
        _backend(engine).check_exists(engine)
        with engine.execution_options(**{MODE_OPTION: "look"}).begin() as connection:
            ready = is_ready(connection)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise ArchiveUnusable(_failure_text(engine, error)) from error
    if not ready:
        engine.dispose()
        address = public_address(engine.url)
        raise ArchiveUnusable(f"The archive at {address} is not ready: the bot makes its tables when it starts.")
    return engine


@contextmanager
def read_session(engine: Engine, pool: ReadPool | VersionSnapshots | None = None) -> Iterator[Session]:
    """Context manager that gives one snapshot: what another process commits meanwhile is not seen.

    With `pool`, a pool of this engine, it is one of the pool's, and may raise what that raises. Raises ArchiveUnusable
    where the database fails.
    """
    try:
        with pool.snapshot() if pool else Session(engine, autoflush=False) as session:
            yield session
    except DBAPIError as error:
        raise _usability_error(engine, error) from error


@contextmanager
def write_session(engine: Engine, wait_ms: int | None = None) -> Iterator[Session]:
    """Context manager that gives a transaction that writes: committed whole at the end, or rolled back whole.

    `wait_ms` is how long to wait for the lock that other writers have, where it is not as long as this archive was
    opened with. Raises LoadUnderWay where somebody else has it for longer, ArchiveUnusable where the database fails.
    """
    options: dict[str, object] = {MODE_OPTION: "write"} | ({} if wait_ms is None else {WAIT_OPTION: wait_ms})
    try:
        with Session(engine.execution_options(**options), autoflush=False) as session, session.begin():
            # Begin now, not at the first query: who cannot have the lock hears so before any work.
            session.connection()
            yield session
    except (IntegrityError, DataError):
        raise  # what was written is at fault, not the database
    except DBAPIError as error:
        if _backend(engine).is_busy(error):
            raise LoadUnderWay(LOCK_TAKEN_MESSAGE) from error
        raise _usability_error(engine, error) from error


def write_back(engine: Engine) -> bool:
    """Have the database copy its log as far as no reader needs it; whether snapshots begun now need none of it.

    Raises ArchiveUnusable.
    """
    try:
        with engine.execution_options(**{MODE_OPTION: "none"}).connect() as connection:
            is_copied: bool = _backend(engine).write_back(connection)
            return is_copied
    except DBAPIError as error:
        raise _usability_error(engine, error) from error


def _create_engine(url: str, lock_wait_ms: int) -> Engine:
    check_password(url)
    try:
        kind = make_url(url).get_backend_name()
        if kind not in BACKENDS:
            raise ArgumentError(f"{kind} is no kind of database that Spotter knows")
        engine = create_engine(url, execution_options={WAIT_OPTION: lock_wait_ms}, **BACKENDS[kind].OPTIONS)
    except (ArgumentError, ModuleNotFoundError, SQLAlchemyError, ValueError):
        # What they say may quote the address, and with it the password.
        raise ArchiveUnusable(
            "DATABASE_URL is no database address that can be opened. Write, for example, sqlite:///spotter.db or "
            "postgresql+psycopg://user:password@host/name"
        ) from None
    BACKENDS[kind].set_up(engine)
    event.listen(engine, "connect", _connect_listener(BACKENDS[kind], lock_wait_ms))
    event.listen(engine, "begin", _begin)
    listen_for_filters(engine)
    return engine


def _connect_listener(kind: ModuleType, lock_wait_ms: int) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def tune(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        kind.tune(connection, lock_wait_ms)

    return tune


def _begin(connection: Connection) -> None:
    """Listener that sends BEGIN for every transaction, since Python's sqlite3 sends none for reads."""
    options = connection.get_execution_options()
    mode = options.get(MODE_OPTION, "read")
    BACKENDS[connection.dialect.name].begin(connection, mode, options[WAIT_OPTION])


def _make_ready(engine: Engine, lock_wait_ms: int) -> None:
    """Make what is missing, unless another process is just making it. Raises DBAPIError, ArchiveUnusable."""
    look_engine, write_engine = (
        engine.execution_options(**{MODE_OPTION: "look"}),
        engine.execution_options(**{MODE_OPTION: "write", WAIT_OPTION: PREPARE_WAITS * lock_wait_ms}),
    )
    try:
        with look_engine.begin() as connection:
            ready = is_ready(connection)
            fault = None if ready else _backend(engine).fault(connection)
        if fault:
            raise ArchiveUnusable(f"The database at {public_address(engine.url)} cannot be used: {fault}.")
        if not ready:
            with write_engine.begin() as connection:
                prepare_tables(connection)
    except DBAPIError as error:
        if not _backend(engine).is_busy(error):
            raise
        # Whoever has the writers' lock may be making the same tables, or loading into tables that are there already.
        with look_engine.begin() as connection:
            if not is_ready(connection):
                raise


def _backend(engine: Engine) -> ModuleType:
    return BACKENDS[engine.dialect.name]


def _usability_error(engine: Engine, error: DBAPIError) -> ArchiveUnusable:
    """One line for whoever asked; where a server is away, which one is only for who runs the bot."""
    if not _backend(engine).is_away(error):
        return ArchiveUnusable(_failure_text(engine, error))
    return ArchiveAway(DATABASE_AWAY_MESSAGE, _failure_text(engine, error))


def _failure_text(engine: Engine, error: Exception) -> str:
    """One line on a database that fails: which, why, and what to do."""
    reason = str(getattr(error, "orig", error)).splitlines()[0]
    address = public_address(engine.url)
    return f"The archive at {address} cannot be used: {reason}. Check DATABASE_URL, the folder and its rights."
