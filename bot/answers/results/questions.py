"""Questions about results that cards repeat or lead to, as buttons."""

from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.archive.queries.results import RaceSessionRow
from bot.cards import Argument, FollowUp, Question

__all__ = ["results_question", "session_follow_ups"]


def results_question(query: ResultsQuery, chosen: RaceSessionRow | None, filters: ResultFilters) -> Question:
    """The question that a card answers; without a session where it shows several."""
    session = (Argument("session", chosen.title),) if chosen else ()
    return Question("results", (query.resolved.argument("race"), *session, *filters.arguments()))


def session_follow_ups(query: ResultsQuery, shown: RaceSessionRow | None) -> tuple[FollowUp, ...]:
    """The other sessions that have rows, as buttons."""
    race = query.resolved.argument("race")
    others = [session for session in query.sessions if session.rows and session != shown]
    buttons = [
        FollowUp(session.title, Question("results", (race, Argument("session", session.title))))
        for session in others[:4]
    ]
    return (*buttons, FollowUp("Overview", Question("race", (query.resolved.argument("name"),))))
