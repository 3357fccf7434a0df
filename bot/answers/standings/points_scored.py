"""Points scored in races: what is offered where no championship table is held, and why that is not the standings.

Standings are published tables. The points of a season's races added up are something else: after race 17 of 2023 only
four of the first sixteen agreed.
"""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import tally_citations
from bot.answers.common.questions import question_about
from bot.answers.common.text import MAX_SENTENCE_NAMES, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.archive.queries.records import DriverPoints, points_of_season, race_counts_by_season
from bot.archive.queries.standings import championship_tables
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.racing.series import series_name

__all__ = ["POINTS_SCORED", "points_scored_card"]

POINTS_SCORED = "points scored in races"
COLUMNS = (
    Column("#", numeric=True),
    Column("Driver", shrinks_first=True),
    Column("Pts", numeric=True),
    Column("Starts", numeric=True),
)
NOT_STANDINGS_NOTES = (
    "This is not the standings: penalties, playoff points, resets and points of other races are not in it.",
    "Each season counts points on its own scale, so they never add up across seasons.",
)


def points_scored_card(context: QueryContext, series: str | None, season: int | None, *notes: str) -> Card | None:
    """Who scored how many points in the races of a season; the latest season where none is named.

    None where the archive holds no start of that season. Raises NothingKnown where no document tells their points.
    """
    canonical_series = series or context.default_series
    year = season if season is not None else latest_season(context.session, canonical_series)
    rows = points_of_season(context.session, canonical_series, year) if year is not None else ()
    if year is None or not rows:
        return None
    season_title = f"{year} {series_name(canonical_series, year) or series_title(context, canonical_series)}"
    rows_with_points = [row for row in rows if row.known_starts]
    if not rows_with_points:
        starts = plural(sum(row.starts for row in rows), "start")
        raise NothingKnown(
            f"The archive holds no standings of the {season_title}, and no document tells the points of its {starts}. "
            "It holds the places: see /schedule and /results."
        )
    races = sum(race_counts_by_season(context.session, canonical_series, year).values())
    tables = championship_tables(context.session)
    seasons = {(table.series, table.season) for table in tables.after_races}
    seasons |= {(table.series, table.season) for table in tables.of_seasons}
    has_table = (canonical_series, year) in seasons
    return Card(
        title=f"{POINTS_SCORED.capitalize()}: {season_title}",
        question=Question("standings", tuple(_arguments(canonical_series, year))),
        summary=_summary(rows_with_points, season_title, races, has_table),
        blocks=(_table(rows_with_points),),
        notes=tuple(line for line in (*notes, *NOT_STANDINGS_NOTES, _coverage_note(rows)) if line),
        as_of=f"counted over {plural(races, 'race')} of {year}",
        citations=tally_citations(context.session, canonical_series, year),
        follow_ups=tuple(_follow_ups(rows_with_points[0].driver, canonical_series, year, has_table)),
    )


def _arguments(series: str, season: int, championship: str = POINTS_SCORED) -> Iterable[Argument]:
    yield Argument("championship", championship)
    yield Argument("series", series, "series")
    yield Argument("season", str(season))


def _summary(rows: Sequence[DriverPoints], season_title: str, races: int, has_table: bool) -> str:
    leaders = [row.driver for row in rows if row.points == rows[0].points]
    each = " each" if len(leaders) > 1 else ""
    points = f"{plural(rows[0].points, 'point')}{each}"
    most = f"{join_some(leaders, MAX_SENTENCE_NAMES)} scored most in {plural(races, 'race')}, {points}"
    return sentence(most) if has_table else f"The archive holds no standings of the {season_title}. {sentence(most)}"


def _coverage_note(rows: Sequence[DriverPoints]) -> str:
    known, starts = sum(row.known_starts for row in rows), sum(row.starts for row in rows)
    return "" if known == starts else f"Points are told for {known:,} of {plural(starts, 'start')}."


def _table(rows: Sequence[DriverPoints]) -> Table:
    points = [row.points for row in rows]
    return Table(
        COLUMNS,
        tuple(
            (_rank_text(points, number), row.driver, f"{row.points:,}", str(row.starts))
            for number, row in enumerate(rows)
        ),
        derivations=tuple(
            f"added up over the {plural(row.known_starts, 'start')} "
            f"that {'tells' if row.known_starts == 1 else 'tell'} points"
            for row in rows
        ),
    )


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
