"""Command line of the moderators for plans: what waits, and doing or forgetting it.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.answers.context import QuestionRunner
from bot.cli.options import OpenModeration
from bot.cli.output import echo, print_cards, print_report
from bot.errors import BotError
from bot.loading.moderation.rows import PlanRow
from bot.loading.startup import THE_TERMINAL
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.loading.moderation.operations import Operations

__all__ = ["add_plan_commands", "confirm_and_apply"]


def add_plan_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    """Add the commands; when one of them runs, it opens what it works on."""

    @app.command()
    def status() -> None:
        """Say what waits for you, then what the archive holds."""
        from bot.answers.moderation.status import moderation_queue, status_card  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            queue = moderation_queue(moderation)
            print_cards(QuestionRunner(moderation.engine, read_settings().default_series).ask(status_card, queue))
        for plan in queue.plans:
            echo(f"{plan.key}: {plan.title}, by {plan.made_by}; spotter apply {plan.key}, or discard")

    @app.command()
    def apply(plan: Annotated[str, typer.Argument(help="The key of a plan, as status lists it.")]) -> None:
        """Do what was planned, here or in Discord."""
        with open_moderation() as moderation:
            print_report(moderation.apply(plan, THE_TERMINAL))

    @app.command()
    def discard(plan: Annotated[str, typer.Argument(help="The key of a plan, as status lists it.")]) -> None:
        """Forget a plan."""
        with open_moderation() as moderation:
            moderation.discard(plan)
        echo("Forgotten.")


def confirm_and_apply(moderation: "Operations", plan: PlanRow, yes: bool, *, is_new_race: bool = False) -> None:
    """Show a plan, then apply it or, where the person says no, discard it.

    What takes much away asks for a word. Raises BotError where a text would make a new race and nobody says so.
    """
    from bot.answers.moderation.load_words import APPLIED_WORD  # noqa: PLC0415 - loading
    from bot.answers.moderation.loads import founding_document, plan_card, takes_much_away  # noqa: PLC0415 - loading

    if plan.upload_summary:
        echo(f"Read as: {plan.upload_summary}")
    print_cards(plan_card((plan,), plan.key, is_new_race=is_new_race))
    if plan.upload_summary and founding_document(plan) is not None and not is_new_race:
        moderation.discard(plan.key)
        raise BotError("Nothing was changed: upload it with its race (--race), or with --new-race.")
    if yes:
        is_wanted = True
    elif takes_much_away(plan.report):
        is_wanted = typer.prompt(f"This takes much away. To do it, type {APPLIED_WORD}").strip() == APPLIED_WORD
    else:
        is_wanted = typer.confirm(f"{plan.title}?")
    if is_wanted:
        echo(f"Done: version {moderation.apply(plan.key, THE_TERMINAL).version}.")
    else:
        moderation.discard(plan.key)
        echo("Nothing was changed.")
