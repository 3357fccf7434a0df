"""Command about where a championship stands."""

from discord import app_commands
from discord.ext import commands

from bot.answers.standings import standings as standings_answers
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import asked_part, send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Standings", "setup"]


class Standings(commands.Cog):
    """Commands about championships."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(
        championship="drivers if left out; points scored in races are no standings",
        series="a series, such as cup",
        season="a year",
        after="as it stood after this race",
    )
    @app_commands.autocomplete(series=options.series, after=options.races_with_standings)
    @app_commands.autocomplete(season=options.seasons)
    async def standings(
        self,
        interaction: Interaction,
        championship: options.Championship | None = None,
        series: str | None = None,
        season: int | None = None,
        after: str | None = None,
    ) -> None:
        """The points: who leads, by how much, and every row below."""
        card = await answer(
            interaction,
            standings_answers.standings,
            championship,
            series,
            season,
            after,
            part=asked_part(interaction),
        )
        await send_card(interaction, card)


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Standings(bot))
