"""Messages of cards, and a cache of those that were shown lately, for cards that are asked for again."""

from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO

import discord

from bot.cards import AttachedFile, Card, CardSide
from bot.frontend.components import card_buttons
from bot.frontend.layout import card_page, page_embed

__all__ = ["MessageCache", "OutgoingMessage", "build_message"]

MAX_MESSAGES = 128  # messages; one takes some 20 kB


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message before it is sent: one embed, the buttons under it (None: none), and the content of its files."""

    embed: discord.Embed
    view: discord.ui.View | None
    attachments: tuple[AttachedFile, ...] = ()

    def files(self) -> list[discord.File]:
        """The files, made anew for every try, since sending uses them up."""
        return [
            discord.File(BytesIO(attachment.content), attachment.name, description=attachment.description or None)
            for attachment in self.attachments
        ]


def build_message(card: Card, number: int = 0, side: CardSide | None = None) -> OutgoingMessage:
    """Page `number` of a card with its buttons; `side` is the side of the answer that the card is."""
    # In this order, so that everything is made once: the page says which buttons there are, the buttons which of them
    # do not fit into a custom id, and the embed prints those as commands to type.
    page = card_page(card, number)
    view, command_lines = card_buttons(card, page, side)
    return OutgoingMessage(page_embed(card, page, command_lines), view, card.files)


class MessageCache:
    """The first pages of the cards that were shown lately. For the event loop only.

    A question asked again gets the same card object from the question runner, so the object is the key. A message can
    be sent many times: its view is stopped, and discord.py writes nothing into it nor into the embed.
    """

    def __init__(self) -> None:
        self._messages: OrderedDict[int, tuple[Card, OutgoingMessage]] = OrderedDict()

    def first_page(self, card: Card) -> OutgoingMessage:
        """The first page of a card with its buttons, built only where it was not shown lately."""
        if card.files:  # files are for the person who asked, and big
            return build_message(card)
        # An id is given to another object once the card is gone: the card beside it proves that it is the same one.
        cached_card, message = self._messages.get(id(card), (None, None))
        if message is None or cached_card is not card:
            message = build_message(card)
            self._messages[id(card)] = card, message
            if len(self._messages) > MAX_MESSAGES:
                self._messages.popitem(last=False)
        self._messages.move_to_end(id(card))
        return message
