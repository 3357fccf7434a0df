"""Size of the database."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

__all__ = ["DatabaseSize", "read_database_size"]

SIZE_STATEMENTS = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@dataclass(frozen=True, slots=True)
class DatabaseSize:
    """Size of the whole database in bytes; None where that kind of database does not say."""

    size_bytes: int | None


def read_database_size(session: Session) -> DatabaseSize:
    """The size of the database that this session reads."""
    connection = session.connection()
    statement = SIZE_STATEMENTS.get(connection.dialect.name)
    return DatabaseSize(int(connection.execute(text(statement)).scalar_one()) if statement else None)
