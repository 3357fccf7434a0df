"""The command tree, whose errors go where all errors end."""

import time
from typing import Any

import discord
from discord import app_commands

from bot.errors import TooMany
from bot.frontend.host import Interaction, host_of
from bot.frontend.replies import report_error

__all__ = ["SpotterTree"]


class SpotterTree(app_commands.CommandTree[Any]):
    """The command tree of the bot."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether a command may run; discord.py asks before each, and before each suggestion, which is free."""
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        interaction.extras["arrived_s"] = time.monotonic()
        try:
            host_of(interaction).entries.check_question(interaction.user.id)
        except TooMany as error:
            await report_error(interaction, error)
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report an error; discord.py calls this with whatever a command raised."""
        await report_error(interaction, error)
