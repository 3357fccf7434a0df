"""Listeners for buttons: whatever is pressed, in a message of any age, comes to the bot's one handler.

Beside them stands what a press tells of the message that it is under.

discord.py finds a listener by the custom id alone. So no button is kept in memory, and a press works after a restart.
"""

import re
from typing import Any, Self, cast

import discord

from bot.frontend.custom_ids import PRESS_PREFIX
from bot.frontend.host import Interaction, host_of

__all__ = ["CardButton", "UnknownButton", "is_asker", "is_under_private"]

AnyButton = discord.ui.Button[discord.ui.View]


class CardButton(discord.ui.DynamicItem[AnyButton], template=re.compile(rf"{PRESS_PREFIX}.*", re.DOTALL)):
    """A button that carries a press, or a select whose entries carry one each."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button or select that was used; all that it says is in its custom id, or in what was chosen."""
        del interaction, match
        return cls(cast("AnyButton", item))

    async def callback(self, interaction: Interaction) -> None:
        """Ask again what the button or the chosen entry carries."""
        data: Any = interaction.data
        chosen = data.get("values") if data else None
        await host_of(interaction).handle_press(interaction, chosen[0] if chosen else self.custom_id)


# Without this one, discord.py ignores what it does not know, and Discord tells the person only that it failed.
class UnknownButton(discord.ui.DynamicItem[Any], template=re.compile(rf"(?!{PRESS_PREFIX}).*", re.DOTALL)):
    """Anything pressed or chosen whose custom id this version does not know."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The component that was used, of whatever sort."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Say what to type instead."""
        await host_of(interaction).handle_press(interaction, self.custom_id)


def is_under_private(interaction: Interaction) -> bool:
    """Whether the message that was pressed is seen by one person alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def is_asker(interaction: Interaction) -> bool:
    """Whether the person who pressed is the one whose question the message answers."""
    metadata = interaction.message.interaction_metadata if interaction.message else None
    return metadata is not None and metadata.user.id == interaction.user.id
