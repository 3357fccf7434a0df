"""The bot in Discord, from the login to the signal that stops it."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import aiohttp
import discord

from bot.client import SpotterBot
from bot.errors import BadSettings, BotError

__all__ = ["BAD_TOKEN", "UNREACHABLE", "serve"]

# Threads that ask the archive. Python takes four more than there are processors, up to 32; but each has a heap and a
# connection of its own, 4 MB (measured), and they take turns with the interpreter: many answer nothing sooner than few.
THREADS = 4

log = logging.getLogger(__name__)

UNREACHABLE = "Discord cannot be reached: check the network, then start again."
BAD_TOKEN = "DISCORD_TOKEN is not accepted by Discord: copy it again from the Bot page of your application."


async def serve(bot: SpotterBot, token: str) -> None:
    """Stay in Discord until told to stop. Raises BadSettings for a wrong token, BotError without a network."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="archive"))
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows knows no such handlers: there Ctrl+C ends the program without a goodbye.
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with bot:
        serving, stopping = loop.create_task(bot.start(token)), loop.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if serving.done():
            _raise_in_words(serving.exception())
        else:
            await bot.close()
            await asyncio.wait({serving})


def _raise_in_words(error: BaseException | None) -> None:
    """Why the bot stopped, as an error that a person can read."""
    if isinstance(error, discord.LoginFailure):
        raise BadSettings(BAD_TOKEN) from None
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException):
        log.debug("no connection", exc_info=error)
        raise BotError(UNREACHABLE) from None
    if error is not None:
        raise error
