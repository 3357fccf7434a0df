"""The first schema: the data version, and documents as loaded."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, Integer

from bot.archive.db.migrations.columns import BINARY, MOMENT, TEXT, kept

revision, down_revision = "r1", None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "version",
        kept("id", Integer(), primary_key=True),
        kept("number", Integer()),
        kept("schema_stamp"),
        Column("loaded_at", MOMENT),
        CheckConstraint("id = 1"),
        CheckConstraint("number >= 0"),
    )
    op.create_table("stored_document", kept("name", TEXT, primary_key=True), kept("digest"), kept("content", BINARY))
