"""What a server sets, and what the bot notes of servers: that it was removed, which channels and roles are deleted."""

from datetime import UTC, datetime
from typing import cast

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.archive.preferences.changes import forget_channel, forget_role, note_present, note_removed
from bot.frontend.client import SpotterBot
from bot.frontend.host import Host, Interaction
from bot.frontend.servers.membership import CHECK_INTERVAL_H, forget_removed, note_change, note_guild, note_shard
from bot.frontend.servers.server_settings import (
    change_announcements,
    change_channel,
    change_replies,
    change_series,
    forget_now,
    offer_to_forget,
    show_again,
    show_settings,
)

__all__ = ["ServerButtons", "Servers", "setup"]


class Servers(commands.Cog):
    """The command for who manages a server, and what Discord tells of servers."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot, self.host = bot, cast("Host", bot)

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(self, interaction: Interaction) -> None:
        """What this server has set: series, spoilers, replies, announcements."""
        await show_settings(interaction)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Begin to look for servers whose time is over; discord.py calls this at each new session."""
        if not self.look_for_removed.is_running():
            self.look_for_removed.start()

    async def cog_unload(self) -> None:
        """End that; discord.py calls this."""
        self.look_for_removed.cancel()

    @tasks.loop(hours=CHECK_INTERVAL_H)
    async def look_for_removed(self) -> None:
        """Forget the servers that the bot was removed from thirty days ago."""
        await forget_removed(self.host)

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Find what happened while the bot was away."""
        await note_shard(self.host, self.bot, shard_id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Find what happened during an outage."""
        await note_guild(self.host, guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed from a server; of an outage discord.py does not tell here."""
        await note_change(self.host, lambda session: note_removed(session, guild.id, datetime.now(UTC)))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot was invited to a server, perhaps again."""
        await note_change(self.host, lambda session: note_present(session, guild.id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel was deleted."""
        await note_change(self.host, lambda session: forget_channel(session, channel.id))

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Note that a role was deleted."""
        await note_change(self.host, lambda session: forget_role(session, role.id))


class ServerButtons(app_commands.Group):
    """Commands that Discord does not list: each checks again who may, and opens a form or takes what it says.

    `form` is the digest of the first values of a form that was sent.
    """

    def __init__(self) -> None:
        super().__init__(name="settings", description="What buttons do")

    @app_commands.command()
    async def series(self, interaction: Interaction, form: str = "") -> None:
        """Which series is meant where none is named."""
        await change_series(interaction, form)

    @app_commands.command()
    async def replies(self, interaction: Interaction, form: str = "") -> None:
        """For how long results are hidden, and who sees replies."""
        await change_replies(interaction, form)

    @app_commands.command()
    async def announcements(self, interaction: Interaction, form: str = "") -> None:
        """What is announced, where, and which role is called."""
        await change_announcements(interaction, form)

    @app_commands.command()
    async def channel(self, interaction: Interaction, form: str = "") -> None:
        """What is otherwise in this channel."""
        await change_channel(interaction, form)

    @app_commands.command()
    async def forget(self, interaction: Interaction) -> None:
        """Ask whether the server is to be forgotten."""
        await offer_to_forget(interaction)

    @app_commands.command()
    async def forgetnow(self, interaction: Interaction) -> None:
        """Forget the server."""
        await forget_now(interaction)

    @app_commands.command()
    async def back(self, interaction: Interaction) -> None:
        """Show the settings again."""
        await show_again(interaction)


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module, and Discord learns of no command for buttons."""
    await bot.add_cog(Servers(bot))
    bot.add_button_commands(ServerButtons())
