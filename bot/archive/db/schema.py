"""Schema of the tables: those of people are brought up to date step by step, derived ones made anew and filled again.

Whoever finds derived tables of another schema leaves them to be read by others until a load has filled new ones: both
become true in its one transaction.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Index, Table, inspect
from sqlalchemy.schema import CreateTable
from sqlmodel import Session, SQLModel

from bot.archive.db import postgres
from bot.archive.db.migrate import is_up_to_date, upgrade
from bot.archive.models.core import DERIVED_TABLES, Version
from bot.errors import ArchiveAway

__all__ = ["REBUILD_MESSAGE", "current_schema", "has_current_schema", "is_ready", "prepare_tables", "schema_stamp"]

REBUILD_MESSAGE = (
    "The archive is being rebuilt after an update of the program. Try again in a minute; if that does not help, "
    "this bot runs an older version and has to be started again."
)


@cache
def schema_stamp() -> str:
    """A digest of how the derived tables are made: another stamp means that they must be derived anew."""
    statements = "\n".join(
        f"{CreateTable(table)} {dict(table.dialect_kwargs)} {sorted(map(_index_text, table.indexes))}"
        for table in _tables_of(DERIVED_TABLES)
    )
    return hashlib.sha256(statements.encode()).hexdigest()[:16]


def _index_text(index: Index) -> str:
    return f"{index.name} {index.columns.keys()} {index.dialect_kwargs.get('sqlite_where', '')}"


def is_ready(connection: Connection) -> bool:
    """Whether nothing has to be made before questions can be asked; found out without the writers' lock."""
    if not is_up_to_date(connection):
        return False
    with Session(connection) as session:
        version = session.get(Version, 1)
    # Tables of another schema can be read by another process or filled by a load, unless nothing was ever loaded.
    if version is None or version.schema_stamp != schema_stamp():
        return version is not None and version.loaded_at is not None
    return set(inspect(connection).get_table_names()) >= {table.name for table in _tables_of(DERIVED_TABLES)}


def prepare_tables(connection: Connection) -> None:
    """Bring the tables of people up to date; make the derived ones where nobody could read them as they are.

    The caller's transaction has the writers' lock. Raises ArchiveUnusable where a newer version of the program has made
    the tables of people.
    """
    if not is_up_to_date(connection):
        upgrade(connection)
    if not is_ready(connection):
        _create_tables(connection, _tables_of(DERIVED_TABLES))
        with Session(connection) as session:
            _write_stamp(session, session.get(Version, 1) or Version())


def has_current_schema(session: Session) -> bool:
    """Whether the derived tables are those of this program."""
    return session.get_one(Version, 1).schema_stamp == schema_stamp()


@contextmanager
def current_schema(session: Session, *, rebuild: bool) -> Iterator[None]:
    """Context manager that, where the derived tables are of another schema, gives a load new and empty ones.

    It is used within the transaction of the load. Raises ArchiveAway where `rebuild` is false and the schema is
    another: another version of the program is at work.
    """
    if has_current_schema(session):
        yield
        return
    if not rebuild:
        raise ArchiveAway(REBUILD_MESSAGE)
    connection, derived = session.connection(), _tables_of(DERIVED_TABLES)
    is_postgresql = connection.dialect.name == "postgresql"
    # On SQLite a snapshot keeps the old tables; on PostgreSQL dropping them holds every reader up until the load ends.
    if is_postgresql:
        postgres.create_new_tables(connection, derived)
    else:
        _create_tables(connection, derived)
    _write_stamp(session, session.get_one(Version, 1))
    yield
    session.flush()
    if is_postgresql:
        postgres.replace_old_tables(connection, derived)


def _create_tables(connection: Connection, tables: list[Table]) -> None:
    SQLModel.metadata.drop_all(connection, tables=tables)
    new_tables = postgres.byte_ordered_tables(tables) if connection.dialect.name == "postgresql" else tables
    new_tables[0].metadata.create_all(connection, tables=new_tables)


def _write_stamp(session: Session, version: Version) -> None:
    version.schema_stamp, version.loaded_at = schema_stamp(), None
    session.add(version)
    session.flush()


@cache
def _tables_of(models: tuple[type[SQLModel], ...]) -> list[Table]:
    """The tables of these models, each after those it points to."""
    names = {str(model.__tablename__) for model in models}
    return [table for table in SQLModel.metadata.sorted_tables if table.name in names]
