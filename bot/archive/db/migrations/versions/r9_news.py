"""What servers were told unasked, and the data version whose news were looked at last."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, Date, Integer

from bot.archive.db.migrations.columns import TIMESTAMP, required_column

revision, down_revision = "r9", "r8"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "news_record",
        required_column("kind", primary_key=True),
        required_column("subject", primary_key=True),
        required_column("series"),
        Column("day", Date()),
        required_column("at", TIMESTAMP),
        required_column("digest"),
        required_column("winner"),
    )
    op.create_table(
        "news_version",
        required_column("id", Integer(), primary_key=True),
        required_column("number", Integer()),
        CheckConstraint("id = 1"),
    )
