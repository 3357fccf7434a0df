"""Membership of the bot in servers, as far as something is kept of them: removals, deleted channels and roles.

An outage (GUILD_DELETE with `unavailable`) is no removal. What happened while the bot was away is found when a shard is
ready, among the servers of that shard.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import discord
from sqlmodel import Session

from bot.archive.db.engine import read_session
from bot.archive.preferences.changes import REMOVED_TIME, ServerState, forget_removed_servers, note_servers
from bot.archive.preferences.queries import has_removed_servers, known_servers
from bot.errors import BotError
from bot.frontend.host import Host

__all__ = ["CHECK_INTERVAL_H", "forget_removed", "note_change", "note_guild", "note_shard"]

log = logging.getLogger(__name__)

CHECK_INTERVAL_H = 6  # between two looks for servers whose time is over
SHARD_SHIFT = 22  # of a server's id: the rest, divided by the number of shards, says which shard it is on


async def note_shard(host: Host, client: discord.AutoShardedClient, shard: int) -> None:
    """Note in which of the known servers of a shard the bot is, and what they have, now that the shard is ready."""
    count = client.shard_count or 1
    with _logged_fault():
        servers = [server for server in await _known(host) if (server >> SHARD_SHIFT) % count == shard]
        states = {server: _state(client.get_guild(server)) for server in servers}
        if states:
            await note_change(host, lambda session: note_servers(session, states, datetime.now(UTC)))


async def note_guild(host: Host, guild: discord.Guild) -> None:
    """Note what a server has after an outage, where something is kept of it."""
    with _logged_fault():
        if guild.id in await _known(host):
            await note_change(host, lambda session: note_servers(session, {guild.id: _state(guild)}, datetime.now(UTC)))


async def note_change(host: Host, action: Callable[[Session], object]) -> None:
    """Have something written that an event of Discord tells; what cannot be written is logged, and found later."""
    with _logged_fault():
        await host.entries.write(action)
    host.runner.preferences.drop()


async def forget_removed(host: Host) -> None:
    """Forget the servers that the bot was removed from thirty days ago."""

    def is_due() -> bool:
        with read_session(host.runner.engine) as session:
            return has_removed_servers(session, datetime.now(UTC) - REMOVED_TIME)

    with _logged_fault():
        if await host.in_thread(is_due):
            await note_change(host, lambda session: forget_removed_servers(session, datetime.now(UTC)))


@contextmanager
def _logged_fault() -> Iterator[None]:
    """Context manager in which a database that is away is a line of the log: there is nobody to be told."""
    try:
        yield
    except BotError as error:
        log.warning("what Discord tells of a server could not be noted: %s", error)


async def _known(host: Host) -> tuple[int, ...]:
    """The servers of which something is kept."""

    def read() -> tuple[int, ...]:
        with read_session(host.runner.engine) as session:
            return known_servers(session)

    return await host.in_thread(read)


def _state(guild: discord.Guild | None) -> ServerState | None:
    """A server as Discord has it; None where the bot is not in it."""
    if guild is None:
        return None
    if guild.unavailable:
        return ServerState()
    return ServerState(frozenset(channel.id for channel in guild.channels), frozenset(role.id for role in guild.roles))
