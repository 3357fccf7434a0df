"""Points scored in races: what is offered where no championship table is held, and why that is not the standings.

Standings are published tables. The points of a season's races added up are something else: after race 17 of 2023 only
four of the first sixteen agreed.
"""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import tally_citations
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import note_text, plural
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.answers.standings.standings_words import (
    POINTS_SCORED,
    most_points_sentence,
    points_coverage_text,
    points_note,
    points_scored_title,
    short_season,
)
from bot.archive.queries.records import DriverPoints, points_of_season, race_counts_by_season
from bot.archive.queries.standings import championship_tables
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.racing.series import series_name

__all__ = ["points_scored_card"]

COLUMNS = (
    Column("#", numeric=True),
    Column("Driver", shrinks_first=True),
    Column("Pts", numeric=True),
    Column("Starts", numeric=True),
)


def points_scored_card(
    context: QueryContext, series: str | None, season: int | None, note: str = "", *, is_asked: bool = False
) -> Card | None:
    """Who scored how many points in the races of a season; the latest season where none is named.

    `is_asked` where these were asked for, and not the standings that they stand in for. None where there is no start of
    that season. Raises NothingToShow where their points are not known.
    """
    canonical_series = series or context.default_series
    year = season if season is not None else latest_season(context.session, canonical_series)
    rows = points_of_season(context.session, canonical_series, year) if year is not None else ()
    if year is None or not rows:
        return None
    season_title = f"{year} {series_name(canonical_series, year) or series_title(context, canonical_series)}"
    rows_with_points = [row for row in rows if row.known_starts]
    if not rows_with_points:
        options = (Argument("series", canonical_series, "series"), Argument("season", str(year)))
        raise NothingToShow(
            f"No standings and no points of the {season_title} are known. Its races and who won them are.",
            (
                FollowUp("Schedule", Question("schedule", options)),
                FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *options))),
            ),
        )
    races = sum(race_counts_by_season(context.session, canonical_series, year).values())
    tables = championship_tables(context.session)
    seasons = {(table.series, table.season) for table in tables.after_races}
    seasons |= {(table.series, table.season) for table in tables.of_seasons}
    has_table = (canonical_series, year) in seasons
    return Card(
        title=points_scored_title(season_title),
        question=Question("standings", tuple(_arguments(canonical_series, year))),
        summary=_summary(rows_with_points, races, short_season(canonical_series, year)),
        blocks=(_table(rows_with_points, rows),),
        note=note_text(note) or points_note(None if has_table or is_asked else year),
        as_of=f"counted over {plural(races, 'race')} of {year}",
        citations=tally_citations(context.session, canonical_series, year),
        follow_ups=tuple(_follow_ups(rows_with_points[0].driver, canonical_series, year, has_table)),
    )


def _arguments(series: str, season: int, championship: str = POINTS_SCORED) -> Iterable[Argument]:
    yield Argument("championship", championship)
    yield Argument("series", series, "series")
    yield Argument("season", str(season))


def _summary(rows: Sequence[DriverPoints], races: int, season: str) -> str:
    leaders = [row.driver for row in rows if row.points == rows[0].points]
    return most_points_sentence(leaders, rows[0].points, races, season)


def _table(rows: Sequence[DriverPoints], all_rows: Sequence[DriverPoints]) -> Table:
    """Everybody of whom points are known; `all_rows` are all who started."""
    points = [row.points for row in rows]
    known, starts = sum(row.known_starts for row in all_rows), sum(row.starts for row in all_rows)
    table = Table(
        COLUMNS,
        tuple(
            (_rank_text(points, number), row.driver, f"{row.points:,}", str(row.starts))
            for number, row in enumerate(rows)
        ),
        note=points_coverage_text(known, starts),
        derivations=tuple(
            f"added up over the {plural(row.known_starts, 'start')} "
            f"that {'tells' if row.known_starts == 1 else 'tell'} points"
            for row in rows
        ),
    )
    return with_short_names(table)


def _rank_text(points: Sequence[int], number: int) -> str:
    """The place, with = where it is shared."""
    return f"{'=' if points.count(points[number]) > 1 else ''}{points.index(points[number]) + 1}"


def _follow_ups(leader: str, series: str, season: int, has_table: bool) -> Iterable[FollowUp]:
    if has_table:
        yield FollowUp("Standings", Question("standings", tuple(_arguments(series, season, "drivers"))))
    options = (Argument("series", series, "series"), Argument("season", str(season)))
    yield FollowUp("Schedule", Question("schedule", options))
    yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *options)))
    yield FollowUp(leader, question_about("driver", leader))
