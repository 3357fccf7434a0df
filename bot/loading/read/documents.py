"""The first stage of a load: every active document, read so far that one knows which races it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry
from bot.loading.read.history_file import History
from bot.loading.read.reader import DocumentOutline, DocumentWithClaims
from bot.loading.read.reading_cache import ReadingCache
from bot.loading.state.document_set import ActiveDocument

__all__ = ["DocumentReadings", "read_documents"]


@dataclass(frozen=True, slots=True)
class DocumentReadings:
    """What the active documents say of themselves, and where their claims can be had.

    `catalogue_entries` and `histories` go by the name of the document; `outlines` are those of all other documents,
    one for each race that a document tells of.
    """

    documents: Mapping[str, ActiveDocument]
    catalogue_entries: Mapping[str, CatalogueEntry]
    histories: Mapping[str, History]
    outlines: tuple[DocumentOutline, ...]
    cache: ReadingCache

    def with_claims(self, outline: DocumentOutline) -> DocumentWithClaims:
        """An outline with everything its document claims. Raises BadDocument."""
        return self.cache.document_with_claims(self.documents[outline.name], outline)


def read_documents(documents: Mapping[str, ActiveDocument], cache: ReadingCache) -> DocumentReadings:
    """Read the new documents whole, and of the others what an earlier load does not remember.

    Raises BadDocument for the first that cannot be read.
    """
    # New documents come first, so that one that breaks is found before time goes into anything else.
    for name in sorted(documents):
        if cache.is_new(documents[name]):
            cache.check_readable(documents[name])
    catalogue_entries = cache.catalogue_entries(documents)
    histories: dict[str, History] = {}
    outlines: list[DocumentOutline] = []
    for name in sorted(documents.keys() - {CATALOGUE_NAME}):
        history = cache.history(documents[name])
        if history is not None:
            histories[name] = history
        else:
            outlines += cache.outlines(documents[name], catalogue_entries.get(name))
    return DocumentReadings(documents, catalogue_entries, histories, tuple(outlines), cache)
