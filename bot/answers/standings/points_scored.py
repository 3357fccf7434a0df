"""Points scored in races: what is offered where no championship table is held, and why that is not the standings.

Standings are published tables. The points of a season's races added up are something else: after race 17 of 2023 only
four of the first sixteen agreed.
"""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import counted_from
from bot.answers.common.text import plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.people.career import series_called
from bot.archive.queries.records import Scored, points_scored, races_counted
from bot.archive.queries.standings import tables_held
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown
from bot.racing.series import series_name

__all__ = ["POINTS", "scored_in_races"]

POINTS = "points scored in races"
COLUMNS = (
    Column("#", numeric=True),
    Column("Driver", grow=True),
    Column("Pts", numeric=True),
    Column("Starts", numeric=True),
)
WHY = (
    "This is not the standings: penalties, playoff points, resets and points of other races are not in it.",
    "Each season counts points on its own scale, so they never add up across seasons.",
)


def scored_in_races(reader: Reader, series: str | None, season: int | None, *notes: str) -> Card | None:
    """Who scored how many points in the races of a season; the latest season where none is named.

    None where the archive holds no start of that season. Raises NothingKnown where no document tells their points.
    """
    chosen = series or reader.default_series
    year = season if season is not None else latest_season(reader.session, chosen)
    rows = points_scored(reader.session, chosen, year) if year is not None else ()
    if year is None or not rows:
        return None
    called = f"{year} {series_name(chosen, year) or series_called(reader, chosen)}"
    known = [row for row in rows if row.known]
    if not known:
        starts = plural(sum(row.starts for row in rows), "start")
        raise NothingKnown(
            f"The archive holds no standings of the {called}, and no document tells the points of its {starts}. "
            "It holds the places: see /schedule and /results."
        )
    races = sum(races_counted(reader.session, chosen, year).values())
    held = any(table.series == chosen and table.season == year for table in tables_held(reader.session))
    return Card(
        title=f"{POINTS.capitalize()}: {called}",
        question=Question("standings", tuple(_arguments(chosen, year))),
        summary=_summary(known, called, races, held),
        blocks=(_table(known),),
        notes=tuple(line for line in (*notes, *WHY, _unknown(rows)) if line),
        as_of=f"counted over {plural(races, 'race')} of {year}",
        citations=counted_from(reader.session, chosen, year),
        follow_ups=tuple(_follow_ups(known[0].driver, chosen, year, held)),
    )


def _arguments(series: str, season: int, championship: str = POINTS) -> Iterable[Argument]:
    yield Argument("championship", championship)
    yield Argument("series", series, "series")
    yield Argument("season", str(season))


def _summary(rows: Sequence[Scored], called: str, races: int, held: bool) -> str:
    first = [row.driver for row in rows if row.points == rows[0].points]
    each = " each" if len(first) > 1 else ""
    most = f"{some_of(first, 3)} scored most in {plural(races, 'race')}, {plural(rows[0].points, 'point')}{each}"
    return sentence(most) if held else f"The archive holds no standings of the {called}. {sentence(most)}"


def _unknown(rows: Sequence[Scored]) -> str:
    known, starts = sum(row.known for row in rows), sum(row.starts for row in rows)
    return "" if known == starts else f"Points are told for {known:,} of {plural(starts, 'start')}."


def _table(rows: Sequence[Scored]) -> Table:
    points = [row.points for row in rows]
    return Table(
        COLUMNS,
        tuple(
            (_place(points, number), row.driver, f"{row.points:,}", str(row.starts)) for number, row in enumerate(rows)
        ),
        how=tuple(
            f"added up over the {plural(row.known, 'start')} that {'tells' if row.known == 1 else 'tell'} points"
            for row in rows
        ),
    )


def _place(points: Sequence[int], number: int) -> str:
    """The place, with = where it is shared."""
    return f"{'=' if points.count(points[number]) > 1 else ''}{points.index(points[number]) + 1}"


def _follow_ups(leader: str, series: str, season: int, held: bool) -> Iterable[FollowUp]:
    if held:
        yield FollowUp("Standings", Question("standings", tuple(_arguments(series, season, "drivers"))))
    own = (Argument("series", series, "series"), Argument("season", str(season)))
    yield FollowUp("Schedule", Question("schedule", own))
    yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *own)))
    yield FollowUp(leader, Question("driver", (Argument("name", leader, "driver"),)))
