"""What stands behind an answer: the lines of documents, disagreements, and the arithmetic recomputed."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.archive.models import Check, Conflict, StoredDocument
from bot.archive.rows import read_rows

__all__ = ["CheckRow", "ConflictRow", "checks_of", "conflicts_of", "texts_of"]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A disagreement; the columns are those of `Conflict`."""

    what: str
    shown: str
    document: str
    line: int
    other: str
    other_document: str
    other_line: int
    why: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A rule recomputed, or a value that breaks it; the columns are those of `Check`."""

    rule: str
    words: str
    source: str
    held: int
    failed: int
    unknown: int
    says: str
    document: str
    line: int


def conflicts_of(session: Session, race: str) -> tuple[ConflictRow, ...]:
    """Every disagreement about a race, by what it is about."""
    return read_rows(session, ConflictRow, Conflict, col(Conflict.race) == race, order=(col(Conflict.number),))


def checks_of(session: Session, race: str) -> tuple[CheckRow, ...]:
    """Every rule that was recomputed for a race, each followed by the values that break it."""
    return read_rows(session, CheckRow, Check, col(Check.race) == race, order=(col(Check.number),))


def texts_of(session: Session, lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The text of (document, line), as kept; a line that a document does not have is left out."""
    wanted = sorted(set(lines))
    names = sorted({document for document, _ in wanted})
    kept = session.exec(select(StoredDocument).where(col(StoredDocument.name).in_(names)))
    texts = {row.name: zlib.decompress(row.content).decode().split("\n") for row in kept}
    return {
        (document, line): texts[document][line - 1]
        for document, line in wanted
        if document in texts and 0 < line <= len(texts[document])
    }
