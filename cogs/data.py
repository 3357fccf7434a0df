"""What moderators of the home server can do with the archive."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers import data as data_answers
from bot.client import Interaction, SpotterBot, moderators_only, say

__all__ = ["Data", "setup"]


class Data(commands.Cog):
    """Commands of moderators, in the home server only."""

    data = app_commands.Group(
        name="data",
        description="What the archive holds, for moderators",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @data.command()
    async def status(self, interaction: Interaction) -> None:
        """What the archive holds, and since when."""
        moderators_only(interaction)
        await say(interaction, await self.bot.ask(data_answers.status))

    @data.command()
    async def reload(self, interaction: Interaction) -> None:
        """Read all documents again and say what changed."""
        moderators_only(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await say(interaction, data_answers.report(await self.bot.load()))


async def setup(bot: SpotterBot) -> None:
    """Called by discord.py when the cog is loaded: only a bot with a home server loads it."""
    await bot.add_cog(Data(bot), guild=discord.Object(bot.home.guild or 0))
