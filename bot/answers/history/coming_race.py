"""The race to come that words mean: “next race”, “truck race this weekend”, “next race at nashville”."""

from contextlib import suppress
from datetime import datetime

from bot.answers.context import QueryContext
from bot.answers.history.coming_words import coming_phrase
from bot.answers.history.next_race import next_race
from bot.cards import Card
from bot.errors import NothingKnown, UnknownName

__all__ = ["coming_race"]


def coming_race(context: QueryContext, text: str | None, now: datetime) -> Card | None:
    """The card of the race to come that a text means at the moment `now`; None where it means anything else.

    What stands beside the words for a race to come has to be a track. Raises AmbiguousName where it may be two.
    """
    phrase = coming_phrase(text)
    if phrase is None:
        return None
    if not phrase.place:
        return next_race(context, phrase.series, now)
    with suppress(UnknownName, NothingKnown):
        return next_race(context, phrase.series, now, phrase.place)
    return None
