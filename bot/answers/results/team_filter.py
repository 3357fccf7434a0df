"""Team that rows of one race are filtered by: the name that its organisation had in that race."""

from dataclasses import dataclass

from bot.answers.common.resolve import ResolvedName, resolve_name
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.archive.queries.participants import participants_of_race
from bot.archive.queries.races import RaceRow
from bot.errors import AmbiguousName, UnknownName
from bot.names.team_lines import team_line_of

__all__ = ["TeamInRace", "resolve_team_in_race"]


@dataclass(frozen=True, slots=True)
class TeamInRace:
    """A team by its canonical name, and the `names` its organisation had in a race, where those are others."""

    team: str
    names: tuple[str, ...]
    note: str


def resolve_team_in_race(context: QueryContext, text: str, race: RaceRow) -> TeamInRace:
    """The team somebody typed: one of its names that is in the race, else a team of the race that is like the text.

    "penske" in 2005 is Penske Racing South. Raises UnknownName and AmbiguousName.
    """
    present = participants_of_race(context.session, "team", race.key)
    resolved = _resolve_anywhere(context, text)
    line = team_line_of(resolved.value) if resolved else None
    names = tuple(name for name in line.distinct_names() if name in present) if line else ()
    if resolved is None or (resolved.value not in present and not names):
        resolved, names = resolve_name(context, text, "team", race), ()
    if resolved.value in present or not names:
        return TeamInRace(resolved.value, (), resolved.note)
    return TeamInRace(resolved.value, names, f"{resolved.value} was called {join(names)} then.")


def _resolve_anywhere(context: QueryContext, text: str) -> ResolvedName | None:
    """The team meant whatever the race; None where that is not clear."""
    try:
        return resolve_name(context, text, "team")
    except (AmbiguousName, UnknownName):
        return None
