"""Values for PostgreSQL's driver, and very many rows of them at once.

Separate from `postgres`, so that a start imports the driver only where it is used.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from psycopg import Connection, Cursor
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.types.string import StrDumperUnknown

__all__ = ["copy_rows", "strip_null_characters"]

ROWS_PER_COPY = 10_000  # rows of one COPY


class BooleanDumper(Dumper):
    """Booleans as 1 or 0, which columns of numbers take as well as those of booleans: counts are made of both."""

    def dump(self, obj: object) -> bytes:
        """The digit."""
        return b"1" if obj else b"0"


class TextDumper(StrDumperUnknown):
    """Text without the null character, which nobody sees and PostgreSQL does not keep."""

    def dump(self, obj: str) -> Buffer | None:
        """The bytes."""
        return super().dump(obj.replace("\0", ""))


def strip_null_characters(connection: "Connection[object]") -> None:
    """Leave the null character out of every text that this connection sends."""
    connection.adapters.register_dumper(str, TextDumper)


def copy_rows(cursor: "Cursor[object]", target: str, rows: Iterable[Sequence[object]]) -> None:
    """Copy rows into a table; `target` is its quoted name and columns. Raises the error of the driver."""
    cursor.adapters.register_dumper(bool, BooleanDumper)
    remaining = iter(rows)
    # Some at a time before each COPY: whatever makes the rows may be asking the same connection.
    while batch := list(islice(remaining, ROWS_PER_COPY)):
        with cursor.copy(f"COPY {target} FROM STDIN".encode()) as copy:
            for row in batch:
                copy.write_row(row)
