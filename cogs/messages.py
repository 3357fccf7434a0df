"""What can be asked of a message of somebody else, in its menu."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.which_race import which_race
from bot.frontend.client import SpotterBot
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import send_card
from bot.frontend.servers.audience import answer

__all__ = ["Messages", "setup"]


class Messages(commands.Cog):
    """The entries of the menu of a message."""

    def __init__(self, host: Host) -> None:
        self.host = host

    async def which_race(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the race that a message speaks of, to the person alone."""
        texts = [message.content, *(text for one in message.embeds for text in (one.title, one.description) if text)]
        await send_card(interaction, await answer(interaction, which_race, "\n".join(texts)))


async def setup(bot: SpotterBot) -> None:
    """Add the cog and its menu; discord.py calls this when it loads the module."""
    cog = Messages(bot)
    await bot.add_cog(cog)
    bot.tree.add_command(app_commands.ContextMenu(name="Which race is this?", callback=cog.which_race))
