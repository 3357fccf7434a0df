"""Documents -> archive, in one transaction: wholly done or not done at all."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, delete, select

from bot.archive.engine import reading, writing
from bot.archive.models import (
    DERIVED,
    Name,
    Race,
    Source,
    Spelling,
    StoredDocument,
    Version,
)
from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.document import Document
from bot.errors import BadDocument
from bot.loading.derive import Derived, derive
from bot.loading.difference import differences, documents_changed
from bot.loading.folder import Folder, decode, read_folder
from bot.loading.reading import Readings, read_documents
from bot.loading.report import Report

__all__ = ["holds_nothing", "load"]

PER_RACE: tuple[type[SQLModel], ...] = tuple(model for model in DERIVED if model not in (Source, Race, Name, Spelling))


def holds_nothing(engine: Engine) -> bool:
    """Whether no load has filled this archive yet."""
    with reading(engine) as session:
        return session.get_one(Version, 1).loaded_at is None


def load(engine: Engine, directory: Path, *, dry_run: bool = False) -> Report:
    """Make the archive say what the documents of a folder say, and report what that changes.

    A document that cannot be read is rejected whole; its last good version stays in force. With `dry_run` nothing is
    written. Raises ArchiveUnusable (folder or database), LoadUnderWay (somebody else is loading).
    """
    folder = read_folder(directory)
    with reading(engine) as session:
        if _nothing_new(session, folder):
            return Report(session.get_one(Version, 1).number, dry_run=dry_run)
    if dry_run:
        with reading(engine) as session:
            return _load(session, folder, dry_run=True)
    with writing(engine) as session:
        return _load(session, folder, dry_run=False)


def _nothing_new(session: Session, folder: Folder) -> bool:
    """Whether every document is stored with the same digest, and nothing else is."""
    if folder.rejected or session.get_one(Version, 1).loaded_at is None:
        return False
    stored = dict(session.exec(select(StoredDocument.name, StoredDocument.digest)).all())
    return stored == {document.name: document.digest for document in _all(folder)}


def _load(session: Session, folder: Folder, *, dry_run: bool) -> Report:
    stored = {row.name: row for row in session.exec(select(StoredDocument))}
    readings, good, kept = _read_with_last_good(folder, stored)
    derived = derive(readings)
    old_races = {race.key: race for race in session.exec(select(Race))}
    version = session.get_one(Version, 1)
    changes = differences(old_races, _rows_by_race(session), derived.races)
    report = Report(
        version.number + (0 if dry_run else 1),
        tuple(changes.values()),
        documents_changed({name: row.digest for name, row in stored.items()}, {one.name: one.digest for one in good}),
        tuple(str(error) for error in readings.rejected),
        kept,
        dry_run,
    )
    if dry_run:
        return report
    if report.unchanged and version.loaded_at is not None:
        return Report(version.number, rejected=report.rejected, kept=kept)
    _write(session, derived, frozenset(changes), good)
    version.number += 1
    version.loaded_at = datetime.now(UTC)
    session.add(version)
    return report


def _read_with_last_good(
    folder: Folder, stored: dict[str, StoredDocument]
) -> tuple[Readings, tuple[Document, ...], tuple[str, ...]]:
    """Everything readable; for what is not, the version that was read last. Also: all in force, and which were kept."""
    readings = read_documents(folder.documents, folder.catalogue)
    rejected = (*folder.rejected, *readings.rejected)
    kept = sorted({error.path.name for error in rejected} & set(stored))
    names = {error.path.name for error in rejected}
    documents = [document for document in _all(folder) if document.name not in names]
    documents += [_restored(stored[name]) for name in kept]
    catalogue = next((document for document in documents if document.name == CATALOGUE_NAME), None)
    again = read_documents([document for document in documents if document.name != CATALOGUE_NAME], catalogue)
    return (
        Readings(again.documents, again.catalogue, tuple(sorted(rejected, key=_place))),
        tuple(sorted(documents, key=lambda document: document.name)),
        tuple(kept),
    )


def _write(session: Session, derived: Derived, changed: frozenset[str], good: Sequence[Document]) -> None:
    """Replace the rows of every changed race, and all sources, names and stored documents."""
    keys = sorted(changed)
    for model in reversed(PER_RACE):
        column = model.race  # type: ignore[attr-defined]
        session.exec(delete(model).where(col(column).in_(keys)))
    session.exec(delete(Race).where(col(Race.key).in_(keys)))
    for table in (Source, Name, Spelling, StoredDocument):
        session.exec(delete(table))
    rewritten = [race for race in derived.races if race.race.key in changed]
    _insert(session, [race.race for race in rewritten])
    _insert(session, [row for race in rewritten for row in race.rows])
    _insert(session, [*derived.sources, *derived.names, *(_stored(document) for document in good)])


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    """Parents are inserted by an earlier call: nothing here orders rows by foreign keys."""
    session.add_all(list(rows))
    session.flush()


def _rows_by_race(session: Session) -> dict[str, list[SQLModel]]:
    rows: dict[str, list[SQLModel]] = {}
    for model in PER_RACE:
        for row in session.exec(select(model)):
            rows.setdefault(row.race, []).append(row)  # type: ignore[attr-defined]
    return rows


def _all(folder: Folder) -> tuple[Document, ...]:
    return (*folder.documents, folder.catalogue) if folder.catalogue else folder.documents


def _stored(document: Document) -> StoredDocument:
    content = zlib.compress("\n".join(document.lines).encode())
    return StoredDocument(name=document.name, digest=document.digest, content=content)


def _restored(row: StoredDocument) -> Document:
    """The document as it was; its digest stays the one of the bytes it came in."""
    text = decode(row.name, zlib.decompress(row.content))
    return Document(row.name, row.digest, text.lines)


def _place(error: BadDocument) -> tuple[str, int]:
    return error.path.name, error.line
