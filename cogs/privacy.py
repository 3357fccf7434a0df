"""Commands about what is kept of the people who ask."""

from discord import app_commands
from discord.ext import commands

from bot.answers.privacy import forget_entries, forgotten_card, privacy_card
from bot.frontend.client import SpotterBot
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import send_card

__all__ = ["Privacy", "setup"]


class Privacy(commands.Cog):
    """What is kept of a person, and how it is deleted."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """What is kept of you, where and how long."""
        await send_card(interaction, privacy_card())

    @app_commands.command(name="forget-me")
    async def forget_me(self, interaction: Interaction) -> None:
        """Delete what is kept of you: the mistakes you reported, your spoilers."""
        person = interaction.user.id
        forgotten = await self.host.entries.write(lambda session: forget_entries(session, person))
        self.host.runner.preferences.drop()
        self.host.wake_outbox()
        await send_card(interaction, forgotten_card(forgotten))


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Privacy(bot))
