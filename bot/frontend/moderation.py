"""What the moderators' commands and buttons share: who may, in whose name, and how a load is planned and done."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import discord

from bot.answers.moderation.loads import loaded, plan_card
from bot.errors import BotError, NotAllowed
from bot.frontend.components import Field, filled_in, form_of
from bot.frontend.replies import UNSENT, defer, say
from bot.loading.moderation.desk import DataDesk
from bot.loading.moderation.rows import PlanRow
from bot.loading.read.folder import LARGEST_BYTES
from bot.loading.report import Report

if TYPE_CHECKING:
    from bot.frontend.client import Interaction

__all__ = ["by", "content_of", "do_load", "filled", "moderators_only", "plan_load", "race_key"]

MEGABYTE = 1_000_000


def moderators_only(interaction: "Interaction") -> None:
    """Raises NotAllowed unless the person moderates the home server, and is there now."""
    if not interaction.client.moderates(interaction):
        raise NotAllowed("Only moderators of the bot's own server can do this, and only in that server.")


def by(interaction: "Interaction") -> str:
    """In whose name a load is done, as the log shows it."""
    return interaction.user.display_name


async def plan_load(interaction: "Interaction", work: Callable[[DataDesk], PlanRow]) -> None:
    """Have a load planned, and show what it would do with its Apply button."""
    if "slow" not in interaction.extras:
        await defer(interaction)
    plan = await interaction.client.manage(work)
    await say(interaction, plan_card((plan,), plan.key))


async def do_load(interaction: "Interaction", work: Callable[[DataDesk], Report]) -> None:
    """Have a load done, and show what it did; those who ask meanwhile see the old archive."""
    await defer(interaction)
    report = await interaction.client.manage(work)
    await interaction.client.refresh()
    await say(interaction, loaded(report, await interaction.client.manage(lambda desk: desk.log())))


async def content_of(interaction: "Interaction", file: discord.Attachment) -> bytes:
    """What is in an attached file. Raises BotError where it is too large, which is known before it is fetched."""
    await defer(interaction)
    if file.size > LARGEST_BYTES:
        size, most = file.size / MEGABYTE, LARGEST_BYTES / MEGABYTE
        raise BotError(f"{file.filename} has {size:,.1f} MB; a document may have {most:,.0f} MB.")
    try:
        return await file.read()
    except UNSENT:
        raise BotError(f"{file.filename} could not be fetched from Discord. Attach it again.") from None


async def filled(interaction: "Interaction", title: str, *fields: Field) -> Mapping[str, str]:
    """What was typed into a form; nothing yet where a button asks for the form, which is then opened."""
    if interaction.type is not discord.InteractionType.modal_submit:
        await interaction.response.send_modal(form_of(interaction.extras["press"], title, *fields))
        return {}
    return filled_in(interaction)


def race_key(interaction: "Interaction", text: str | None) -> str | None:
    """The key of the race that is meant, None where none is named. Raises UnknownName or AmbiguousName."""
    if text is None or not text.strip():
        return None
    desk = interaction.client.desk
    return desk.names.resolve(text, "race", series=desk.default_series).entity.value
