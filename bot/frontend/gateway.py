"""The bot in Discord, from the login to the signal that stops it."""

import asyncio
import logging
import math
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import aiohttp
import discord

from bot.errors import BadSettings, BotError
from bot.frontend.client import SpotterBot
from bot.frontend.heartbeat import EVERY_S, forget_sign, leave_sign

__all__ = ["BAD_TOKEN", "UNREACHABLE", "serve"]

# Threads that ask the archive. Python takes four more than there are processors, up to 32; but each has a heap and a
# connection of its own, 4 MB (measured), and they take turns with the interpreter: many answer nothing sooner than few.
THREADS = 4

log = logging.getLogger(__name__)

UNREACHABLE = "Discord cannot be reached: check the network, then start again."
BAD_TOKEN = "DISCORD_TOKEN is not accepted by Discord: copy it again from the Bot page of your application."


async def serve(bot: SpotterBot, token: str, sign: Path) -> None:
    """Stay in Discord until told to stop, and leave a sign of life there meanwhile.

    Raises BadSettings for a wrong token, BotError without a network.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="archive"))
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows knows no such handlers: there Ctrl+C ends the program without a goodbye.
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with bot:
        serving, stopping = loop.create_task(bot.start(token)), loop.create_task(stop.wait())
        living = loop.create_task(_leave_signs(bot, sign))
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        living.cancel()
        forget_sign(sign)
        if serving.done():
            _raise_in_words(serving.exception())
        else:
            await bot.close()
            await asyncio.wait({serving})


async def _leave_signs(bot: SpotterBot, sign: Path) -> None:
    """As long as every shard is connected and Discord answers its heartbeats."""
    await bot.wait_until_ready()
    while True:
        if not any(shard.is_closed() or not math.isfinite(shard.latency) for shard in bot.shards.values()):
            leave_sign(sign)
        await asyncio.sleep(EVERY_S)


def _raise_in_words(error: BaseException | None) -> None:
    """Why the bot stopped, as an error that a person can read."""
    if isinstance(error, discord.LoginFailure):
        raise BadSettings(BAD_TOKEN) from None
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException):
        log.debug("no connection", exc_info=error)
        raise BotError(UNREACHABLE) from None
    if error is not None:
        raise error
