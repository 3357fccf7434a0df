"""Messages of cards and notices, and a cache of those that were shown lately, for cards that are asked for again."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

import discord

from bot.answers.common.refusals import NothingToShow
from bot.cards import AttachedFile, Card, Chart, FollowUp, Question, Tone
from bot.errors import NameProblem
from bot.frontend.components import candidate_entries, card_controls, refusal_buttons
from bot.frontend.layout import DrawnMessage, card_view, file_name, file_words, notice_view
from bot.frontend.text.pages import NO_IDS, card_page
from bot.names.index import NameIndex
from bot.recent_values import RecentValues

__all__ = [
    "MAX_PICTURES",
    "MessageCache",
    "OutgoingMessage",
    "PictureCache",
    "build_message",
    "notice_message",
    "problem_message",
    "refusal_message",
]

WHAT_CAN_BE_ASKED = FollowUp("What you can ask", Question("help"))
MAX_PICTURES = 32  # that are kept; one has some 40 kB
MAX_MESSAGES = 64  # messages; one takes some 10 kB

PictureCache: TypeAlias = RecentValues[Chart, AttachedFile]  # the charts drawn lately, for the event loop only


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message before it is sent: its components, and the content of its files."""

    view: DrawnMessage
    attachments: tuple[AttachedFile, ...] = ()

    def files(self) -> list[discord.File]:
        """The files, made anew for every try, since sending uses them up."""
        return [
            discord.File(
                BytesIO(attachment.content),
                file_name(attachment),
                description=file_words(attachment),
            )
            for attachment in self.attachments
        ]


def build_message(
    card: Card,
    number: int = 0,
    command_ids: Mapping[str, int] = NO_IDS,
    *,
    private: bool = False,
    shared: bool = False,
    shared_by: str = "",
) -> OutgoingMessage:
    """Page `number` of a card with its controls.

    `private`: one person sees it, who may share it or has `shared` it; `shared_by` is who posts it for everybody.
    """
    # In this order, so that everything is made once: the page says which buttons there are, and the controls which of
    # them do not fit into a custom id, and are printed as commands to type.
    page = card_page(card, number, command_ids)
    controls = card_controls(card, page, private=private, shared=shared)
    return OutgoingMessage(card_view(card, page, controls, shared_by=shared_by), card.files)


def notice_message(text: str, tone: Tone = "error") -> OutgoingMessage:
    """A short answer that is no card."""
    return OutgoingMessage(notice_view(text, tone))


def problem_message(
    text: str, problem: NameProblem, question: Question | None, names: NameIndex | None = None, *, private: bool = False
) -> OutgoingMessage:
    """The text of a name that stands for no single entity, with a select of whom or what it may mean.

    Where nothing is like it, a button leads to what can be asked; not where there is no `question`: of a file.
    """
    entries, command_lines = candidate_entries(problem, question, names, private=private)
    is_lost = not entries and not command_lines and question is not None
    buttons, _ = refusal_buttons((WHAT_CAN_BE_ASKED,)) if is_lost else ((), ())
    return OutgoingMessage(notice_view(text, "error", entries, command_lines, buttons))


def refusal_message(text: str, refusal: NothingToShow) -> OutgoingMessage:
    """The text of a refusal, with buttons that lead to what there is."""
    buttons, command_lines = refusal_buttons(refusal.follow_ups)
    return OutgoingMessage(notice_view(text, "error", (), command_lines, buttons))


class MessageCache:
    """The first pages of the cards that were shown lately. For the event loop only.

    A question asked again gets the same card object from the question runner, so the object is the key. A message can
    be sent many times: its view is stopped, and discord.py writes nothing into it.
    """

    def __init__(self) -> None:
        self._messages: RecentValues[tuple[int, bool], tuple[Card, OutgoingMessage]] = RecentValues(MAX_MESSAGES)

    def clear(self) -> None:
        """Drop all messages: what they name has got other ids."""
        self._messages.clear()

    def first_page(
        self, card: Card, command_ids: Mapping[str, int] = NO_IDS, *, private: bool = False
    ) -> OutgoingMessage:
        """The first page of a card with its controls, built only where it was not shown lately."""
        if card.files:  # they are big
            return build_message(card, 0, command_ids, private=private)
        # An id is given to another object once the card is gone: the card beside it proves that it is the same one.
        key = (id(card), private)
        cached_card, message = self._messages.find(key) or (None, None)
        if message is None or cached_card is not card:
            message = build_message(card, 0, command_ids, private=private)
            self._messages.keep(key, (card, message))
        return message
