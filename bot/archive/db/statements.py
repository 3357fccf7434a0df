"""Statements that are built once and asked often: chosen columns into frozen rows, by SQLAlchemy Core without the ORM.

Rows are plain values, so they may leave the thread and the transaction. A statement that is kept is compiled once for a
kind of database and asked of its driver (`driver_query`); by Core it takes three times as long, by `Session.execute`
six times.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, SQLColumnExpression, inspect, literal_column, select
from sqlmodel import Session, SQLModel

from bot.archive.db.driver_query import DriverQuery, Statement
from bot.archive.db.read_pool import Snapshot

__all__ = ["PreparedQuery", "PreparedTableQuery", "read_rows", "single_value", "sort_value"]

T = TypeVar("T", bound=Hashable)


class PreparedQuery(Generic[T]):
    """A statement that is always the same; only the values it compares with differ.

    Each row is a `shape`, called with its columns in their order. What differs is a `bindparam` (`expanding` for the
    values of an `in_`), and is given by its name when rows are asked for.
    """

    def __init__(self, shape: Callable[..., T], statement: Statement) -> None:
        self._shape = shape
        self._statement = statement
        self._driver_queries: dict[str, DriverQuery] = {}  # by the kind of database

    def rows(self, session: Session, /, **values: object) -> tuple[T, ...]:
        """The rows for which all of the conditions hold with these values, in order. Raises DBAPIError."""
        connection, shape = session.connection(), self._shape
        return tuple([shape(*row) for row in self._rows(connection, values)])

    def repeated_rows(self, session: Session, /, **values: Hashable) -> tuple[T, ...]:
        """The same for few rows that many cards ask for: read once for each data version. Raises DBAPIError."""
        memo = session.memo if isinstance(session, Snapshot) else None
        if memo is None:
            return self.rows(session, **values)
        key = (self, *values.values())  # always given in the same order by who asks
        rows = memo.find(key)
        if rows is None:
            rows = self.rows(session, **values)
            memo.keep(key, rows)
        return rows

    def _rows(self, connection: Connection, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        dialect = connection.dialect
        query = self._driver_queries.get(dialect.name)
        if query is None:
            query = self._driver_queries[dialect.name] = DriverQuery(self._statement, dialect)
        if query.can_ask(values):
            return query.rows(connection, values)
        return connection.execute(self._statement, values).all()

    def first(self, session: Session, /, **values: object) -> T | None:
        """The first of the rows; None where there is none. Raises DBAPIError."""
        return next(iter(self.rows(session, **values)), None)


class PreparedTableQuery(PreparedQuery[T]):
    """A query of one table whose columns, conditions and order are always the same.

    `shape` is a dataclass; its fields are the columns of `model` to read, by name. `order` may use columns of `model`
    only. At most `max_rows` rows are read.

        FACTS = PreparedTableQuery(FactRow, FactRecord, col(FactRecord.race) == bindparam("race"))
        FACTS.rows(session, race="cup-2023-17")
    """

    def __init__(
        self,
        shape: type[T],
        model: type[SQLModel],
        *where: ColumnElement[bool],
        order: Sequence[SQLColumnExpression[Any]] = (),
        max_rows: int | None = None,
    ) -> None:
        super().__init__(shape, _select_columns(shape, model).where(*where).order_by(*order).limit(max_rows))


def read_rows(
    session: Session,
    shape: type[T],
    model: type[SQLModel],
    *where: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
) -> tuple[T, ...]:
    """The rows of a statement whose conditions differ from question to question. Raises DBAPIError."""
    # By the connection, because `Session.execute` first looks for objects in what is asked: twice the time.
    result = session.connection().execute(_select_columns(shape, model).where(*where).order_by(*order))
    return tuple([shape(*row) for row in result.all()])


def single_value(value: T) -> T:
    """The shape of a row of one column: its value."""
    return value


def sort_value(column: SQLColumnExpression[str]) -> ColumnElement[str]:
    """A text to sort or group by, as an expression, where other columns say which rows are read.

    By the bare column SQLite may read all rows in the order of an index on it to save the sort of a few: all races of a
    series for those of one season (0.53 ms instead of 0.03).
    """
    return column.concat(literal_column("''"))


@cache
def _select_columns(shape: type[Any], model: type[SQLModel]) -> Select[Any]:
    """`SELECT` of the columns that `shape` has fields for, in their order; built once, never changed."""
    columns = inspect(model).columns
    return select(*(columns[field.name] for field in fields(shape)))
