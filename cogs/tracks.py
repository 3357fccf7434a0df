"""Commands about many years: a track, a season's races, records; and charts."""

from discord import app_commands
from discord.ext import commands

from bot.answers.charts import chart as chart_answers
from bot.answers.charts.chart import ChartName
from bot.answers.history import next_race as next_answers
from bot.answers.history import records as record_answers
from bot.answers.history import schedule as schedule_answers
from bot.answers.history import track as track_answers
from bot.answers.history.record_kinds import RecordName
from bot.frontend.client import SpotterBot
from bot.frontend.commands.options import private_option
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import asked_part, send_card, this_minute
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Tracks", "setup"]


class Tracks(commands.Cog):
    """Commands about many races at once."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @private_option
    @app_commands.describe(name="a track or a city", series="a series, such as cup")
    @app_commands.autocomplete(name=options.tracks, series=options.series)
    async def track(self, interaction: Interaction, name: str, series: str | None = None) -> None:
        """Who won at a track, its records, and how long it was over the years."""
        await send_card(
            interaction,
            await answer(interaction, track_answers.track, name, series, part=asked_part(interaction)),
        )

    @app_commands.command(name="next")
    @private_option
    @app_commands.describe(series="a series, such as cup", track="only the next race at this track")
    @app_commands.autocomplete(series=options.series, track=options.tracks)
    async def next_race(self, interaction: Interaction, series: str | None = None, track: str | None = None) -> None:
        """The next race: when it starts, where it is on, who won it last."""
        await send_card(interaction, await answer(interaction, next_answers.next_race, series, this_minute(), track))

    @app_commands.command()
    @private_option
    @app_commands.describe(
        series="a series, such as cup",
        season="a year; the latest season if left out",
        track="only the races at this track",
        month="only the races of this month, such as June",
    )
    @app_commands.autocomplete(series=options.series, track=options.tracks)
    @app_commands.autocomplete(season=options.seasons)
    async def schedule(
        self,
        interaction: Interaction,
        series: str | None = None,
        season: int | None = None,
        track: str | None = None,
        month: str | None = None,
    ) -> None:
        """The races of a season, past and coming: round, day, track, winner."""
        part, today = asked_part(interaction), this_minute().date()
        card = await answer(
            interaction, schedule_answers.schedule, series, season, track, month, part=part, today=today
        )
        await send_card(interaction, card)

    @app_commands.command()
    @private_option
    @app_commands.describe(
        what="what is counted",
        series="a series, such as cup",
        track="only at this track",
        season="only in this year",
        decade="only in these ten years",
        drivers="only drivers of the latest season, for all their years",
    )
    @app_commands.autocomplete(series=options.series, track=options.tracks)
    @app_commands.autocomplete(season=options.seasons)
    async def records(
        self,
        interaction: Interaction,
        what: RecordName,
        series: str | None = None,
        track: str | None = None,
        season: int | None = None,
        decade: options.Decade | None = None,
        drivers: options.RecordDrivers | None = None,
    ) -> None:
        """Who has the most wins, laps led, starts ... or the best average."""
        card = await answer(interaction, record_answers.records, what, series, track, season, decade, drivers)
        await send_card(interaction, card)

    @app_commands.command()
    @private_option
    @app_commands.describe(
        what="what is drawn",
        race="a race, a track or a city; the latest race if left out (grid to finish, laps led)",
        driver="a driver, by name or car number (career)",
        series="a series, such as cup (points, career)",
        season="a year; the latest with tables if left out (points)",
    )
    @app_commands.autocomplete(race=options.races, driver=options.drivers, series=options.series)
    @app_commands.autocomplete(season=options.seasons)
    async def chart(
        self,
        interaction: Interaction,
        what: ChartName,
        race: str | None = None,
        driver: str | None = None,
        series: str | None = None,
        season: int | None = None,
    ) -> None:
        """A picture: who gained and lost places, laps led, points, a career."""
        await send_card(
            interaction,
            await answer(interaction, chart_answers.chart, what, race, driver, series, season),
        )


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Tracks(bot))
