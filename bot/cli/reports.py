"""Command line of the moderators for what people report and ask in vain.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

from typing import Annotated

import typer

from bot.cli.options import OpenModeration
from bot.cli.output import echo
from bot.language.printable import printable

__all__ = ["add_report_commands"]


def add_report_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    """Add the commands; when one of them runs, it opens what it works on."""
    _add_list(app, open_moderation)
    _add_close(app, open_moderation)
    _add_answer(app, open_moderation)
    _add_unanswered(app, open_moderation)


def _add_list(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def reports(
        first: Annotated[int, typer.Option(help="The number of the report to begin with.")] = 0,
    ) -> None:
        """List open reports of mistakes, ten at a time, the oldest first."""
        with open_moderation() as moderation:
            page = moderation.mistake_reports(first)
        for report in page.rows:
            said = printable(report.words)
            echo(f"{report.id}: {report.made_at:%Y-%m-%d %H:%M} UTC, {report.question}: {said}")
        if page.next_first is not None:
            echo(f"{page.open_count:,} are open; go on with --first {page.next_first}.")
        elif not page.open_count:
            echo("No report is open.")


def _add_close(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command("close-reports")
    def close_reports(
        first: Annotated[int, typer.Argument(help="The number of the first report.")],
        last: Annotated[int, typer.Argument(help="The number of the last one.")],
    ) -> None:
        """Close every open report with a number from the first to the last."""
        from bot.answers.moderation.report_messages import report_outcome  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            count = moderation.close_mistakes(first, last, report_outcome)
        echo(f"{count:,} closed.")


def _add_answer(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command("answer-report")
    def answer_report(
        number: Annotated[int, typer.Argument(help="The number of an open report.")],
        answer: Annotated[str, typer.Argument(help="What you found, and what was done about it.")],
    ) -> None:
        """Answer a report, which closes it; the answer stands for 30 days under the sources of its card."""
        from bot.answers.moderation.report_messages import report_outcome  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            moderation.close_mistake(number, answer, report_outcome)
        echo(f"Report {number} is answered and closed.")

    @app.command("delete-report")
    def delete_report(number: Annotated[int, typer.Argument(help="The number of a report.")]) -> None:
        """Delete a report, open or closed."""
        from bot.answers.moderation.report_messages import report_outcome  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            moderation.delete_mistake(number, report_outcome)
        echo(f"Report {number} is deleted.")


def _add_unanswered(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def unanswered(
        clear: Annotated[bool, typer.Option("--clear", help="Forget them all, once they are listed.")] = False,
    ) -> None:
        """List the questions of the last 90 days that found no answer, the most frequent first."""
        with open_moderation() as moderation:
            for row in moderation.unanswered():
                echo(f"{row.count:>6,}  {row.kind} “{row.text}”")
            if clear:
                echo(f"{moderation.clear_unanswered():,} forgotten.")
