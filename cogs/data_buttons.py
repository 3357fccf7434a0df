"""Commands that only buttons call: apply a plan, discard it, roll back, remove, choose a race, withdraw, and more.

They are commands like all others, so that a button carries them as it carries a question, but Discord does not list
them: nobody types the key of a plan. Every press checks the rights of the person who pressed.
"""

from discord import app_commands

from bot.answers.common.text import plural
from bot.answers.moderation.aliases import alias_done_card, alias_list_card, alias_request, likely_requests
from bot.answers.moderation.corrections import CorrectionInput, plan_correction
from bot.answers.moderation.documents import active_document
from bot.answers.moderation.load_words import APPLIED_WORD
from bot.answers.moderation.loads import apply_plan
from bot.answers.moderation.report_messages import report_outcome
from bot.answers.moderation.reports import report_handled_card, unanswered_cleared_card
from bot.frontend.client import SpotterBot
from bot.frontend.forms import FormField
from bot.frontend.host import Host, Interaction
from bot.frontend.moderation import (
    ask_form,
    end_plan,
    moderator_name,
    moderators_only,
    plan_load,
    resolve_race_key,
    run_load,
    send_watches,
    show_plan,
    show_preview,
    try_and_show,
)
from bot.frontend.replies import defer, send_card

__all__ = ["DataButtons", "setup"]

ANSWER_FIELD = FormField("answer", "Your answer", "What you found, and what was done about it", multiline=True)
WORD_FIELD = FormField("word", f"Type “{APPLIED_WORD}” to go on", APPLIED_WORD)
CORRECTION_FIELDS = (
    FormField("what", "Which value?", "race: Ross Chastain: laps, or words of it: chastain laps"),
    FormField("value", "What should it be?", "the value alone, as a document would write it"),
    FormField("reason", "How do you know?", "shown with the correction", multiline=True),
)


class DataButtons(app_commands.Group):
    """Commands that Discord does not list."""

    def __init__(self, host: Host) -> None:
        super().__init__(name="data", description="What buttons do")
        self.host = host

    @app_commands.command()
    async def plan(self, interaction: Interaction, plan: str, new: bool = False) -> None:
        """What a plan would do; `new`: a document that fits no race makes a new one, somebody has said."""
        moderators_only(interaction)
        await show_plan(interaction, plan, is_new_race=new)

    @app_commands.command()
    async def preview(self, interaction: Interaction, plan: str, race: str | None = None) -> None:
        """The card of a race as fans would see it."""
        moderators_only(interaction)
        await show_preview(interaction, plan, race)

    @app_commands.command()
    async def apply(self, interaction: Interaction, plan: str, heavy: bool = False) -> None:
        """Do what was planned; what is `heavy` asks for a typed word first."""
        moderators_only(interaction)
        form = await ask_form(interaction, "Remove it all?", WORD_FIELD) if heavy else {}
        if heavy and not form:
            return
        word = form.get(WORD_FIELD.option)
        await run_load(
            interaction, lambda moderation: apply_plan(moderation, plan, moderator_name(interaction), word), plan
        )

    @app_commands.command()
    async def discard(self, interaction: Interaction, plan: str) -> None:
        """Forget a plan."""
        moderators_only(interaction)
        await end_plan(interaction, plan)

    @app_commands.command()
    async def settle(self, interaction: Interaction, plan: str, race: str, document: str) -> None:
        """Plan again with the race that a document is about."""
        moderators_only(interaction)
        key, by = resolve_race_key(interaction, race) or race, moderator_name(interaction)
        await plan_load(interaction, lambda moderation: moderation.plan_choice(by, plan, key, document), replaced=plan)

    @app_commands.command()
    async def remove(self, interaction: Interaction, document: str) -> None:
        """Show what would be lost with a document."""
        moderators_only(interaction)
        await plan_load(
            interaction,
            lambda moderation: moderation.plan_removal(
                moderator_name(interaction), active_document(moderation, document).name
            ),
        )

    @app_commands.command()
    async def choose(self, interaction: Interaction, document: str, race: str) -> None:
        """Show what it would change if a document tells of this race."""
        moderators_only(interaction)
        key = resolve_race_key(interaction, race)
        await plan_load(
            interaction,
            lambda moderation: moderation.plan_tie(
                moderator_name(interaction), active_document(moderation, document).name, key
            ),
        )

    @app_commands.command()
    async def rollback(self, interaction: Interaction, load: int) -> None:
        """Show what going back to before a load would change."""
        moderators_only(interaction)
        await plan_load(interaction, lambda moderation: moderation.plan_roll_back(moderator_name(interaction), load))

    @app_commands.command()
    async def unwatch(self, interaction: Interaction, watch: int) -> None:
        """Stop a watch."""
        moderators_only(interaction)
        await send_watches(interaction, stopped=watch)

    @app_commands.command()
    async def withdraw(self, interaction: Interaction, correction: int) -> None:
        """Show what the documents say without a correction."""
        moderators_only(interaction)
        await plan_load(
            interaction, lambda moderation: moderation.plan_withdrawal(moderator_name(interaction), correction)
        )

    @app_commands.command()
    # The name is in the buttons of messages that people have: it stays as it is.
    async def mend(self, interaction: Interaction, race: str) -> None:
        """Correct a value of the race a card is about."""
        moderators_only(interaction)
        if form := await ask_form(interaction, "Correct a value", *CORRECTION_FIELDS):
            correction = CorrectionInput(form["what"], form["value"], form["reason"])
            await plan_load(
                interaction,
                lambda moderation: plan_correction(moderation, moderator_name(interaction), race, correction),
            )

    @app_commands.command()
    async def answer(self, interaction: Interaction, report: int) -> None:
        """Answer a report, which closes it."""
        moderators_only(interaction)
        if form := await ask_form(interaction, f"Answer to report {report}", ANSWER_FIELD):
            await self.host.moderate(
                lambda moderation: moderation.close_mistake(report, form["answer"], report_outcome)
            )
            self.host.wake_outbox()
            await send_card(interaction, report_handled_card(f"Report {report}", "It is answered and closed"))

    @app_commands.command()
    async def close(self, interaction: Interaction, report: int) -> None:
        """Close a report."""
        moderators_only(interaction)
        await self.host.moderate(lambda moderation: moderation.close_mistake(report, "", report_outcome))
        self.host.wake_outbox()
        await send_card(interaction, report_handled_card(f"Report {report}", "It is closed"))

    @app_commands.command()
    async def closemany(self, interaction: Interaction, first: int, last: int) -> None:
        """Close every open report with a number from one to another."""
        moderators_only(interaction)
        count = await self.host.moderate(lambda moderation: moderation.close_mistakes(first, last, report_outcome))
        self.host.wake_outbox()
        await send_card(interaction, report_handled_card("Reports", f"{plural(count, 'report')} closed"))

    @app_commands.command()
    async def clear(self, interaction: Interaction) -> None:
        """Forget the questions that found no answer."""
        moderators_only(interaction)
        count = await self.host.moderate(lambda moderation: moderation.clear_unanswered())
        await send_card(interaction, unanswered_cleared_card(count))

    @app_commands.command()
    async def delete(self, interaction: Interaction, report: int) -> None:
        """Delete a report."""
        moderators_only(interaction)
        await self.host.moderate(lambda moderation: moderation.delete_mistake(report, report_outcome))
        self.host.wake_outbox()
        await send_card(interaction, report_handled_card(f"Report {report}", "It is deleted"))

    @app_commands.command()
    async def nearest(self, interaction: Interaction, kind: str, alias: str) -> None:
        """Show what a question without an answer may mean, and what it would change to make that an alias."""
        moderators_only(interaction)
        await try_and_show(interaction, likely_requests(self.host.runner.names, kind, alias), kind, alias)

    @app_commands.command()
    async def takealias(self, interaction: Interaction, kind: str, alias: str, means: str) -> None:
        """Take an alias that was tried."""
        moderators_only(interaction)
        request = alias_request(self.host.runner.names, kind, alias, means)
        await defer(interaction)
        await self.host.moderate(lambda moderation: moderation.save_alias(moderator_name(interaction), request.alias))
        await self.host.refresh_names()
        await send_card(interaction, alias_done_card(request))

    @app_commands.command()
    async def dropalias(self, interaction: Interaction, number: int) -> None:
        """Take an alias back."""
        moderators_only(interaction)
        await defer(interaction)
        withdrawn = await self.host.moderate(lambda moderation: moderation.withdraw_alias(number))
        await self.host.refresh_names()
        rows = await self.host.moderate(lambda moderation: moderation.aliases())
        await send_card(interaction, alias_list_card(rows, withdrawn))


async def setup(bot: SpotterBot) -> None:
    """Keep the commands for buttons; discord.py calls this when it loads the module, and Discord learns of none."""
    bot.add_button_commands(DataButtons(bot))
