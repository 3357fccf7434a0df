"""Replies: the one way to show a card (`send_card`), and the one place where errors end (`report_error`).

A load takes longer than the three seconds that Discord waits: `defer` first, then `send_card`. After a `defer` it tries
twice and then gives up without an error, since /data log has what a load did and /data status what was planned.
"""

import asyncio
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import discord
from discord import app_commands
from discord.utils import MISSING

from bot.answers.hidden.withheld import hidden_card
from bot.answers.history.coming_words import coming_phrase
from bot.answers.moderation.corrections import with_correct_button
from bot.answers.moderation.report_messages import new_report_message
from bot.answers.report_answers import moderator_answers, thanks_card, with_answers
from bot.answers.sources import card_view
from bot.archive.outbox import NewMessage
from bot.archive.queries.mistake_reports import MistakeReportRow, save_mistake_report
from bot.cards import Card, CardSide, Question
from bot.errors import NotAllowed, ResultHidden
from bot.frontend.button_presses import is_asker, is_under_private
from bot.frontend.commands.options import question_from_options
from bot.frontend.custom_ids import SHARE_ACTION, ButtonPress
from bot.frontend.failures import failure_message, is_refusal
from bot.frontend.forms import form_text
from bot.frontend.health.metrics import Outcome
from bot.frontend.host import Interaction, host_of
from bot.frontend.messages import OutgoingMessage, build_message
from bot.frontend.pictures import with_picture
from bot.frontend.servers.audience import answer, is_private, is_uncovered, known_names
from bot.loading.stored_json import to_json

__all__ = [
    "SEND_ERRORS",
    "asked_part",
    "begin_in_place",
    "defer",
    "minute_of_question",
    "report_error",
    "send_card",
    "this_minute",
]

log = logging.getLogger(__name__)

PRIVATE_TONES = frozenset({"moderator", "error"})
MODERATOR_PREFIX = "data "  # their questions are about documents and plans, not about races
SEND_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)  # Discord refuses, breaks, or is not there
LATEST_RETRY_S = 2.0  # after the arrival; Discord takes a first response for three seconds
ALREADY_ANSWERED = 40060  # Discord's own code of an error: this interaction has been acknowledged
RETRY_S = 2.0  # discord.py has waited out rate limits and five server errors before; this is for a dropped line


async def defer(interaction: Interaction) -> None:
    """Make Discord show, to the person alone, that the bot is thinking; if that fails, the work goes on."""
    interaction.extras["slow"] = True
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except SEND_ERRORS as error:
        log.warning("Discord could not be told to wait: %s", error)


async def begin_in_place(interaction: Interaction) -> None:
    """Have what comes of a press take the place of the message, so that no button of it is pressed again.

    Without a message it is a `defer`; if Discord cannot be told, the work goes on.
    """
    if interaction.message is None:
        await defer(interaction)
        return
    interaction.extras["slow"] = True
    try:
        await interaction.response.defer()
    except SEND_ERRORS as error:
        log.warning("Discord could not be told to wait: %s", error)


def asked_part(interaction: Interaction) -> str:
    """The code of the part of a card that a press asks for; "", the first one, for a command that was typed."""
    press: ButtonPress | None = interaction.extras.get("press")
    return press.question.part if press else ""


def this_minute() -> datetime:
    """The moment that a question is asked at, in UTC, to the minute: so long its card is given again."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def minute_of_question(text: str | None) -> datetime | None:
    """The moment that a question about a race to come is asked at; None for any other, whose card is given again."""
    return this_minute() if coming_phrase(text) else None


async def send_card(interaction: Interaction, card: Card) -> None:
    """Show a card: in place where the asker turns a page, else to whoever its audience is."""
    press: ButtonPress | None = interaction.extras.get("press")
    if press and press.side and not card.withheld:
        card = await _card_side(interaction, card, press.side)
    if is_uncovered(interaction):
        card = replace(card, is_uncovered=True)
    card, ids = await with_picture(host_of(interaction), card), host_of(interaction).command_ids
    if press and _is_share(interaction):
        await _share(interaction, card, press)
    # Once there is a first response, Discord takes no other: what was deferred can only be edited.
    elif "slow" in interaction.extras or interaction.response.is_done():
        await _send_deferred(interaction, build_message(card, press.page if press else 0, ids))
    elif press and press.is_paging and is_asker(interaction) and _may_stand_there(interaction, card):
        await _edit_message(interaction, _message(interaction, card, private=is_under_private(interaction)))
    else:
        private = card.tone in PRIVATE_TONES or card.is_personal or is_private(interaction)
        await _send_response(interaction, _message(interaction, card, private=private), private=private)
    _count_answer(interaction, "answered")


def _message(interaction: Interaction, card: Card, *, private: bool) -> OutgoingMessage:
    """The page of a card that is asked for; a first page from the cache."""
    press: ButtonPress | None = interaction.extras.get("press")
    host = host_of(interaction)
    if press and (press.page or press.side):
        return build_message(card, press.page, host.command_ids, private=private)
    return host.message_cache.first_page(card, host.command_ids, private=private)


async def _edit_message(interaction: Interaction, message: OutgoingMessage) -> None:
    """Put a message in the place of the one whose button was pressed; an embed of an older version goes with it."""
    await interaction.response.edit_message(content=None, embeds=[], attachments=message.files(), view=message.view)


async def _share(interaction: Interaction, card: Card, press: ButtonPress) -> None:
    """Post the card of a private reply for everybody, once, and say there that it is done.

    Raises NotAllowed for a card that is for one person alone.
    """
    if not card.is_shareable:
        raise NotAllowed("This answer is for you alone; it cannot be shared.")
    ids = host_of(interaction).command_ids
    # The reply says that it was shared before it is: pressed again meanwhile, it is shared once all the same.
    await _edit_message(interaction, build_message(card, press.page, ids, private=True, shared=True))
    if interaction.message and host_of(interaction).entries.is_first_share(interaction.message.id):
        public = build_message(card, press.page, ids, shared_by=interaction.user.display_name)
        await interaction.followup.send(view=public.view, files=public.files())


async def report_error(interaction: Interaction, error: Exception) -> None:
    """The one place where errors end: a BotError is read by the person, anything else by who runs the bot."""
    interaction.command_failed = True  # discord.py sets it for commands, and not for presses
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    question = _question_of(interaction)
    if isinstance(cause, ResultHidden) and not _is_share(interaction):
        await send_card(interaction, hidden_card(cause, question))
        return
    message = failure_message(
        cause,
        question,
        lambda: known_names(interaction),
        lambda: host_of(interaction).is_moderator(interaction),
        private=is_private(interaction),
    )
    await _send_privately(interaction, message)
    _count_answer(interaction, "refused" if is_refusal(cause) else "failed")
    _count_unanswered(interaction, cause, question)


async def _card_side(interaction: Interaction, card: Card, side: CardSide) -> Card:
    """The side of a card that a button asks for; for "report" a card of thanks, once the report is written down."""
    host = host_of(interaction)
    if side != "report":
        question_text = card.question.command_text()
        card = await answer(interaction, card_view, card, side)
        if side == "sources":
            card = with_answers(card, await answer(interaction, moderator_answers, question_text))
        return with_correct_button(card) if side == "sources" and host.is_moderator(interaction) else card
    sources = ", ".join(dict.fromkeys(source.document for source in card.citations))
    person, question_text, report_text = interaction.user.id, card.question.command_text(), form_text(interaction)
    host.entries.check_report(person)
    link, channel = to_json(card.question), host.home.channel

    def message(number: int) -> NewMessage:
        row = MistakeReportRow(number, question_text, sources, report_text, datetime.now(UTC), link)
        return new_report_message(channel or 0, row)

    is_first = await host.entries.write(
        lambda session: save_mistake_report(
            session, person, question_text, sources, report_text, link, message if channel else None
        )
    )
    host.wake_outbox()
    return thanks_card(card, first=is_first is not False)


async def _send_privately(interaction: Interaction, message: OutgoingMessage) -> None:
    """Send a message to the person alone, whatever has been answered so far; a failure is logged."""
    if "slow" in interaction.extras:
        await _send_deferred(interaction, message)
        return
    try:
        if not interaction.response.is_done():
            await _send_response(interaction, message, private=True)
        # Discord shows that the bot is thinking: the message takes the place of that.
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(view=message.view)
        else:
            await interaction.followup.send(view=message.view, ephemeral=True)
    except SEND_ERRORS as error:
        log.warning("an answer could not be sent: %s", error)


async def _send_deferred(interaction: Interaction, message: OutgoingMessage) -> None:
    """Send a message after a `defer`, in two tries; a failure is logged, and changes nothing about what was done."""
    for pause in (0.0, RETRY_S):
        await asyncio.sleep(pause)
        try:
            # Without a response, `defer` has failed; and after a failed try nobody knows what has arrived.
            if interaction.response.is_done() or pause:
                await interaction.edit_original_response(view=message.view, attachments=message.files())
            else:
                await _send_response(interaction, message, private=True)
        except SEND_ERRORS as error:
            log.warning("the answer to a long command could not be sent: %s", error)
        else:
            return
    log.warning("the answer was given up; /data log and /data status show what was loaded or planned")


async def _send_response(interaction: Interaction, message: OutgoingMessage, *, private: bool) -> None:
    """Send the first response to an interaction; once more where the line drops and there is time for it."""
    try:
        await _send_once(interaction, message, private=private)
    except (aiohttp.ClientError, OSError):
        if time.monotonic() - interaction.extras.get("arrived_s", 0) > LATEST_RETRY_S:
            raise
        try:
            await _send_once(interaction, message, private=private)
        except discord.HTTPException as error:
            # The first had arrived after all, and only the line back was gone.
            if error.code != ALREADY_ANSWERED:
                raise


async def _send_once(interaction: Interaction, message: OutgoingMessage, *, private: bool) -> None:
    await interaction.response.send_message(view=message.view, files=message.files() or MISSING, ephemeral=private)


def _count_answer(interaction: Interaction, outcome: Outcome) -> None:
    """Count an answer, by the name of its command alone."""
    question, arrived_s = _question_of(interaction), interaction.extras.get("arrived_s")
    # A command with a file has no question, and a form of an old version no command that is known.
    command = question.command if question else getattr(interaction.command, "qualified_name", "other")
    if arrived_s is not None:
        host_of(interaction).metrics.count_answer(command, outcome, time.monotonic() - arrived_s)


def _count_unanswered(interaction: Interaction, cause: Exception, question: Question | None) -> None:
    """Count a question that found no answer, in folded words and without who asked; nobody waits for it."""
    if question is None or question.command.startswith(MODERATOR_PREFIX) or question.command == "help":
        return
    host_of(interaction).entries.count_refusal(interaction.user.id, cause, question)


def _question_of(interaction: Interaction) -> Question | None:
    """The question of a press or a command; None for neither, and where a file belongs to it: no button carries one."""
    press: ButtonPress | None = interaction.extras.get("press")
    if press is not None:
        return press.question
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return None
    if any(isinstance(value, discord.Attachment) for _, value in interaction.namespace):
        return None
    return question_from_options(command, interaction.namespace)


def _is_share(interaction: Interaction) -> bool:
    press: ButtonPress | None = interaction.extras.get("press")
    return press is not None and press.action == SHARE_ACTION


def _may_stand_there(interaction: Interaction, card: Card) -> bool:
    """Whether a card may take the place of the message that was pressed: what is private in no public one."""
    return card.tone not in PRIVATE_TONES or is_under_private(interaction)
