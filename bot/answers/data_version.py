"""Data version: the number in the archive that every load raises."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from bot.archive.db.schema import REBUILD_MESSAGE, schema_stamp
from bot.archive.db.statements import PreparedTableQuery
from bot.archive.models.core import Version
from bot.errors import ArchiveUnusable

__all__ = ["DataVersion", "read_version"]


@dataclass(frozen=True, slots=True)
class DataVersion:
    """Data version, the schema of its tables, when it was loaded, and the number of the preferences.

    The columns are those of `Version`.
    """

    number: int
    schema_stamp: str
    loaded_at: datetime | None
    preferences: int = 0


NO_VERSION = DataVersion(0, "", None)
_VERSION_ROW = PreparedTableQuery(DataVersion, Version, col(Version.id) == 1)


def read_version(session: Session) -> DataVersion:
    """The data version that a snapshot shows; number 0 where nothing was ever loaded.

    Raises ArchiveUnusable where another version of the program has made the tables, or is to make them.
    """
    version = _VERSION_ROW.first(session)
    if version and version.schema_stamp != schema_stamp():
        raise ArchiveUnusable(REBUILD_MESSAGE)
    return version or NO_VERSION
