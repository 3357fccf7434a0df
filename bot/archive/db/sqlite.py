"""SQLite's own ways: how a connection is set up, how a transaction begins, how it says that it is locked."""

from collections.abc import Mapping
from pathlib import Path
from sqlite3 import register_adapter
from types import NoneType

from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

__all__ = ["OPTIONS", "begin", "check_exists", "fault", "is_away", "is_busy", "set_up", "tune", "write_back"]

OPTIONS: Mapping[str, object] = {}
# kB of pages that a connection keeps for itself. Those that answer read from the cache of the system at the cost of a
# fiftieth of an answer, and four of them save 6 MB; a load would write its pages to the log several times over.
READER_CACHE_KB, WRITER_CACHE_KB = 500, 16_000
_no_values: dict[None, None] = {}


def set_up(_: Engine) -> None:
    """Tell the driver at once what it would find out for each value: that a truth is a number, and nothing is nothing.

    It looks for a way to adapt whatever is no plain number or text; to find none takes four times what writing the
    value does (0.28 microseconds; of 180,000 results with five such values each, a quarter of a second).
    """
    register_adapter(bool, int)
    register_adapter(NoneType, _no_values.get)


def tune(connection: DBAPIConnection, lock_wait_ms: int) -> None:
    """Set up a new connection: BEGIN is left to us, readers go on while a load writes (WAL), foreign keys count."""
    connection.isolation_level = None
    cursor = connection.cursor()
    # How long to wait comes first: Python would wait five seconds for a file that is locked, Discord waits three.
    pragmas = (f"busy_timeout = {lock_wait_ms}", "journal_mode = WAL", "foreign_keys = ON",
               f"cache_size = -{READER_CACHE_KB}")  # fmt: skip
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def check_exists(engine: Engine) -> None:
    """Raise OSError where there is no file, or an empty one: SQLite would make a database of it."""
    path = Path(engine.url.database or "")
    if not path.is_file() or not path.stat().st_size:
        raise FileNotFoundError("there is no such file, or nothing in it")


def fault(_: Connection) -> None:
    """What makes this database unfit for an archive: nothing, once it can be opened."""


def begin(connection: Connection, mode: str, wait_ms: int) -> None:
    """Begin a transaction that reads ("read", "look"), or one to "write" that waits so long for the writers' lock.

    "none" begins no transaction.
    """
    if mode == "none":
        return
    if mode == "write":
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait_ms}")
        connection.exec_driver_sql(f"PRAGMA cache_size = -{WRITER_CACHE_KB}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Once for every answer, so past SQLAlchemy's way for statements; it waits for nobody and cannot be refused.
        connection.connection.cursor().execute("BEGIN")


def write_back(connection: Connection) -> bool:
    """Copy the log (WAL) into the file as far as no open snapshot needs it; whether all of it could be copied.

    A writer does so itself after its commit, but never to the end while a snapshot is open that does not see that
    commit: with snapshots that are always open the log would grow without end. Snapshots that are begun once all is
    copied read the file alone, and the next writer begins the log anew.
    """
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    [(_, log_frames, copied_frames)] = cursor.fetchall()
    cursor.close()
    return bool(log_frames == copied_frames)


def is_busy(error: DBAPIError) -> bool:
    """Whether somebody else has the lock."""
    return "locked" in str(error.orig)


def is_away(_: DBAPIError) -> bool:
    """Whether the database may come back by itself: a file does not."""
    return False
