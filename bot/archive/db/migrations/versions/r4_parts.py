"""Long documents in parts, so that one line is read without all."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer

from bot.archive.db.migrations.columns import BINARY, TEXT, required_column

revision, down_revision = "r4", "r3"


def upgrade() -> None:
    """Make the table of the parts."""
    op.create_table(
        "document_part",
        Column("digest", TEXT, ForeignKey("document_text.digest"), primary_key=True),
        required_column("first_line", Integer(), primary_key=True),
        required_column("content", BINARY),
    )
