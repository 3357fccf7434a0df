"""What the moderators' commands and buttons share: who may, in whose name, and how a load is planned and done."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import discord

from bot.answers.moderation.loads import loaded_card, plan_card
from bot.errors import BotError, NotAllowed
from bot.frontend.components import FormField, build_form, form_values
from bot.frontend.replies import SEND_ERRORS, defer, send_card
from bot.loading.moderation.desk import Moderation
from bot.loading.moderation.rows import PlanRow
from bot.loading.read.folder import MAX_DOCUMENT_BYTES
from bot.loading.report import Report

if TYPE_CHECKING:
    from bot.frontend.client import Interaction

__all__ = [
    "ask_form",
    "attachment_content",
    "moderator_name",
    "moderators_only",
    "plan_load",
    "resolve_race_key",
    "run_load",
]

MEGABYTE = 1_000_000


def moderators_only(interaction: "Interaction") -> None:
    """Raises NotAllowed unless the person moderates the home server, and is there now."""
    if not interaction.client.is_moderator(interaction):
        raise NotAllowed("Only moderators of the bot's own server can do this, and only in that server.")


def moderator_name(interaction: "Interaction") -> str:
    """In whose name a load is done, as the log shows it."""
    return interaction.user.display_name


async def plan_load(interaction: "Interaction", work: Callable[[Moderation], PlanRow]) -> None:
    """Have a load planned, and show what it would do with its Apply button."""
    if "slow" not in interaction.extras:
        await defer(interaction)
    plan = await interaction.client.moderate(work)
    await send_card(interaction, plan_card((plan,), plan.key))


async def run_load(interaction: "Interaction", work: Callable[[Moderation], Report]) -> None:
    """Have a load done, and show what it did; those who ask meanwhile see the old archive."""
    await defer(interaction)
    report = await interaction.client.moderate(work)
    await interaction.client.refresh_names()
    await send_card(
        interaction, loaded_card(report, await interaction.client.moderate(lambda moderation: moderation.load_log()))
    )


async def attachment_content(interaction: "Interaction", file: discord.Attachment) -> bytes:
    """What is in an attached file. Raises BotError where it is too large, which is known before it is fetched."""
    await defer(interaction)
    if file.size > MAX_DOCUMENT_BYTES:
        size, limit = file.size / MEGABYTE, MAX_DOCUMENT_BYTES / MEGABYTE
        raise BotError(f"{file.filename} has {size:,.1f} MB; a document may have {limit:,.0f} MB.")
    try:
        return await file.read()
    except SEND_ERRORS:
        raise BotError(f"{file.filename} could not be fetched from Discord. Attach it again.") from None


async def ask_form(interaction: "Interaction", title: str, *fields: FormField) -> Mapping[str, str]:
    """What was typed into a form; nothing yet where a button asks for the form, which is then opened."""
    if interaction.type is not discord.InteractionType.modal_submit:
        await interaction.response.send_modal(build_form(interaction.extras["press"], title, *fields))
        return {}
    return form_values(interaction)


def resolve_race_key(interaction: "Interaction", text: str | None) -> str | None:
    """The key of the race that is meant, None where none is named. Raises UnknownName or AmbiguousName."""
    if text is None or not text.strip():
        return None
    runner = interaction.client.desk
    return runner.names.resolve(text, "race", series=runner.default_series).entity.value
