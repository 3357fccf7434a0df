"""Citations of an answer: the documents of the rows that were used."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session

from bot.archive.queries.sources import SourceRow, sources_by_name
from bot.archive.queries.tracks import tally_documents
from bot.cards import Citation, SourceLine
from bot.racing.document_kinds import HISTORY_TABLE_KIND

__all__ = ["CitationIndex", "SourcedRow", "cite", "source_lines", "tally_citations"]


class SourcedRow(Protocol):
    """A row that says where it stands."""

    @property
    def document(self) -> str:
        """The file name of the document."""
        ...

    @property
    def line(self) -> int:
        """The line in it, counted from 1."""
        ...


class CitationIndex:
    """The documents behind some rows, read once, from which every citation of a card is made."""

    def __init__(self, session: Session, rows: Iterable[SourcedRow]) -> None:
        self._documents = tuple(dict.fromkeys(row.document for row in rows))
        self._by_document = {source.document: source for source in sources_by_name(session, self._documents)}

    def all_citations(self) -> tuple[Citation, ...]:
        """One citation for each document, in the order in which the rows came."""
        return tuple(self._citation(document, None) for document in self._documents)

    def citation_of(self, row: SourcedRow) -> Citation:
        """The citation of one row, with its line."""
        return self._citation(row.document, row.line)

    def source_rows(self) -> tuple[SourceRow, ...]:
        """What is known of each document that is a source."""
        return tuple(self._by_document[document] for document in self._documents if document in self._by_document)

    def _citation(self, document: str, line: int | None) -> Citation:
        source = self._by_document.get(document)
        if source is None:
            return Citation(document, "document", document, line)
        return Citation(source.title or document, source.kind, document, line, source.address)


def source_lines(*rows: SourcedRow | None) -> tuple[SourceLine, ...]:
    """The lines on which these rows stand, each once; a row that there is none of is passed over."""
    return tuple(dict.fromkeys(SourceLine(row.document, row.line) for row in rows if row is not None))


def cite(session: Session, *groups: Iterable[SourcedRow]) -> tuple[Citation, ...]:
    """The documents behind these rows, each once, in the order in which they come."""
    return CitationIndex(session, (row for group in groups for row in group)).all_citations()


def tally_citations(
    session: Session, series: str, season: int | None = None, track: str | None = None
) -> tuple[Citation, ...]:
    """The documents over which the tallies of a series are counted, its histories first."""
    rows = sources_by_name(session, tally_documents(session, series, season, track))
    # Nearly all of a tally comes from the histories.
    ordered = sorted(rows, key=lambda row: (row.kind != HISTORY_TABLE_KIND, row.document))
    return tuple(Citation(row.title or row.document, row.kind, row.document) for row in ordered)
