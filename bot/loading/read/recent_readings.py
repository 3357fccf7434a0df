"""Readings of documents that this process has read a moment ago: to apply a plan reads them a second time.

A reading is a pure function of the text, its name and its kind, and nothing can change one, so it may be given twice.
"""

from functools import lru_cache

from bot.documents.model import Document, ParsedDocument
from bot.loading.read.reader import read_document

__all__ = ["read_or_recall"]

# A plan reads what was uploaded, and to apply it reads the same again: 0.1 s for a report (measured). Bigger documents
# are read in a process of their own, and their readings would lie in memory.
RECENT_DOCUMENTS = 24
BIGGEST_CHARACTERS = 64_000


def read_or_recall(document: Document, kind: str | None) -> tuple[ParsedDocument, ...]:
    """What `read_document` gives for a document that may tell of a race. Raises BadDocument."""
    if sum(map(len, document.lines)) > BIGGEST_CHARACTERS:
        return read_document(document, kind, has_race=True)
    return _recent_reading(document, kind)


@lru_cache(maxsize=RECENT_DOCUMENTS)
def _recent_reading(document: Document, kind: str | None) -> tuple[ParsedDocument, ...]:
    return read_document(document, kind, has_race=True)
