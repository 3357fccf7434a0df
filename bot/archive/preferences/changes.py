"""Changes of what servers, channels and people prefer. Each raises the number by which every process notices it.

Every function is called within a writer's transaction. `bot.archive.preferences.queries` reads what is kept.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.archive.models.core import Version
from bot.archive.models.preferences import ChannelPreference, PersonPreference, ServerPreference
from bot.archive.outbox import forget_news
from bot.archive.preferences.rules import (
    ANNOUNCEMENT_KINDS,
    MAX_ANNOUNCEMENT_FAILURES,
    AnnouncementKind,
    Replies,
)

__all__ = [
    "REMOVED_TIME",
    "AnnouncementChoice",
    "ServerState",
    "count_delivered",
    "count_undelivered",
    "forget_channel",
    "forget_person",
    "forget_removed_servers",
    "forget_role",
    "forget_server",
    "note_present",
    "note_removed",
    "note_servers",
    "raise_preference_number",
    "save_announcements",
    "save_channel_rules",
    "save_person_spoilers",
    "save_replies",
    "save_series",
    "save_spoilers",
]

REMOVED_TIME = timedelta(days=30)  # for which the preferences of a server are kept that the bot was removed from
MAX_FAILURE_CHARS = 200
CHANNEL_DELETED = "The channel was deleted."
ROLE_DELETED = "The role that was pinged is deleted, so nobody is pinged."


@dataclass(frozen=True, slots=True)
class AnnouncementChoice:
    """What somebody chose to have announced, where, and which role it pings."""

    channel: int
    kinds: frozenset[AnnouncementKind]
    role: int | None = None


@dataclass(frozen=True, slots=True)
class ServerState:
    """A server that the bot is in: the ids of its channels and roles; no `channels` while Discord has an outage."""

    channels: frozenset[int] | None = None
    roles: frozenset[int] = frozenset()


def save_series(session: Session, server: int, series: str | None) -> None:
    """Have a server's questions mean this series where they say none; None: the operator's default."""
    _change_server(session, server, lambda row: setattr(row, "series", series))


def save_spoilers(session: Session, server: int, hours: int | None) -> None:
    """Have results hidden in a server for so many hours; None: not chosen."""
    _change_server(session, server, lambda row: setattr(row, "spoiler_hours", hours))
    if hours:
        forget_news(session, server, only_waiting=True)  # it may tell what is hidden from now on


def save_replies(session: Session, server: int, replies: Replies | None) -> None:
    """Have replies in a server seen by everybody, or by who asks alone; None: not chosen."""
    _change_server(session, server, lambda row: setattr(row, "replies", replies))


def save_announcements(session: Session, server: int, choice: AnnouncementChoice | None) -> None:
    """Have something announced in a server from now on, whatever failed before; None: nothing."""

    def change(row: ServerPreference) -> None:
        row.channel = str(choice.channel) if choice else None
        row.role = str(choice.role) if choice and choice.role else None
        row.kinds = " ".join(kind for kind in ANNOUNCEMENT_KINDS if choice and kind in choice.kinds)
        row.failures, row.failure = 0, ""

    _change_server(session, server, change)
    forget_news(session, server, only_waiting=True)  # it waits to be posted where nobody wants it any more


def save_channel_rules(session: Session, server: int, channel: int, hours: int | None, replies: Replies | None) -> None:
    """Have one channel's own hours and replies; None: those of the server."""
    row = session.get(ChannelPreference, str(channel))
    if hours is None and replies is None:
        if row is not None:
            session.delete(row)
    else:
        _server_row(session, server)
        row = row or ChannelPreference(channel=str(channel), server=str(server))
        row.spoiler_hours, row.replies = hours, replies
        session.add(row)
    if hours:
        forget_news(session, server, only_waiting=True)  # as above
    raise_preference_number(session)


def save_person_spoilers(session: Session, person: int, hours: int | None) -> None:
    """Have results hidden from a person, in private replies, for so many hours; None: forget it."""
    if hours is None:
        forget_person(session, person)
        return
    row = session.get(PersonPreference, str(person)) or PersonPreference(person=str(person), spoiler_hours=hours)
    row.spoiler_hours = hours
    session.add(row)
    raise_preference_number(session)


def forget_person(session: Session, person: int) -> bool:
    """Forget what a person prefers; whether there was something."""
    row = session.get(PersonPreference, str(person))
    if row is None:
        return False
    session.delete(row)
    raise_preference_number(session)
    return True


def forget_server(session: Session, server: int) -> bool:
    """Forget everything of a server; whether there was something."""
    return _forget_servers(session, [str(server)])


def note_removed(session: Session, server: int, at: datetime) -> None:
    """Note that the bot was removed from a server: REMOVED_TIME later its preferences are forgotten."""
    row = session.get(ServerPreference, str(server))
    if row is not None and row.removed_at is None:
        row.removed_at = at
        session.add(row)
        raise_preference_number(session)


def note_present(session: Session, server: int) -> None:
    """Note that the bot is in a server (again): nothing of it is forgotten by itself."""
    row = session.get(ServerPreference, str(server))
    if row is not None and row.removed_at is not None:
        row.removed_at = None
        session.add(row)
        raise_preference_number(session)


def note_servers(session: Session, servers: Mapping[int, ServerState | None], at: datetime) -> None:
    """Note how servers are found to be; None where the bot is in a server no more."""
    for server, state in servers.items():
        if state is None:
            note_removed(session, server, at)
        else:
            note_present(session, server)
            _note_deletions(session, server, state)


def _note_deletions(session: Session, server: int, state: ServerState) -> None:
    """Note which channels and roles of a server were deleted; nothing where it is not known what there is."""
    row = session.get(ServerPreference, str(server))
    if row is None or state.channels is None:
        return
    of_server = select(ChannelPreference.channel).where(ChannelPreference.server == str(server))
    kept = {int(channel) for channel in (*session.exec(of_server), row.channel) if channel}
    for channel in sorted(kept - state.channels):
        forget_channel(session, channel)
    if row.role is not None and int(row.role) not in state.roles:
        forget_role(session, int(row.role))


def forget_removed_servers(session: Session, now: datetime) -> int:
    """Forget the servers that the bot was removed from REMOVED_TIME ago; how many."""
    is_over = col(ServerPreference.removed_at) <= now - REMOVED_TIME
    servers = list(session.exec(select(ServerPreference.server).where(is_over)))
    _forget_servers(session, servers)
    return len(servers)


def count_delivered(session: Session, channel: int) -> None:
    """Note that an announcement was posted in a channel: failures in a row are counted from zero again."""
    for row in _announced_in(session, channel):
        if row.failures:
            row.failures, row.failure = 0, ""
            session.add(row)
            raise_preference_number(session)


def count_undelivered(session: Session, channel: int, reason: str) -> bool:
    """Count an announcement that could not be posted in a channel, and why; whether announcements there have ended.

    They end after three in a row. What was chosen stays, and /settings shows the reason.
    """
    has_ended = False
    for row in _announced_in(session, channel):
        row.failures, row.failure = row.failures + 1, reason[:MAX_FAILURE_CHARS]
        has_ended = row.failures >= MAX_ANNOUNCEMENT_FAILURES
        session.add(row)
        raise_preference_number(session)
    return has_ended


def forget_channel(session: Session, channel: int) -> None:
    """Note that a channel was deleted: it has no rules any more, and nothing is announced there."""
    own = session.get(ChannelPreference, str(channel))
    if own is not None:
        session.delete(own)
        raise_preference_number(session)
    for row in _announced_in(session, channel):
        if row.failure != CHANNEL_DELETED:
            row.failures, row.failure = MAX_ANNOUNCEMENT_FAILURES, CHANNEL_DELETED
            session.add(row)
            raise_preference_number(session)


def forget_role(session: Session, role: int) -> None:
    """Note that a role was deleted: announcements go on, and ping nobody."""
    for row in session.exec(select(ServerPreference).where(ServerPreference.role == str(role))).all():
        row.role, row.failure = None, ROLE_DELETED
        session.add(row)
        raise_preference_number(session)


def raise_preference_number(session: Session) -> None:
    """Have every process read anew what is preferred."""
    session.flush()
    version = session.get_one(Version, 1)
    version.preferences += 1
    session.add(version)
    session.flush()


def _change_server(session: Session, server: int, change: Callable[[ServerPreference], None]) -> None:
    row = _server_row(session, server)
    change(row)
    session.add(row)
    raise_preference_number(session)


def _server_row(session: Session, server: int) -> ServerPreference:
    """The row of a server, which is written where there was none."""
    row = session.get(ServerPreference, str(server))
    if row is None:
        row = ServerPreference(server=str(server))
        session.add(row)
        session.flush()
    return row


def _announced_in(session: Session, channel: int) -> list[ServerPreference]:
    """The servers that have something announced in a channel: one at most, for a channel is in one server."""
    return list(session.exec(select(ServerPreference).where(ServerPreference.channel == str(channel))))


def _forget_servers(session: Session, servers: Collection[str]) -> bool:
    if not servers:
        return False
    of_channels = col(ChannelPreference.server).in_(servers)
    of_servers = col(ServerPreference.server).in_(servers)
    found = session.exec(select(ServerPreference.server).where(of_servers)).first() is not None
    session.exec(delete(ChannelPreference).where(of_channels))
    session.exec(delete(ServerPreference).where(of_servers))
    for server in servers:
        forget_news(session, int(server))
    if found:
        raise_preference_number(session)
    return found
