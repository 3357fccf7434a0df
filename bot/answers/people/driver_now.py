"""Where a driver stands: team and car of today, last win, last five finishes, titles, and a way to each season."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.text import average_text, join, plural
from bot.answers.context import QueryContext
from bot.answers.people.career import CareerTotals, driver_race_title, took_start, totals_by_season
from bot.answers.people.profile import Career
from bot.answers.standings.season_end import has_races_to_come
from bot.archive.queries.driver_races import DriverRace
from bot.archive.queries.standings import Champion, champions_of
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Fact, FollowUp, Question
from bot.language.ordinals import ordinal

__all__ = ["is_of_today", "now_facts", "season_follow_ups"]

LISTED_FINISHES = 5
MAX_SEASONS = 10  # entries of the select: the parts of the card and its next steps need the others of its 25


def now_facts(context: QueryContext, career: Career) -> tuple[Fact, ...]:
    """Team and car, last win, last five finishes and titles in the first series; what is not known is left out."""
    totals = career.totals[0]
    runs = [run for run in career.runs_in(totals) if took_start(run)]
    if not runs:
        return ()
    return (*_car(context, runs[0]), *_last_win(runs), *_last_finishes(runs), *_titles(context, career.name, totals))


def is_of_today(context: QueryContext, run: DriverRace) -> bool:
    """Whether a race is of the latest season of its series: whoever drove in it has a team and a team mate today."""
    return run.series is not None and run.season == latest_season(context.session, run.series)


def season_follow_ups(career: Career) -> Iterable[FollowUp]:
    """The latest seasons of the first series, each with what was done in it in one line."""
    series = career.totals[0].series
    name = Argument("name", career.name, "driver")
    seasons = totals_by_season(career.rows, series)
    # One season is the whole career, which the card has shown.
    for season in seasons[:MAX_SEASONS] if len(seasons) > 1 else ():
        year = str(season.seasons[0])
        options = (name, Argument("season", year), Argument("series", series, "series"))
        yield FollowUp(year, Question("driver", options), description=_season_line(season))


def _season_line(season: CareerTotals) -> str:
    """“36 starts, 2 wins, 15 top fives, average finish 13.3”."""
    parts = (
        plural(season.starts, "start"),
        plural(season.wins, "win") if season.wins else "",
        plural(season.top_fives, "top five") if season.top_fives else "",
        f"average finish {average_text(season.finish_sum, season.starts)}" if season.starts else "",
    )
    return ", ".join(part for part in parts if part)


def _car(context: QueryContext, last: DriverRace) -> Iterable[Fact]:
    """“Trackhouse Racing, No. 1 Chevrolet”, as of the last start: of today, or the last there was."""
    car = " ".join(part for part in (f"No. {last.car}" if last.car else "", last.manufacturer or "") if part)
    text = ", ".join(part for part in (last.team or "", car) if part)
    if text:
        is_today = is_of_today(context, last)
        yield Fact("Drives for" if is_today else "Last drove for", text + _year(last, is_today), source_lines(last))


def _year(last: DriverRace, is_today: bool) -> str:
    return f" ({last.season})" if last.season and not is_today else ""


def _last_win(runs: Sequence[DriverRace]) -> Iterable[Fact]:
    win = next((run for run in runs if run.position == 1), None)
    if win is not None:
        yield Fact("Last win", driver_race_title(win), source_lines(win))


def _last_finishes(runs: Sequence[DriverRace]) -> Iterable[Fact]:
    """The last five places, the latest first; from fewer starts nobody reads a form."""
    last = runs[:LISTED_FINISHES]
    if len(last) == LISTED_FINISHES:
        places = ", ".join(ordinal(run.position or 0) for run in last)
        yield Fact("Last five", f"{places} (latest first)", source_lines(*last))


def _titles(context: QueryContext, name: str, totals: CareerTotals) -> Iterable[Fact]:
    """The championships, where the final table of every season of the driver is held: else some might be missing.

    A season that goes on has no final table, even where an article has results in all its columns: some add one with
    each race.
    """
    seasons = [
        season
        for season in totals.seasons
        if season != max(totals.seasons) or not has_races_to_come(context, totals.series, season)
    ]
    champions = {champion.season: champion for champion in champions_of(context.session, totals.series)}
    if not seasons or not set(seasons) <= set(champions):
        return
    won: list[Champion] = [champions[season] for season in seasons if champions[season].name == name]
    text = f"{len(won)} ({join([str(champion.season) for champion in won])})" if won else "none"
    lines = source_lines(*(won or [champions[season] for season in seasons]))
    yield Fact("Titles", text, lines, derivation=f"first in the final tables of {plural(len(seasons), 'season')}")
