"""What people entered outlives every schema: tables that are kept are brought to the present one, never dropped."""

from datetime import UTC, datetime

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.schema import CreateColumn

__all__ = ["bring_up_to_date"]


def bring_up_to_date(connection: Connection, kept: list[Table]) -> None:
    """Give tables that are kept the columns they lack, and move documents of the first schema to where they are now.

    The tables exist already. A new column has to have a default, or to allow nothing.
    """
    for table in kept:
        there = {column["name"] for column in inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                default = "" if column.nullable else " DEFAULT ''"
                made = CreateColumn(column).compile(connection)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {made}{default}"))
    if inspect(connection).has_table("stored_document"):
        _move_documents(connection)


def _move_documents(connection: Connection) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    for move in (
        "INSERT INTO document_text (digest, size, content) "
        "SELECT DISTINCT digest, length(content) * 3, content FROM stored_document "
        "WHERE digest NOT IN (SELECT digest FROM document_text)",
        "INSERT INTO held_document (name, digest, origin, by, at) "
        "SELECT name, digest, 'folder', 'the program', :now FROM stored_document "
        "WHERE name NOT IN (SELECT name FROM held_document)",
        "DROP TABLE stored_document",
    ):
        connection.execute(text(move), {"now": now} if ":now" in move else {})
