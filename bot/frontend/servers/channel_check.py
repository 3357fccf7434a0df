"""Whether the bot may do in a channel what it is to do there, and what it lacks; said before anything is stored."""

from collections.abc import Iterator, Mapping

import discord

from bot.answers.common.text import join

__all__ = ["POST_PERMISSIONS", "announcement_fault", "missing_permissions"]

# Of a channel, as Discord's own settings call them.
POST_PERMISSIONS: Mapping[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
}
NO_CHANNEL = "the channel is deleted, or the bot does not see it: choose another"


def announcement_fault(guild: discord.Guild, channel_id: int, role_id: int | None) -> str:
    """Why nothing can be announced in a channel, and what to do; "" where all can be. `role_id` is to be pinged."""
    channel = guild.get_channel(channel_id)
    if channel is None:
        return NO_CHANNEL
    missing = missing_permissions(channel, POST_PERMISSIONS)
    if missing:
        return f"the bot lacks {join(missing)} in #{channel.name}: give it that in the settings of the channel"
    return _role_fault(guild, channel, role_id) if role_id is not None else ""


def missing_permissions(channel: discord.abc.GuildChannel, needed: Mapping[str, str]) -> tuple[str, ...]:
    """The permissions that the bot lacks in a channel, as Discord calls them."""
    return tuple(_missing_permissions(channel, needed))


def _missing_permissions(channel: discord.abc.GuildChannel, needed: Mapping[str, str]) -> Iterator[str]:
    permissions = channel.permissions_for(channel.guild.me)
    return (name for permission, name in needed.items() if not getattr(permissions, permission))


def _role_fault(guild: discord.Guild, channel: discord.abc.GuildChannel, role_id: int) -> str:
    """Why a role is not pinged where the bot names it: Discord lets it name only those that everybody may mention."""
    role = guild.get_role(role_id)
    if role is None:
        return "the role is deleted: choose another, or none"
    if role.is_default():
        return "the bot pings a role, and not everyone: choose another, or none"
    if role.mentionable or channel.permissions_for(guild.me).mention_everyone:
        return ""
    return (
        f"the bot may not ping @{role.name} in #{channel.name}: let everybody mention that role, or give the bot "
        "Mention Everyone there"
    )
