"""Commands about a driver, a team, and two drivers side by side."""

from discord import app_commands
from discord.ext import commands

from bot.answers.people import compare as compare_answers
from bot.answers.people import driver as driver_answers
from bot.answers.people import team as team_answers
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import asked_part, send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Drivers", "setup"]


class Drivers(commands.Cog):
    """Commands about drivers and teams."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(
        name="a driver, by name or car number",
        season="a year, told race by race; the whole career if left out",
        series="only this series; each apart if left out",
    )
    @app_commands.autocomplete(name=options.drivers, series=options.series)
    @app_commands.autocomplete(season=options.seasons)
    async def driver(
        self, interaction: Interaction, name: str, season: int | None = None, series: str | None = None
    ) -> None:
        """A driver: starts, wins, averages, seasons, best tracks, last races."""
        await send_card(
            interaction,
            await answer(
                interaction, driver_answers.driver_profile, name, season, series, part=asked_part(interaction)
            ),
        )

    @app_commands.command()
    @private_option
    @app_commands.describe(
        name="a team, or the owner who entered a car",
        season="a year, told race by race; all of them if left out",
        series="only this series; each apart if left out",
    )
    @app_commands.autocomplete(name=options.teams, series=options.series)
    @app_commands.autocomplete(season=options.seasons)
    async def team(
        self, interaction: Interaction, name: str, season: int | None = None, series: str | None = None
    ) -> None:
        """A team: starts, wins, drivers, cars, seasons, last wins."""
        await send_card(
            interaction,
            await answer(interaction, team_answers.team_profile, name, season, series, part=asked_part(interaction)),
        )

    @app_commands.command()
    @private_option
    @app_commands.describe(
        first="a driver",
        second="another driver",
        series="only this series; each apart if left out",
        season="only in this year",
        track="only at this track",
    )
    @app_commands.autocomplete(
        first=options.drivers, second=options.drivers, series=options.series, track=options.tracks
    )
    @app_commands.autocomplete(season=options.seasons)
    async def compare(
        self,
        interaction: Interaction,
        first: str,
        second: str,
        series: str | None = None,
        season: int | None = None,
        track: str | None = None,
    ) -> None:
        """Two drivers head to head, in the races both started."""
        card = await answer(
            interaction, compare_answers.comparison, first, second, series, season, track, part=asked_part(interaction)
        )
        await send_card(interaction, card)


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Drivers(bot))
