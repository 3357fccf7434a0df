"""What servers, channels and people prefer, and the number by which every process notices a change of it."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer

from bot.archive.db.migrations.columns import TEXT, TIMESTAMP, required_column

revision, down_revision = "r8", "r7"

HOURS_LAW = "spoiler_hours in (0, 12, 24, 48, 72)"
REPLIES_LAW = "replies in ('public', 'private')"


def upgrade() -> None:
    """Make the three tables, and add the number."""
    op.add_column("version", required_column("preferences", Integer(), server_default="0"))
    op.create_table(
        "server_preference",
        Column("server", TEXT, primary_key=True),
        Column("series", TEXT),
        Column("spoiler_hours", Integer()),
        *(Column(name, TEXT) for name in ("replies", "channel", "role")),
        required_column("kinds"),
        required_column("failures", Integer()),
        required_column("failure"),
        Column("removed_at", TIMESTAMP),
        CheckConstraint(HOURS_LAW),
        CheckConstraint(REPLIES_LAW),
        CheckConstraint("failures >= 0"),
    )
    op.create_index("ix_server_preference_channel", "server_preference", ["channel"])
    op.create_table(
        "channel_preference",
        Column("channel", TEXT, primary_key=True),
        Column("server", TEXT, ForeignKey("server_preference.server"), nullable=False),
        Column("spoiler_hours", Integer()),
        Column("replies", TEXT),
        CheckConstraint(HOURS_LAW),
        CheckConstraint(REPLIES_LAW),
    )
    op.create_index("ix_channel_preference_server", "channel_preference", ["server"])
    op.create_table(
        "person_preference",
        Column("person", TEXT, primary_key=True),
        required_column("spoiler_hours", Integer()),
        CheckConstraint(HOURS_LAW),
    )
