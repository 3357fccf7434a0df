"""Sender of the outbox: claims what is due, posts it at a pace that Discord allows, and notes what came of it."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

import aiohttp
import discord
from sqlmodel import Session

from bot.archive.db.engine import read_session
from bot.archive.outbox import (
    CLAIM_TIME,
    ClaimedMessage,
    claim_messages,
    confirm_message,
    fail_message,
    has_due_messages,
    put_back_message,
    release_message,
)
from bot.archive.preferences.changes import count_delivered, count_undelivered
from bot.cards import Announcement
from bot.errors import BotError
from bot.frontend.host import Host
from bot.frontend.outbox.announcements import announcement_options
from bot.loading.stored_json import from_json

__all__ = ["Channels", "Outbox"]

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_INTERVAL_S = 5.0  # between two looks for what another process or a load has written
SEND_INTERVAL_S = 1 / 28  # at most forty a second arrive, also where some were late; Discord takes fifty, look-ups too
IN_FLIGHT = 8  # requests that wait for Discord at once, of all processes: more would arrive together after a stop
BATCH = 20  # messages claimed at once: what a process that dies leaves to others
TRY_TIMEOUT_S = 30.0  # of one try, with the waits of discord.py in it; less than outbox.CLAIM_TIME
LATEST_TRY_S = CLAIM_TIME.total_seconds() - TRY_TIMEOUT_S  # after the claim; a later try may outlast it
FIRST_SERVER_FAULT = 500  # of HTTP: Discord itself has failed, and may have taken the message all the same
NOT_OF_THE_MESSAGE = frozenset((401, 408, 429))  # answers of HTTP that say nothing of the message


class Channels(Protocol):
    """Discord, as far as messages are posted unasked."""

    def get_partial_messageable(self, channel: int, /) -> discord.PartialMessageable:
        """A channel of which nothing is known but its id."""


class Outbox:
    """Sender of the messages of one archive, for the event loop; any number of processes may have one each."""

    def __init__(self, host: Host, channels: Channels, processes: int = 1) -> None:
        """`processes` share what Discord takes of one bot in a second."""
        self._host, self._channels, self._interval_s = host, channels, processes * SEND_INTERVAL_S
        self._wake = asyncio.Event()
        self._pace, self._flight = asyncio.Lock(), asyncio.Semaphore(max(IN_FLIGHT // processes, 1))
        self._sent_at = 0.0

    def wake(self) -> None:
        """Look at once for something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Send whatever is due, for as long as the task runs; a database that is away is asked again."""
        while True:
            self._wake.clear()
            try:
                has_more = await self.send_due()
            except BotError as error:
                log.debug("the outbox waits: %s", error)
                has_more = False
            if not has_more:
                try:
                    await asyncio.wait_for(self._wake.wait(), LOOK_INTERVAL_S)
                except TimeoutError:
                    continue

    async def send_due(self) -> bool:
        """Send a batch of what is due; whether there may be more. Raises BotError where the archive is not there."""
        if not await self._host.in_thread(self._has_due):
            return False
        claimed = await self._write(lambda session: claim_messages(session, BATCH))
        latest_s = time.monotonic() + LATEST_TRY_S
        await asyncio.gather(*(self._send(message, latest_s) for message in claimed))
        return len(claimed) == BATCH

    def _has_due(self) -> bool:
        with read_session(self._host.runner.engine) as session:
            return has_due_messages(session)

    async def _send(self, message: ClaimedMessage, latest_s: float) -> None:
        """Send one message, and note what came of it; where that cannot be noted, the claim runs out.

        It does where the message comes to its turn too late, too: whoever claims it then sends it.
        """
        async with self._flight:
            await self._wait_for_turn()
            if time.monotonic() > latest_s:
                return
            note = await self._try(message)
        try:
            await self._write(note)
        except BotError as error:
            log.warning("it could not be noted that message %d was sent: %s", message.number, error)

    async def _try(self, message: ClaimedMessage) -> Callable[[Session], None]:
        """One try to send a message; what is to be noted of it."""
        number = message.number
        try:
            async with asyncio.timeout(TRY_TIMEOUT_S):
                posted = await self._post(message)
        except discord.HTTPException as error:
            if error.status >= FIRST_SERVER_FAULT or error.status in NOT_OF_THE_MESSAGE:
                return _released(number, f"Discord answered {error.status}")
            reason = f"{error.text or 'refused'} ({error.code or error.status})"
            log.warning("a message to channel %d was refused by Discord: %s", message.channel, reason)
            return lambda session: _note_refused(session, message, reason)
        except aiohttp.ClientConnectorError:
            return lambda session: put_back_message(session, number, "Discord could not be reached")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return _released(number, f"the line broke ({type(error).__name__})")
        except ValueError:
            log.exception("message %d of the outbox cannot be read", number)
            return lambda session: fail_message(session, number, "it cannot be read")
        return lambda session: _note_posted(session, message, posted)

    async def _post(self, message: ClaimedMessage) -> int:
        """Post a message, or edit the one that is there; its id. Raises what discord.py and the network raise."""
        options = announcement_options(from_json(Announcement, message.body))
        channel = self._channels.get_partial_messageable(message.channel)
        if message.message is None:
            # discord.py sends `enforce_nonce` with it: what has arrived already is given back and not posted again.
            return (await channel.send(nonce=message.nonce, **options)).id
        return (await channel.get_partial_message(message.message).edit(**options)).id

    async def _wait_for_turn(self) -> None:
        async with self._pace:
            await asyncio.sleep(max(self._sent_at + self._interval_s - time.monotonic(), 0))
            self._sent_at = time.monotonic()

    async def _write(self, action: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._host.entries.submit(action))


def _note_posted(session: Session, message: ClaimedMessage, posted: int) -> None:
    confirm_message(session, message.number, posted)
    count_delivered(session, message.channel)


def _note_refused(session: Session, message: ClaimedMessage, reason: str) -> None:
    """A message that is there and cannot be edited was delivered; else a channel counts what it refuses in a row."""
    fail_message(session, message.number, reason)
    if message.message is None and count_undelivered(session, message.channel, reason):
        log.warning("nothing more is announced in channel %d, which refuses it", message.channel)


def _released(number: int, reason: str) -> Callable[[Session], None]:
    """What is noted where nobody knows whether a message has arrived."""
    log.info("message %d is not confirmed: %s; it is tried again for two minutes", number, reason)
    return lambda session: release_message(session, number, reason)
