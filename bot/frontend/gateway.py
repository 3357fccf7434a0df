"""Run of the bot in Discord, from the login to the signal that stops it."""

import asyncio
import logging
import signal
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from pathlib import Path

import aiohttp
import discord

from bot.errors import BadSettings, BotError
from bot.frontend.client import SpotterBot
from bot.frontend.health.heartbeat import HEARTBEAT_INTERVAL_S, remove_heartbeat, write_heartbeat
from bot.frontend.outbox.announcer import Announcer

__all__ = ["BAD_TOKEN", "UNREACHABLE", "serve"]

# Pages about a bot that are open as long as the context is.
Pages = Callable[[SpotterBot], AbstractAsyncContextManager[None]]

NewBot = Callable[[], SpotterBot]

log = logging.getLogger(__name__)

# Faults that end a connection: a new one after each, until so many come within a while that it is no use.
MAX_FAULTS, FAULT_WINDOW_S = 5, 600.0
FIRST_PAUSE_S, MAX_PAUSE_S = 1.0, 60.0

UNREACHABLE = "Discord cannot be reached: check the network, then start again."
TOKEN_REFUSED = 4004  # Discord's own code of a closed connection
CLOSED = (
    "Discord has closed the connection and does not want it again (code {code}). If you have set SHARD_COUNT and "
    "SHARD_IDS, check them; else look at the developer portal for what it says of your application."
)
BAD_TOKEN = "DISCORD_TOKEN is not accepted by Discord: copy it again from the Bot page of your application."


async def serve(
    new_bot: NewBot, token: str, heartbeat: Path, pages: Pages | None = None, *, archive_threads: int = 4
) -> None:
    """Stay in Discord until a signal comes, touch the file `heartbeat` meanwhile, and keep `pages` open.

    The archive is asked by so many threads: Python would take four more than there are processors, up to 32.
    A connection that ends by a fault, such as an answer of Discord that nobody can read, is made anew by a new bot.
    Raises BadSettings for a wrong token, BotError without a network, and the fault where one follows another.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(archive_threads, thread_name_prefix="archive"))
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows knows no such handlers: there Ctrl+C ends the program without a goodbye.
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    faults: deque[float] = deque(maxlen=MAX_FAULTS)
    while not stop.is_set():
        error = await _stay(new_bot(), token, heartbeat, stop, pages)
        if error is None:
            return
        _raise_readable(error)
        faults.append(time.monotonic())
        if len(faults) == MAX_FAULTS and faults[-1] - faults[0] < FAULT_WINDOW_S:
            raise error
        pause_s = min(FIRST_PAUSE_S * 2 ** len(faults), MAX_PAUSE_S)
        log.error("the connection to Discord has ended by a fault; a new one in %.0f s", pause_s, exc_info=error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause_s)


async def _stay(
    bot: SpotterBot, token: str, heartbeat: Path, stop: asyncio.Event, pages: Pages | None
) -> BaseException | None:
    """Stay in Discord with one bot; the error by which it ended, None where it was asked to stop."""
    loop = asyncio.get_running_loop()
    # Whatever ends first ends the other: the bot by an error, or the wait by a signal.
    async with bot, pages(bot) if pages else nullcontext():
        bot_task, stop_task = loop.create_task(bot.start(token)), loop.create_task(stop.wait())
        heartbeat_task = loop.create_task(_keep_heartbeat(bot, heartbeat))
        outbox_task = loop.create_task(_send_outbox(bot))
        await asyncio.wait({bot_task, stop_task, outbox_task}, return_when=asyncio.FIRST_COMPLETED)
        outbox_error = outbox_task.exception() if outbox_task.done() else None
        for task in (stop_task, heartbeat_task, outbox_task):
            task.cancel()
        remove_heartbeat(heartbeat)
        if bot_task.done():
            return bot_task.exception()
        await bot.close()
        await asyncio.wait({bot_task})
        return outbox_error


async def _keep_heartbeat(bot: SpotterBot, heartbeat: Path) -> None:
    """Touch the file as long as every shard is connected and Discord answers it."""
    await bot.wait_until_ready()
    while True:
        if bot.is_connected:
            try:
                write_heartbeat(heartbeat)
            except OSError as error:
                log.warning("the heartbeat %s cannot be written: %s", heartbeat, error.strerror)
        await asyncio.sleep(HEARTBEAT_INTERVAL_S)


async def _send_outbox(bot: SpotterBot) -> None:
    """Send what the outbox holds, once the bot is in Discord; where its moderators cannot be told, say so.

    Beside it the announcer looks for news to be put into it.
    """
    await bot.wait_until_ready()
    if bot.channel_fault:
        log.warning("moderators are not told of reports: %s", bot.channel_fault)
    await asyncio.gather(bot.outbox.run(), Announcer(bot).run())


def _raise_readable(error: BaseException) -> None:
    """Raise the reason why the bot stopped as an error that a person can read, where there is something to be done."""
    if isinstance(error, discord.LoginFailure):
        raise BadSettings(BAD_TOKEN) from None
    if isinstance(error, discord.ConnectionClosed):
        raise BotError(BAD_TOKEN if error.code == TOKEN_REFUSED else CLOSED.format(code=error.code)) from None
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException | discord.GatewayNotFound):
        log.debug("no connection", exc_info=error)
        raise BotError(UNREACHABLE) from None
    if not isinstance(error, Exception):
        raise error
