"""Refusal that says where to go instead: nothing of what was asked is known, and these questions have an answer."""

from collections.abc import Iterable

from bot.cards import FollowUp
from bot.errors import NothingKnown

__all__ = ["NothingToShow"]


class NothingToShow(NothingKnown):
    """Nothing of what was asked is known; `follow_ups` are the nearest questions that have an answer, best first."""

    def __init__(self, text: str, follow_ups: Iterable[FollowUp] = ()) -> None:
        self.follow_ups = tuple(follow_ups)
        super().__init__(text)
