"""Where fetched documents were published, what is kept fresh, and whose turn it is to look."""

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer

from bot.archive.db.migrations.columns import TEXT, TIMESTAMP, required_column

revision, down_revision = "r7", "r6"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "published_version",
        Column("name", TEXT, primary_key=True),
        Column("digest", TEXT, primary_key=True),
        required_column("address"),
        required_column("version_address"),
        required_column("fetched_at", TIMESTAMP),
        Column("revision", Integer()),
        Column("revised_at", TIMESTAMP),
        *(required_column(name) for name in ("licence", "licence_address", "moved_from")),
        required_column("loaded_at", TIMESTAMP),
        required_column("is_kept", Boolean()),
    )
    op.create_index("ix_published_version_address", "published_version", ["address"])
    _create_watch()
    op.create_table(
        "fetch_lease",
        required_column("id", Integer(), primary_key=True),
        required_column("token"),
        required_column("until", TIMESTAMP),
        CheckConstraint("id = 1"),
    )


def _create_watch() -> None:
    op.create_table(
        "watch",
        required_column("number", Integer(), primary_key=True),
        required_column("kind"),
        required_column("address", unique=True),
        required_column("is_automatic", Boolean()),
        required_column("by"),
        required_column("since", TIMESTAMP),
        Column("parent", Integer(), ForeignKey("watch.number")),
        Column("starts_at", TIMESTAMP),
        required_column("document"),
        required_column("digest"),
        Column("revision", Integer()),
        Column("stands_since", TIMESTAMP),
        *(required_column(name) for name in ("etag", "last_modified")),
        Column("looked_at", TIMESTAMP),
        Column("loaded_at", TIMESTAMP),
        *(required_column(name) for name in ("held_back", "plan")),
        required_column("is_waiting", Boolean()),
        required_column("failures", Integer()),
        Column("failing_since", TIMESTAMP),
        required_column("failure"),
        Column("not_before", TIMESTAMP),
        CheckConstraint("kind in ('season', 'race', 'page', 'history')"),
        CheckConstraint("failures >= 0"),
    )
