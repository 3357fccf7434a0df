"""Command line of the moderators for plans: what waits, and doing or forgetting it.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answers.context import QuestionRunner
from bot.cli.output import echo, print_cards, print_report
from bot.loading.startup import THE_TERMINAL
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.loading.moderation.operations import Operations

__all__ = ["add_plan_commands"]

OpenModeration = Callable[[], AbstractContextManager["Operations"]]


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
