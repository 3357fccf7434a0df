"""Run of the bot in Discord, from the login to the signal that stops it."""

import asyncio
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from pathlib import Path

import aiohttp
import discord

from bot.errors import BadSettings, BotError
from bot.frontend.client import SpotterBot
from bot.frontend.health.heartbeat import HEARTBEAT_INTERVAL_S, remove_heartbeat, write_heartbeat

__all__ = ["BAD_TOKEN", "UNREACHABLE", "serve"]

# Threads that ask the archive. Python takes four more than there are processors, up to 32; but each has a heap and a
# connection of its own, 4 MB (measured), and they take turns with the interpreter: many answer nothing sooner than few.
ARCHIVE_THREADS = 4

# Pages about a bot that are open as long as the context is.
Pages = Callable[[SpotterBot], AbstractAsyncContextManager[None]]

log = logging.getLogger(__name__)

UNREACHABLE = "Discord cannot be reached: check the network, then start again."
BAD_TOKEN = "DISCORD_TOKEN is not accepted by Discord: copy it again from the Bot page of your application."


async def serve(bot: SpotterBot, token: str, heartbeat: Path, pages: Pages | None = None) -> None:
    """Stay in Discord until a signal comes, touch the file `heartbeat` meanwhile, and keep `pages` open.

    Raises BadSettings for a wrong token, BotError without a network.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(ARCHIVE_THREADS, thread_name_prefix="archive"))
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows knows no such handlers: there Ctrl+C ends the program without a goodbye.
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    # Whatever ends first ends the other: the bot by an error, or the wait by a signal.
    async with bot, pages(bot) if pages else nullcontext():
        bot_task, stop_task = loop.create_task(bot.start(token)), loop.create_task(stop.wait())
        heartbeat_task = loop.create_task(_keep_heartbeat(bot, heartbeat))
        await asyncio.wait({bot_task, stop_task}, return_when=asyncio.FIRST_COMPLETED)
        stop_task.cancel()
        heartbeat_task.cancel()
        remove_heartbeat(heartbeat)
        if bot_task.done():
            _raise_readable(bot_task.exception())
        else:
            await bot.close()
            await asyncio.wait({bot_task})


async def _keep_heartbeat(bot: SpotterBot, heartbeat: Path) -> None:
    """Touch the file as long as every shard is connected and Discord answers it."""
    await bot.wait_until_ready()
    while True:
        if bot.is_connected:
            write_heartbeat(heartbeat)
        await asyncio.sleep(HEARTBEAT_INTERVAL_S)


def _raise_readable(error: BaseException | None) -> None:
    """Raise the reason why the bot stopped, as an error that a person can read; nothing where it was asked to stop."""
    if isinstance(error, discord.LoginFailure):
        raise BadSettings(BAD_TOKEN) from None
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException):
        log.debug("no connection", exc_info=error)
        raise BotError(UNREACHABLE) from None
    if error is not None:
        raise error
