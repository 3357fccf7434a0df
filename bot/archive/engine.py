"""How the database is opened, and what a transaction is.

Python's sqlite3 begins no transaction for reads, so two selects around another process's commit would give old and
new in one answer. Here every transaction is begun by us: a reader sees one snapshot, a writer holds the only lock.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateTable
from sqlmodel import Session, SQLModel

from bot.archive.migrate import bring_up_to_date
from bot.archive.models import DERIVED, KEPT, Version
from bot.archive.snapshots import Snapshots
from bot.errors import ArchiveUnusable, LoadUnderWay

__all__ = ["open_archive", "reading", "schema_stamp", "writing"]

WRITES, WAITS = "spotter_writes", "spotter_waits_ms"
LOCK_WAIT_MS = 2_000  # a load of the seeds takes a tenth of a second; past this somebody loads a big folder


def open_archive(url: str) -> Engine:
    """The archive at a database address, with its tables made and of the present schema.

    Derived tables of another schema are dropped and made empty: they are loaded again from the documents. Raises
    ArchiveUnusable where the database cannot be reached, read or written.
    """
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            ready = _is_ready(connection)
        if not ready:
            with engine.execution_options(**{WRITES: True}).begin() as connection:
                _prepare(connection)
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
    except OperationalError as error:
        raise ArchiveUnusable(_cannot(engine, error)) from error


@contextmanager
def writing(engine: Engine, wait_ms: int | None = None) -> Iterator[Session]:
    """A transaction that writes: committed whole at the end, or rolled back whole.

    `wait_ms` is how long to wait for the lock that other writers have. Raises LoadUnderWay where somebody else has it
    for longer, ArchiveUnusable where the database fails.
    """
    wait = LOCK_WAIT_MS if wait_ms is None else wait_ms
    try:
        with (
            Session(engine.execution_options(**{WRITES: True, WAITS: wait}), autoflush=False) as session,
            session.begin(),
        ):
            session.connection()  # BEGIN IMMEDIATE now: who cannot have the lock hears it before any work
            yield session
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise LoadUnderWay("Another load has the archive right now. Try again in a moment.") from error
        raise ArchiveUnusable(_cannot(engine, error)) from error


def schema_stamp() -> str:
    """A digest of how the derived tables are made: another stamp means that they must be derived anew."""
    made = "\n".join(str(CreateTable(SQLModel.metadata.tables[_table(model)])) for model in DERIVED)
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(url)
    except (ArgumentError, ModuleNotFoundError, SQLAlchemyError) as error:
        raise ArchiveUnusable(
            f"DATABASE_URL is no database address I can open: {error}. Write, for example, sqlite:///spotter.db"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _tune_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Leave BEGIN to us; readers go on while a load writes (WAL); the law of foreign keys holds."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", f"busy_timeout = {LOCK_WAIT_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if WRITES in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {options.get(WAITS, LOCK_WAIT_MS)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # once for every answer, so without the machinery for statements; it waits for nobody and cannot be refused
        connection.connection.cursor().execute("BEGIN")


def _is_ready(connection: Connection) -> bool:
    """Whether every table is there and the derived ones are of the present schema; asked without the writers' lock."""
    there = set(inspect(connection).get_table_names())
    if not there >= {_table(model) for model in (*KEPT, *DERIVED)}:
        return False
    with Session(connection) as session:
        version = session.get(Version, 1)
        return version is not None and version.schema_stamp == schema_stamp()


def _prepare(connection: Connection) -> None:
    """Make the tables; where the derived ones are of another schema, make them new and empty."""
    derived = [SQLModel.metadata.tables[_table(model)] for model in DERIVED]
    kept = [SQLModel.metadata.tables[_table(model)] for model in KEPT]
    SQLModel.metadata.create_all(connection, tables=kept)
    bring_up_to_date(connection, kept)
    with Session(connection) as session:
        version = session.get(Version, 1) or Version()
        if version.schema_stamp != schema_stamp() or not inspect(connection).has_table("race"):
            SQLModel.metadata.drop_all(connection, tables=derived)
            SQLModel.metadata.create_all(connection, tables=derived)
            version.schema_stamp = schema_stamp()
            version.loaded_at = None
            session.add(version)
            session.flush()


def _table(model: type[SQLModel]) -> str:
    return str(model.__tablename__)


def _cannot(engine: Engine, error: Exception) -> str:
    """One line on a database that fails: which, why, and what to do."""
    why = str(getattr(error, "orig", error)).splitlines()[0]
    where = engine.url.render_as_string(hide_password=True)
    return f"The archive at {where} cannot be used: {why}. Check DATABASE_URL, the folder and its rights."
