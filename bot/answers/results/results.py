"""`/results` and `/stages`: who finished where, in any session of a race weekend."""

from bot.answers.common.fitting_race import resolve_race_with
from bot.answers.common.questions import race_follow_up, story_follow_up
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import ResolvedRace, resolve_name, resolve_race, when_text
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.results.driver_card import driver_card
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.answers.results.questions import session_follow_ups, stages_follow_up
from bot.answers.results.result_words import no_results_text, no_session_text, no_stages_text, stage_sentence
from bot.answers.results.row_sources import row_sources
from bot.answers.results.session_card import entry_list_card, session_card
from bot.answers.results.sessions import find_session, means_session, with_entries
from bot.answers.results.stages import stage_blocks
from bot.answers.results.team_filter import resolve_team_in_race
from bot.archive.queries.races import facts_of
from bot.archive.queries.results import RaceSessionRow, entries_of, result_rows_of, sessions_of
from bot.cards import Card, FollowUp, Question
from bot.names.entity import Entity
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["results", "stages"]

STAGE_TITLE = "stage 1"  # of a race that was run in stages the archive has the first


def results(
    context: QueryContext,
    race: str | None = None,
    session: str | None = None,
    driver: str | None = None,
    team: str | None = None,
    manufacturer: str | None = None,
    part: str = "",
) -> Card:
    """All rows of one session, the race itself where none is named; filters combine.

    A driver alone gives every cell of that driver, in all sessions where none is named. A session that the latest of
    several races lacks is shown of the latest that has it. Raises UnknownName, AmbiguousName, and NothingToShow where
    the race has no such session or no row passes.
    """
    resolved = (
        resolve_race_with(context, race, lambda entity: _has_session(entity, session), " ".join(session.split()))
        if session and session.strip()
        else resolve_race(context, race)
    )
    race_key = resolved.race.key
    entries = entries_of(context.session, race_key)
    query = ResultsQuery(resolved, with_entries(sessions_of(context.session, race_key), entries), entries)
    filters = _resolve_filters(context, resolved, driver, team, manufacturer)
    # A driver alone is asked about the whole weekend.
    if filters.driver and session is None:
        return driver_card(context, query, filters, query.sessions, None)
    chosen = _choose_session(query, session)
    if filters.driver:
        return driver_card(context, query, filters, (chosen,), chosen)
    if chosen.key == "entries":
        return entry_list_card(context, query, chosen, filters)
    return session_card(context, query, chosen, filters, part)


def stages(context: QueryContext, race: str | None = None) -> Card:
    """Every stage of a race: laps, winner, top ten with points, margin, and who scored most stage points.

    Raises UnknownName, AmbiguousName, and NothingToShow where no race that fits has stages.
    """
    resolved = resolve_race_with(context, race, lambda entity: _has_session(entity, STAGE_TITLE), "stages")
    race_key = resolved.race.key
    sessions = sessions_of(context.session, race_key)
    stage_sessions = [session for session in sessions if is_stage(session.key)]
    if not stage_sessions:
        has_results = any(session.rows for session in sessions)
        raise NothingToShow(no_stages_text(resolved.in_sentence), _instead(resolved, has_results=has_results))
    rows = result_rows_of(context.session, race_key, *(session.key for session in stage_sessions))
    race_facts = facts_of(context.session, race_key)
    sources = row_sources(context.session, rows, stage_sessions)
    return Card(
        title=f"{resolved.title}: stages",
        question=Question("stages", (resolved.argument("race"),)),
        summary=stage_sentence(stage_sessions, rows, resolved.race.winner, resolved.in_sentence),
        blocks=stage_blocks(stage_sessions, rows, race_facts, resolved.race.winner, sources=sources),
        note=resolved.note,
        as_of=when_text(resolved.race),
        citations=sources.citations,
        follow_ups=(
            FollowUp("Results", Question("results", (resolved.argument("race"),))),
            race_follow_up(resolved),
            *story_follow_up(context, resolved),
        ),
    )


def _instead(resolved: ResolvedRace, *, has_results: bool) -> tuple[FollowUp, ...]:
    """What there is of a race that has no stages, and the latest that has."""
    results_of_race = (FollowUp("Results", Question("results", (resolved.argument("race"),))),) if has_results else ()
    return (*results_of_race, race_follow_up(resolved), stages_follow_up())


def _has_session(entity: Entity, session: str | None) -> bool:
    """Whether a race has a session of this name."""
    return entity.event is not None and session is not None and means_session(entity.event.sessions, session)


def _resolve_filters(
    context: QueryContext, resolved: ResolvedRace, driver: str | None, team: str | None, manufacturer: str | None
) -> ResultFilters:
    names = (("driver", driver), ("manufacturer", manufacturer))
    resolved_names = {kind: resolve_name(context, text, kind, resolved.race) for kind, text in names if text}
    values = {kind: name.value for kind, name in resolved_names.items()}
    found = resolve_team_in_race(context, team, resolved.race) if team else None
    return ResultFilters(
        values.get("driver"),
        found.team if found else None,
        values.get("manufacturer"),
        note_text(*(name.note for name in resolved_names.values()), found.note if found else ""),
        found.names if found else (),
    )


def _choose_session(query: ResultsQuery, session: str | None) -> RaceSessionRow:
    """The session that was named; where none was the race, else the first that has rows. Raises NothingToShow."""
    race = query.resolved
    if session:
        chosen = find_session(query.sessions, session)
        if chosen is None:
            short = " ".join(session.split())[:40]
            text = no_session_text(short, race.in_sentence, query.sessions)
            raise NothingToShow(text, session_follow_ups(query, None))
        return chosen
    filled = [one for one in query.sessions if one.rows]
    if not filled:
        raise NothingToShow(no_results_text(race.in_sentence), (race_follow_up(race),))
    return next((one for one in filled if one.key == RACE_SESSION), filled[0])
