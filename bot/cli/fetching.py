"""Fetching, as the settings have it: who asks, and the keeper of the watches beside a bot in Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from bot.answers.moderation.watch_messages import WATCH_MESSAGE, watch_message
from bot.archive.outbox import forget_message, put_message
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.watch_row import WatchRow
from bot.frontend.client import SpotterBot
from bot.frontend.gateway import Pages
from bot.settings import Settings

__all__ = ["fetch_settings", "kept_watches", "with_watches"]


def fetch_settings(settings: Settings) -> FetchSettings:
    """Who asks, and which hosts may be asked."""
    return FetchSettings(settings.contact, settings.allowed_hosts)


def with_watches(pages: Pages | None) -> Pages:
    """What is open beside a bot: its pages, where there are any, and the keeper of the watches."""

    @asynccontextmanager
    async def opened(bot: SpotterBot) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if pages is not None:
                await stack.enter_async_context(pages(bot))
            await stack.enter_async_context(kept_watches(bot))
            yield

    return opened


@asynccontextmanager
async def kept_watches(bot: SpotterBot) -> AsyncIterator[None]:
    """Context manager in which the watches are kept, unless nothing is ever fetched."""
    if not bot.fetching.is_on:
        yield
        return
    from bot.fetching.watch_keeper import WatchKeeper, tell_nobody  # noqa: PLC0415 - loading

    channel = bot.home.channel
    tell = partial(_tell_channel, channel) if channel is not None else tell_nobody
    task = asyncio.create_task(WatchKeeper(bot.fetching, bot.moderate, bot.refresh_names, tell).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _tell_channel(channel: int, session: Session, watch: WatchRow, news: str) -> None:
    """Have moderators told of a watch; what they were told before of it is another message."""
    forget_message(session, WATCH_MESSAGE, str(watch.number))
    put_message(session, watch_message(channel, watch, news, datetime.now(UTC)))
