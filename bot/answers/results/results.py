"""`/results` and `/stages`: who finished where, in any session of a race weekend."""

from collections.abc import Iterable, Mapping, Sequence

from bot.answers.common.citations import cite, source_lines
from bot.answers.common.derivations import explain_race_points, points_sum
from bot.answers.common.questions import question_about
from bot.answers.common.resolve import ResolvedRace, as_of, resolve_name, resolve_race
from bot.answers.common.text import footnote_text, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.row_sources import row_sources
from bot.answers.results.sessions import resolve_session, session_titles, with_entries
from bot.answers.results.stages import stage_blocks, stage_summary
from bot.answers.results.tables import entry_facts, entry_table, name_with_marks, row_facts, session_table
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow, entries_of, result_rows_of, sessions_of
from bot.archive.queries.story import FootnoteRow, footnotes_of
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown
from bot.language.ordinals import ordinal
from bot.racing.sessions import is_practice, is_qualifying, is_stage, session_kind

__all__ = ["results", "stages"]

FOOTNOTE_SECTIONS = {
    "entries": ("entry",),
    "practice": ("practice",),
    "qualifying": ("qualifying",),
    "stage": ("stage",),
}
OTHER_FOOTNOTE_SECTIONS = ("standings", "championship")


def results(
    context: QueryContext,
    race: str | None = None,
    session: str | None = None,
    driver: str | None = None,
    team: str | None = None,
    manufacturer: str | None = None,
) -> Card:
    """All rows of one session, the race itself where none is named; filters combine.

    A driver alone gives every cell of that driver, in all sessions where none is named. Raises UnknownName,
    AmbiguousName, and NothingKnown where the race has no such session or no row passes.
    """
    resolved = resolve_race(context, race)
    race_key = resolved.race.key
    entries = entries_of(context.session, race_key)
    query = ResultsQuery(resolved, with_entries(sessions_of(context.session, race_key), entries), entries)
    filters = _resolve_filters(context, resolved, driver, team, manufacturer)
    # A driver alone is asked about the whole weekend.
    if filters.driver and session is None:
        return _driver_card(context, query, filters, query.sessions, None)
    chosen = resolve_session(query.sessions, session, resolved.in_sentence) if session else _default_session(query)
    if filters.driver:
        return _driver_card(context, query, filters, (chosen,), chosen)
    if chosen.key == "entries":
        return _entry_list_card(context, query, chosen, filters)
    return _session_card(context, query, chosen, filters)


def stages(context: QueryContext, race: str | None = None) -> Card:
    """Every stage of a race: laps, winner, top ten with points, margin, and who scored most stage points.

    Raises UnknownName, AmbiguousName, and NothingKnown where no stage is told.
    """
    resolved = resolve_race(context, race)
    race_key = resolved.race.key
    sessions = sessions_of(context.session, race_key)
    stage_sessions = [session for session in sessions if is_stage(session.key)]
    if not stage_sessions:
        raise NothingKnown(f"The documents tell of no stages of {resolved.in_sentence}. {_sessions_text(sessions)}")
    rows = result_rows_of(context.session, race_key, *(session.key for session in stage_sessions))
    race_facts = facts_of(context.session, race_key)
    sources = row_sources(context.session, rows, stage_sessions)
    return Card(
        title=f"{resolved.title}: stages",
        question=Question("stages", (resolved.argument("race"),)),
        summary=stage_summary(stage_sessions, rows, resolved.race.winner),
        blocks=stage_blocks(stage_sessions, rows, race_facts, resolved.race.winner, sources=sources),
        notes=resolved.notes,
        as_of=as_of(resolved),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Results", Question("results", (resolved.argument("race"),))),
            FollowUp("Race", Question("race", (resolved.argument("name"),))),
        ),
    )


def _resolve_filters(
    context: QueryContext, resolved: ResolvedRace, driver: str | None, team: str | None, manufacturer: str | None
) -> ResultFilters:
    names = (("driver", driver), ("team", team), ("manufacturer", manufacturer))
    resolved_names = {kind: resolve_name(context, text, kind, resolved.race) for kind, text in names if text}
    values = {kind: name.value for kind, name in resolved_names.items()}
    notes = tuple(name.note for name in resolved_names.values() if name.note)
    return ResultFilters(values.get("driver"), values.get("team"), values.get("manufacturer"), notes)


def _default_session(query: ResultsQuery) -> RaceSessionRow:
    """The session to show where none is named: the race, else the first that has rows."""
    filled = [session for session in query.sessions if session.rows]
    if not filled:
        raise NothingKnown(f"The documents hold no results of {query.resolved.in_sentence}.")
    return next((session for session in filled if session.key == "race"), filled[0])


def _sessions_text(sessions: Sequence[RaceSessionRow]) -> str:
    return f"They hold: {', '.join(session_titles(sessions))}." if sessions else "They hold no results of it."


def _question(query: ResultsQuery, chosen: RaceSessionRow | None, filters: ResultFilters) -> Question:
    session = (Argument("session", chosen.title),) if chosen else ()
    return Question("results", (query.resolved.argument("race"), *session, *filters.arguments()))


def _other_sessions(query: ResultsQuery, shown: RaceSessionRow | None) -> tuple[FollowUp, ...]:
    """The other sessions that have rows, as buttons."""
    race = query.resolved.argument("race")
    others = [session for session in query.sessions if session.rows and session != shown]
    buttons = [
        FollowUp(session.title, Question("results", (race, Argument("session", session.title))))
        for session in others[:4]
    ]
    return (*buttons, FollowUp("Overview", Question("race", (query.resolved.argument("name"),))))


def _session_card(context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters) -> Card:
    """A table of one session; a stage without rows is told by its laps and the race's winner."""
    all_rows = result_rows_of(context.session, query.resolved.race.key, chosen.key)
    rows = [row for row in all_rows if filters.admits(row, query.entry(row.driver))]
    if all_rows and not rows:
        raise NothingKnown(_no_answer(query, chosen, filters, all_rows))
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
        question=_question(query, chosen, filters),
        summary=_summary(chosen, rows, filters),
        blocks=blocks,
        notes=_notes(context, query, chosen, filters, all_rows),
        as_of=as_of(query.resolved),
        citations=sources.citations,
        follow_ups=_other_sessions(query, chosen),
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


def _entry_list_card(
    context: QueryContext, query: ResultsQuery, chosen: RaceSessionRow, filters: ResultFilters
) -> Card:
    rows = [row for row in query.entries if filters.admits(row, None)]
    if not rows:
        raise NothingKnown(_no_answer(query, chosen, filters, query.entries))
    what = f" of {filters.text()}" if filters.text() else ""
    are = "is" if len(rows) == 1 else "are"
    return Card(
        title=f"{query.resolved.title}: {chosen.title}",
        question=_question(query, chosen, filters),
        summary=sentence(f"{plural(len(rows), 'car')}{what} {are} entered for {query.resolved.in_sentence}"),
        blocks=(entry_table(rows),),
        notes=_notes(context, query, chosen, filters),
        as_of=as_of(query.resolved),
        citations=cite(context.session, rows),
        follow_ups=_other_sessions(query, chosen),
    )


def _driver_card(
    context: QueryContext,
    query: ResultsQuery,
    filters: ResultFilters,
    sessions: Sequence[RaceSessionRow],
    chosen: RaceSessionRow | None,
) -> Card:
    """Every cell of one driver, one block for each session asked for."""
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
        raise NothingKnown(_no_answer(query, chosen, filters, rows))
    what = f": {chosen.title}" if chosen else ""
    return Card(
        title=f"{driver}, {query.resolved.title}{what}",
        question=_question(query, chosen, filters),
        summary=_driver_summary(query, driver, driver_rows),
        blocks=tuple(blocks),
        notes=(*query.resolved.notes, *filters.notes, *_no_points_notes(query, driver_rows, sessions, rows)),
        as_of=as_of(query.resolved),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Driver", question_about("driver", driver)),
            *_other_sessions(query, None)[-3:],
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


def _no_answer(
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
        else _sessions_text(query.sessions)
    )
    points = is_stage(chosen.key) and any(isinstance(row, ResultRow) and row.points for row in rows)
    is_entered = filters.driver is not None and query.entry(filters.driver) is not None
    if points and is_entered:
        return f"{filters.driver} scored no stage points in {chosen.title} of {query.resolved.in_sentence}. {rows_text}"
    return (
        f"The documents tell nothing of {filters.text()} in {chosen.title} of {query.resolved.in_sentence}. {rows_text}"
    )


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
