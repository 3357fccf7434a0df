"""Command line of the moderators for the names that people type: aliases, tried before they are taken.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

from typing import Annotated

import typer

from bot.answers.context import QuestionRunner
from bot.cli.options import OpenModeration, YesOption
from bot.cli.output import echo, print_cards
from bot.loading.startup import THE_TERMINAL
from bot.settings import read_settings

__all__ = ["add_alias_commands"]


def add_alias_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    """Add the commands; when one of them runs, it opens what it works on."""
    _add_entering(app, open_moderation)
    _add_list(app, open_moderation)


def _add_entering(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def alias(
        kind: Annotated[str, typer.Argument(help="driver, race, track, team, manufacturer or series.")],
        alias: Annotated[str, typer.Argument(help="What people type.")],
        means: Annotated[str, typer.Argument(help="Whom or what they mean; of a race, any running of it.")],
        yes: YesOption = False,
    ) -> None:
        """Let a name that people type mean somebody: show what that changes, then ask."""
        from bot.answers.moderation.alias_trial import tried_aliases  # noqa: PLC0415 - loading
        from bot.answers.moderation.aliases import alias_request, alias_trial_card  # noqa: PLC0415 - loading

        series = read_settings().default_series
        with open_moderation() as moderation:
            names = QuestionRunner(moderation.engine, series).ask(lambda context: context.names)
            request = alias_request(names, kind.casefold(), alias, means)
            outcomes = tried_aliases(moderation.engine, series, (request.alias,))
            print_cards(alias_trial_card((request,), outcomes, kind, alias))
            if outcomes[0].is_taken and (yes or typer.confirm(f"It means {request.label}?")):
                moderation.save_alias(THE_TERMINAL, request.alias)
                echo(f"“{request.alias.alias}” now means {request.label}.")
            else:
                echo("Nothing was changed.")


def _add_list(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def aliases() -> None:
        """List the names that moderators have entered."""
        with open_moderation() as moderation:
            rows = moderation.aliases()
        for row in rows:
            echo(
                f"{row.number}: “{row.alias}” means the {row.kind} {row.name}; by {row.by}, {row.at:%Y-%m-%d %H:%M} UTC"
            )
        if not rows:
            echo("No alias is entered.")

    @app.command("withdraw-alias")
    def withdraw_alias(number: Annotated[int, typer.Argument(help="The number of an alias.")]) -> None:
        """Take an alias back."""
        with open_moderation() as moderation:
            withdrawn = moderation.withdraw_alias(number)
        echo(f"“{withdrawn.alias}” no longer means {withdrawn.name}.")
