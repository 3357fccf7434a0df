"""Cards as messages, and the messages of cards that were shown lately, for those that are asked for again."""

from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO

import discord

from bot.cards import Card, Sheet, View
from bot.frontend.components import card_view
from bot.frontend.layout import draw

__all__ = ["Album", "Shown", "shown"]

KEPT = 128  # messages; one takes some 20 kB


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is sent; files are made anew for every try, since sending uses them up."""

    embed: discord.Embed
    view: discord.ui.View | None
    sheets: tuple[Sheet, ...] = ()

    def files(self) -> list[discord.File]:
        """The files that come with it."""
        return [discord.File(BytesIO(one.content), one.name, description=one.what or None) for one in self.sheets]


def shown(card: Card, number: int = 0, side: View | None = None) -> Shown:
    """Page `number` of a card with its buttons; `side` is the side of the answer that the card is."""
    page = draw(card, number)
    view, typed = card_view(card, page, side)
    if typed:
        page = draw(card, page.number, typed)
    return Shown(page.embed, view, card.sheets)


class Album:
    """The first pages that were shown lately. Used in the event loop only.

    The desk gives the same card again to a question asked again, so cards are told apart by being the same object; what
    is kept is sent and never changed: its view is stopped, and discord.py writes nothing into either.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Card, Shown]] = OrderedDict()

    def first(self, card: Card) -> Shown:
        """The first page of a card with its buttons, drawn anew only where it was not shown lately."""
        if card.sheets:  # files are for the person who asked, and big
            return shown(card)
        card_then, message = self._kept.get(id(card), (None, None))
        if message is None or card_then is not card:
            message = shown(card)
            self._kept[id(card)] = card, message
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(id(card))
        return message
