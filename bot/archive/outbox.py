"""Outbox: messages that the bot posts unasked, each written down first, claimed by one process, and posted once.

    waiting --claim--> sending --confirm--> sent --another body--> waiting (an edit of the same message)
                          |--give up for a while (release)--> sending, due again, with the same nonce
                          |--Discord refuses (fail)--> failed
                          |--never confirmed within SEND_WINDOW--> dropped: rather missing than twice

A process that ends between claim and confirmation leaves the claim, which is another's once it is over. Every function
is called within a writer's transaction, of which there is one at a time, so that no two processes claim the same.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, or_, select

from bot.archive.db.bulk import in_batches, table_of
from bot.archive.models.user_data import OutboxMessage

__all__ = [
    "CLAIM_TIME",
    "NEWS_PREFIX",
    "SEND_WINDOW",
    "ClaimedMessage",
    "NewMessage",
    "claim_messages",
    "confirm_message",
    "edit_message",
    "fail_message",
    "forget_message",
    "forget_news",
    "has_due_messages",
    "put_back_message",
    "put_message",
    "put_messages",
    "release_message",
]

SEND_WINDOW = timedelta(minutes=2)  # Discord remembers a nonce for a few minutes: after them the same one posts twice
CLAIM_TIME = timedelta(seconds=45)  # more than one try may take, so that a claim that is over belongs to a dead process
RETRY_TIME = timedelta(seconds=10)
EDIT_TIME = timedelta(days=1)  # how long an edit is tried: the message is there, it only says what was true before
MAX_WAITING = 2_000  # messages that are not posted yet; 200 servers with ten kinds each
KEPT_TIME = timedelta(days=90)  # of a message that was posted, by which it is known that it was
MAX_REASON_CHARS = 200
NEWS_PREFIX = "news "  # of the kinds of what servers are told, of which moderators of the bot are not told
TOO_LATE = "it was too late: nothing could be posted in time"
NEVER_CONFIRMED = "Discord never confirmed it, so it may be there or not"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Message to be posted once for its `kind` and `subject`, not after a moment; `body` is an Announcement as JSON."""

    kind: str
    subject: str
    channel: int
    body: str
    not_after: datetime


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """Message that this process alone may send now; `message` is the id of the one to be edited, None for a new one."""

    number: int
    channel: int
    message: int | None
    body: str
    revision: int
    nonce: str


def put_message(session: Session, new: NewMessage) -> bool:
    """Have a message posted; where it was before, edited if it says something else. False where too many are waiting.

    One that was refused or dropped stays so.
    """
    row = _row_of(session, new.kind, new.subject)
    if row is not None:
        _change_body(session, row, new.body, new.not_after)
        return True
    if _waiting_count(session) >= MAX_WAITING:
        return False
    now = datetime.now(UTC)
    _forget_old(session, now)
    session.add(_new_row(new, now))
    session.flush()
    return True


def put_messages(session: Session, messages: Sequence[NewMessage], *, only_edits: bool = False) -> int:
    """Have one thing told to many servers, as `put_message` does; how many messages are new or say something else.

    All are of one kind. With `only_edits` nothing new is posted. No limit: there is one for each server.
    """
    if not messages:
        return 0
    now = datetime.now(UTC)
    _forget_old(session, now)
    query = select(OutboxMessage).where(OutboxMessage.kind == messages[0].kind)
    found = {
        row.subject: row
        for part in in_batches([new.subject for new in messages])
        for row in session.exec(query.where(col(OutboxMessage.subject).in_(part)))
    }
    known = [(found[new.subject], new) for new in messages if new.subject in found]
    changed = [(row, new) for row, new in known if row.body != new.body]
    for row, new in changed:  # what is not there yet is no later worth posting than it was
        _change_body(session, row, new.body, new.not_after if row.message else row.not_after)
    added = () if only_edits else tuple(_new_row(new, now) for new in messages if new.subject not in found)
    if added:  # by Core, in one statement: the ORM writes one for each
        rows = [row.model_dump(exclude={"number"}) for row in added]
        session.connection().execute(table_of(OutboxMessage).insert(), rows)
    return len(changed) + len(added)


def edit_message(session: Session, kind: str, subject: str, body: str) -> None:
    """Have a message say something else, whether it was posted already or waits; nothing where there is none."""
    row = _row_of(session, kind, subject)
    if row is not None:
        _change_body(session, row, body, datetime.now(UTC) + EDIT_TIME)


def forget_message(session: Session, kind: str, subject: str) -> None:
    """Forget that there was such a message: the next one is posted anew."""
    row = _row_of(session, kind, subject)
    if row is not None:
        session.delete(row)
        session.flush()


def forget_news(session: Session, server: int, *, only_waiting: bool = False) -> None:
    """Forget what was announced in a server, or what waits to be: nothing of it is posted or edited any more."""
    of_server = (col(OutboxMessage.kind).startswith(NEWS_PREFIX), col(OutboxMessage.subject).endswith(f" {server}"))
    is_waiting = (OutboxMessage.state == "waiting", OutboxMessage.message == "") if only_waiting else ()
    session.exec(delete(OutboxMessage).where(*of_server, *is_waiting))


def has_due_messages(session: Session) -> bool:
    """Whether there is something to claim now; for a reader."""
    due = select(OutboxMessage.number).where(*_is_due(datetime.now(UTC))).limit(1)
    return session.exec(due).first() is not None


def claim_messages(session: Session, count: int) -> tuple[ClaimedMessage, ...]:
    """At most `count` messages that are due, the oldest first, for this process alone for CLAIM_TIME.

    Those for which it is too late are dropped.
    """
    now = datetime.now(UTC)
    rows = session.exec(select(OutboxMessage).where(*_is_due(now)).order_by(col(OutboxMessage.number)).limit(count))
    claimed = []
    for row in rows.all():
        if not _is_late(row, now):
            _claim(row, now)
            message = int(row.message) if row.message else None
            claimed.append(
                ClaimedMessage(row.number or 0, int(row.channel), message, row.body, row.tried_revision, row.nonce)
            )
        session.add(row)
    session.flush()
    return tuple(claimed)


def confirm_message(session: Session, number: int, message: int) -> None:
    """Note that Discord has taken a message, under its id; a body that came meanwhile follows as an edit."""
    row = session.get(OutboxMessage, number)
    if row is not None:
        row.message, row.sent_revision, row.tried_at, row.reason = str(message), row.tried_revision, None, ""
        row.state = "sent" if row.sent_revision == row.revision else "waiting"
        row.due_at = datetime.now(UTC)
        session.add(row)
        session.flush()


def release_message(session: Session, number: int, reason: str) -> None:
    """Note that nobody knows whether Discord has taken a message: soon it is tried again, with the same nonce."""
    row = session.get(OutboxMessage, number)
    if row is not None:
        row.due_at, row.reason = datetime.now(UTC) + RETRY_TIME, reason[:MAX_REASON_CHARS]
        session.add(row)
        session.flush()


def put_back_message(session: Session, number: int, reason: str) -> None:
    """Note that a message did not reach Discord at all: it waits, and its two minutes have not begun."""
    row = session.get(OutboxMessage, number)
    if row is not None:
        row.state, row.tried_at, row.due_at = "waiting", None, datetime.now(UTC) + RETRY_TIME
        row.reason = reason[:MAX_REASON_CHARS]
        session.add(row)
        session.flush()


def fail_message(session: Session, number: int, reason: str) -> None:
    """Note that Discord refuses a message, and why: it is not tried again.

    One that is there already and cannot be edited was delivered all the same.
    """
    row = session.get(OutboxMessage, number)
    if row is not None:
        state = "sent" if row.message else "failed"
        row.state, row.reason, row.due_at = state, reason[:MAX_REASON_CHARS], datetime.now(UTC)
        session.add(row)
        session.flush()


def _new_row(new: NewMessage, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        kind=new.kind,
        subject=new.subject,
        channel=str(new.channel),
        body=new.body,
        made_at=now,
        not_after=new.not_after,
        due_at=now,
        nonce=secrets.token_hex(12),
    )


def _row_of(session: Session, kind: str, subject: str) -> OutboxMessage | None:
    query = select(OutboxMessage).where(OutboxMessage.kind == kind, OutboxMessage.subject == subject)
    return session.exec(query).first()


def _change_body(session: Session, row: OutboxMessage, body: str, not_after: datetime) -> None:
    if row.body == body:
        return
    # Of one that is never sent, too: what it said before may have been deleted.
    row.body, row.revision, row.not_after = body, row.revision + 1, not_after
    if row.state == "sent":
        row.state, row.due_at = "waiting", datetime.now(UTC)
    session.add(row)
    session.flush()


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (col(OutboxMessage.state).in_(("waiting", "sending")), col(OutboxMessage.due_at) <= now)


def _claim(row: OutboxMessage, now: datetime) -> None:
    """Mark a message as one that a process is sending; another try has the nonce and the revision of the first."""
    if row.tried_at is None or row.message:
        row.tried_at, row.tried_revision = now, row.revision
    row.state, row.due_at = "sending", now + CLAIM_TIME


def _is_late(row: OutboxMessage, now: datetime) -> bool:
    """Whether nothing more is sent of a message, which is then noted in its row."""
    is_unconfirmed = not row.message and row.tried_at is not None and _in_utc(row.tried_at) + SEND_WINDOW < now
    is_over = _in_utc(row.not_after) < now
    if not is_unconfirmed and not is_over:
        return False
    # One that is there and only says what was true before was delivered all the same.
    row.state = "sent" if row.message else "dropped"
    row.reason = NEVER_CONFIRMED if is_unconfirmed or row.tried_at is not None else TOO_LATE
    row.due_at = now
    return True


def _waiting_count(session: Session) -> int:
    """How many messages wait that people have brought about; what servers are told keeps nobody from reporting."""
    is_waiting = col(OutboxMessage.state).in_(("waiting", "sending")), ~col(OutboxMessage.kind).startswith(NEWS_PREFIX)
    return session.exec(select(func.count()).select_from(OutboxMessage).where(*is_waiting)).one()


def _forget_old(session: Session, now: datetime) -> None:
    is_done = or_(*(col(OutboxMessage.state) == state for state in ("sent", "failed", "dropped")))
    session.exec(delete(OutboxMessage).where(is_done, col(OutboxMessage.due_at) < now - KEPT_TIME))


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
