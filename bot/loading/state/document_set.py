"""What is in force: documents with what moderators said of them, and corrections. From it the archive is derived."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlmodel import Session, col, delete, select

from bot.archive.document_texts import packed, unpacked
from bot.archive.models.user_data import Correction, HeldDocument, LoadRecord, SetAside

__all__ = [
    "FOLDER",
    "NOTHING",
    "UPLOAD",
    "Held",
    "State",
    "aside_of",
    "digests_held",
    "state_before",
    "state_json",
    "state_of",
    "write_state",
]

FOLDER, UPLOAD = "folder", "upload"


@dataclass(frozen=True, slots=True)
class Held:
    """A document in force; the fields are those of `HeldDocument`."""

    name: str
    digest: str
    origin: str
    by: str
    at: datetime
    race: str | None = None
    kind: str | None = None

    @property
    def said(self) -> tuple[str, str, str | None, str | None]:
        """All that the archive depends on."""
        return self.name, self.digest, self.race, self.kind


@dataclass(frozen=True, slots=True)
class State:
    """Everything in force: documents by name, and the numbers of the corrections."""

    documents: Mapping[str, Held] = field(default_factory=dict)
    corrections: frozenset[int] = frozenset()

    def fingerprint(self, values: Iterable[tuple[str, str, str]] = ()) -> str:
        """A digest of all that the archive depends on; `values` are (race, what, value) of corrections to come."""
        said = [sorted(map(repr, (one.said for one in self.documents.values()))), sorted(self.corrections), *values]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


NOTHING = State()


def state_of(session: Session) -> State:
    """What is in force now."""
    rows = session.exec(select(HeldDocument).order_by(col(HeldDocument.name)))
    documents = {
        row.name: Held(row.name, row.digest, row.origin, row.by, in_utc(row.at), row.race, row.kind) for row in rows
    }
    numbers = session.exec(select(Correction.number).where(col(Correction.in_force)))
    return State(documents, frozenset(number for number in numbers if number is not None))


def digests_held(session: Session) -> dict[str, str]:
    """The digest of every document in force, by its name."""
    return dict(session.exec(select(HeldDocument.name, HeldDocument.digest)).all())


def write_state(session: Session, state: State) -> None:
    """Put a state in force; its texts and corrections are kept already."""
    session.exec(delete(HeldDocument))
    session.add_all(
        HeldDocument(
            name=one.name, digest=one.digest, origin=one.origin, race=one.race, kind=one.kind, by=one.by, at=one.at
        )
        for one in state.documents.values()
    )
    for row in session.exec(select(Correction)):
        row.in_force = row.number in state.corrections
        session.add(row)
    session.flush()


def state_before(session: Session, load: int) -> State:
    """What was in force before a load: after the one before it, or nothing at all."""
    found = select(LoadRecord).where(LoadRecord.number < load).order_by(col(LoadRecord.number).desc()).limit(1)
    record = session.exec(found).first()
    return _state_from(record.state) if record else NOTHING


def state_json(state: State) -> bytes:
    """A state, to be kept with a load."""
    documents = [
        [one.name, one.digest, one.origin, one.by, one.at.isoformat(), one.race, one.kind]
        for one in state.documents.values()
    ]
    return packed(json.dumps({"documents": documents, "corrections": sorted(state.corrections)}))


def _state_from(content: bytes) -> State:
    told = json.loads(unpacked(content))
    documents = (
        Held(name, digest, origin, by, datetime.fromisoformat(at), race, kind)
        for name, digest, origin, by, at, race, kind in told["documents"]
    )
    return State({one.name: one for one in documents}, frozenset(told["corrections"]))


def aside_of(session: Session) -> frozenset[str]:
    """The digest of every text that is set aside, under whatever name."""
    return frozenset(session.exec(select(SetAside.digest)))


def in_utc(moment: datetime) -> datetime:
    """A moment as the database gives it back: it keeps UTC and does not say so."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
