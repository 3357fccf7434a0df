"""Output of the shell's commands: what people have written comes out of it without a sign that a terminal obeys.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

import typer

from bot.cards import Card
from bot.language.printable import printable
from bot.loading.report import Report

__all__ = ["echo", "print_cards", "print_report"]


def echo(text: str, *, err: bool = False) -> None:
    """Print lines, to standard error with `err`; tabs and ends of lines are kept."""
    typer.echo(printable(text, keep="\n\t"), err=err)


def print_report(report: Report) -> None:
    """Print what a load changed, or what a plan would change, as the card that Discord shows."""
    from bot.answers.moderation.status import load_report_card  # noqa: PLC0415 - loading

    print_cards(load_report_card(report))


def print_cards(*cards: Card) -> None:
    """Print cards as Discord shows them, all their pages."""
    from rich.console import Console  # noqa: PLC0415 - terminal

    from bot.terminal.display import print_card  # noqa: PLC0415 - terminal

    for card in cards:
        print_card(card, Console())
