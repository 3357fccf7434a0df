"""Channel of the moderators: whether the bot may post in it, and what it lacks there."""

from collections.abc import Mapping

import discord

from bot.answers.common.text import join
from bot.frontend.host import HomeServer
from bot.frontend.servers.channel_check import missing_permissions

__all__ = ["channel_fault"]

# Of a channel, as Discord's own settings call them.
NEEDED_PERMISSIONS: Mapping[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
}
NO_CHANNEL = "MODERATOR_CHANNEL_ID is no channel of the home server: copy the id of one, then start the bot again"
NO_TEXT_CHANNEL = "MODERATOR_CHANNEL_ID is no text channel (#{name}): copy the id of one, then start the bot again"


def channel_fault(guild: discord.Guild | None, home: HomeServer) -> str:
    """Why moderators cannot be told of reports, and what to do; "" where they can, or nobody asked for it.

    `guild` is the home server; None where another process has it, which then finds out.
    """
    if home.channel is None or guild is None:
        return ""
    channel = guild.get_channel(home.channel)
    if channel is None:
        return NO_CHANNEL
    if not isinstance(channel, discord.TextChannel):
        return NO_TEXT_CHANNEL.format(name=channel.name)
    missing = missing_permissions(channel, NEEDED_PERMISSIONS)
    if not missing:
        return ""
    return f"the bot lacks {join(missing)} in #{channel.name}: give it that in the settings of the channel"
