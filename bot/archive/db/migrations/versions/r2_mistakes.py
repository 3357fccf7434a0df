"""Reports of mistakes."""

from alembic import op
from sqlalchemy import CheckConstraint, Integer, UniqueConstraint

from bot.archive.db.migrations.columns import TIMESTAMP, required_column

revision, down_revision = "r2", "r1"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "mistake_report",
        required_column("id", Integer(), primary_key=True),
        required_column("fingerprint"),
        required_column("question"),
        required_column("sources"),
        required_column("words"),
        required_column("made_at", TIMESTAMP),
        required_column("state"),
        UniqueConstraint("fingerprint"),
        CheckConstraint("state in ('open', 'closed')"),
    )
