"""Tables of what people entered. They are not derived from documents: they are migrated, and backed up.

The text of a document is stored once, by the hash of its bytes, for as long as the archive lives: every load records
the set of documents active after it, so that each of them can be gone back to.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

__all__ = [
    "USER_MODELS",
    "ActiveDocumentRecord",
    "Correction",
    "DocumentPart",
    "DocumentText",
    "ExcludedDocument",
    "FingerprintKey",
    "LoadInProgress",
    "LoadRecord",
    "MistakeReport",
    "NameAlias",
    "OutboxMessage",
    "Plan",
    "RejectedDocument",
    "UnansweredQuestion",
]


class DocumentText(SQLModel, table=True):
    """Lines of a document, joined by line feeds and compressed with zlib; `size` is their length in bytes.

    A document of very many lines is stored in parts, and its `content` is empty.
    """

    __tablename__ = "document_text"
    digest: str = Field(primary_key=True)
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class DocumentPart(SQLModel, table=True):
    """Part of the lines of a long document, compressed like a whole one, so that one line is read without all.

    `first_line` is the number of the first of them, counted from 1.
    """

    __tablename__ = "document_part"
    digest: str = Field(primary_key=True, foreign_key="document_text.digest")
    first_line: int = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class ActiveDocumentRecord(SQLModel, table=True):
    """Active document: the archive is derived from these and from the corrections.

    `race` is the key of its race and `kind` its format, where a moderator has chosen them.
    """

    # Named before its documents were called active: another name would cost a migration of every database.
    __tablename__ = "held_document"
    __table_args__ = (CheckConstraint("origin in ('folder', 'upload')"),)
    name: str = Field(primary_key=True)
    digest: str = Field(foreign_key="document_text.digest")
    origin: str
    race: str | None = None
    kind: str | None = None
    by: str
    at: datetime


class ExcludedDocument(SQLModel, table=True):
    """Text that a moderator excluded: a reload of the folder names it and does not bring it back."""

    # An older name, as that of `held_document`.
    __tablename__ = "set_aside"
    digest: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    by: str
    at: datetime


class LoadRecord(SQLModel, table=True):
    """Load. `number` is the data version it made; `report` and `state` are JSON.

    `state` is what was active after it: the documents, and the numbers of the corrections.
    """

    __tablename__ = "load_record"
    number: int = Field(primary_key=True)
    at: datetime
    by: str
    what: str
    report: bytes = Field(sa_type=LargeBinary)
    state: bytes = Field(sa_type=LargeBinary)


class Correction(SQLModel, table=True):
    """Correction of a value by a moderator: `what` names it as `Conflict.value_name` does, `old` is the value before.

    One that was withdrawn, replaced or rolled back stays and is not `in_force`; of one value at most one is.
    """

    __tablename__ = "correction"
    number: int | None = Field(default=None, primary_key=True)
    race: str
    what: str
    old: str
    value: str
    reason: str
    by: str
    at: datetime
    in_force: bool = True


class Plan(SQLModel, table=True):
    """Load that waits to be applied. `deed` (the change) and `report` are JSON; `content` the lines of an upload.

    `outcome` is a digest of what would be active afterwards: where it would be something else, the plan is stale.
    """

    __tablename__ = "plan"
    key: str = Field(primary_key=True)
    made_by: str
    made_at: datetime
    title: str
    read_as: str
    version: int
    outcome: str
    deed: str
    report: bytes = Field(sa_type=LargeBinary)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)


class RejectedDocument(SQLModel, table=True):
    """Document that the last load could not read: "file:line: reason"."""

    __tablename__ = "rejection"
    number: int = Field(primary_key=True)
    line: str


class UnansweredQuestion(SQLModel, table=True):
    """Question without an answer, folded, how often it was asked and when last; by whom is not stored."""

    __tablename__ = "unanswered"
    __table_args__ = (CheckConstraint("count > 0"),)
    kind: str = Field(primary_key=True)
    text: str = Field(primary_key=True)
    count: int = 1
    asked_at: datetime


class FingerprintKey(SQLModel, table=True):
    """Key of the fingerprints of reports, in hex, made once for each archive; it is in no backup."""

    __tablename__ = "fingerprint_key"
    __table_args__ = (CheckConstraint("id = 1"),)
    id: int = Field(default=1, primary_key=True)
    key: str


class LoadInProgress(SQLModel, table=True):
    """Load in progress. Of a killed process the row stays; that the writers' lock is free shows it."""

    # An older name, as that of `held_document`.
    __tablename__ = "under_way"
    __table_args__ = (CheckConstraint("id = 1"), UniqueConstraint("token"))
    id: int = Field(default=1, primary_key=True)
    token: str
    by: str
    since: datetime


class MistakeReport(SQLModel, table=True):
    """Report that a card is wrong: the question in canonical words, what the card cites, and the person's words.

    `fingerprint` is a keyed digest of the person and the card, so that one person reports a card once; without the key
    nobody can find out whose it is by trying all ids. `link` is the question as JSON, by which a button leads back to
    the card; "" in reports of before there was one. `answer` is the text the moderators closed it with, and
    `answered_at` when.
    """

    __tablename__ = "mistake_report"
    __table_args__ = (CheckConstraint("state in ('open', 'closed')"),)
    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    question: str
    sources: str
    words: str
    made_at: datetime
    state: str = "open"
    answer: str = ""
    link: str = ""
    answered_at: datetime | None = None


class NameAlias(SQLModel, table=True):
    """Name by which people call something, entered by a moderator: `alias` (folded) means the `name` of this kind.

    `name` is the canonical name; of a race its title, which every running of it has.
    """

    __tablename__ = "name_alias"
    __table_args__ = (UniqueConstraint("kind", "alias"),)
    number: int | None = Field(default=None, primary_key=True)
    kind: str
    alias: str
    name: str
    by: str
    at: datetime


class OutboxMessage(SQLModel, table=True):
    """Message that the bot posts unasked, once: `kind` and `subject` say what it tells, "report" and "12".

    `channel` and `message` are ids of Discord, `message` is "" until it was posted. `body` is an `Announcement` as
    JSON; each other body has a higher `revision`. `state`: "waiting" for `due_at`, "sending" (claimed by a process
    until `due_at`), "sent", "failed" (Discord refused it for a `reason`), "dropped" (too late, or never confirmed).
    `nonce` and `tried_revision` are those of the first try, at `tried_at`: every other try repeats them.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed', 'dropped')"),
    )
    number: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    channel: str
    body: str
    revision: int = 1
    made_at: datetime
    not_after: datetime
    state: str = Field(default="waiting", index=True)
    due_at: datetime
    nonce: str = ""
    tried_at: datetime | None = None
    tried_revision: int = 0
    sent_revision: int = 0
    message: str = ""
    reason: str = ""


USER_MODELS: tuple[type[SQLModel], ...] = (
    DocumentText, DocumentPart, ActiveDocumentRecord, ExcludedDocument, LoadRecord, Correction, Plan, RejectedDocument,
    UnansweredQuestion, LoadInProgress, MistakeReport, FingerprintKey, NameAlias, OutboxMessage,
)  # fmt: skip
