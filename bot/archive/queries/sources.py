"""Documents that the archive stands on, the names of all that are active, and the data version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedTableQuery, read_rows
from bot.archive.models.core import Source, Version
from bot.archive.models.fetching import PublishedVersion
from bot.archive.models.user_data import ActiveDocumentRecord

__all__ = [
    "ArchiveVersion",
    "PublishedRow",
    "SourceRow",
    "active_document_names",
    "all_sources",
    "archive_version",
    "published_rows",
    "sources_by_name",
    "sources_of_race",
]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Document that the archive stands on; the columns are those of `Source` without its digest."""

    document: str
    kind: str
    title: str
    lines: int
    race: str | None
    appeared: date | None
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class ArchiveVersion:
    """Data version, and when it was loaded (None: never)."""

    number: int
    loaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """The version of a document in force; the columns are those of `PublishedVersion`."""

    document: str
    address: str
    version_address: str
    revision: int | None
    revised_at: datetime | None
    licence: str
    licence_address: str
    moved_from: str


_NAME_ORDER = (col(Source.document),)
_BY_NAMES = PreparedTableQuery(SourceRow, Source, col(Source.document).in_(bindparam("documents", expanding=True)))
_BY_ONE_NAME = PreparedTableQuery(SourceRow, Source, col(Source.document) == bindparam("document"))
_OF_RACE = PreparedTableQuery(SourceRow, Source, col(Source.race) == bindparam("race"), order=_NAME_ORDER)


def all_sources(session: Session) -> tuple[SourceRow, ...]:
    """Every document the archive stands on, by name."""
    return read_rows(session, SourceRow, Source, order=_NAME_ORDER)


def sources_by_name(session: Session, documents: Iterable[str]) -> tuple[SourceRow, ...]:
    """The sources of these file names."""
    names = sorted(set(documents))
    # Most cards stand on one document, and a list of names is a statement that SQLAlchemy expands at every question.
    if len(names) == 1:
        return _BY_ONE_NAME.repeated_rows(session, document=names[0])
    return _BY_NAMES.rows(session, documents=names)


def sources_of_race(session: Session, race: str) -> tuple[SourceRow, ...]:
    """The documents that tell of a race, by name."""
    return _OF_RACE.rows(session, race=race)


def active_document_names(session: Session) -> tuple[str, ...]:
    """The names of all active documents, read or not."""
    return tuple(session.exec(select(ActiveDocumentRecord.name).order_by(col(ActiveDocumentRecord.name))))


def archive_version(session: Session) -> ArchiveVersion:
    """The data version. An archive without a version row is of version 0 and was never loaded."""
    rows = read_rows(session, ArchiveVersion, Version, col(Version.id) == 1)
    return rows[0] if rows else ArchiveVersion(0, None)


def published_rows(session: Session, documents: Iterable[str]) -> Mapping[str, PublishedRow]:
    """The versions of those of these documents that were fetched, by name, in their order."""
    names = tuple(dict.fromkeys(documents))
    query = (
        select(PublishedVersion)
        .join(
            ActiveDocumentRecord,
            (col(ActiveDocumentRecord.name) == col(PublishedVersion.name))
            & (col(ActiveDocumentRecord.digest) == col(PublishedVersion.digest)),
        )
        .where(col(PublishedVersion.name).in_(names))
    )
    rows = {row.name: row for row in session.exec(query)} if names else {}
    return {name: _published_row(rows[name]) for name in names if name in rows}


def _published_row(row: PublishedVersion) -> PublishedRow:
    return PublishedRow(
        row.name,
        row.address,
        row.version_address,
        row.revision,
        row.revised_at,
        row.licence,
        row.licence_address,
        row.moved_from,
    )
