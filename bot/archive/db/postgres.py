"""PostgreSQL's own ways: connections, how transactions begin, collations, and new tables made beside the old.

A reader sees one snapshot (REPEATABLE READ). It takes a share of the table `version` before that: who puts new tables
in the place of old ones takes all of it, so that nobody reads new tables through a snapshot in which they are empty.
Writers exclude each other by one advisory lock, which goes with its transaction, however that ends.

New tables are made in a schema of their own, and change places with the old ones at the end of the load. Dropping the
old ones at its beginning would save 45 lines, and after an update every process would answer "being rebuilt" for the
nine seconds of a load of the whole history, where those not yet updated now answer from the old tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, Engine, Integer, MetaData, String, Table, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import SchemaConst
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from psycopg import Connection as PsycopgConnection

__all__ = [
    "OPTIONS",
    "begin",
    "byte_ordered_tables",
    "check_exists",
    "create_new_tables",
    "fault",
    "is_away",
    "is_busy",
    "replace_old_tables",
    "set_up",
    "tune",
    "write_back",
]

OPTIONS: Mapping[str, object] = {
    "pool_pre_ping": True,  # a connection that broke is noticed before it is used
    "connect_args": {
        "connect_timeout": 2,  # Discord waits three seconds for an answer
        # A statement that is asked again is prepared: 0.09 ms instead of 0.28 (a table of results, measured). Not the
        # first time: what is seen where results are hidden has texts that nobody asks twice.
        "prepare_threshold": 1,
    },
}
# Prepared statements of one connection; answers have some 150, with a text for each length of a list. psycopg keeps
# 100, and takes another round to forget one for each new one.
MAX_PREPARED_STATEMENTS = 400
WRITER_LOCK_ID = 0x53504F54544552  # the advisory lock of writers; advisory locks are of one database
NEW_TABLES_SCHEMA = "spotter_anew"  # the schema in which tables are made that will replace others
READER_WAIT_MS = 60_000  # an answer takes milliseconds; past this something else holds the tables
BEGIN_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE version IN ACCESS SHARE MODE"
BEGIN_LOOK = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
BUSY_STATES = frozenset(["55P03", "40P01"])  # lock not available, deadlock detected


class WideInteger(Integer):
    """Whole numbers, compared as large ones: a season that somebody types may be larger than a column allows."""

    __visit_name__ = "big_integer"
    render_bind_cast = True


def set_up(engine: Engine) -> None:
    """Set how values are given to queries, and of which rows indexes are, before the first connection."""
    engine.dialect.colspecs = {**engine.dialect.colspecs, Integer: WideInteger}
    # The models say it for SQLite alone: said for PostgreSQL it has SQLAlchemy import all that is PostgreSQL's in every
    # start (20 ms, 2 MB), though most archives are a file.
    for index in (index for table in SQLModel.metadata.tables.values() for index in table.indexes):
        if "sqlite_where" in index.dialect_kwargs:
            index.dialect_kwargs["postgresql_where"] = index.dialect_kwargs["sqlite_where"]


def tune(connection: DBAPIConnection, lock_wait_ms: int) -> None:
    """Set up a new connection: BEGIN is left to us, times are UTC as stored, no lock is waited for without end."""
    from bot.archive.db.postgres_copy import strip_null_characters  # noqa: PLC0415

    connection.autocommit = True
    connection.prepared_max = MAX_PREPARED_STATEMENTS
    strip_null_characters(cast("PsycopgConnection[object]", connection))
    cursor = connection.cursor()
    cursor.execute(f"SET TIME ZONE 'UTC'; SET lock_timeout = {lock_wait_ms}")
    cursor.close()


def check_exists(_: Engine) -> None:
    """Check nothing: a server makes no database by itself."""


def fault(connection: Connection) -> str | None:
    """What makes this database unfit for an archive, for people; None where it is fit."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding == "UTF8":
        return None
    return f"its texts are {encoding}, which cannot hold every name. Make one with ENCODING 'UTF8' (createdb -E UTF8)"


def begin(connection: Connection, mode: str, wait_ms: int) -> None:
    """Begin a transaction that reads one snapshot ("read"), asks which tables there are ("look"), or one to "write".

    A writer waits so long for the lock, and sees what the one before it committed: a snapshot taken before the lock
    would not show that.
    """
    wait = f"SET LOCAL lock_timeout = {max(wait_ms, 1)}"  # 0 would be without end
    begin_write = f"BEGIN; {wait}; SELECT pg_advisory_xact_lock({WRITER_LOCK_ID})"
    if mode != "none":
        connection.exec_driver_sql({"read": BEGIN_READ, "look": BEGIN_LOOK, "write": begin_write}[mode])


def write_back(_: Connection) -> bool:
    """False: the server sees to its log itself."""
    return False


def is_busy(error: DBAPIError) -> bool:
    """Whether somebody else has the lock."""
    return getattr(error.orig, "sqlstate", None) in BUSY_STATES


def is_away(error: DBAPIError) -> bool:
    """Whether there is no connection: the server is stopped, starting or out of reach, and may come back."""
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(("08", "57P"))


def byte_ordered_tables(tables: Iterable[Table], schema: str | None = None) -> list[Table]:
    """Copies of tables with texts in the order of their bytes, as on SQLite, whatever the database was made with."""
    metadata = MetaData()
    copies = [table.to_metadata(metadata, schema=schema or SchemaConst.RETAIN_SCHEMA) for table in tables]
    for column in (column for table in copies for column in table.columns):
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if isinstance(kind, String):
            column.type = String(collation="C")
    return copies


def create_new_tables(connection: Connection, tables: Sequence[Table]) -> None:
    """Make empty tables that this transaction sees in the place of those of the same names; others see the old."""
    main = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    connection.exec_driver_sql(f"CREATE SCHEMA {NEW_TABLES_SCHEMA}")
    copies = byte_ordered_tables(tables, NEW_TABLES_SCHEMA)
    copies[0].metadata.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(f"SET LOCAL search_path TO {NEW_TABLES_SCHEMA}, {main}")


def replace_old_tables(connection: Connection, tables: Sequence[Table]) -> None:
    """Put the new tables in the place of the old ones, once whoever reads those has finished."""
    main = connection.exec_driver_sql("SELECT quote_ident((current_schemas(false))[2])").scalar_one()
    old = set(inspect(connection).get_table_names(schema=main.strip('"')))
    execute, quote = connection.exec_driver_sql, connection.dialect.identifier_preparer.quote
    execute(f"SET LOCAL lock_timeout = {READER_WAIT_MS}")
    # Every reader has a share of this table: this waits for those who read the old tables and holds up new readers.
    execute(f"LOCK TABLE {main}.version IN ACCESS EXCLUSIVE MODE")
    # Tables that point to others go first, so that nothing points to a table that is gone.
    for table in reversed(tables):
        if table.name in old:
            execute(f"DROP TABLE {main}.{quote(table.name)} CASCADE")
    for table in tables:
        execute(f"ALTER TABLE {NEW_TABLES_SCHEMA}.{quote(table.name)} SET SCHEMA {main}")
    execute(f"DROP SCHEMA {NEW_TABLES_SCHEMA}")
