"""How much room the archive takes."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

__all__ = ["Size", "size_of"]

SQL = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@dataclass(frozen=True, slots=True)
class Size:
    """The whole database in bytes; None where it cannot be told."""

    archive: int | None


def size_of(session: Session) -> Size:
    """The size of the database that this session reads."""
    connection = session.connection()
    asked = SQL.get(connection.dialect.name)
    return Size(int(connection.execute(text(asked)).scalar_one()) if asked else None)
