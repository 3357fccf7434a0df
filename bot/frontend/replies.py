"""How a person is told: one way to show a card (`send_card`), one place where errors end (`report_error`).

Loads take their time, and Discord may fail meanwhile: `defer` first, then `send_card`, which tries twice and then gives
up quietly, since what a load did stands in /data log and what was planned in /data status.
"""

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands
from discord.utils import MISSING

from bot.answers.moderation.corrections import with_correct_button
from bot.answers.sources import card_view, thanks_card
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.cards import Card, CardSide, Question
from bot.errors import BotError, NameProblem, NothingKnown, UnknownName
from bot.frontend.components import form_text, problem_view, question_from_options
from bot.frontend.custom_ids import CANDIDATE_ACTION, ButtonPress
from bot.frontend.layout import notice_embed
from bot.frontend.messages import OutgoingMessage, build_message
from bot.language.fold import fold

if TYPE_CHECKING:
    from bot.frontend.client import Interaction

__all__ = ["SEND_ERRORS", "defer", "report_error", "send_card"]

log = logging.getLogger(__name__)

PRIVATE_TONES = frozenset({"moderator", "error"})
MODERATOR_PREFIX = "data "  # their questions are about documents and plans, not about races
UNANSWERED_LENGTH = 100  # characters of a question that found no answer which are kept
SEND_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)  # Discord refuses, breaks, or is not there
RETRY_S = 2.0  # discord.py has waited out rate limits and five server errors before; this is for a dropped line


async def defer(interaction: "Interaction") -> None:
    """Have Discord wait, privately; where it cannot be told, the work is done all the same."""
    interaction.extras["slow"] = True
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except SEND_ERRORS as error:
        log.warning("Discord could not be told to wait: %s", error)


async def send_card(interaction: "Interaction", card: Card) -> None:
    """Show a card: as another page or privately where a press asks for it, else as the answer to a command."""
    press: ButtonPress | None = interaction.extras.get("press")
    side = press.side if press else None
    if side:
        card = await _card_side(interaction, card, side)
    message = build_message(card, press.page, side) if press else interaction.client.message_cache.first_page(card)
    if "slow" in interaction.extras or interaction.response.is_done():
        await _send_deferred(interaction, message)
    elif press and press.is_paging and _is_asker(interaction):
        await interaction.response.edit_message(embed=message.embed, view=message.view)
    else:
        private = card.tone in PRIVATE_TONES or (press is not None and press.action != CANDIDATE_ACTION)
        await _send_response(interaction, message, private=private)


async def report_error(interaction: "Interaction", error: Exception) -> None:
    """The one place where errors end: a BotError is read by the person, anything else by who runs the bot."""
    interaction.command_failed = True
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    question = _question_of(interaction)
    if isinstance(cause, BotError):
        text = str(cause)
    elif isinstance(cause, app_commands.AppCommandError):
        text = "This command has changed. Restart Discord (Ctrl+R on a computer) and call it again."
        log.warning("a command that Discord has and this version does not: %s", type(cause).__name__)
    else:
        reference = secrets.token_hex(3)
        log.error("unexpected error %s", reference, exc_info=cause)
        text = f"Something went wrong here, and it was not your doing. If you report it, name {reference}."
    view, command_lines = problem_view(cause, question) if isinstance(cause, NameProblem) else (None, ())
    await _send_privately(interaction, OutgoingMessage(notice_embed(text, command_lines=command_lines), view))
    _count_unanswered(interaction, cause, question)


async def _card_side(interaction: "Interaction", card: Card, side: CardSide) -> Card:
    """The side of a card that a button asks for; a mistake is kept with what its form says."""
    bot = interaction.client
    if side != "report":
        card = await bot.ask(card_view, card, side)
        return with_correct_button(card) if side == "sources" and bot.is_moderator(interaction) else card
    sources = ", ".join(dict.fromkeys(source.document for source in card.citations))
    person, question_text, report_text = interaction.user.id, card.question.command_text(), form_text(interaction)
    is_first = await bot.in_thread(
        lambda: bot.desk.write(save_mistake_report, person, question_text, sources, report_text)
    )
    return thanks_card(card, first=is_first)


async def _send_privately(interaction: "Interaction", message: OutgoingMessage) -> None:
    """Say something to the person alone, whatever has been answered so far."""
    if "slow" in interaction.extras:
        await _send_deferred(interaction, message)
        return
    try:
        if not interaction.response.is_done():
            await _send_response(interaction, message, private=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(embed=message.embed, view=message.view)
        else:
            await interaction.followup.send(embed=message.embed, view=message.view or MISSING, ephemeral=True)
    except SEND_ERRORS as error:
        log.warning("an answer could not be sent: %s", error)


async def _send_deferred(interaction: "Interaction", message: OutgoingMessage) -> None:
    """Say what took its time, trying twice: whether it can be said changes nothing about what was done."""
    for pause in (0.0, RETRY_S):
        await asyncio.sleep(pause)
        try:
            if interaction.response.is_done() or pause:
                await interaction.edit_original_response(
                    embed=message.embed, view=message.view, attachments=message.files()
                )
            else:
                await _send_response(interaction, message, private=True)
        except SEND_ERRORS as error:
            log.warning("what took its time could not be sent: %s", error)
        else:
            return
    log.warning("given up; of loads, /data log and /data status tell the same")


async def _send_response(interaction: "Interaction", message: OutgoingMessage, *, private: bool) -> None:
    """The first response."""
    view, files = message.view or MISSING, message.files() or MISSING
    await interaction.response.send_message(embed=message.embed, view=view, files=files, ephemeral=private)


def _count_unanswered(interaction: "Interaction", cause: Exception, question: Question | None) -> None:
    """Have a question that found no answer counted, in folded words and without who asked; nobody waits for it."""
    if question is None or question.command.startswith(MODERATOR_PREFIX) or question.command == "help":
        return
    if isinstance(cause, UnknownName):
        interaction.client.count_unanswered(cause.kind, fold(cause.text)[:UNANSWERED_LENGTH])
    elif isinstance(cause, NothingKnown):
        words = " ".join(argument.value for argument in question.arguments)
        interaction.client.count_unanswered(f"/{question.command}", fold(words)[:UNANSWERED_LENGTH])


def _question_of(interaction: "Interaction") -> Question | None:
    """What was asked, by a press or in words; None where neither can be told, or where a file belongs to it."""
    press: ButtonPress | None = interaction.extras.get("press")
    if press is not None:
        return press.question
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return None
    if any(isinstance(value, discord.Attachment) for _, value in interaction.namespace):
        return None
    return question_from_options(command, interaction.namespace)


def _is_asker(interaction: "Interaction") -> bool:
    """Whether the person who pressed is the one whose question the message answers."""
    metadata = interaction.message.interaction_metadata if interaction.message else None
    return metadata is not None and metadata.user.id == interaction.user.id
