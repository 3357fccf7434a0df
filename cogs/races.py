"""Commands about what happened: races, their results, their stages, their story."""

from discord import app_commands
from discord.ext import commands

from bot.answers import sources as sources_answers
from bot.answers.race import overview as race_answers
from bot.answers.recap import recap as recap_answers
from bot.answers.results import results as results_answers
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import asked_part, minute_of_question, send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Races", "setup"]


class Races(commands.Cog):
    """Commands about single races."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(name="a race, a track or a city; the latest race if left out")
    @app_commands.autocomplete(name=options.races)
    async def race(self, interaction: Interaction, name: str | None = None) -> None:
        """What happened in a race: winner, stages, pole, cautions."""
        part, coming_at = asked_part(interaction), minute_of_question(name)
        card = await answer(interaction, race_answers.overview, name, part=part, coming_at=coming_at)
        await send_card(interaction, card)

    @app_commands.command()
    @private_option
    @app_commands.describe(
        race="a race, a track or a city; the latest race if left out",
        session="the race itself, a stage, qualifying, practice or the entry list",
        driver="only this driver, by name or car number",
        team="only this team",
        manufacturer="only this make of car",
    )
    @app_commands.autocomplete(
        race=options.races,
        session=options.sessions,
        driver=options.drivers,
        team=options.teams,
        manufacturer=options.manufacturers,
    )
    async def results(
        self,
        interaction: Interaction,
        race: str | None = None,
        session: str | None = None,
        driver: str | None = None,
        team: str | None = None,
        manufacturer: str | None = None,
    ) -> None:
        """Who finished where: race, stages, qualifying, practice, entry list."""
        part = asked_part(interaction)
        card = await answer(interaction, results_answers.results, race, session, driver, team, manufacturer, part)
        await send_card(interaction, card)

    @app_commands.command()
    @private_option
    @app_commands.describe(race="a race, a track or a city; the latest race if left out")
    @app_commands.autocomplete(race=options.races)
    async def stages(self, interaction: Interaction, race: str | None = None) -> None:
        """The top ten of every stage, with points."""
        await send_card(interaction, await answer(interaction, results_answers.stages, race))

    @app_commands.command()
    @private_option
    @app_commands.describe(
        race="a race, a track or a city; the latest race if left out",
        about="a few words, such as “reddick wheel” or “stage 2”; the whole story if left out",
    )
    @app_commands.autocomplete(race=options.races)
    async def recap(self, interaction: Interaction, race: str | None = None, about: str | None = None) -> None:
        """The story of a race, or what it says about something."""
        await send_card(
            interaction, await answer(interaction, recap_answers.recap, race, about, part=asked_part(interaction))
        )

    @app_commands.command()
    @private_option
    @app_commands.describe(
        race="a race, a track or a city; the latest race if left out",
        show="the line behind each fact, where sources disagree, or which sums were checked",
    )
    @app_commands.autocomplete(race=options.races)
    async def sources(
        self, interaction: Interaction, race: str | None = None, show: options.SourcesView | None = None
    ) -> None:
        """What an answer stands on: the line behind each fact, conflicts, checks."""
        await send_card(interaction, await answer(interaction, sources_answers.sources, race, show))


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Races(bot))
