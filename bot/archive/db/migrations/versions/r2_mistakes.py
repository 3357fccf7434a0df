"""Reports of mistakes."""

from alembic import op
from sqlalchemy import CheckConstraint, Integer, UniqueConstraint

from bot.archive.db.migrations.columns import MOMENT, kept

revision, down_revision = "r2", "r1"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "mistake_report",
        kept("id", Integer(), primary_key=True),
        kept("fingerprint"),
        kept("question"),
        kept("sources"),
        kept("words"),
        kept("made_at", MOMENT),
        kept("state"),
        UniqueConstraint("fingerprint"),
        CheckConstraint("state in ('open', 'closed')"),
    )
