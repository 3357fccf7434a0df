"""What is known of a driver."""

from discord import app_commands
from discord.ext import commands

from bot.answers import driver as driver_answers
from bot.client import Interaction, SpotterBot, say
from cogs import options

__all__ = ["Drivers", "setup"]


class Drivers(commands.Cog):
    """Commands about drivers."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(name="a driver, by name or car number", season="a year")
    @app_commands.autocomplete(name=options.drivers)
    @app_commands.autocomplete(season=options.seasons)
    async def driver(self, interaction: Interaction, name: str, season: int | None = None) -> None:
        """What the archive knows of a driver."""
        await say(interaction, await self.bot.ask(driver_answers.profile, name, season))


async def setup(bot: SpotterBot) -> None:
    """Called by discord.py when the cog is loaded."""
    await bot.add_cog(Drivers(bot))
