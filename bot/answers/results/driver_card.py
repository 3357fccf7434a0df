"""Card of one driver in one race: how every session went, and how the points add up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.answers.common.citations import source_lines
from bot.answers.common.derivations import explain_race_points
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import when_text
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.questions import results_question, session_follow_ups
from bot.answers.results.result_words import NO_STAGE_POINTS, driver_sentence, no_driver_text
from bot.answers.results.row_sources import RowSources, row_sources
from bot.answers.results.tables import entry_facts, row_facts, session_line
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow, result_rows_of
from bot.cards import Block, Card, Fact, Facts, FollowUp
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["driver_card"]

POINTS_LABEL = "Points"


def driver_card(
    context: QueryContext,
    query: ResultsQuery,
    filters: ResultFilters,
    sessions: Sequence[RaceSessionRow],
    chosen: RaceSessionRow | None,
) -> Card:
    """Every cell of one driver; `chosen` is the session that was named, if any.

    Raises NothingToShow where the driver has no cell in these sessions.
    """
    driver = filters.driver or ""
    entry = query.entry(driver)
    rows = result_rows_of(context.session, query.resolved.race.key, *(session.key for session in sessions))
    driver_rows = {row.session: row for row in rows if row.driver == driver and filters.admits(row, entry)}
    sources = row_sources(context.session, tuple(driver_rows.values()), [entry] if entry else [], sessions)
    is_shown_entry = any(session.key == "entries" for session in sessions) and bool(
        entry and filters.admits(entry, None)
    )
    if not driver_rows and not is_shown_entry:
        raise _nobody_there(query, filters, chosen, rows)
    what = f": {chosen.title}" if chosen else ""
    return Card(
        title=f"{driver}, {query.resolved.title}{what}",
        question=results_question(query, chosen, filters),
        summary=driver_sentence(driver_rows.get(RACE_SESSION), driver, query.resolved.in_sentence),
        blocks=tuple(_blocks(context, query, driver_rows, sessions, sources, entry, rows)),
        note=note_text(query.resolved.note, filters.note),
        as_of=when_text(query.resolved.race),
        citations=sources.citations,
        follow_ups=(FollowUp(driver, question_about("driver", driver)), *session_follow_ups(query, None)),
    )


def _nobody_there(
    query: ResultsQuery, filters: ResultFilters, chosen: RaceSessionRow | None, rows: Sequence[ResultRow]
) -> NothingToShow:
    """That the driver has no row, and who has one."""
    known: Sequence[ResultRow | EntryRow] = rows
    if chosen is None:
        known = sorted((*query.entries, *rows), key=lambda row: row.driver)
    has_points = chosen is not None and is_stage(chosen.key) and any(row.points for row in rows)
    is_entered = has_points and query.entry(filters.driver or "") is not None
    text = no_driver_text(filters.text(), chosen, known, query.resolved.in_sentence, is_entered=is_entered)
    profile = (FollowUp(filters.driver, question_about("driver", filters.driver)),) if filters.driver else ()
    return NothingToShow(text, (*session_follow_ups(query, None), *profile))


def _blocks(
    context: QueryContext,
    query: ResultsQuery,
    driver_rows: Mapping[str, ResultRow],
    sessions: Sequence[RaceSessionRow],
    sources: RowSources,
    entry: EntryRow | None,
    rows: Sequence[ResultRow],
) -> Iterable[Block]:
    """The first session cell by cell, the race where it is among them; then each of the others in one line."""
    shown = [session for session in sessions if session.key in driver_rows]
    if not shown:
        if entry is not None:
            yield Facts(entry_facts(entry), "Entry list")
        return
    first = driver_rows[shown[0].key]
    facts = row_facts(first, entry, sources)
    yield Facts(tuple(_with_points_explained(context, query, first, facts)), shown[0].title)
    others = [session for session in sessions if session not in shown[:1]]
    lines = tuple(fact for session in others for fact in _session_facts(session, driver_rows, sources, rows))
    if lines:
        yield Facts(lines, "The weekend")


def _session_facts(
    session: RaceSessionRow, driver_rows: Mapping[str, ResultRow], sources: RowSources, rows: Sequence[ResultRow]
) -> Iterable[Fact]:
    """One session in one line; “no stage points” for a starter whom a stage that pays points does not list."""
    row = driver_rows.get(session.key)
    if row is not None:
        text = session_line(row)
        yield Fact(session.title, text, sources.row_lines(row), row.agree, sources.derivation(row))
    elif (
        is_stage(session.key)
        and RACE_SESSION in driver_rows
        and any(other.session == session.key and other.points for other in rows)
    ):
        derivation = "worked out: those who scored are listed, and this driver is not among them"
        yield Fact(session.title, NO_STAGE_POINTS, source_lines(session), derivation=derivation)


def _with_points_explained(
    context: QueryContext, query: ResultsQuery, row: ResultRow, facts: Sequence[Fact]
) -> Iterable[Fact]:
    """The facts; the points of a race with how they add up, where the season's system is known."""
    race = query.resolved.race
    stages = [session.key for session in query.sessions if is_stage(session.key)]
    scored: list[ResultRow] = []
    explained = ""
    if row.session == RACE_SESSION and row.points is not None:
        stage_rows = result_rows_of(context.session, race.key, *stages) if stages else ()
        scored = [stage_row for stage_row in stage_rows if stage_row.driver == row.driver and stage_row.points]
        explained = explain_race_points(row, scored, race.series, race.season)
    for fact in facts:
        if explained and fact.label == POINTS_LABEL:
            lines = tuple(dict.fromkeys((*fact.sources, *source_lines(*scored))))
            yield replace(fact, value=explained, sources=lines, derivation=f"worked out: {explained}")
        else:
            yield fact
