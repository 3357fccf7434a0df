"""The outbox, names that moderators enter, where a report leads, and when it was answered."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, Integer, UniqueConstraint

from bot.archive.db.migrations.columns import TIMESTAMP, required_column

revision, down_revision = "r6", "r5"


def upgrade() -> None:
    """Make the two tables, and add the columns."""
    op.create_table(
        "outbox_message",
        required_column("number", Integer(), primary_key=True),
        required_column("kind"),
        required_column("subject"),
        required_column("channel"),
        required_column("body"),
        required_column("revision", Integer()),
        required_column("made_at", TIMESTAMP),
        required_column("not_after", TIMESTAMP),
        required_column("state"),
        required_column("due_at", TIMESTAMP),
        required_column("nonce"),
        Column("tried_at", TIMESTAMP),
        required_column("tried_revision", Integer()),
        required_column("sent_revision", Integer()),
        required_column("message"),
        required_column("reason"),
        UniqueConstraint("kind", "subject"),
        CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed', 'dropped')"),
    )
    op.create_index("ix_outbox_message_state", "outbox_message", ["state"])
    op.create_table(
        "name_alias",
        required_column("number", Integer(), primary_key=True),
        required_column("kind"),
        required_column("alias"),
        required_column("name"),
        required_column("by"),
        required_column("at", TIMESTAMP),
        UniqueConstraint("kind", "alias"),
    )
    op.add_column("mistake_report", required_column("link", server_default=""))
    op.add_column("mistake_report", Column("answered_at", TIMESTAMP))
