"""Questions that cards of every family lead to."""

from collections.abc import Iterable
from typing import Literal

from bot.answers.common.resolve import ResolvedRace
from bot.answers.context import QueryContext
from bot.archive.queries.races import race_row_counts
from bot.cards import PART_NAMES, Argument, FollowUp, Question

__all__ = ["question_about", "race_follow_up", "story_follow_up"]


def question_about(kind: Literal["race", "driver", "team", "track"], name: str) -> Question:
    """The command that tells of one race (by its key), driver, team or track, and is called like its kind."""
    return Question(kind, (Argument("name", name, kind),))


def race_follow_up(resolved: ResolvedRace) -> FollowUp:
    """The card of the race itself."""
    return FollowUp(PART_NAMES["am"], Question("race", (resolved.argument("name"),)))


def story_follow_up(context: QueryContext, resolved: ResolvedRace) -> Iterable[FollowUp]:
    """The story of a race, where it has one."""
    if race_row_counts(context.session, resolved.race.key).passage_count:
        yield FollowUp(PART_NAMES["st"], Question("recap", (resolved.argument("race"),)))
