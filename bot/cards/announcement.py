"""Announcement: what the bot posts unasked."""

from dataclasses import dataclass

from bot.cards.card import Card

__all__ = ["Announcement"]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A card that is posted without a question.

    `content` is the line that a phone shows when it is told: the card then goes below it. Without one the message looks
    like an answer, and a phone is told of no text. `role` is the id of the one role that is called; None for none.
    """

    card: Card
    content: str = ""
    role: int | None = None
