"""Documents into readings: the first format that knows a document reads it, and the catalogue has its say."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents import FORMATS
from bot.documents.catalogue import CatalogueEntry, read_catalogue
from bot.documents.document import Document, RaceIdentity, Reading
from bot.errors import BadDocument

__all__ = ["ReadDocument", "Readings", "read_documents"]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One reading of one document, what the catalogue adds, and the identity that both make together."""

    reading: Reading
    entry: CatalogueEntry | None
    identity: RaceIdentity


@dataclass(frozen=True, slots=True)
class Readings:
    """All that could be read, in an order that does not depend on when it arrived; and what could not."""

    documents: tuple[ReadDocument, ...]
    catalogue: Document | None
    rejected: tuple[BadDocument, ...]


def read_documents(documents: Sequence[Document], catalogue: Document | None) -> Readings:
    """Read each document whole or reject it whole. A catalogue that cannot be read is rejected and has no say."""
    rejected: list[BadDocument] = []
    entries: dict[str, CatalogueEntry] = {}
    if catalogue is not None:
        try:
            entries = {entry.document: entry for entry in read_catalogue(catalogue)}
        except BadDocument as error:
            rejected.append(error)
            catalogue = None
    read: list[ReadDocument] = []
    for document in sorted(documents, key=lambda one: one.name):
        try:
            read += [_with(reading, entries.get(document.name)) for reading in _read(document)]
        except BadDocument as error:
            rejected.append(error)
    return Readings(tuple(read), catalogue, tuple(rejected))


def _read(document: Document) -> Sequence[Reading]:
    """Raises BadDocument where no format knows the document, or the one that does finds it broken."""
    for form in FORMATS:
        if form.knows(document):
            return form.read(document)
    kinds = ", ".join(form.kind for form in FORMATS)
    raise BadDocument(document.path, 1, f"this is none of the kinds of document I can read ({kinds})")


def _with(reading: Reading, entry: CatalogueEntry | None) -> ReadDocument:
    told, said = reading.identity, entry.identity if entry else RaceIdentity()
    identity = RaceIdentity(
        series=said.series or told.series,
        season=said.season or told.season,
        round=said.round or told.round,
        name=said.name or told.name,
        track=said.track or told.track,
        day=said.day or told.day,
        appeared=told.appeared,
        winner=told.winner,
    )
    return ReadDocument(reading, entry, identity)
