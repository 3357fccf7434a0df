"""Card of one session of a race, and of its entry list: the rows that pass the filters, and their footnotes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.common.addresses import first_address
from bot.answers.common.citations import cite, source_lines
from bot.answers.common.derivations import points_sum
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import when_text
from bot.answers.common.text import footnote_text, note_text, plural
from bot.answers.context import QueryContext
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.questions import results_question, session_follow_ups
from bot.answers.results.race_parts import RESULTS, moves_chart_question, race_parts
from bot.answers.results.result_words import (
    entries_sentence,
    filtered_sentence,
    no_driver_text,
    no_session_text,
    part_of_field_text,
    results_title,
    second_rows_text,
    session_sentence,
    stage_sentence,
)
from bot.answers.results.row_sources import RowSources, row_sources
from bot.answers.results.stages import stage_blocks
from bot.answers.results.tables import entry_table, name_with_marks, session_table
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow, published_rows_of, starter_rows
from bot.archive.queries.story import FootnoteRow, footnotes_of
from bot.cards import Block, Card, Fact, Facts, chosen_part
from bot.racing.sessions import RACE_SESSION, is_stage, session_kind

__all__ = ["entry_list_card", "session_card"]

FOOTNOTE_SECTIONS = {
    "entries": ("entry",),
    "practice": ("practice",),
    "qualifying": ("qualifying",),
    "stage": ("stage",),
}
OTHER_FOOTNOTE_SECTIONS = ("standings", "championship")


def session_card(
    context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters, part: str = ""
) -> Card:
    """A table of one session, of the race another part too; a stage without rows is told by its laps and the winner.

    Raises NothingToShow where no row passes the filters, or where a session that is no stage has none.
    """
    published_rows = published_rows_of(context.session, query.resolved.race.key, chosen.key)
    all_rows = starter_rows(published_rows)
    rows = [row for row in all_rows if filters.admits(row, query.entry(row.driver))]
    if all_rows and not rows:
        raise _nobody_there(query, chosen, filters, all_rows)
    sources = row_sources(context.session, rows, [chosen])
    notes = (_legend(rows), *_table_notes(context, query, chosen, published_rows, all_rows))
    note = " ".join(part for part in notes if part)
    if not rows and not is_stage(chosen.key):
        others = [session for session in query.sessions if session.rows]
        text = no_session_text(chosen.title, query.resolved.in_sentence, others)
        raise NothingToShow(text, session_follow_ups(query, chosen))
    blocks = _blocks(context, query, chosen, filters, rows, sources, note)
    is_whole_race = chosen.key == RACE_SESSION and not filters.text()
    parts = race_parts(rows, sources) if is_whole_race else {}
    shown = chosen_part(tuple(parts), part) if parts else RESULTS
    return Card(
        title=results_title(query.resolved.title, chosen),
        question=replace(results_question(query, chosen, filters), part=shown.code if part and parts else ""),
        summary=_summary(query, chosen, rows, filters),
        blocks=blocks if shown == RESULTS else parts[shown],
        note=note_text(query.resolved.note, filters.note),
        as_of=when_text(query.resolved.race),
        citations=sources.citations,
        address=first_address(sources.citations),
        follow_ups=session_follow_ups(query, chosen),
        parts=tuple(parts),
        chart_question=moves_chart_question(query.resolved, rows) if is_whole_race else None,
    )


def _blocks(
    context: QueryContext,
    query: ResultsQuery,
    chosen: RaceSessionRow,
    filters: ResultFilters,
    rows: Sequence[ResultRow],
    sources: RowSources,
    note: str,
) -> tuple[Block, ...]:
    """The table of a session. Who scored most, and that the last stage ends the race, is about everybody."""
    if filters.text() or not is_stage(chosen.key):
        return (session_table(rows, "", note, sources), *_total_points(rows, filters))
    race_facts = facts_of(context.session, query.resolved.race.key)
    stage_sessions = [session for session in query.sessions if is_stage(session.key)]
    return stage_blocks(stage_sessions, rows, race_facts, query.resolved.race.winner, chosen, sources, note)


def entry_list_card(context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters) -> Card:
    """The cars that are entered, those that pass the filters. Raises NothingToShow where none does."""
    rows = [row for row in query.entries if filters.admits(row, None)]
    if not rows:
        raise _nobody_there(query, chosen, filters, query.entries)
    notes = [footnote_text(note.text) for note in _session_footnotes(context, query, chosen)]
    return Card(
        title=f"{query.resolved.title}: {chosen.title}",
        question=results_question(query, chosen, filters),
        summary=entries_sentence(len(rows), filters.text(), query.resolved.in_sentence),
        blocks=(entry_table(rows, notes=notes),),
        note=note_text(query.resolved.note, filters.note),
        as_of=when_text(query.resolved.race),
        citations=cite(context.session, rows),
        follow_ups=session_follow_ups(query, chosen),
    )


def _total_points(rows: Sequence[ResultRow], filters: ResultFilters) -> Iterable[Facts]:
    """The points of a team or a make together."""
    scored = [row for row in rows if row.points is not None]
    if filters.text() and len(scored) > 1:
        total = plural(sum(row.points or 0 for row in scored), "point")
        yield Facts((Fact("Together", total, source_lines(*scored), derivation=f"worked out: {points_sum(scored)}"),))


def _nobody_there(
    query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters, rows: Sequence[ResultRow | EntryRow]
) -> NothingToShow:
    """That no row passes the filters, and who has one."""
    has_points = is_stage(chosen.key) and any(isinstance(row, ResultRow) and row.points for row in rows)
    is_entered = has_points and filters.driver is not None and query.entry(filters.driver) is not None
    text = no_driver_text(filters.text(), chosen, rows, query.resolved.in_sentence, is_entered=is_entered)
    return NothingToShow(text, session_follow_ups(query, None))


def _summary(query: ResultsQuery, chosen: RaceSessionRow, rows: Sequence[ResultRow], filters: ResultFilters) -> str:
    the_race = query.resolved.in_sentence
    if filters.text():
        return filtered_sentence(chosen, rows, filters.text(), the_race)
    if not rows and is_stage(chosen.key):
        return stage_sentence([chosen], rows, query.resolved.race.winner, the_race)
    return session_sentence(chosen, rows, the_race)


def _table_notes(
    context: QueryContext,
    query: ResultsQuery,
    chosen: RaceSessionRow,
    published_rows: Sequence[ResultRow],
    starters: Sequence[ResultRow],
) -> Iterable[str]:
    """How much of the field is published, who stands in it twice, and the source's own notes."""
    # That a stage with points has ten rows is no news: no more score.
    if not any(row.points for row in published_rows) or not is_stage(chosen.key):
        yield part_of_field_text(len(published_rows), query.resolved.race.field_size)
    counted = {(row.driver, row.number) for row in starters}
    yield second_rows_text([row for row in published_rows if (row.driver, row.number) not in counted])
    yield from (footnote_text(note.text) for note in _session_footnotes(context, query, chosen))


def _session_footnotes(context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow) -> Iterable[FootnoteRow]:
    """The source's own notes under the table of this session; those of no other table belong to the race."""
    notes = footnotes_of(context.session, query.resolved.race.key)
    words = FOOTNOTE_SECTIONS.get(session_kind(chosen.key), ())
    others = [word for several in FOOTNOTE_SECTIONS.values() for word in several] + list(OTHER_FOOTNOTE_SECTIONS)
    for note in notes:
        section = note.section.casefold()
        if any(word in section for word in words) if words else not any(word in section for word in others):
            yield note


def _legend(rows: Sequence[ResultRow]) -> str:
    """What the marks behind names mean, where any is shown."""
    names = " ".join(name_with_marks(row) for row in rows)
    marks = (("(R)", "(R) rookie"), ("(i)", "(i) ineligible for series points"))
    legend = ", ".join(words for mark, words in marks if mark in names)
    return f"{legend}." if legend else ""
