"""Messages in the moderators' channel about watched pages: a new version that waits, or a page that cannot be had."""

from datetime import datetime, timedelta

from bot.answers.common.text import sentence
from bot.answers.moderation.watches import watch_title
from bot.archive.outbox import NewMessage
from bot.cards import Announcement, Argument, Card, FollowUp, Question
from bot.fetching.watch_row import WatchRow
from bot.language.shortening import shorten
from bot.loading.stored_json import to_json

__all__ = ["WATCH_MESSAGE", "watch_message"]

WATCH_MESSAGE = "watch"  # the kind of these messages in the outbox; their subject is the number of the watch
NEWS_TIME = timedelta(days=1)  # after which nobody has to be called: it stands in /data watch
MAX_NEWS_CHARS = 150  # in the line that a phone shows


def watch_message(channel: int, row: WatchRow, news: str, now: datetime) -> NewMessage:
    """The message by which moderators are told of a watch."""
    plan = (FollowUp("See the plan", Question("data plan", (Argument("plan", row.plan),)), "go"),) if row.plan else ()
    announcement = Announcement(
        Card(
            title=watch_title(row),
            question=Question("data watch"),
            summary=sentence(news),
            follow_ups=(*plan, FollowUp("What is watched", Question("data watch"))),
            address=row.address,
            tone="moderator",
        ),
        content=f"{watch_title(row)}: {shorten(' '.join(news.split()), MAX_NEWS_CHARS)}",
    )
    return NewMessage(WATCH_MESSAGE, str(row.number), channel, to_json(announcement), now + NEWS_TIME)
