"""Cards as messages, and the messages of cards that were shown lately, for those that are asked for again."""

from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO

import discord

from bot.cards import AttachedFile, Card, CardSide
from bot.frontend.components import card_view
from bot.frontend.layout import draw_page

__all__ = ["MessageCache", "OutgoingMessage", "build_message"]

MAX_MESSAGES = 128  # messages; one takes some 20 kB


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message as it is sent; files are made anew for every try, since sending uses them up."""

    embed: discord.Embed
    view: discord.ui.View | None
    attachments: tuple[AttachedFile, ...] = ()

    def files(self) -> list[discord.File]:
        """The files that come with it."""
        return [
            discord.File(BytesIO(attachment.content), attachment.name, description=attachment.description or None)
            for attachment in self.attachments
        ]


def build_message(card: Card, number: int = 0, side: CardSide | None = None) -> OutgoingMessage:
    """Page `number` of a card with its buttons; `side` is the side of the answer that the card is."""
    page = draw_page(card, number)
    view, command_lines = card_view(card, page, side)
    if command_lines:
        page = draw_page(card, page.number, command_lines)
    return OutgoingMessage(page.embed, view, card.files)


class MessageCache:
    """The first pages that were shown lately. Used in the event loop only.

    The desk gives the same card again to a question asked again, so cards are told apart by being the same object; what
    is kept is sent and never changed: its view is stopped, and discord.py writes nothing into either.
    """

    def __init__(self) -> None:
        self._messages: OrderedDict[int, tuple[Card, OutgoingMessage]] = OrderedDict()

    def first_page(self, card: Card) -> OutgoingMessage:
        """The first page of a card with its buttons, drawn anew only where it was not shown lately."""
        if card.files:  # files are for the person who asked, and big
            return build_message(card)
        cached_card, message = self._messages.get(id(card), (None, None))
        if message is None or cached_card is not card:
            message = build_message(card)
            self._messages[id(card)] = card, message
            if len(self._messages) > MAX_MESSAGES:
                self._messages.popitem(last=False)
        self._messages.move_to_end(id(card))
        return message
