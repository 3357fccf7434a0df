"""Watches at the command line: what is kept fresh, something new to be, and an end to it."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.answers.moderation.watches import watch_list_card
from bot.cli.fetching import fetch_settings
from bot.cli.options import OpenModeration
from bot.loading.startup import THE_TERMINAL
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.fetching.watch_row import WatchRow

__all__ = ["add_watch_commands"]


def add_watch_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    """Add the commands; when one of them runs, it opens what it works on."""

    @app.command()
    def watch(
        what: Annotated[str | None, typer.Argument(help="A season, page or file, by its title or address.")] = None,
        apply_when_clean: Annotated[
            bool, typer.Option("--apply-when-clean", help="Load by itself what is plainly right.")
        ] = False,
    ) -> None:
        """List what is kept fresh by a bot that runs, or have something more kept fresh."""
        from bot.fetching.watches import all_watches, set_up_watch  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            if what is None:
                _print_watches(all_watches(moderation))
                return
            settings = fetch_settings(read_settings())
            _print_watches(set_up_watch(moderation, settings, what, THE_TERMINAL, is_automatic=apply_when_clean))

    @app.command()
    def unwatch(number: Annotated[int, typer.Argument(help="The number of a watch.")]) -> None:
        """Stop a watch."""
        from bot.fetching.watches import end_watch  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            _print_watches(end_watch(moderation, number))


def _print_watches(watches: "tuple[WatchRow, ...]") -> None:
    from rich.console import Console  # noqa: PLC0415 - terminal

    from bot.terminal.display import print_card  # noqa: PLC0415 - terminal

    print_card(watch_list_card(watches), Console())
