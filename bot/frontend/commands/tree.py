"""The command tree, whose errors go where all errors end."""

import time
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands

from bot.errors import BotError
from bot.frontend.host import Interaction, host_of
from bot.frontend.replies import report_error
from bot.frontend.servers.audience import settle_audience

__all__ = ["SpotterTree"]


class SpotterTree(app_commands.CommandTree[Any]):
    """The command tree of the bot."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether a command may run; discord.py asks before each, and before each suggestion, which is free."""
        if interaction.type is discord.InteractionType.autocomplete:
            with suppress(BotError):  # suggestions need no database: without it they are those of everybody
                await settle_audience(interaction)
            return True
        interaction.extras["arrived_s"] = time.monotonic()
        try:
            host_of(interaction).entries.check_question(interaction.user.id)
            await settle_audience(interaction)
        except BotError as error:
            await report_error(interaction, error)
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report an error; discord.py calls this with whatever a command raised."""
        await report_error(interaction, error)
