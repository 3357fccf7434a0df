"""How a person is told: one way to show a card (`say`), one place where errors end (`explain`).

Loads take their time, and Discord may fail meanwhile: `defer` first, then `say`, which tries twice and then gives up
quietly, since what a load did stands in /data log and what was planned in /data status.
"""

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands
from discord.utils import MISSING

from bot.answers.moderation.corrections import with_correction
from bot.answers.sources import thanks, turned
from bot.archive.queries.mistake_reports import report_mistake
from bot.cards import Card, Question, View
from bot.errors import BotError, NameProblem, NothingKnown, UnknownName
from bot.frontend.components import asked_again, problem_view, said_in
from bot.frontend.custom_ids import CANDIDATE, Press
from bot.frontend.layout import notice
from bot.frontend.messages import Shown, shown
from bot.language.fold import fold

if TYPE_CHECKING:
    from bot.frontend.client import Interaction

__all__ = ["UNSENT", "defer", "explain", "say"]

log = logging.getLogger(__name__)

PRIVATE = frozenset({"moderator", "error"})
MODERATORS = "data "  # their questions are about documents and plans, not about races
COUNTED = 100  # characters of a question that found no answer which are kept
UNSENT = (discord.HTTPException, aiohttp.ClientError, OSError)  # Discord refuses, breaks, or is not there
RETRY_S = 2.0  # discord.py has waited out rate limits and five server errors before; this is for a dropped line


async def defer(interaction: "Interaction") -> None:
    """Have Discord wait, privately; where it cannot be told, the work is done all the same."""
    interaction.extras["slow"] = True
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except UNSENT as unsaid:
        log.warning("Discord could not be told to wait: %s", unsaid)


async def say(interaction: "Interaction", card: Card) -> None:
    """Show a card: as another page or privately where a press asks for it, else as the answer to a command."""
    press: Press | None = interaction.extras.get("press")
    side = press.view if press else None
    if side:
        card = await _turned(interaction, card, side)
    message = shown(card, press.page, side) if press else interaction.client.album.first(card)
    if "slow" in interaction.extras or interaction.response.is_done():
        await _deliver(interaction, message)
    elif press and press.turns and _is_asker(interaction):
        await interaction.response.edit_message(embed=message.embed, view=message.view)
    else:
        private = card.tone in PRIVATE or (press is not None and press.how != CANDIDATE)
        await _send(interaction, message, private=private)


async def explain(interaction: "Interaction", error: Exception) -> None:
    """The one place where errors end: a BotError is read by the person, anything else by who runs the bot."""
    interaction.command_failed = True
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    question = _question(interaction)
    if isinstance(cause, BotError):
        text = str(cause)
    elif isinstance(cause, app_commands.AppCommandError):
        text = "This command has changed. Restart Discord (Ctrl+R on a computer) and call it again."
        log.warning("a command that Discord has and this version does not: %s", type(cause).__name__)
    else:
        reference = secrets.token_hex(3)
        log.error("unexpected error %s", reference, exc_info=cause)
        text = f"Something went wrong here, and it was not your doing. If you report it, name {reference}."
    view, typed = problem_view(cause, question) if isinstance(cause, NameProblem) else (None, ())
    await _tell(interaction, Shown(notice(text, typed=typed), view))
    _count(interaction, cause, question)


async def _turned(interaction: "Interaction", card: Card, side: View) -> Card:
    """The side of a card that a button asks for; a mistake is kept with what its form says."""
    bot = interaction.client
    if side != "report":
        card = await bot.ask(turned, card, side)
        return with_correction(card) if side == "sources" and bot.moderates(interaction) else card
    sources = ", ".join(dict.fromkeys(source.document for source in card.citations))
    person, typed, words = interaction.user.id, card.question.typed(), said_in(interaction)
    first = await bot.elsewhere(lambda: bot.desk.keep(report_mistake, person, typed, sources, words))
    return thanks(card, first=first)


async def _tell(interaction: "Interaction", shown: Shown) -> None:
    """Say something to the person alone, whatever has been answered so far."""
    if "slow" in interaction.extras:
        await _deliver(interaction, shown)
        return
    try:
        if not interaction.response.is_done():
            await _send(interaction, shown, private=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(embed=shown.embed, view=shown.view)
        else:
            await interaction.followup.send(embed=shown.embed, view=shown.view or MISSING, ephemeral=True)
    except UNSENT as unsaid:
        log.warning("an answer could not be sent: %s", unsaid)


async def _deliver(interaction: "Interaction", shown: Shown) -> None:
    """Say what took its time, trying twice: whether it can be said changes nothing about what was done."""
    for pause in (0.0, RETRY_S):
        await asyncio.sleep(pause)
        try:
            if interaction.response.is_done() or pause:
                await interaction.edit_original_response(embed=shown.embed, view=shown.view, attachments=shown.files())
            else:
                await _send(interaction, shown, private=True)
        except UNSENT as unsaid:
            log.warning("what took its time could not be sent: %s", unsaid)
        else:
            return
    log.warning("given up; of loads, /data log and /data status tell the same")


async def _send(interaction: "Interaction", shown: Shown, *, private: bool) -> None:
    """The first response."""
    view, files = shown.view or MISSING, shown.files() or MISSING
    await interaction.response.send_message(embed=shown.embed, view=view, files=files, ephemeral=private)


def _count(interaction: "Interaction", cause: Exception, question: Question | None) -> None:
    """Have a question that found no answer counted, in folded words and without who asked; nobody waits for it."""
    if question is None or question.command.startswith(MODERATORS) or question.command == "help":
        return
    if isinstance(cause, UnknownName):
        interaction.client.count(cause.kind, fold(cause.text)[:COUNTED])
    elif isinstance(cause, NothingKnown):
        words = " ".join(argument.value for argument in question.arguments)
        interaction.client.count(f"/{question.command}", fold(words)[:COUNTED])


def _question(interaction: "Interaction") -> Question | None:
    """What was asked, by a press or in words; None where neither can be told, or where a file belongs to it."""
    press: Press | None = interaction.extras.get("press")
    if press is not None:
        return press.question
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return None
    if any(isinstance(value, discord.Attachment) for _, value in interaction.namespace):
        return None
    return asked_again(command, interaction.namespace)


def _is_asker(interaction: "Interaction") -> bool:
    """Whether the person who pressed is the one whose question the message answers."""
    asked = interaction.message.interaction_metadata if interaction.message else None
    return asked is not None and asked.user.id == interaction.user.id
