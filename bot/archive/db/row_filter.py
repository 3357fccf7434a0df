"""Filter of rows: for a while a connection sees some tables without some of their rows, whatever it is asked.

Every statement that names such a table gets a common table expression of the same name in front, on SQLite and on
PostgreSQL alike. So no query has to know of it and none can forget it; without a filter nothing is looked at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, event
from sqlmodel import Session

__all__ = ["RowFilter", "filtered_rows", "listen_for_filters", "row_filter_of", "seen_rows", "sql_literal"]

TABLE_MARK = "{table}"
FILTER = "spotter_row_filter"  # in the info of a connection
MAX_STATEMENTS = 1_000  # whose new texts are kept; the program has some two hundred
_WORD = re.compile(r"\w+")
_WITH = re.compile(r"WITH\s", re.IGNORECASE)
_SELECT = re.compile(r"\(?\s?(?:SELECT|WITH)\s", re.IGNORECASE)


class RowFilter:
    """What is seen of each table: `tables` has for its name what is selected of it (`seen_rows`). For any thread."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        self._tables = tables
        self._texts: dict[tuple[str, str], str] = {}

    def with_tables(self, tables: Mapping[str, str]) -> "RowFilter":
        """The same filter with further tables."""
        return RowFilter({**self._tables, **tables})

    def applied(self, statement: str, dialect: str) -> str:
        """A statement as it is asked with the filter; itself where it reads nothing that is filtered."""
        text = self._texts.get((dialect, statement))
        if text is None:
            text = self._with_expressions(statement, dialect)
            if len(self._texts) < MAX_STATEMENTS:
                self._texts[dialect, statement] = text
        return text

    def _with_expressions(self, statement: str, dialect: str) -> str:
        query = statement.lstrip()
        names = self._tables.keys() & set(_WORD.findall(query)) if _SELECT.match(query) else frozenset()
        if not names:
            return statement
        expressions = ", ".join(_expression(name, self._tables[name], dialect) for name in sorted(names))
        begin = _WITH.match(query)
        return f"WITH {expressions}, {query[begin.end() :]}" if begin else f"WITH {expressions} {query}"


@contextmanager
def filtered_rows(session: Session, row_filter: RowFilter) -> Iterator[None]:
    """Context manager in which a session sees its archive through a filter."""
    info = session.connection().info
    info[FILTER] = row_filter
    try:
        yield
    finally:
        del info[FILTER]


def row_filter_of(connection: PoolProxiedConnection) -> RowFilter | None:
    """The filter that a connection of the pool is asked through now; None where all is seen."""
    return connection.info.get(FILTER)


def listen_for_filters(engine: Engine) -> None:
    """Have the filter of a connection hold for what SQLAlchemy asks of it, too."""
    event.listen(engine, "before_cursor_execute", _apply, retval=True)


def _apply(connection: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> tuple[str, Any]:
    row_filter = row_filter_of(connection.connection)
    return row_filter.applied(statement, connection.dialect.name) if row_filter else statement, parameters


def sql_literal(value: object) -> str:
    """A value as it is written into a statement."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return repr(float(value)) if isinstance(value, float) else str(int(value))
    text = str(value).replace("'", "''")
    return f"'{text}'"


def seen_rows(columns: Iterable[str] = ("*",), where: str = "") -> str:
    """What is selected of a table: these columns, of the rows for which `where` holds; values in it are literals."""
    condition = f" WHERE {where}" if where else ""
    return f"SELECT {', '.join(columns)} FROM {TABLE_MARK}{condition}"  # noqa: S608 - nothing anybody typed


def _expression(name: str, selected: str, dialect: str) -> str:
    """What is seen of a table under the table's own name."""
    # On SQLite an expression that names itself is recursive, on PostgreSQL it names the table; there a percent sign
    # begins a parameter.
    is_sqlite = dialect == "sqlite"
    text = selected.replace(TABLE_MARK, f'main."{name}"' if is_sqlite else f'"{name}"')
    return f'"{name}" AS NOT MATERIALIZED ({text if is_sqlite else text.replace("%", "%%")})'
