"""Readings of documents as rows of the archive: those that are read anew, and none of documents that are gone."""

from dataclasses import dataclass

from sqlmodel import Session, select

from bot.archive.db.bulk import bulk_delete, bulk_insert
from bot.archive.document_texts import compress_text
from bot.archive.models.build_cache import ReadingRecord
from bot.loading.read.documents import DocumentReadings
from bot.loading.read.reading_json import readings_to_json

__all__ = ["ReadingRows", "build_reading_rows", "write_reading_rows"]

COLUMNS = ("document", "digest", "kind_override", "content")


@dataclass(frozen=True, slots=True)
class ReadingRows:
    """The documents in force that are no history, and the rows of those that were read anew, as in `COLUMNS`."""

    documents: frozenset[str]
    rows: tuple[tuple[str, str, str, bytes], ...]


def build_reading_rows(readings: DocumentReadings) -> ReadingRows:
    """The readings that no earlier load has kept. Raises BadDocument."""
    cache = readings.cache
    names = sorted({outline.name for outline in readings.outlines})
    anew = [readings.documents[name] for name in names if not cache.is_remembered(readings.documents[name])]
    rows = (
        (active.name, active.digest, active.kind or "", compress_text(readings_to_json(cache.readings(active))))
        for active in anew
    )
    return ReadingRows(frozenset(names), tuple(rows))


def write_reading_rows(session: Session, readings: ReadingRows) -> None:
    """Put readings in the place of those that the archive has of the same documents."""
    present = frozenset(session.exec(select(ReadingRecord.document)))
    outdated = (present - readings.documents) | {name for name, *_ in readings.rows}
    bulk_delete(session.connection(), ReadingRecord, "document", sorted(outdated & present))
    bulk_insert(session.connection(), ReadingRecord, COLUMNS, readings.rows)
