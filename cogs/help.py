"""Command that says what can be asked."""

from discord import app_commands
from discord.ext import commands

from bot.answers import help as help_answers
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import asked_part, send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Help", "setup"]


class Help(commands.Cog):
    """The command that names the others."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(command="one command, to see how it is used")
    @app_commands.autocomplete(command=options.commands)
    async def help(self, interaction: Interaction, command: str | None = None) -> None:
        """What you can ask, with examples."""
        lines = self.host.command_lines(moderator=self.host.is_moderator(interaction))
        card = await answer(interaction, help_answers.help_overview, lines, command, part=asked_part(interaction))
        await send_card(interaction, card)


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Help(bot))
