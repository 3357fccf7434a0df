"""Command for a question in plain English."""

from discord import app_commands
from discord.ext import commands

from bot.answers.ask import ask as ask_answers
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import minute_of_question, send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Ask", "setup"]


class Ask(commands.Cog):
    """The command that takes a question."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(
        question="in your own words: who won stage 2 at nashville, what happened to blaney",
        race="the race it is about; the one in your words, or the latest",
        driver="who is meant where a name may be two people’s",
    )
    @app_commands.autocomplete(race=options.races, driver=options.drivers)
    async def ask(
        self, interaction: Interaction, question: str, race: str | None = None, driver: str | None = None
    ) -> None:
        """Any question in your own words: who, where, how many, why."""
        coming_at = minute_of_question(question)
        await send_card(
            interaction, await answer(interaction, ask_answers.ask, question, race, driver, coming_at=coming_at)
        )


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Ask(bot))
