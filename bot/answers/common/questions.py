"""Questions that cards of every family lead to."""

from typing import Literal

from bot.cards import Argument, Question

__all__ = ["question_about"]


def question_about(kind: Literal["race", "driver", "team", "track"], name: str) -> Question:
    """The command that tells of one race (by its key), driver, team or track, and is called like its kind."""
    return Question(kind, (Argument("name", name, kind),))
