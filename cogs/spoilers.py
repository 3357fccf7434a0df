"""Command by which a person says for how long results stay hidden."""

from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from bot.answers.spoilers import save_choice, spoiler_hours, spoilers_card
from bot.archive.preferences.rules import Rules, RuleValue
from bot.frontend.client import SpotterBot
from bot.frontend.host import Host, Interaction
from bot.frontend.replies import send_card
from bot.frontend.servers.audience import own_rules
from cogs import options

__all__ = ["Spoilers", "setup"]


class Spoilers(commands.Cog):
    """What a person does not want to know yet."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @app_commands.command()
    @app_commands.describe(hours="how long after a race; what is in force now if left out")
    async def spoilers(self, interaction: Interaction, hours: options.SpoilerChoice | None = None) -> None:
        """How long results are hidden from you, in what only you see."""
        rules, is_saved = await own_rules(interaction), True
        if hours is not None:
            rules, is_saved = await self._chosen(interaction, rules, spoiler_hours(hours))
        await send_card(
            interaction, spoilers_card(rules, in_server=interaction.guild_id is not None, is_saved=is_saved)
        )

    async def _chosen(self, interaction: Interaction, rules: Rules, hours: int | None) -> tuple[Rules, bool]:
        """The rules once a person has chosen these hours (None: those of the server), and whether they hold already."""
        person = interaction.user.id
        is_saved = await self.host.entries.write(lambda session: save_choice(session, person, hours))
        self.host.runner.preferences.drop()
        own = rules.public_spoilers if hours is None else RuleValue(hours, "person")
        return replace(rules, private_spoilers=own), bool(is_saved)


async def setup(bot: SpotterBot) -> None:
    """Add the cog; discord.py calls this when it loads the module."""
    await bot.add_cog(Spoilers(bot))
