"""Guard of the gateway: an event that discord.py cannot read is passed over, and the bot stays in Discord.

Messages that nobody wrote to the bot are passed over too, before discord.py makes anything of them: every line of every
channel arrives, and each answer of the bot itself, which took one CPU second in twenty-five (measured).

Without it, one event of an odd shape ends the process. What reads each event is private to discord.py; a test fails
where a new version keeps it elsewhere.
"""

import logging
from collections.abc import Callable
from typing import Any

import discord

__all__ = ["guard_events"]

log = logging.getLogger(__name__)

Reader = Callable[[Any], None]

# What a reader raises that finds another shape than it expects.
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError, RecursionError)
MESSAGE = "MESSAGE_CREATE"
BEGINNING = "READY"  # where it cannot be read there is no session: the connection is made anew


def guard_events(client: discord.Client) -> None:
    """Have every event of a client read so that a fault of one is a line of the log, and nothing else."""
    readers = client._connection.parsers
    readers[MESSAGE] = _for_bot(client, readers[MESSAGE])
    for name, read in list(readers.items()):
        if name != BEGINNING:
            readers[name] = _guarded(name, read)


def _for_bot(client: discord.Client, read: Reader) -> Reader:
    """The reader of messages, for those alone that people sent to the bot: direct ones, and those that name it."""

    def read_if_for_bot(data: Any) -> None:  # noqa: ANN401 - an object of Discord's API
        if client.user is None or data["author"].get("bot") or data.get("webhook_id"):
            return
        if data.get("guild_id") is None or any(int(one["id"]) == client.user.id for one in data["mentions"]):
            read(data)

    return read_if_for_bot


def _guarded(name: str, read: Reader) -> Reader:
    def guarded(data: object) -> None:
        try:
            read(data)
        except MALFORMED as error:
            log.warning("an event of Discord (%s) cannot be read and is passed over: %r", name, error)

    return guarded
