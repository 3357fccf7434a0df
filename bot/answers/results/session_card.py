"""Card of one session of a race, and of its entry list: the rows that pass the filters, and their footnotes."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import cite, source_lines
from bot.answers.common.derivations import points_sum
from bot.answers.common.resolve import as_of
from bot.answers.common.text import footnote_text, join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.no_rows import no_rows_text
from bot.answers.results.questions import results_question, session_follow_ups
from bot.answers.results.row_sources import row_sources
from bot.answers.results.stages import stage_blocks
from bot.answers.results.tables import entry_table, name_with_marks, session_table
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import RaceSessionRow, ResultRow, published_rows_of, starter_rows
from bot.archive.queries.story import FootnoteRow, footnotes_of
from bot.cards import Block, Card, Fact, Facts
from bot.errors import NothingKnown
from bot.language.ordinals import ordinal
from bot.racing.sessions import is_practice, is_qualifying, is_stage, session_kind

__all__ = ["entry_list_card", "session_card"]

FOOTNOTE_SECTIONS = {
    "entries": ("entry",),
    "practice": ("practice",),
    "qualifying": ("qualifying",),
    "stage": ("stage",),
}
OTHER_FOOTNOTE_SECTIONS = ("standings", "championship")


def session_card(context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters) -> Card:
    """A table of one session; a stage without rows is told by its laps and the race's winner.

    Raises NothingKnown where no row passes the filters, or where a session that is no stage has none.
    """
    published_rows = published_rows_of(context.session, query.resolved.race.key, chosen.key)
    all_rows = starter_rows(published_rows)
    rows = [row for row in all_rows if filters.admits(row, query.entry(row.driver))]
    if all_rows and not rows:
        raise NothingKnown(no_rows_text(query, chosen, filters, all_rows))
    sources = row_sources(context.session, rows, [chosen])
    blocks: tuple[Block, ...] = (session_table(rows, "", _legend(rows), sources), *_total_points(rows, filters))
    # Who scored most, and that the last stage ends the race, is about everybody: filtered rows stay a plain table.
    if is_stage(chosen.key):
        race_facts = facts_of(context.session, query.resolved.race.key)
        stage_sessions = [session for session in query.sessions if is_stage(session.key)]
        shown = () if filters.text() else rows
        blocks = (
            blocks
            if filters.text()
            else stage_blocks(stage_sessions, shown, race_facts, query.resolved.race.winner, chosen, sources)
        )
    elif not rows:
        raise NothingKnown(f"The documents tell no result of {chosen.title} of {query.resolved.in_sentence}.")
    return Card(
        title=f"{query.resolved.title}: {chosen.title}",
        question=results_question(query, chosen, filters),
        summary=_summary(chosen, rows, filters),
        blocks=blocks,
        notes=(*_notes(context, query, chosen, filters, published_rows), *_second_rows_note(published_rows, all_rows)),
        as_of=as_of(query.resolved),
        citations=sources.citations,
        follow_ups=session_follow_ups(query, chosen),
    )


def entry_list_card(context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters) -> Card:
    """The cars that are entered, those that pass the filters. Raises NothingKnown where none does."""
    rows = [row for row in query.entries if filters.admits(row, None)]
    if not rows:
        raise NothingKnown(no_rows_text(query, chosen, filters, query.entries))
    what = f" of {filters.text()}" if filters.text() else ""
    are = "is" if len(rows) == 1 else "are"
    return Card(
        title=f"{query.resolved.title}: {chosen.title}",
        question=results_question(query, chosen, filters),
        summary=sentence(f"{plural(len(rows), 'car')}{what} {are} entered for {query.resolved.in_sentence}"),
        blocks=(entry_table(rows),),
        notes=_notes(context, query, chosen, filters),
        as_of=as_of(query.resolved),
        citations=cite(context.session, rows),
        follow_ups=session_follow_ups(query, chosen),
    )


def _total_points(rows: Sequence[ResultRow], filters: ResultFilters) -> Iterable[Facts]:
    """The points of a team or a make together."""
    scored = [row for row in rows if row.points is not None]
    if filters.text() and len(scored) > 1:
        total = plural(sum(row.points or 0 for row in scored), "point")
        yield Facts((Fact("Together", total, source_lines(*scored), derivation=f"worked out: {points_sum(scored)}"),))


def _summary(chosen: RaceSessionRow, rows: Sequence[ResultRow], filters: ResultFilters) -> str:
    if filters.text():
        return sentence(f"{plural(len(rows), 'row')} of {chosen.title} for {filters.text()}")
    first = next((row for row in rows if row.position == 1), None)
    if first is None:
        return ""
    did = "was fastest in" if is_qualifying(chosen.key) or is_practice(chosen.key) else "won"
    what = chosen.title.lower() if did != "won" else "the race" if chosen.key == "race" else chosen.title
    laps = f" over {plural(chosen.laps, 'lap')}" if chosen.laps and did == "won" else ""
    return sentence(f"{first.driver} {did} {what}{laps}")


def _notes(
    context: QueryContext,
    query: ResultsQuery,
    chosen: RaceSessionRow,
    filters: ResultFilters,
    all_rows: Sequence[ResultRow] = (),
) -> tuple[str, ...]:
    """How names were read, how much of the field is published, and the source's own notes."""
    notes = [*query.resolved.notes, *filters.notes]
    field = query.resolved.race.field_size
    if 1 < len(all_rows) < field:
        has_stage_points = is_stage(chosen.key) and any(row.points for row in all_rows)
        beyond = ": beyond them there are no stage points" if has_stage_points else ""
        notes.append(f"{len(all_rows)} of {field} rows are published{beyond}.")
    notes += [footnote_text(note.text) for note in _session_footnotes(context, query, chosen)]
    return tuple(notes)


def _second_rows_note(published_rows: Sequence[ResultRow], starters: Sequence[ResultRow]) -> Iterable[str]:
    """Who stands twice in the table, and the places that do not count."""
    counted = {(row.driver, row.number) for row in starters}
    second_rows = [row for row in published_rows if (row.driver, row.number) not in counted]
    if second_rows:
        places = [
            f"{row.driver} ({f'also {ordinal(row.position)}' if row.position else 'twice'})" for row in second_rows
        ]
        yield f"One start each, the better row, for who stands twice in the table: {join(places)}."


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
    """What the marks after names mean, where any is shown."""
    names = " ".join(name_with_marks(row) for row in rows)
    marks = (("(R)", "(R) rookie"), ("(i)", "(i) ineligible for series points"))
    return ", ".join(words for mark, words in marks if mark in names)
