"""Bulk inserts: very many plain tuples into a table, past the ORM, within the transaction of a load."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import Connection, Index, Table
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from psycopg import Cursor

__all__ = ["bulk_insert", "in_batches", "table_of", "without_indexes"]

T = TypeVar("T")
BATCH_SIZE = 500  # values that one statement names, or rows in memory at a time


def in_batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of as many as one statement names."""
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def bulk_insert(
    connection: Connection, model: type[SQLModel], columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows whose values stand in the order of `columns`; the other columns have to allow nothing.

    Measured on 180,000 results: a fifth of the time that SQLAlchemy's own `insert` takes. Raises what the driver raises
    for a row that breaks a constraint, on PostgreSQL as DBAPIError.
    """
    table = table_of(model)
    quote = connection.dialect.identifier_preparer.quote
    column_list = ", ".join(quote(column) for column in columns)
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            from bot.archive.db.postgres_copy import copy_rows  # noqa: PLC0415

            copy_rows(cast("Cursor[object]", cursor), f"{quote(table.name)} ({column_list})", rows)
        else:
            placeholders = ", ".join(["?"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table.name)} ({column_list}) VALUES ({placeholders})", rows)  # type: ignore[arg-type]  # noqa: S608
    finally:
        cursor.close()


@contextmanager
def without_indexes(connection: Connection, *models: type[SQLModel]) -> Iterator[None]:
    """Context manager that leaves out the indexes of empty tables while they are filled, and makes them at the end.

    Making an index of all rows at once takes a third of the time that keeping it while they come takes (measured on
    SQLite). PostgreSQL would lock readers out of the table, so there it does nothing.
    """
    indexes: list[Index] = []
    if connection.dialect.name == "sqlite":
        indexes = sorted(
            (index for model in models for index in table_of(model).indexes), key=lambda index: str(index.name)
        )
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
