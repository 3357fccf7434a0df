"""Card of one driver in one race: every cell of every session, and how the points add up."""

from collections.abc import Iterable, Mapping, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.derivations import explain_race_points
from bot.answers.common.questions import question_about
from bot.answers.common.resolve import as_of
from bot.answers.common.text import plural, sentence
from bot.answers.context import QueryContext
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.no_rows import no_rows_text
from bot.answers.results.questions import results_question, session_follow_ups
from bot.answers.results.row_sources import row_sources
from bot.answers.results.tables import entry_facts, row_facts
from bot.archive.queries.results import RaceSessionRow, ResultRow, result_rows_of
from bot.cards import Card, Fact, Facts, FollowUp
from bot.errors import NothingKnown
from bot.language.ordinals import ordinal
from bot.racing.sessions import is_stage

__all__ = ["driver_card"]


def driver_card(
    context: QueryContext,
    query: ResultsQuery,
    filters: ResultFilters,
    sessions: Sequence[RaceSessionRow],
    chosen: RaceSessionRow | None,
) -> Card:
    """Every cell of one driver, one block for each session asked for; `chosen` is the one that was named, if any.

    Raises NothingKnown where the driver has no cell in them.
    """
    driver = filters.driver or ""
    entry = query.entry(driver)
    rows = result_rows_of(context.session, query.resolved.race.key, *(session.key for session in sessions))
    driver_rows = {row.session: row for row in rows if row.driver == driver and filters.admits(row, entry)}
    sources = row_sources(context.session, tuple(driver_rows.values()), [entry] if entry else [])
    blocks = [
        Facts(row_facts(driver_rows[session.key], entry, sources), session.title)
        for session in sessions
        if session.key in driver_rows
    ]
    if entry and any(session.key == "entries" for session in sessions) and filters.admits(entry, None):
        blocks.append(Facts(entry_facts(entry), "Entry list"))
    blocks += _points_derivation(context, query, driver_rows.get("race"))
    if not blocks:
        raise NothingKnown(no_rows_text(query, chosen, filters, rows))
    what = f": {chosen.title}" if chosen else ""
    return Card(
        title=f"{driver}, {query.resolved.title}{what}",
        question=results_question(query, chosen, filters),
        summary=_driver_summary(query, driver, driver_rows),
        blocks=tuple(blocks),
        notes=(*query.resolved.notes, *filters.notes, *_no_points_notes(query, driver_rows, sessions, rows)),
        as_of=as_of(query.resolved),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Driver", question_about("driver", driver)),
            *session_follow_ups(query, None)[-3:],
        ),
    )


def _points_derivation(context: QueryContext, query: ResultsQuery, row: ResultRow | None) -> Iterable[Facts]:
    """How the race's points add up, where the season's system is known."""
    race = query.resolved.race
    if row is None or row.points is None:
        return
    stages = [session.key for session in query.sessions if is_stage(session.key)]
    scored = [
        stage_row
        for stage_row in result_rows_of(context.session, race.key, *stages)
        if stage_row.driver == row.driver and stage_row.points
    ]
    derivation = explain_race_points(row, scored, race.series, race.season)
    if derivation:
        yield Facts(
            (Fact("Points", derivation, source_lines(row, *scored), derivation=f"worked out: {derivation}"),),
            "How the points add up",
        )


def _driver_summary(query: ResultsQuery, driver: str, driver_rows: Mapping[str, ResultRow]) -> str:
    row = driver_rows.get("race")
    if row is None or row.position is None:
        return ""
    points = f" and scored {plural(row.points, 'point')}" if row.points is not None else ""
    return sentence(f"{driver} finished {ordinal(row.position)} in {query.resolved.in_sentence}{points}")


def _no_points_notes(
    query: ResultsQuery,
    driver_rows: Mapping[str, ResultRow],
    sessions: Sequence[RaceSessionRow],
    rows: Sequence[ResultRow],
) -> Iterable[str]:
    """“no stage points” for a starter beyond the published places of a stage that tells its points."""
    for session in sessions:
        session_rows = [row for row in rows if row.session == session.key]
        if is_stage(session.key) and session.key not in driver_rows and any(row.points for row in session_rows):
            field = query.resolved.race.field_size
            yield f"{session.title}: no stage points (the first {len(session_rows)} of {field} are published)."
