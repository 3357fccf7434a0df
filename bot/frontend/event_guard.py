"""Guard of the gateway: an event that discord.py cannot read is passed over, and the bot stays in Discord.

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
BEGINNING = "READY"  # where it cannot be read there is no session: the connection is made anew


def guard_events(client: discord.Client) -> None:
    """Have every event of a client read so that a fault of one is a line of the log, and nothing else."""
    readers = client._connection.parsers
    for name, read in list(readers.items()):
        if name != BEGINNING:
            readers[name] = _guarded(name, read)


def _guarded(name: str, read: Reader) -> Reader:
    def guarded(data: object) -> None:
        try:
            read(data)
        except MALFORMED as error:
            log.warning("an event of Discord (%s) cannot be read and is passed over: %r", name, error)

    return guarded
