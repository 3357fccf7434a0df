"""The moderators' desk: texts by their hash, what is in force, the log, plans and corrections.

Documents of the first schema move to where they are now; `size` is guessed, as it is only shown.
"""

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, UniqueConstraint, text

from bot.archive.db.migrations.columns import BINARY, MOMENT, TEXT, kept

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
    op.add_column("mistake_report", kept("answer", server_default=""))
    for move in MOVES:
        now = datetime.now(UTC).replace(tzinfo=None)
        op.execute(text(move).bindparams(now=now) if ":now" in move else text(move))
    op.drop_table("stored_document")


def _make_documents() -> None:
    op.create_table(
        "document_text",
        kept("digest", TEXT, primary_key=True),
        kept("size", Integer()),
        kept("content", BINARY),
    )
    op.create_table(
        "held_document",
        kept("name", TEXT, primary_key=True),
        Column("digest", TEXT, ForeignKey("document_text.digest"), nullable=False),
        kept("origin"),
        Column("race", TEXT),
        Column("kind", TEXT),
        kept("by"),
        kept("at", MOMENT),
        CheckConstraint("origin in ('folder', 'upload')"),
    )
    op.create_table(
        "set_aside",
        kept("digest", TEXT, primary_key=True),
        kept("name", TEXT, primary_key=True),
        kept("by"),
        kept("at", MOMENT),
    )


def _make_log() -> None:
    op.create_table(
        "load_record",
        kept("number", Integer(), primary_key=True, autoincrement=False),
        kept("at", MOMENT),
        kept("by"),
        kept("what"),
        kept("report", BINARY),
        kept("state", BINARY),
    )
    op.create_table(
        "under_way",
        kept("id", Integer(), primary_key=True),
        kept("token"),
        kept("by"),
        kept("since", MOMENT),
        CheckConstraint("id = 1"),
        UniqueConstraint("token"),
    )
    op.create_table(
        "rejection", kept("number", Integer(), primary_key=True, autoincrement=False), kept("line")
    )  # fmt: skip


def _make_corrections() -> None:
    op.create_table(
        "correction",
        kept("number", Integer(), primary_key=True),
        kept("race"),
        kept("what"),
        kept("old"),
        kept("value"),
        kept("reason"),
        kept("by"),
        kept("at", MOMENT),
        kept("in_force", Boolean()),
    )
    op.create_table(
        "plan",
        kept("key", TEXT, primary_key=True),
        kept("made_by"),
        kept("made_at", MOMENT),
        kept("title"),
        kept("read_as"),
        kept("version", Integer()),
        kept("outcome"),
        kept("deed"),
        kept("report", BINARY),
        Column("content", BINARY),
    )


def _make_notes() -> None:
    op.create_table(
        "unanswered",
        kept("kind", TEXT, primary_key=True),
        kept("text", TEXT, primary_key=True),
        kept("count", Integer()),
        CheckConstraint("count > 0"),
    )
