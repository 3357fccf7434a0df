"""The tables of pages in a load: those of documents that are read anew, into the archive as they stand there.

They follow from the text of a document alone: what an earlier load has read is not read again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from bot.archive.models.page_tables import PageTableRecord
from bot.documents.table_claim import TableClaim
from bot.loading.read.documents import DocumentReadings

__all__ = ["PageTableSet", "build_page_tables", "write_page_tables"]


@dataclass(frozen=True, slots=True)
class PageTableSet:
    """The documents in force, those of them that were read anew, and the tables of these."""

    documents: frozenset[str]
    read_anew: frozenset[str]
    rows: tuple[PageTableRecord, ...]


def build_page_tables(readings: DocumentReadings) -> PageTableSet:
    """The tables of documents that an earlier load does not remember. Raises BadDocument."""
    outlines = [outline for outline in readings.outlines if outline.number == 0]
    anew = [outline for outline in outlines if not readings.cache.is_remembered(readings.documents[outline.name])]
    rows = [row for outline in anew for row in _rows(outline.name, readings.with_claims(outline).parsed.tables)]
    return PageTableSet(
        frozenset(outline.name for outline in outlines), frozenset(outline.name for outline in anew), tuple(rows)
    )


def write_page_tables(session: Session, tables: PageTableSet) -> None:
    """Put the tables of new documents in the archive, and take out those of documents that are gone."""
    present = frozenset(session.exec(select(PageTableRecord.document).distinct()))
    for name in sorted((present - tables.documents) | (present & tables.read_anew)):
        session.exec(delete(PageTableRecord).where(col(PageTableRecord.document) == name))
    session.add_all(tables.rows)
    session.flush()


def _rows(document: str, tables: tuple[TableClaim, ...]) -> Iterator[PageTableRecord]:
    for number, table in enumerate(tables, 1):
        yield PageTableRecord(
            document=document,
            number=number,
            line=table.line,
            headings=_json(table.headings),
            header=_json(table.header),
            row_count=len(table.rows),
            rows=_json([[row.line, row.cells] for row in table.rows]),
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
