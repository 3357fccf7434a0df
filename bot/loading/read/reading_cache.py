"""The documents in force and their readings: what an earlier load remembers is not read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlmodel import Session, col, select

from bot.archive.document_texts import all_lines
from bot.archive.models.build_cache import ReadAs
from bot.archive.models.tallies import HistoryDocument
from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry, read_catalogue
from bot.documents.model import Document, RaceIdentity, Reading
from bot.errors import BadDocument
from bot.loading.merge.grouping import FULL_KEY
from bot.loading.read.history_file import (
    History,
    is_history,
    read_history,
    recall_history,
    recalled_histories,
    spelled_in,
)
from bot.loading.read.reader import Outline, ReadDocument, identity_of, outline, read_document, with_claims
from bot.loading.state.document_set import Held

__all__ = ["Library", "read_as"]


class Library:
    """Reads documents at most once; `fresh` are documents by digest that are not kept yet.

    With `forget` nothing that an earlier load remembers is used: everything is read anew. Whether a new document is a
    history is asked before anything else reads it.
    """

    def __init__(self, session: Session, fresh: Mapping[str, Document] | None = None, *, forget: bool = False) -> None:
        self._session = session
        self._fresh = fresh or {}
        self._readings: dict[tuple[str, str, str | None], tuple[Reading, ...]] = {}
        self._remembered: dict[str, list[ReadAs]] = {}
        self._histories: dict[tuple[str, str, str | None], History | None] = {}
        self._recalled = {} if forget else recalled_histories(session)
        if not forget:
            for row in session.exec(select(ReadAs).order_by(col(ReadAs.document), col(ReadAs.number))):
                self._remembered.setdefault(row.document, []).append(row)

    def document(self, held: Held) -> Document:
        """The document with its lines."""
        fresh = self._fresh.get(held.digest)
        lines = fresh.lines if fresh else all_lines(self._session, held.digest)
        return Document(held.name, held.digest, lines)

    def readings(self, held: Held) -> tuple[Reading, ...]:
        """Everything the document says. Raises BadDocument."""
        key = held.name, held.digest, held.kind
        if key not in self._readings:
            found = read_document(self.document(held), held.kind)
            if held.race and len(found) != 1:
                why = f"this tells of {len(found)} races and cannot be tied to one"
                raise BadDocument(found[0].document.path, 1, why)
            self._readings[key] = found
        return self._readings[key]

    def check(self, held: Held) -> None:
        """Raises BadDocument where a document, or the catalogue, cannot be read."""
        if held.name == CATALOGUE_NAME:
            read_catalogue(self.document(held))
        elif self.history(held) is None:
            self.readings(held)

    def history(self, held: Held) -> History | None:
        """The history that a document is; None where it is no history. Raises BadDocument."""
        key = held.name, held.digest, held.kind
        if key not in self._histories:
            self._histories[key] = self._history(held, self._recalled.get(held.name))
        return self._histories[key]

    def _history(self, held: Held, row: HistoryDocument | None) -> History | None:
        if row is not None and (row.digest, row.forced) == (held.digest, held.kind or ""):
            return recall_history(self._session, held, row)
        if self._outlined(held) is not None:
            return None
        document = self.document(held)
        if not is_history(document, held.kind):
            return None
        return replace(read_history(self._session, held, document), spelled=spelled_in(row))

    def catalogue(self, documents: Mapping[str, Held]) -> dict[str, CatalogueEntry]:
        """What the catalogue says of each document. Raises BadDocument."""
        held = documents.get(CATALOGUE_NAME)
        return {entry.document: entry for entry in read_catalogue(self.document(held))} if held else {}

    def outlines(self, held: Held, entry: CatalogueEntry | None) -> Sequence[Outline]:
        """What each reading of a document is about, without reading it where that is remembered."""
        known = self._outlined(held)
        if known is not None:
            return [_recalled(row, held, entry) for row in known]
        return [
            outline(reading, number, entry, held.race, held.kind) for number, reading in enumerate(self.readings(held))
        ]

    def _outlined(self, held: Held) -> list[ReadAs] | None:
        """What an earlier load remembers of the readings of this very document; None where it does not."""
        known = self._remembered.get(held.name, [])
        same = known and all((row.digest, row.forced) == (held.digest, held.kind or "") for row in known)
        return known if same else None

    def whole(self, held: Held, one: Outline) -> ReadDocument:
        """A reading with all of its claims."""
        history = self.history(held)
        if history is not None:
            return with_claims(one, history.reading(one.key))
        return with_claims(one, self.readings(held)[one.number])


def read_as(one: Outline) -> ReadAs:
    """What to remember of a reading."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(one.own).items()}
    return ReadAs(
        document=one.name,
        number=one.number,
        digest=one.digest,
        forced=one.forced or "",
        kind=one.kind,
        title=one.title,
        lines=one.lines,
        identity=json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False),
    )


def _recalled(row: ReadAs, held: Held, entry: CatalogueEntry | None) -> Outline:
    told = json.loads(row.identity)
    for name in ("day", "appeared"):
        if name in told:
            told[name] = date.fromisoformat(told[name])
    own = RaceIdentity(**told)
    tied = held.race if held.race and not FULL_KEY.fullmatch(held.race) else None
    return Outline(
        row.document, row.digest, row.number, row.kind, row.title, row.lines, own, entry, held.race, held.kind,
        identity_of(own, entry, held.race), tied,
    )  # fmt: skip
