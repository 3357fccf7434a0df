"""Chart of a season's points: how far each of the first drivers was behind, after each race with a table."""

from collections.abc import Sequence
from itertools import groupby

from bot.answers.common.citations import cite, source_lines
from bot.answers.common.resolve import resolve_name
from bot.answers.common.short_names import short_driver_names
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.archive.queries.races import RaceRow
from bot.archive.queries.standings import SeasonPointsRow, StandingsTable, championship_tables, tables_of_season
from bot.cards import Argument, Card, Chart, ChartSeries, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown
from bot.language.ordinals import ordinal

__all__ = ["points_chart_question", "season_points"]

MAX_DRIVERS = 8  # lines that an eye can follow
MIN_TABLES = 2  # one table makes no line
MAX_LISTED = 3
# Points behind that one of the first drivers has only because the playoffs gave the leaders 1,000 or more anew (since
# 2014): before, Chase and season were the same scale for all. A line that went on would flatten all others.
RESET_GAP = 1000
DRIVERS = "drivers"


def season_points(context: QueryContext, series: str | None, season: int | None) -> Card:
    """Points behind the leader of the drivers' standings, after each race of a season with a table.

    Raises UnknownName and AmbiguousName, and NothingKnown where fewer than two tables of that season are held.
    """
    series_id = resolve_name(context, series, "series").value if series else context.default_series
    seasons = _seasons_with_tables(context, series_id)
    chosen = season or max(seasons, default=0)
    if chosen not in seasons:
        raise NothingKnown(_no_answer(context, series_id, season, seasons))
    rows = tables_of_season(context.session, series_id, chosen, DRIVERS)
    tables = [tuple(own) for _, own in groupby(rows, key=lambda row: row.race)]
    last = sorted(tables[-1], key=lambda row: row.position)
    names = short_driver_names(row.name for row in last)
    title = f"{chosen} {series_title(context, series_id)}"
    chart = Chart(
        "lines",
        f"{title}: points behind",
        tuple(str(table[0].round or "?") for table in tables),
        tuple(ChartSeries(names[row.name], _gaps(row.name, tables)) for row in last[:MAX_DRIVERS]),
        _alt(last, tables),
        unit=f"Points behind the leader, after {plural(len(tables), 'race')} (by round)",
        is_ranking=True,
    )
    leader = last[0]
    arguments = (Argument("series", series_id, "series"), Argument("season", str(chosen)))
    return Card(
        title=chart.title,
        question=Question("chart", (Argument("what", "points"), *arguments)),
        summary=sentence(f"{leader.name} leads{_round_text(leader)} with {plural(leader.points, 'point')}"),
        blocks=(Facts(tuple(_gap_fact(row, leader) for row in last[:MAX_LISTED])),),
        as_of=f"after {_race_text(leader)}",
        citations=cite(context.session, rows),
        follow_ups=(FollowUp("Standings", Question("standings", (Argument("after", leader.race, "race"),))),),
        chart=chart,
    )


def points_chart_question(tables: Sequence[StandingsTable], race: RaceRow) -> Question | None:
    """What the button Chart of a table after a race asks; None where its season has too few tables for a line."""
    own = [
        table
        for table in tables
        if (table.championship, table.series, table.season) == (DRIVERS, race.series, race.season)
    ]
    if len(own) < MIN_TABLES or race.series is None or race.season is None:
        return None
    season = (Argument("series", race.series, "series"), Argument("season", str(race.season)))
    return Question("chart", (Argument("what", "points"), *season))


def _seasons_with_tables(context: QueryContext, series: str) -> set[int]:
    """The seasons of a series with enough tables of drivers."""
    after_races = championship_tables(context.session).after_races
    tables = [table for table in after_races if table.championship == DRIVERS]
    seasons = [table.season for table in tables if table.series == series and table.season]
    return {season for season in seasons if seasons.count(season) >= MIN_TABLES}


def _no_answer(context: QueryContext, series: str, season: int | None, seasons: set[int]) -> str:
    title = series_title(context, series)
    which = f"the {season} {title}" if season else f"any season of the {title}"
    held = join([str(one) for one in sorted(seasons)])
    there_is = f" There is one of {held}." if held else ""
    return f"A line takes points tables after two races or more, and there are none for {which} yet.{there_is}"


def _gaps(name: str, tables: Sequence[Sequence[SeasonPointsRow]]) -> tuple[float | None, ...]:
    """Points behind the leader in each table; None without a row, and once the playoffs went on without the driver."""
    points = [next((row.points for row in table if row.name == name), None) for table in tables]
    leaders = [max(row.points for row in table) for table in tables]
    gaps = [None if own is None else best - own for own, best in zip(points, leaders, strict=True)]
    return tuple(None if gap is None or gap >= RESET_GAP else gap for gap in gaps)


def _gap_fact(row: SeasonPointsRow, leader: SeasonPointsRow) -> Fact:
    points = plural(row.points, "point")
    if row is leader:
        return Fact(ordinal(row.position), f"{row.name}, {points}", source_lines(row))
    gap = leader.points - row.points
    return Fact(
        ordinal(row.position),
        f"{row.name}, {points} ({gap:,} behind)",
        source_lines(row, leader),
        derivation=f"{gap:,} = {leader.points:,} - {row.points:,}",
    )


def _alt(last: Sequence[SeasonPointsRow], tables: Sequence[Sequence[SeasonPointsRow]]) -> str:
    """Two sentences: what is drawn, and how it ends."""
    leader, *others = last
    drawn = plural(min(len(last), MAX_DRIVERS), "line")
    gaps = [f"{row.name} {leader.points - row.points:,} behind" for row in others[:MAX_LISTED]]
    after = f", with {join(gaps)}" if gaps else ""
    rounds = f"{plural(len(tables), 'race')}, the leader on top at 0"
    return (
        f"{drawn} for the first drivers of the standings: points behind the leader after {rounds}. "
        f"At the end{_round_text(leader)} {leader.name} leads{after}."
    )


def _round_text(row: SeasonPointsRow) -> str:
    return f" after race {row.round}" if row.round else ""


def _race_text(row: SeasonPointsRow) -> str:
    name = f", {row.race_name}" if row.race_name else ""
    return f"race {row.round}{name}" if row.round else (row.race_name or "the last race with a table")
