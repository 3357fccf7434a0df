"""What is said where no row passes the filters, and which rows there are."""

from collections.abc import Sequence

from bot.answers.common.text import join_some, plural
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.sessions import sessions_text
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow
from bot.racing.sessions import is_stage

__all__ = ["no_rows_text"]


def no_rows_text(
    query: ResultsQuery, chosen: RaceSessionRow | None, filters: ResultFilters, rows: Sequence[ResultRow | EntryRow]
) -> str:
    """That no row passes, and which rows there are."""
    if chosen is None:
        drivers = sorted({entry.driver for entry in query.entries} | {row.driver for row in rows})
        whom = f" They tell of {join_some(drivers, 10)}." if drivers else ""
        return f"The documents tell nothing of {filters.text()} in {query.resolved.in_sentence}.{whom}"
    drivers = list(dict.fromkeys(row.driver for row in rows))
    rows_text = (
        f"The documents hold {plural(len(drivers), 'row')}: {join_some(drivers, 10)}."
        if drivers
        else sessions_text(query.sessions)
    )
    points = is_stage(chosen.key) and any(isinstance(row, ResultRow) and row.points for row in rows)
    is_entered = filters.driver is not None and query.entry(filters.driver) is not None
    if points and is_entered:
        return f"{filters.driver} scored no stage points in {chosen.title} of {query.resolved.in_sentence}. {rows_text}"
    return (
        f"The documents tell nothing of {filters.text()} in {chosen.title} of {query.resolved.in_sentence}. {rows_text}"
    )
