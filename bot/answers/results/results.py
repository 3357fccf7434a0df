"""`/results` and `/stages`: who finished where, in any session of a race weekend."""

from bot.answers.common.resolve import ResolvedRace, as_of, resolve_name, resolve_race
from bot.answers.context import QueryContext
from bot.answers.results.driver_card import driver_card
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.row_sources import row_sources
from bot.answers.results.session_card import entry_list_card, session_card
from bot.answers.results.sessions import resolve_session, sessions_text, with_entries
from bot.answers.results.stages import stage_blocks, stage_summary
from bot.answers.results.team_filter import resolve_team_in_race
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import RaceSessionRow, entries_of, result_rows_of, sessions_of
from bot.cards import Card, FollowUp, Question
from bot.errors import NothingKnown
from bot.racing.sessions import is_stage

__all__ = ["results", "stages"]


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
        return driver_card(context, query, filters, query.sessions, None)
    chosen = resolve_session(query.sessions, session, resolved.in_sentence) if session else _default_session(query)
    if filters.driver:
        return driver_card(context, query, filters, (chosen,), chosen)
    if chosen.key == "entries":
        return entry_list_card(context, query, chosen, filters)
    return session_card(context, query, chosen, filters)


def stages(context: QueryContext, race: str | None = None) -> Card:
    """Every stage of a race: laps, winner, top ten with points, margin, and who scored most stage points.

    Raises UnknownName, AmbiguousName, and NothingKnown where no stage is told.
    """
    resolved = resolve_race(context, race)
    race_key = resolved.race.key
    sessions = sessions_of(context.session, race_key)
    stage_sessions = [session for session in sessions if is_stage(session.key)]
    if not stage_sessions:
        raise NothingKnown(f"The documents tell of no stages of {resolved.in_sentence}. {sessions_text(sessions)}")
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
    names = (("driver", driver), ("manufacturer", manufacturer))
    resolved_names = {kind: resolve_name(context, text, kind, resolved.race) for kind, text in names if text}
    values = {kind: name.value for kind, name in resolved_names.items()}
    notes = tuple(name.note for name in resolved_names.values() if name.note)
    found = resolve_team_in_race(context, team, resolved.race) if team else None
    return ResultFilters(
        values.get("driver"),
        found.team if found else None,
        values.get("manufacturer"),
        (*notes, *(found.notes if found else ())),
        found.names if found else (),
    )


def _default_session(query: ResultsQuery) -> RaceSessionRow:
    """The session to show where none is named: the race, else the first that has rows."""
    filled = [session for session in query.sessions if session.rows]
    if not filled:
        raise NothingKnown(f"The documents hold no results of {query.resolved.in_sentence}.")
    return next((session for session in filled if session.key == "race"), filled[0])
