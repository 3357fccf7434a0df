"""What is in force: documents with what moderators said of them, and corrections. From it the archive is derived."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import Session, col, delete, select

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.fetching import PublishedVersion
from bot.archive.models.user_data import ActiveDocumentRecord, Correction, DocumentText, ExcludedDocument, LoadRecord
from bot.loading.stored_json import from_json, to_json

__all__ = [
    "EMPTY_SET",
    "ORIGIN_FOLDER",
    "ORIGIN_UPLOAD",
    "ActiveDocument",
    "DocumentSet",
    "active_digests",
    "active_set",
    "document_set_from_json",
    "document_set_to_json",
    "excluded_digests",
    "gone_digests",
    "missing_texts",
    "set_before_load",
    "write_document_set",
]

ORIGIN_FOLDER, ORIGIN_UPLOAD = "folder", "upload"


@dataclass(frozen=True, slots=True)
class ActiveDocument:
    """A document in force; the fields are those of `ActiveDocumentRecord`."""

    name: str
    digest: str
    origin: str
    by: str
    at: datetime
    race: str | None = None
    kind: str | None = None

    @property
    def build_inputs(self) -> tuple[str, str, str | None, str | None]:
        """All that the archive depends on."""
        return self.name, self.digest, self.race, self.kind


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Everything in force: documents by name, and the numbers of the corrections."""

    documents: Mapping[str, ActiveDocument] = field(default_factory=dict)
    corrections: frozenset[int] = frozenset()

    def fingerprint(self, pending_corrections: Iterable[tuple[str, str, str]] = ()) -> str:
        """A digest of all the archive depends on; `pending_corrections` are (race, what, value) of those to come."""
        parts = [
            sorted(map(repr, (document.build_inputs for document in self.documents.values()))),
            sorted(self.corrections),
            *pending_corrections,
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


EMPTY_SET = DocumentSet()


class StoredDocument(NamedTuple):
    """A document as the log keeps it: a list of these in this order."""

    name: str
    digest: str
    origin: str
    by: str
    at: datetime
    race: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class StoredDocumentSet:
    """Everything in force as the log keeps it, as JSON."""

    documents: tuple[StoredDocument, ...]
    corrections: tuple[int, ...]


def active_set(session: Session) -> DocumentSet:
    """What is in force now."""
    rows = session.exec(select(ActiveDocumentRecord).order_by(col(ActiveDocumentRecord.name)))
    documents = {
        row.name: ActiveDocument(row.name, row.digest, row.origin, row.by, in_utc(row.at), row.race, row.kind)
        for row in rows
    }
    numbers = session.exec(select(Correction.number).where(col(Correction.in_force)))
    return DocumentSet(documents, frozenset(number for number in numbers if number is not None))


def active_digests(session: Session) -> dict[str, str]:
    """The digest of every document in force, by its name."""
    return dict(session.exec(select(ActiveDocumentRecord.name, ActiveDocumentRecord.digest)).all())


def write_document_set(session: Session, document_set: DocumentSet) -> None:
    """Put a state in force; its texts and corrections are kept already."""
    session.exec(delete(ActiveDocumentRecord))
    session.add_all(
        ActiveDocumentRecord(
            name=document.name,
            digest=document.digest,
            origin=document.origin,
            race=document.race,
            kind=document.kind,
            by=document.by,
            at=document.at,
        )
        for document in document_set.documents.values()
    )
    for row in session.exec(select(Correction)):
        row.in_force = row.number in document_set.corrections
        session.add(row)
    session.flush()


def set_before_load(session: Session, load_number: int) -> DocumentSet:
    """What was in force before a load: after the one before it, or nothing at all."""
    query = select(LoadRecord).where(LoadRecord.number < load_number).order_by(col(LoadRecord.number).desc()).limit(1)
    record = session.exec(query).first()
    return document_set_from_json(record.state) if record else EMPTY_SET


def missing_texts(session: Session, document_set: DocumentSet) -> tuple[str, ...]:
    """The names of the documents of a set whose text is no longer kept: old versions of watched ones."""
    gone = gone_digests(session)
    return tuple(sorted(name for name, document in document_set.documents.items() if document.digest in gone))


def gone_digests(session: Session) -> frozenset[str]:
    """The digests of the versions of watched documents whose texts are no longer kept."""
    query = select(PublishedVersion.digest).where(~col(PublishedVersion.is_kept))
    gone = frozenset(session.exec(query))
    if not gone:
        return gone
    kept = session.exec(select(DocumentText.digest).where(col(DocumentText.digest).in_(sorted(gone)))).all()
    return gone - frozenset(kept)


def document_set_to_json(document_set: DocumentSet) -> bytes:
    """A document set, compressed, to be kept with a load."""
    documents = tuple(
        StoredDocument(
            document.name, document.digest, document.origin, document.by, document.at, document.race, document.kind
        )
        for document in document_set.documents.values()
    )
    return compress_text(to_json(StoredDocumentSet(documents, tuple(sorted(document_set.corrections)))))


def document_set_from_json(content: bytes) -> DocumentSet:
    """The document set that was kept with a load. Raises ValueError where it is none."""
    stored = from_json(StoredDocumentSet, decompress_text(content))
    documents = {document.name: ActiveDocument(*document) for document in stored.documents}
    return DocumentSet(documents, frozenset(stored.corrections))


def excluded_digests(session: Session) -> frozenset[str]:
    """The digest of every text that is set aside, under whatever name."""
    return frozenset(session.exec(select(ExcludedDocument.digest)))


def in_utc(moment: datetime) -> datetime:
    """A moment as the database gives it back: it keeps UTC and does not say so."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
