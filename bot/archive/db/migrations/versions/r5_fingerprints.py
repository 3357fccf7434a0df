"""A key for the fingerprints of reports, so that nobody can be found by trying all ids; and when a question was asked.

Fingerprints of before were digests of the person and the card. They are keyed too, so that one person still reports a
card once. Questions of before count as asked today.
"""

import hmac
import secrets
from datetime import UTC, datetime

from alembic import op
from sqlalchemy import CheckConstraint, Integer, text

from bot.archive.db.migrations.columns import TIMESTAMP, required_column

revision, down_revision = "r5", "r4"

LONG_AGO = "1970-01-01 00:00:00"  # until the next statement: a column that is required needs something


def upgrade() -> None:
    """Make the key and its table, key what there is, and add the column."""
    op.create_table(
        "fingerprint_key",
        required_column("id", Integer(), primary_key=True),
        required_column("key"),
        CheckConstraint("id = 1"),
    )
    key = secrets.token_hex(32)
    op.execute(text("INSERT INTO fingerprint_key (id, key) VALUES (1, :key)").bindparams(key=key))
    connection = op.get_bind()
    for number, digest in connection.execute(text("SELECT id, fingerprint FROM mistake_report")).all():
        keyed = hmac.new(bytes.fromhex(key), digest.encode(), "sha256").hexdigest()[:32]
        connection.execute(
            text("UPDATE mistake_report SET fingerprint = :keyed WHERE id = :number"),
            {"keyed": keyed, "number": number},
        )
    op.add_column("unanswered", required_column("asked_at", TIMESTAMP, server_default=LONG_AGO))
    op.execute(text("UPDATE unanswered SET asked_at = :now").bindparams(now=datetime.now(UTC).replace(tzinfo=None)))
