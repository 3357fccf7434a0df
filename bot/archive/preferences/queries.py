"""What servers, channels and people prefer, read: for one question, or for all servers that want announcements."""

from datetime import datetime
from typing import cast

from sqlmodel import Session, col, select

from bot.archive.models.preferences import ChannelPreference, PersonPreference, ServerPreference
from bot.archive.preferences.rules import (
    ANNOUNCEMENT_KINDS,
    MAX_ANNOUNCEMENT_FAILURES,
    AnnouncementRules,
    ChannelPreferences,
    PreferenceSet,
    Replies,
    ServerPreferences,
    announcement_rules,
)

__all__ = [
    "announcements",
    "has_removed_servers",
    "known_servers",
    "person_spoiler_hours",
    "preference_set",
    "server_preferences",
]


def preference_set(session: Session, server: int | None, person: int | None) -> PreferenceSet:
    """What was chosen for a server and by a person; for None nothing."""
    return PreferenceSet(
        server_preferences(session, server) if server is not None else None,
        person_spoiler_hours(session, person) if person is not None else None,
    )


def server_preferences(session: Session, server: int) -> ServerPreferences | None:
    """What a server prefers; None where nothing is kept of it."""
    row = session.get(ServerPreference, str(server))
    if row is None:
        return None
    query = select(ChannelPreference).where(ChannelPreference.server == str(server))
    return _server_value(row, tuple(session.exec(query.order_by(col(ChannelPreference.channel)))))


def person_spoiler_hours(session: Session, person: int) -> int | None:
    """How many hours a person has results hidden; None where the person chose nothing."""
    row = session.get(PersonPreference, str(person))
    return row.spoiler_hours if row else None


def announcements(session: Session, operator_series: str) -> tuple[AnnouncementRules, ...]:
    """What is announced in every server that wants it, in the order of their ids; those that have ended are left out.

    So are servers that the bot was removed from.
    """
    wanted = (
        col(ServerPreference.channel).is_not(None),
        ServerPreference.kinds != "",
        ServerPreference.failures < MAX_ANNOUNCEMENT_FAILURES,
        col(ServerPreference.removed_at).is_(None),
    )
    servers = session.exec(select(ServerPreference).where(*wanted).order_by(col(ServerPreference.server))).all()
    own = select(ChannelPreference).join(
        ServerPreference, col(ServerPreference.channel) == col(ChannelPreference.channel)
    )
    own_by_channel = {row.channel: row for row in session.exec(own)}
    return tuple(
        rules
        for row in servers
        for channel_row in [own_by_channel.get(row.channel or "")]
        for rules in [announcement_rules(_server_value(row, (channel_row,) if channel_row else ()), operator_series)]
        if rules is not None
    )


def known_servers(session: Session) -> tuple[int, ...]:
    """The servers of which something is kept, in the order of their ids as text."""
    return tuple(map(int, session.exec(select(ServerPreference.server).order_by(col(ServerPreference.server)))))


def has_removed_servers(session: Session, before: datetime) -> bool:
    """Whether something is kept of a server that the bot was removed from before a moment."""
    query = select(ServerPreference.server).where(col(ServerPreference.removed_at) <= before).limit(1)
    return session.exec(query).first() is not None


def _server_value(row: ServerPreference, channels: tuple[ChannelPreference, ...]) -> ServerPreferences:
    return ServerPreferences(
        server=int(row.server),
        series=row.series,
        spoiler_hours=row.spoiler_hours,
        replies=cast("Replies | None", row.replies),
        channel=_id(row.channel),
        role=_id(row.role),
        kinds=frozenset(kind for kind in ANNOUNCEMENT_KINDS if kind in row.kinds.split()),
        failures=row.failures,
        failure=row.failure,
        removed_at=row.removed_at,
        channels=tuple(
            ChannelPreferences(int(own.channel), own.spoiler_hours, cast("Replies | None", own.replies))
            for own in channels
        ),
    )


def _id(text: str | None) -> int | None:
    return int(text) if text else None
