"""What only buttons do: apply a plan, discard it, roll back, remove, withdraw, deal with a report.

They are commands like all others, so that a button carries them as it carries a question, but they are in no list of
commands: nobody types the key of a plan. Who presses is judged anew at every press, whoever got the button.
"""

from discord import app_commands

from bot.answers.moderation.corrections import Mending, dealt_with, planned
from bot.answers.moderation.documents import named
from bot.answers.moderation.loads import discarded, plan_card
from bot.frontend.client import Interaction, SpotterBot, say
from bot.frontend.components import Field
from bot.frontend.moderation import by, do_load, filled, moderators_only, plan_load

__all__ = ["Deeds", "setup"]

ANSWER = Field("answer", "Your answer", "What you found, and what was done about it", long=True)
CORRECTION = (
    Field("what", "Which value?", "race: Ross Chastain: laps, or words of it: chastain laps"),
    Field("value", "What should it be?", "the value alone, as a document would write it"),
    Field("reason", "How do you know?", "shown with the correction", long=True),
)


class Deeds(app_commands.Group):
    """Commands that are never told to Discord."""

    def __init__(self, bot: SpotterBot) -> None:
        super().__init__(name="data", description="What buttons do")
        self.bot = bot

    @app_commands.command()
    async def plan(self, interaction: Interaction, plan: str) -> None:
        """What a plan would do."""
        moderators_only(interaction)
        await say(interaction, plan_card(await self.bot.manage(lambda desk: desk.plans()), plan))

    @app_commands.command()
    async def apply(self, interaction: Interaction, plan: str) -> None:
        """Do what was planned."""
        moderators_only(interaction)
        await do_load(interaction, lambda desk: desk.apply(plan, by(interaction)))

    @app_commands.command()
    async def discard(self, interaction: Interaction, plan: str) -> None:
        """Forget a plan."""
        moderators_only(interaction)
        await self.bot.manage(lambda desk: desk.discard(plan))
        await say(interaction, discarded())

    @app_commands.command()
    async def remove(self, interaction: Interaction, document: str) -> None:
        """Show what would be lost with a document."""
        moderators_only(interaction)
        await plan_load(interaction, lambda desk: desk.plan_removal(by(interaction), named(desk, document).name))

    @app_commands.command()
    async def rollback(self, interaction: Interaction, load: int) -> None:
        """Show what going back to before a load would change."""
        moderators_only(interaction)
        await plan_load(interaction, lambda desk: desk.plan_roll_back(by(interaction), load))

    @app_commands.command()
    async def withdraw(self, interaction: Interaction, correction: int) -> None:
        """Show what the documents say without a correction."""
        moderators_only(interaction)
        await plan_load(interaction, lambda desk: desk.plan_withdrawal(by(interaction), correction))

    @app_commands.command()
    async def mend(self, interaction: Interaction, race: str) -> None:
        """Correct a value of the race a card is about."""
        moderators_only(interaction)
        if said := await filled(interaction, "Correct a value", *CORRECTION):
            mending = Mending(said["what"], said["value"], said["reason"])
            await plan_load(interaction, lambda desk: planned(desk, by(interaction), race, mending))

    @app_commands.command()
    async def answer(self, interaction: Interaction, report: int) -> None:
        """Answer a report, which closes it."""
        moderators_only(interaction)
        if said := await filled(interaction, f"Answer to report {report}", ANSWER):
            await self.bot.manage(lambda desk: desk.close_mistake(report, said["answer"]))
            await say(interaction, dealt_with(report, "answered and closed"))

    @app_commands.command()
    async def close(self, interaction: Interaction, report: int) -> None:
        """Close a report."""
        moderators_only(interaction)
        await self.bot.manage(lambda desk: desk.close_mistake(report, ""))
        await say(interaction, dealt_with(report, "closed"))

    @app_commands.command()
    async def delete(self, interaction: Interaction, report: int) -> None:
        """Delete a report."""
        moderators_only(interaction)
        await self.bot.manage(lambda desk: desk.delete_mistake(report))
        await say(interaction, dealt_with(report, "deleted"))


async def setup(bot: SpotterBot) -> None:
    """Called by discord.py when the extension is loaded: the commands are kept, and told to nobody."""
    bot.unlisted = tuple(command for command in Deeds(bot).walk_commands() if isinstance(command, app_commands.Command))
