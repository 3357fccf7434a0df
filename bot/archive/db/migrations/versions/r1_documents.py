"""The first schema: the data version, and documents as loaded."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, Integer

from bot.archive.db.migrations.columns import BINARY, TEXT, TIMESTAMP, required_column

revision, down_revision = "r1", None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "version",
        required_column("id", Integer(), primary_key=True),
        required_column("number", Integer()),
        required_column("schema_stamp"),
        Column("loaded_at", TIMESTAMP),
        CheckConstraint("id = 1"),
        CheckConstraint("number >= 0"),
    )
    op.create_table(
        "stored_document",
        required_column("name", TEXT, primary_key=True),
        required_column("digest"),
        required_column("content", BINARY),
    )
