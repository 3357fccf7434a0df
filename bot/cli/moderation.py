"""The moderators' verbs in the terminal: what `/data` does, for who runs the program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import BotError
from bot.loading.startup import THE_TERMINAL

if TYPE_CHECKING:  # the bot starts through this file too, and what loads and draws would hold it up by half a second
    from bot.loading.moderation.desk import DataDesk
    from bot.loading.moderation.rows import PlanRow
    from bot.loading.report import Report

__all__ = ["moderators_verbs"]

Desk = Callable[[], "DataDesk"]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
File = Annotated[Path, typer.Argument(help="A file.")]


def moderators_verbs(desk: Desk) -> typer.Typer:
    """The verbs, for a desk that is opened when one of them is called."""
    app = typer.Typer()
    for add in (_reading_verbs, _loading_verbs, _correcting_verbs, _saving_verbs):
        add(app, desk)
    return app


def _reading_verbs(app: typer.Typer, desk: Desk) -> None:
    @app.command()
    def documents(
        document: Annotated[str | None, typer.Argument(help="A document, to read its lines.")] = None,
        line: Annotated[int, typer.Option(help="The line to read around.")] = 1,
    ) -> None:
        """List the documents in force, or print the text around a line of one."""
        if document is not None:
            typer.echo("\n".join(f"{number:>5}  {text}" for number, text in desk().text_around(document, line)))
        else:
            _list_documents(desk())

    @app.command()
    def log() -> None:
        """List every load: when, who, what."""
        for one in desk().log():
            changed = f"{one.report.races_changed:,} races, {len(one.report.documents)} documents changed"
            typer.echo(f"{one.number}: {one.at:%Y-%m-%d %H:%M} UTC, {one.by}: {one.what}; {changed}")

    @app.command()
    def template() -> None:
        """Print a results.csv to fill in, with its columns explained."""
        from bot.documents.results_csv.reader import template as text  # noqa: PLC0415

        typer.echo(text(), nl=False)


def _list_documents(desk: "DataDesk") -> None:
    for one in desk.documents():
        race = f", {one.race}" if one.race else ""
        told = f"{one.kind or 'not read'}, {one.title}{race}, {one.lines:,} lines"
        typer.echo(f"{one.name}: {told}; {one.origin}, by {one.by}, {one.at:%Y-%m-%d %H:%M} UTC")
    for name in desk.set_aside():
        typer.echo(f"{name}: set aside; a reload does not bring it back, an upload does")


def _loading_verbs(app: typer.Typer, desk: Desk) -> None:
    @app.command()
    def upload(
        file: File,
        race: Annotated[str | None, typer.Option(help="The race it tells of, such as cup-2023-17.")] = None,
        kind: Annotated[str | None, typer.Option(help="How to read it, such as recap.")] = None,
        yes: Yes = False,
    ) -> None:
        """Take a document up: say what it is read as and what it would change, then ask."""
        _carry_out(desk(), desk().plan_upload(THE_TERMINAL, file.name, _bytes_of(file), race, kind), yes)

    @app.command()
    def remove(name: Annotated[str, typer.Argument(help="A document in force.")], yes: Yes = False) -> None:
        """Take a document out of force: show what would be lost, then ask."""
        _carry_out(desk(), desk().plan_removal(THE_TERMINAL, name), yes)

    @app.command("roll-back")
    def roll_back(load: Annotated[int, typer.Argument(help="A load of the log.")], yes: Yes = False) -> None:
        """Go back to before a load, by a new load: show what would change, then ask."""
        _carry_out(desk(), desk().plan_roll_back(THE_TERMINAL, load), yes)


def _correcting_verbs(app: typer.Typer, desk: Desk) -> None:
    @app.command()
    def correct(
        race: Annotated[str, typer.Argument(help="A race's key, such as cup-2023-17.")],
        what: Annotated[str, typer.Argument(help="As disagreements name it: 'race: Ross Chastain: laps', 'date'.")],
        value: Annotated[str, typer.Argument(help="What it should be.")],
        reason: Annotated[str, typer.Argument(help="Where that comes from.")],
        yes: Yes = False,
    ) -> None:
        """Mend one value: show what would change, then ask."""
        _carry_out(desk(), desk().plan_correction(THE_TERMINAL, race, what, value, reason), yes)

    @app.command()
    def corrections() -> None:
        """List the corrections in force."""
        for one in desk().corrections():
            instead = f"{one.value} instead of {one.old or 'nothing'}"
            typer.echo(f"{one.number}: {one.race}: {one.what}: {instead}, {one.by}: {one.reason}")

    @app.command()
    def withdraw(
        correction: Annotated[int, typer.Argument(help="The number of a correction.")], yes: Yes = False
    ) -> None:
        """Take a correction back: show what would change, then ask."""
        _carry_out(desk(), desk().plan_withdrawal(THE_TERMINAL, correction), yes)


def _saving_verbs(app: typer.Typer, desk: Desk) -> None:
    @app.command(name="backup")
    def save(file: File) -> None:
        """Write documents, catalogue, corrections, reports and the log to one file."""
        from bot.loading.moderation.backup import backup  # noqa: PLC0415

        typer.echo(f"{file}: {backup(desk().engine, file):,} bytes")

    @app.command(name="restore")
    def bring_back(file: File, yes: Yes = False) -> None:
        """Put what a backup holds in place of what the archive keeps."""
        from bot.loading.moderation.backup import restore  # noqa: PLC0415

        if not yes:
            typer.confirm("Everything that this archive keeps is replaced. Go on?", abort=True)
        _show(restore(desk().engine, file, THE_TERMINAL))


def _carry_out(desk: "DataDesk", plan: "PlanRow", yes: bool) -> None:
    """Show a plan, and apply it where that is wanted."""
    if plan.read_as:
        typer.echo(f"Read as: {plan.read_as}")
    _show(plan.report)
    if yes or typer.confirm(f"{plan.title}?"):
        typer.echo(f"Done: version {desk.apply(plan.key, THE_TERMINAL).version}.")
    else:
        desk.discard(plan.key)
        typer.echo("Nothing was changed.")


def _show(report: "Report") -> None:
    from rich.console import Console  # noqa: PLC0415

    from bot.answers.moderation.status import report as report_card  # noqa: PLC0415
    from bot.terminal.display import show_card  # noqa: PLC0415

    show_card(report_card(report), Console())


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BotError(f"{file} cannot be read: {error.strerror}.") from error
