"""How values go to PostgreSQL's driver, and very many of them at once.

Apart from `postgres`, so that a start imports the driver only where it is used.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from psycopg import Connection, Cursor, Error
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.types.string import StrDumperUnknown
from sqlalchemy.exc import DBAPIError

__all__ = ["copy_in", "leave_out_nulls"]

AT_ONCE = 10_000  # rows of one COPY


class Digit(Dumper):
    """Truth as 1 or 0, which columns of numbers take as well as those of truth: counts are made of both."""

    def dump(self, obj: object) -> bytes:
        """The digit."""
        return b"1" if obj else b"0"


class Text(StrDumperUnknown):
    """Text without the null character, which nobody sees and PostgreSQL does not keep."""

    def dump(self, obj: str) -> Buffer | None:
        """The bytes."""
        return super().dump(obj.replace("\0", ""))


def leave_out_nulls(connection: "Connection[object]") -> None:
    """Leave the null character out of whatever is told to the database."""
    connection.adapters.register_dumper(str, Text)


def copy_in(cursor: "Cursor[object]", into: str, rows: Iterable[Sequence[object]]) -> None:
    """Rows into a table by COPY; `into` is its quoted name and columns. Raises what SQLAlchemy would raise.

    They are drawn some at a time before each COPY: what gives them may be asking the same connection.
    """
    cursor.adapters.register_dumper(bool, Digit)
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        try:
            with cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
                for row in some:
                    copy.write_row(row)
        except Error as error:
            broken = cursor.connection.broken
            raise DBAPIError.instance(into, None, error, Error, connection_invalidated=broken) from error
