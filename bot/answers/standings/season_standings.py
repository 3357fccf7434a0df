"""`/standings` of a whole season: the championship as an article about the season has it, final or so far."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import cite, source_lines
from bot.answers.common.text import MAX_SENTENCE_NAMES, decimal, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.history.season_conflicts import season_conflict_notes
from bot.answers.people.career import series_title
from bot.archive.cell_ref import standings_table
from bot.archive.queries.races import race_of
from bot.archive.queries.seasons import (
    SeasonFinishRow,
    SeasonStandingRow,
    SeasonTable,
    conflicts_of_season,
    finishes_of_season,
    season_standings,
    season_tables,
)
from bot.archive.queries.standings import StandingsTable
from bot.archive.queries.tracks import latest_season
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.racing.series import series_name

__all__ = ["find_season_table", "season_standings_card"]


def season_standings_card(context: QueryContext, table: SeasonTable, notes: Sequence[str] = ()) -> Card:
    """The card of one championship of a season."""
    rows = season_standings(context.session, table.series, table.season, table.championship)
    finishes = finishes_of_season(context.session, table.series, table.season, table.championship)
    title = _season_title(context, table)
    conflicts = conflicts_of_season(context.session, table.series, table.season)
    return Card(
        title=f"{title} {table.championship} standings",
        question=Question("standings", tuple(_arguments(table, table.championship))),
        summary=_summary(rows, title, is_final=_is_final(table)),
        blocks=(_table(table.championship, rows, finishes),),
        notes=(*notes, *season_conflict_notes(conflicts, standings_table(table.championship))),
        as_of=_as_of(table),
        citations=cite(context.session, rows),
        follow_ups=tuple(_follow_ups(table, _championships(context, table))),
    )


def find_season_table(
    context: QueryContext,
    race_tables: Sequence[StandingsTable],
    championship: str,
    series: str | None,
    season: int | None,
) -> SeasonTable | None:
    """The championship of a season that is meant, where it is later than every table after a race; None without one.

    A table of an earlier season than the latest of the series is only meant where the season is told.
    """
    series = series or context.default_series
    tables = [
        table
        for table in season_tables(context.session)
        if (table.series, table.championship) == (series, championship) and season in {None, table.season}
    ]
    if not tables:
        return None
    latest = next(
        (
            race_of(context.session, table.race)
            for table in race_tables
            if (table.series, table.championship) == (series, championship) and season in {None, table.season}
        ),
        None,
    )
    if latest is None:
        is_current = season is not None or tables[0].season >= (latest_season(context.session, series) or 0)
        return tables[0] if is_current else None
    is_later = (tables[0].season, tables[0].races) >= (latest.season or 0, latest.round or 0)
    return tables[0] if is_later else None


def _championships(context: QueryContext, table: SeasonTable) -> tuple[str, ...]:
    """The championships that the season of a table has tables of."""
    season = table.series, table.season
    return tuple(
        other.championship for other in season_tables(context.session) if (other.series, other.season) == season
    )


def _is_final(table: SeasonTable) -> bool:
    """Whether the table has results of every race that it has a column for."""
    return table.rounds > 0 and table.races == table.rounds


def _season_title(context: QueryContext, table: SeasonTable) -> str:
    name = series_name(table.series, table.season) or table.series_name or series_title(context, table.series)
    return name if str(table.season) in name else f"{table.season} {name}"


def _as_of(table: SeasonTable) -> str:
    if _is_final(table):
        return f"after the last of {plural(table.rounds, 'race')}"
    return f"after {table.races} of {plural(table.rounds, 'race')}" if table.rounds else f"season {table.season}"


def _arguments(table: SeasonTable, championship: str) -> Iterable[Argument]:
    yield Argument("championship", championship)
    yield Argument("series", table.series, "series")
    yield Argument("season", str(table.season))


def _summary(rows: Sequence[SeasonStandingRow], title: str, *, is_final: bool) -> str:
    """Who is first, and by how much, in the words of a season that is over or of one that is not."""
    leader = rows[0]
    if leader.points is None or leader.position != 1:
        return sentence(f"The {title} has {plural(len(rows), 'row')} of standings")
    points = "1 point" if leader.points == 1 else f"{decimal(leader.points)} points"
    won = f"{leader.name} {'won the title' if is_final else 'is first'} with {points}"
    ranked = [row for row in rows[1:] if row.position == 2 and row.points is not None]
    if not ranked or ranked[0].points is None:
        return sentence(won)
    gap = leader.points - ranked[0].points
    behind = "1 point" if gap == 1 else f"{decimal(gap)} points"
    names = join_some([row.name for row in ranked], MAX_SENTENCE_NAMES)
    was = ("was" if is_final else "is") if len(ranked) == 1 else ("were" if is_final else "are")
    return sentence(f"{won}; {names} {was} second, {behind} behind")


def _table(championship: str, rows: Sequence[SeasonStandingRow], finishes: Sequence[SeasonFinishRow]) -> Table:
    has_finishes = championship == "drivers" and _are_places(finishes)
    counts = (Column("W", numeric=True), Column("T5", numeric=True), Column("T10", numeric=True))
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), shrinks_first=True),
        Column("Pts", numeric=True),
        *(counts if has_finishes else ()),
    )
    cells = tuple(
        (
            str(row.position or row.written_position or "–"),
            _name_text(row),
            _points_text(row),
            *((str(row.wins), str(row.top_fives), str(row.top_tens)) if has_finishes else ()),
        )
        for row in rows
    )
    note = "W, T5, T10: wins, finishes in the first five and the first ten." if has_finishes else ""
    note += " (R): rookie." if any(row.rookie for row in rows) else ""
    note += " (i): drives for the points of another series." if any(row.ineligible for row in rows) else ""
    derivation = tuple(_derivation(row) if has_finishes else "" for row in rows)
    return Table(columns, cells, "", note.strip(), tuple(source_lines(row) for row in rows), derivation)


def _are_places(finishes: Sequence[SeasonFinishRow]) -> bool:
    """Whether the columns of races hold places: no race has two winners, as it has where they hold points."""
    winners = [mark.race_number for mark in finishes if mark.position == 1]
    return bool(winners) and len(winners) == len(set(winners))


def _name_text(row: SeasonStandingRow) -> str:
    marks = (" (R)" if row.rookie else "") + (" (i)" if row.ineligible else "")
    return row.name + marks


def _points_text(row: SeasonStandingRow) -> str:
    return decimal(row.points) if row.points is not None else row.written_points or "–"


def _derivation(row: SeasonStandingRow) -> str:
    """How the counts follow from the finishes in the row."""
    if not row.starts:
        return ""
    return (
        f"counted over the {plural(row.starts, 'finish', 'finishes')} of the row: "
        f"{plural(row.wins, 'win')}, {row.top_fives} in the first five, {row.top_tens} in the first ten"
    )


def _follow_ups(table: SeasonTable, championships: Sequence[str]) -> Iterable[FollowUp]:
    for other in championships:
        if other != table.championship:
            yield FollowUp(f"{other.capitalize()} standings", Question("standings", tuple(_arguments(table, other))))
    options = (Argument("series", table.series, "series"), Argument("season", str(table.season)))
    yield FollowUp("Schedule", Question("schedule", options))
    yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), *options)))
