"""The documents in force and their readings: what an earlier load remembers is not read again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from bot.archive.document_texts import all_lines, decompress_text
from bot.archive.models.build_cache import ParsedDocumentRecord, ReadingRecord
from bot.archive.models.tallies import HistoryDocument
from bot.documents.address import without_address_line
from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry, read_catalogue
from bot.documents.model import Document, ParsedDocument, RaceIdentity
from bot.errors import BadDocument
from bot.loading.read.history_file import (
    History,
    archive_spellings,
    cached_history_rows,
    history_from_cache,
    is_history,
    read_history,
)
from bot.loading.read.reader import (
    DocumentOutline,
    DocumentWithClaims,
    combined_identity,
    outline_document,
    with_claims,
)
from bot.loading.read.reading_json import readings_from_json
from bot.loading.read.recent_readings import read_or_recall
from bot.loading.seasons.readings import SEASON_READING, with_race_readings
from bot.loading.state.document_set import ActiveDocument
from bot.loading.stored_json import from_json, to_json
from bot.racing.document_kinds import SEASON_ARTICLE_KIND

__all__ = ["ReadingCache", "outline_to_row"]


class ReadingCache:
    """Reads documents at most once; `new_documents` are documents by digest that are not kept yet.

    With `ignore_cache` nothing that an earlier load remembers is used: everything is read anew. Whether a new document
    is a history is asked before anything else reads it.
    """

    def __init__(
        self, session: Session, new_documents: Mapping[str, Document] | None = None, *, ignore_cache: bool = False
    ) -> None:
        self._session = session
        self._new_documents = new_documents or {}
        self._parsed_documents: dict[tuple[str, str, str | None], tuple[ParsedDocument, ...]] = {}
        self._cached_outlines: dict[str, list[ParsedDocumentRecord]] = {}
        self._histories: dict[tuple[str, str, str | None], History | None] = {}
        self._cached_histories = {} if ignore_cache else cached_history_rows(session)
        if not ignore_cache:
            for row in session.exec(
                select(ParsedDocumentRecord).order_by(
                    col(ParsedDocumentRecord.document), col(ParsedDocumentRecord.number)
                )
            ):
                self._cached_outlines.setdefault(row.document, []).append(row)

    def document(self, active: ActiveDocument) -> Document:
        """The document with its lines."""
        new_document = self._new_documents.get(active.digest)
        lines = new_document.lines if new_document else all_lines(self._session, active.digest)
        return Document(active.name, active.digest, lines)

    def parsed_documents(self, active: ActiveDocument) -> tuple[ParsedDocument, ...]:
        """Everything the document says. Raises BadDocument."""
        key = active.name, active.digest, active.kind
        if key not in self._parsed_documents:
            parsed = self.readings(active)
            if active.race and (len(parsed) != 1 or parsed[0].season is not None):
                what = "a whole season" if parsed[0].season else f"{len(parsed)} races"
                raise BadDocument(parsed[0].document.path, 1, f"this tells of {what} and cannot be tied to one race")
            self._parsed_documents[key] = with_race_readings(parsed)
        return self._parsed_documents[key]

    def readings(self, active: ActiveDocument) -> tuple[ParsedDocument, ...]:
        """What a document claims, as an earlier load has kept it, or read from its text. Raises BadDocument."""
        document = self.document(active)
        row = self._session.get(ReadingRecord, active.name) if self.is_remembered(active) else None
        if row is not None and (row.digest, row.kind_override) == (active.digest, active.kind or ""):
            return readings_from_json(decompress_text(row.content), without_address_line(document))
        # Whether a page tells of a race the catalogue may know: that is asked of its outline.
        return read_or_recall(document, active.kind)

    def is_new(self, active: ActiveDocument) -> bool:
        """Whether a document comes with this load; it may be kept already, when it was in force once before."""
        return active.digest in self._new_documents

    def is_remembered(self, active: ActiveDocument) -> bool:
        """Whether an earlier load has read this very text under this name, and the archive has what follows from it."""
        return self._cached_rows(active) is not None

    def check_readable(self, active: ActiveDocument) -> None:
        """Raises BadDocument where a document, or the catalogue, cannot be read."""
        if active.name == CATALOGUE_NAME:
            read_catalogue(self.document(active))
        elif self.history(active) is None:
            self.parsed_documents(active)

    def history(self, active: ActiveDocument) -> History | None:
        """The history that a document is; None where it is no history. Raises BadDocument."""
        key = active.name, active.digest, active.kind
        if key not in self._histories:
            self._histories[key] = self._find_history(active, self._cached_histories.get(active.name))
        return self._histories[key]

    def _find_history(self, active: ActiveDocument, row: HistoryDocument | None) -> History | None:
        # From what costs nothing to what costs most: the same text as in an earlier load; a text that was no history
        # then; its first lines; the whole of it.
        if row is not None and (row.digest, row.kind_override) == (active.digest, active.kind or ""):
            return history_from_cache(self._session, active, row)
        if self._cached_rows(active) is not None:
            return None
        document = self.document(active)
        if not is_history(document, active.kind):
            return None
        return replace(read_history(self._session, active, document), archive_spellings=archive_spellings(row))

    def catalogue_entries(self, documents: Mapping[str, ActiveDocument]) -> dict[str, CatalogueEntry]:
        """What the catalogue says of each document. Raises BadDocument."""
        active = documents.get(CATALOGUE_NAME)
        return {entry.document: entry for entry in read_catalogue(self.document(active))} if active else {}

    def outlines(self, active: ActiveDocument, catalogue_entry: CatalogueEntry | None) -> Sequence[DocumentOutline]:
        """What each reading of a document is about, without reading it where that is remembered."""
        cached_rows = self._cached_rows(active)
        if cached_rows is not None:
            return [
                _outline_from_row(row, active, _entry_of_reading(row.kind, row.number, catalogue_entry))
                for row in cached_rows
            ]
        return [
            outline_document(
                parsed, number, _entry_of_reading(parsed.kind, number, catalogue_entry), active.race, active.kind
            )
            for number, parsed in enumerate(self.parsed_documents(active))
        ]

    def _cached_rows(self, active: ActiveDocument) -> list[ParsedDocumentRecord] | None:
        """What an earlier load remembers of the readings of this very document; None where it does not."""
        cached_rows = self._cached_outlines.get(active.name, [])
        is_current = cached_rows and all(
            (row.digest, row.kind_override) == (active.digest, active.kind or "") for row in cached_rows
        )
        return cached_rows if is_current else None

    def document_with_claims(self, active: ActiveDocument, outline: DocumentOutline) -> DocumentWithClaims:
        """A reading with all of its claims."""
        history = self.history(active)
        if history is not None:
            return with_claims(outline, history.parsed_race(outline.key))
        return with_claims(outline, self.parsed_documents(active)[outline.number])


def outline_to_row(outline: DocumentOutline) -> ParsedDocumentRecord:
    """What to remember of a reading."""
    return ParsedDocumentRecord(
        document=outline.name,
        number=outline.number,
        digest=outline.digest,
        kind_override=outline.forced_kind or "",
        kind=outline.kind,
        title=outline.title,
        lines=outline.lines,
        identity=to_json(outline.own_identity),
        address=outline.address,
    )


def _entry_of_reading(kind: str, number: int, entry: CatalogueEntry | None) -> CatalogueEntry | None:
    """What the catalogue says of a reading; of a season it has only notes, for it cannot say which race is meant."""
    if entry is None or kind != SEASON_ARTICLE_KIND:
        return entry
    notes = tuple(fact for fact in entry.facts if fact.field == "note")
    return CatalogueEntry(entry.document, entry.line, RaceIdentity(), notes) if number == SEASON_READING else None


def _outline_from_row(
    row: ParsedDocumentRecord, active: ActiveDocument, catalogue_entry: CatalogueEntry | None
) -> DocumentOutline:
    own_identity = from_json(RaceIdentity, row.identity)
    return DocumentOutline(
        row.document,
        row.digest,
        row.number,
        row.kind,
        row.title,
        row.lines,
        own_identity,
        catalogue_entry,
        active.race,
        active.kind,
        combined_identity(own_identity, catalogue_entry, active.race),
        row.address,
    )
