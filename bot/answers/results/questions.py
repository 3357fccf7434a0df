"""Questions about results that cards repeat or lead to, as buttons."""

from bot.answers.common.questions import race_follow_up
from bot.answers.results.filters import ResultFilters, ResultsQuery
from bot.archive.queries.results import RaceSessionRow
from bot.cards import Argument, FollowUp, Question
from bot.racing.sessions import RACE_SESSION

__all__ = ["results_question", "session_follow_ups", "stages_follow_up"]


def results_question(query: ResultsQuery, chosen: RaceSessionRow | None, filters: ResultFilters) -> Question:
    """The question that a card answers; without a session where it shows several."""
    session = (Argument("session", chosen.title),) if chosen else ()
    return Question("results", (query.resolved.argument("race"), *session, *filters.arguments()))


def session_follow_ups(query: ResultsQuery, shown: RaceSessionRow | None) -> tuple[FollowUp, ...]:
    """The race itself, then the other sessions that have rows, as they are listed."""
    race = query.resolved.argument("race")
    others = [session for session in query.sessions if session.rows and session != shown]
    sessions = [
        FollowUp(
            "Results" if session.key == RACE_SESSION else session.title,
            Question("results", (race, Argument("session", session.title))),
        )
        for session in others
    ]
    own = race_follow_up(query.resolved)
    return (own, *sessions) if shown is not None and shown.key == RACE_SESSION else (*sessions[:1], own, *sessions[1:])


def stages_follow_up() -> FollowUp:
    """The latest race that was run in stages."""
    return FollowUp("Latest race with stages", Question("stages"))
