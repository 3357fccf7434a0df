"""What can be asked."""

from discord import app_commands
from discord.ext import commands

from bot.answers import help as help_answers
from bot.frontend.client import Interaction, SpotterBot, send_card
from cogs import options

__all__ = ["Help", "setup"]


class Help(commands.Cog):
    """The command that names the others."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(command="one command, to see how it is used")
    @app_commands.autocomplete(command=options.commands)
    async def help(self, interaction: Interaction, command: str | None = None) -> None:
        """What you can ask, with examples."""
        lines = self.bot.command_lines(moderator=self.bot.is_moderator(interaction))
        await send_card(interaction, await self.bot.ask(help_answers.help_overview, lines, command))


async def setup(bot: SpotterBot) -> None:
    """Called by discord.py when the cog is loaded."""
    await bot.add_cog(Help(bot))
