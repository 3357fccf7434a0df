"""The moderators' desk: texts by their hash, what is in force, the log, plans and corrections.

Documents of the first schema move to where they are now; `size` is guessed, as it is only shown.
"""

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, UniqueConstraint, text

from bot.archive.db.migrations.columns import BINARY, TEXT, TIMESTAMP, required_column

revision, down_revision = "r3", "r2"

MOVES = (
    "INSERT INTO document_text (digest, size, content) "
    "SELECT digest, length(content) * 3, content FROM stored_document one WHERE name = "
    "(SELECT min(name) FROM stored_document other WHERE other.digest = one.digest)",
    "INSERT INTO held_document (name, digest, origin, by, at) "
    "SELECT name, digest, 'folder', 'the program', :now FROM stored_document",
)


def upgrade() -> None:
    """Make the tables, and move the documents."""
    _make_documents()
    _make_log()
    _make_corrections()
    _make_notes()
    op.add_column("mistake_report", required_column("answer", server_default=""))
    for move in MOVES:
        now = datetime.now(UTC).replace(tzinfo=None)
        op.execute(text(move).bindparams(now=now) if ":now" in move else text(move))
    op.drop_table("stored_document")


def _make_documents() -> None:
    op.create_table(
        "document_text",
        required_column("digest", TEXT, primary_key=True),
        required_column("size", Integer()),
        required_column("content", BINARY),
    )
    op.create_table(
        "held_document",
        required_column("name", TEXT, primary_key=True),
        Column("digest", TEXT, ForeignKey("document_text.digest"), nullable=False),
        required_column("origin"),
        Column("race", TEXT),
        Column("kind", TEXT),
        required_column("by"),
        required_column("at", TIMESTAMP),
        CheckConstraint("origin in ('folder', 'upload')"),
    )
    op.create_table(
        "set_aside",
        required_column("digest", TEXT, primary_key=True),
        required_column("name", TEXT, primary_key=True),
        required_column("by"),
        required_column("at", TIMESTAMP),
    )


def _make_log() -> None:
    op.create_table(
        "load_record",
        required_column("number", Integer(), primary_key=True, autoincrement=False),
        required_column("at", TIMESTAMP),
        required_column("by"),
        required_column("what"),
        required_column("report", BINARY),
        required_column("state", BINARY),
    )
    op.create_table(
        "under_way",
        required_column("id", Integer(), primary_key=True),
        required_column("token"),
        required_column("by"),
        required_column("since", TIMESTAMP),
        CheckConstraint("id = 1"),
        UniqueConstraint("token"),
    )
    op.create_table(
        "rejection",
        required_column("number", Integer(), primary_key=True, autoincrement=False),
        required_column("line"),
    )


def _make_corrections() -> None:
    op.create_table(
        "correction",
        required_column("number", Integer(), primary_key=True),
        required_column("race"),
        required_column("what"),
        required_column("old"),
        required_column("value"),
        required_column("reason"),
        required_column("by"),
        required_column("at", TIMESTAMP),
        required_column("in_force", Boolean()),
    )
    op.create_table(
        "plan",
        required_column("key", TEXT, primary_key=True),
        required_column("made_by"),
        required_column("made_at", TIMESTAMP),
        required_column("title"),
        required_column("read_as"),
        required_column("version", Integer()),
        required_column("outcome"),
        required_column("deed"),
        required_column("report", BINARY),
        Column("content", BINARY),
    )


def _make_notes() -> None:
    op.create_table(
        "unanswered",
        required_column("kind", TEXT, primary_key=True),
        required_column("text", TEXT, primary_key=True),
        required_column("count", Integer()),
        CheckConstraint("count > 0"),
    )
