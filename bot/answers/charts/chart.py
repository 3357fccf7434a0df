"""`/chart`: which chart is asked for, and what it needs to be told."""

from typing import Literal, get_args

from bot.answers.charts.career_chart import career_by_season
from bot.answers.charts.race_charts import grid_to_finish, laps_led
from bot.answers.charts.season_points import season_points
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.cards import Card
from bot.errors import NothingKnown

__all__ = ["CHART_NAMES", "ChartName", "chart"]

ChartName = Literal["grid to finish", "laps led", "points", "career"]  # what people choose from, in this order
CHART_NAMES: tuple[ChartName, ...] = get_args(ChartName)
# The options that say what a chart is about. Others would be dropped silently, so they are refused.
OPTIONS: dict[ChartName, frozenset[str]] = {
    "grid to finish": frozenset({"race"}),
    "laps led": frozenset({"race"}),
    "points": frozenset({"series", "season"}),
    "career": frozenset({"driver", "series"}),
}


def chart(
    context: QueryContext,
    what: ChartName,
    race: str | None = None,
    driver: str | None = None,
    series: str | None = None,
    season: int | None = None,
) -> Card:
    """A chart of a race (the latest), of a season's points (the latest with tables), or of a driver's career.

    Raises UnknownName and AmbiguousName, and NothingKnown where there is nothing to draw, where an option says what
    this chart is not about, or where a career lacks its driver.
    """
    typed = {"race": race, "driver": driver, "series": series, "season": season}
    odd = [name for name, value in typed.items() if value not in {None, ""} and name not in OPTIONS[what]]
    if odd:
        raise NothingKnown(f"“{what}” is about {join(sorted(OPTIONS[what]), 'and')}: leave out {join(odd)}.")
    if what == "points":
        return season_points(context, series, season)
    if what == "career":
        if not driver:
            raise NothingKnown("Whose career? Name a driver: /chart what:career driver:kyle busch")
        return career_by_season(context, driver, series)
    return (grid_to_finish if what == "grid to finish" else laps_led)(context, race)
