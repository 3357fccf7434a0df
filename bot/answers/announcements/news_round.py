"""One round of news: messages for each server that wants them, and with them what was told, written down.

All in one writer's transaction, of which there is one at a time: of two processes that prepared the same round one
writes it, and a process that dies has written all of it or nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.answers.announcements.news import CHOICE_BY_KIND, news_kind
from bot.answers.announcements.prepared_news import PreparedNews, PreparedRound
from bot.archive.news import NewsRow, news_rows, news_version, store_news, store_news_version
from bot.archive.outbox import NEWS_PREFIX, NewMessage, put_messages
from bot.archive.preferences.queries import announcements
from bot.archive.preferences.rules import AnnouncementRules
from bot.loading.stored_json import to_json

__all__ = ["write_round"]


def write_round(session: Session, prepared: PreparedRound, operator_series: str, now: datetime) -> int:
    """Write a round down; how many messages are posted or changed. None are where another process was first."""
    if news_version(session) != prepared.version_before:
        return 0
    rows = {(row.kind, row.subject): row for row in news_rows(session)}
    news = [one for one in prepared.news if _is_open(one, rows.get((one.row.kind, one.row.subject)))]
    servers = announcements(session, operator_series) if news else ()
    count = sum(put_messages(session, tuple(_messages(one, servers)), only_edits=one.is_edit) for one in news)
    store_news(session, (*prepared.passed, *(one.row for one in news)))
    if prepared.version != prepared.version_before:
        store_news_version(session, prepared.version, now)
    return count


def _is_open(one: PreparedNews, stored: NewsRow | None) -> bool:
    """Whether nobody has written it down since it was prepared."""
    return stored is not None and stored.digest != one.row.digest if one.is_edit else stored is None


def _messages(one: PreparedNews, servers: Sequence[AnnouncementRules]) -> Iterator[NewMessage]:
    """The message of each server that wants it: by its role, and by the spoiler rule of its channel."""
    choice = CHOICE_BY_KIND[news_kind(one.row.kind)]
    for server in servers:
        if choice in server.kinds and server.series == one.row.series:
            announcement = replace(one.announcement_for(server.spoiler_hours), role=server.role)
            subject = f"{one.row.subject} {server.server}"
            yield NewMessage(
                f"{NEWS_PREFIX}{one.row.kind}", subject, server.channel, to_json(announcement), one.not_after
            )
