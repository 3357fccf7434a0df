"""End of a season: whether anything of it is to come, by the races and the schedule that are known."""

from bot.answers.context import QueryContext
from bot.archive.queries.seasons import schedule_of_season
from bot.archive.queries.tracks import latest_season

__all__ = ["has_races_to_come", "is_season_over"]


def is_season_over(context: QueryContext, series: str, season: int) -> bool:
    """Whether a later season has begun, or every race of the schedule has been run or cancelled."""
    if (latest_season(context.session, series) or 0) > season:
        return True
    schedule = [row for row in schedule_of_season(context.session, series, season) if row.counts]
    return bool(schedule) and not has_races_to_come(context, series, season)


def has_races_to_come(context: QueryContext, series: str, season: int) -> bool:
    """Whether the schedule has a race that has neither been run nor cancelled, and no later season has begun."""
    if (latest_season(context.session, series) or 0) > season:
        return False
    schedule = [row for row in schedule_of_season(context.session, series, season) if row.counts]
    return any(not (row.winner or row.race or row.status == "cancelled") for row in schedule)
