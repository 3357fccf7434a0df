"""Messages that the bot could not post, for moderators to see."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from bot.archive.models.user_data import OutboxMessage
from bot.archive.outbox import NEWS_PREFIX

__all__ = ["UndeliveredMessage", "undelivered_messages"]

SHOWN_TIME = timedelta(days=7)  # of a message that was not delivered
MAX_SHOWN = 50


@dataclass(frozen=True, slots=True)
class UndeliveredMessage:
    """Message that was refused ("failed") or given up ("dropped"), and why."""

    kind: str
    subject: str
    channel: int
    state: str
    reason: str
    at: datetime


def undelivered_messages(session: Session) -> tuple[UndeliveredMessage, ...]:
    """Messages to moderators that were refused or dropped in the last days, the newest first.

    What servers are told is not among them: their own /settings says what failed.
    """
    is_undelivered = (
        col(OutboxMessage.state).in_(("failed", "dropped")),
        ~col(OutboxMessage.kind).startswith(NEWS_PREFIX),
    )
    is_new = col(OutboxMessage.due_at) > datetime.now(UTC) - SHOWN_TIME
    query = select(OutboxMessage).where(*is_undelivered, is_new).order_by(col(OutboxMessage.number).desc())
    return tuple(
        UndeliveredMessage(row.kind, row.subject, int(row.channel), row.state, row.reason, row.due_at)
        for row in session.exec(query.limit(MAX_SHOWN))
    )
