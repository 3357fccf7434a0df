"""Errors of a database's driver as SQLAlchemy has them, where the driver itself was asked."""

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPIModule
from sqlalchemy.exc import DBAPIError

__all__ = ["as_database_error"]


def as_database_error(connection: Connection, statement: str, error: DBAPIModule.Error) -> BaseException:
    """The DBAPIError of what the driver raised; a broken connection is given up, so that the pool opens another."""
    dialect = connection.dialect
    is_broken = dialect.is_disconnect(error, connection.connection, None)
    if is_broken:
        connection.invalidate(error)
    kind = dialect.loaded_dbapi.Error
    return DBAPIError.instance(statement, None, error, kind, connection_invalidated=is_broken, dialect=dialect)
