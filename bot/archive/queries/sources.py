"""Documents: which the archive stands on, which are kept, and which data this is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import Prepared, read_rows
from bot.archive.models.core import Source, Version
from bot.archive.models.user_data import HeldDocument

__all__ = ["Loaded", "SourceRow", "loaded", "sources", "sources_named", "sources_of_race", "stored_names"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document that the archive stands on; the columns are those of `Source` without its digest."""

    document: str
    kind: str
    title: str
    lines: int
    race: str | None
    appeared: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which data this is: its version, and when it was loaded (None: never)."""

    number: int
    loaded_at: datetime | None


_BY_NAME = (col(Source.document),)
_NAMED = Prepared(SourceRow, Source, col(Source.document).in_(bindparam("documents", expanding=True)))
_NAMED_SO = Prepared(SourceRow, Source, col(Source.document) == bindparam("document"))
_OF_RACE = Prepared(SourceRow, Source, col(Source.race) == bindparam("race"), order=_BY_NAME)


def sources(session: Session) -> tuple[SourceRow, ...]:
    """Every document the archive stands on, by name."""
    return read_rows(session, SourceRow, Source, order=_BY_NAME)


def sources_named(session: Session, documents: Iterable[str]) -> tuple[SourceRow, ...]:
    """The sources of these file names."""
    names = sorted(set(documents))
    if len(names) == 1:  # most cards stand on one document
        return _NAMED_SO.rows(session, document=names[0])
    return _NAMED.rows(session, documents=names)


def sources_of_race(session: Session, race: str) -> tuple[SourceRow, ...]:
    """The documents that tell of a race, by name."""
    return _OF_RACE.rows(session, race=race)


def stored_names(session: Session) -> tuple[str, ...]:
    """The names of all documents that are kept, read or not."""
    return tuple(session.exec(select(HeldDocument.name).order_by(col(HeldDocument.name))))


def loaded(session: Session) -> Loaded:
    """Which data this is. An archive without a version row is of version 0 and was never loaded."""
    rows = read_rows(session, Loaded, Version, col(Version.id) == 1)
    return rows[0] if rows else Loaded(0, None)
