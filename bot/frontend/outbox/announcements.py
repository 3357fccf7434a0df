"""Messages of announcements: text and an embed where a phone is to be told, else a card like any answer."""

from collections.abc import Iterator
from typing import Any

import discord

from bot.cards import Announcement, Card
from bot.frontend import limits
from bot.frontend.components import AnyButton, card_controls
from bot.frontend.layout import TONE_COLOURS
from bot.frontend.messages import build_message
from bot.frontend.text.markup import escape_and_cut
from bot.frontend.text.pages import card_page

__all__ = ["announcement_options"]

CONTENT_WEIGHT = 300  # of the line that a phone shows; it shows less


def announcement_options(announcement: Announcement) -> dict[str, Any]:
    """What discord.py is given to post an announcement, or to edit it: its text, embed and buttons, or its components.

    Only the role of the announcement is called, whoever else is named in it.
    """
    if not announcement.content:
        return {"view": build_message(announcement.card).view}
    words = escape_and_cut(announcement.content, CONTENT_WEIGHT)
    called = f"<@&{announcement.role}> " if announcement.role else ""
    roles = [discord.Object(announcement.role)] if announcement.role else False
    return {
        "content": f"{called}{words}",
        "embed": _embed(announcement.card),
        "view": _buttons(announcement.card),
        "allowed_mentions": discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False),
    }


def _embed(card: Card) -> discord.Embed:
    page = card_page(card)
    text = "\n".join([page.head, *(text.text for text in page.texts)])
    return discord.Embed(description=text[: limits.EMBED_DESCRIPTION_CHARS], colour=TONE_COLOURS[card.tone])


def _buttons(card: Card) -> discord.ui.View:
    """The buttons of the first page, five in a row; stopped, so that discord.py keeps nothing of it in memory."""
    view = discord.ui.View(timeout=None)
    for number, button in enumerate(_page_buttons(card)):
        button.row = number // limits.ROW_BUTTONS
        view.add_item(button)
    view.stop()
    return view


def _page_buttons(card: Card) -> Iterator[AnyButton]:
    page = card_page(card)
    controls = card_controls(card, page)
    for buttons in (*controls.text_buttons, controls.buttons):
        yield from buttons
