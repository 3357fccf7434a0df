"""Command line of the moderators: what `/data` does, for who runs the program.

Imports inside functions are those of `bot.cli.app`, for the same two reasons.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.cli.aliases import add_alias_commands
from bot.cli.fetching import fetch_settings
from bot.cli.options import OpenModeration, YesOption
from bot.cli.output import echo, print_cards, print_report
from bot.cli.plans import add_plan_commands, confirm_and_apply
from bot.cli.reports import add_report_commands
from bot.cli.watches import add_watch_commands
from bot.errors import BotError
from bot.loading.startup import THE_TERMINAL
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.loading.moderation.operations import Operations

__all__ = ["moderator_commands"]

T = TypeVar("T")

OpenArchive = Callable[[], AbstractContextManager[Engine]]
FileArgument = Annotated[Path, typer.Argument(help="A file.")]


def moderator_commands(open_moderation: OpenModeration, open_unfilled_archive: OpenArchive) -> typer.Typer:
    """The commands; when one of them runs, it opens what it works on, which is closed again at its end."""
    app = typer.Typer()
    for add_commands in (
        _add_reading_commands,
        _add_template_command,
        _add_upload_command,
        _add_loading_commands,
        _add_fetching_commands,
        add_watch_commands,
        _add_correction_commands,
        add_report_commands,
        add_alias_commands,
        add_plan_commands,
        _add_backup_command,
    ):
        add_commands(app, open_moderation)
    _add_restore_command(app, open_unfilled_archive)
    return app


def _add_reading_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def documents(
        document: Annotated[str | None, typer.Argument(help="A document, to read its lines.")] = None,
        line: Annotated[int, typer.Option(help="The line to read around.")] = 1,
    ) -> None:
        """List the documents in force, or print the text around a line of one."""
        with open_moderation() as moderation:
            if document is not None:
                lines = moderation.text_around(_document_name(moderation, document), line)
                echo("\n".join(f"{number:>5}  {text}" for number, text in lines))
            else:
                _list_documents(moderation)

    @app.command()
    def log(
        number: Annotated[int | None, typer.Argument(help="The number of one load, to see all of it.")] = None,
    ) -> None:
        """List every load: when, who, what; or say of one all that it changed."""
        from bot.answers.moderation.loads import load_card  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            loads = moderation.load_log()
        if number is not None:
            print_cards(load_card(loads, number))
            return
        for load in loads:
            changed = f"{load.report.races_changed:,} races, {len(load.report.documents)} documents changed"
            echo(f"{load.number}: {load.at:%Y-%m-%d %H:%M} UTC, {load.by}: {load.what}; {changed}")


def _add_template_command(app: typer.Typer, _: OpenModeration) -> None:
    @app.command()
    def template(
        kind: Annotated[
            str, typer.Argument(help="A kind of document, such as results, standings or recap.")
        ] = "results",
        words: Annotated[bool, typer.Option("--words", help="What to know about it, instead of the file.")] = False,
    ) -> None:
        """Print the smallest file of a kind that works, or with --words what to know about it."""
        from bot.documents.templates.registry import find_template  # noqa: PLC0415 - loading

        found = find_template(kind)
        explained = [*found.words, *(f"{name}: {meaning}" for name, meaning in found.columns)]
        typer.echo("\n\n".join(explained) + "\n" if words else found.text, nl=False)


def _list_documents(moderation: "Operations") -> None:
    for document in moderation.active_documents():
        race = f", {document.race}" if document.race else ""
        description = f"{document.kind or 'not read'}, {document.title}{race}, {document.lines:,} lines"
        echo(f"{document.name}: {description}; {document.origin}, by {document.by}, {document.at:%Y-%m-%d %H:%M} UTC")
    for name in moderation.excluded_documents():
        echo(f"{name}: set aside; a reload does not bring it back, an upload does")


def _add_upload_command(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def upload(
        files: Annotated[list[Path], typer.Argument(help="Up to ten files, or a zip of them.")],
        race: Annotated[str | None, typer.Option(help="The race they tell of, such as '2023 ally 400'.")] = None,
        kind: Annotated[str | None, typer.Option(help="How to read them, such as recap.")] = None,
        new_race: Annotated[bool, typer.Option("--new-race", help="A text that fits no race makes a new one.")] = False,
        yes: YesOption = False,
    ) -> None:
        """Take documents up: say what they are read as and what they would change, then ask."""
        from bot.answers.moderation.loads import plan_uploads  # noqa: PLC0415 - loading

        contents = [(file.name, _read_bytes(file)) for file in files]
        with open_moderation() as moderation:
            plan = plan_uploads(moderation, THE_TERMINAL, contents, _race_key(moderation, race), kind)
            confirm_and_apply(moderation, plan, yes, is_new_race=new_race)


def _add_loading_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def remove(
        name: Annotated[str, typer.Argument(help="A document in force, or words of its name or title.")],
        yes: YesOption = False,
    ) -> None:
        """Take a document out of force: show what would be lost, then ask."""
        with open_moderation() as moderation:
            confirm_and_apply(moderation, moderation.plan_removal(THE_TERMINAL, _document_name(moderation, name)), yes)

    @app.command()
    def tie(
        document: Annotated[str, typer.Argument(help="A document in force, or words of its name or title.")],
        race: Annotated[str | None, typer.Argument(help="The race it tells of; left out, the one it says.")] = None,
        yes: YesOption = False,
    ) -> None:
        """Choose the race that a document tells of: show what would change, then ask."""
        with open_moderation() as moderation:
            key, name = _race_key(moderation, race), _document_name(moderation, document)
            confirm_and_apply(moderation, moderation.plan_tie(THE_TERMINAL, name, key), yes)

    @app.command("roll-back")
    def roll_back(load: Annotated[int, typer.Argument(help="A load of the log.")], yes: YesOption = False) -> None:
        """Go back to before a load, by a new load: show what would change, then ask."""
        with open_moderation() as moderation:
            confirm_and_apply(moderation, moderation.plan_roll_back(THE_TERMINAL, load), yes)


def _add_fetching_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def fetch(
        what: Annotated[str, typer.Argument(help="The title or address of an article, or the address of a document.")],
        yes: YesOption = False,
    ) -> None:
        """Fetch a document: say what it is read as and what it would change, then ask."""
        from bot.fetching.turn import fetch_in_turn  # noqa: PLC0415 - only some fetch

        with open_moderation() as moderation:

            async def at_once(work: "Callable[[Operations], T]") -> T:
                return work(moderation)

            fetched = asyncio.run(fetch_in_turn(fetch_settings(read_settings()), at_once, what))
            confirm_and_apply(moderation, moderation.plan_fetched(THE_TERMINAL, fetched), yes)


def _add_correction_commands(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command()
    def correct(
        race: Annotated[str, typer.Argument(help="The race, such as '2023 ally 400' or cup-2023-17.")],
        what: Annotated[str, typer.Argument(help="The value, or words of it: 'chastain laps', 'date'.")],
        value: Annotated[str, typer.Argument(help="What it should be.")],
        reason: Annotated[str, typer.Argument(help="Where that comes from.")],
        yes: YesOption = False,
    ) -> None:
        """Mend one value: show what would change, then ask."""
        from bot.answers.moderation.corrections import CorrectionInput, plan_correction  # noqa: PLC0415 - loading

        with open_moderation() as moderation:
            key = _race_key(moderation, race) or race
            plan = plan_correction(moderation, THE_TERMINAL, key, CorrectionInput(what, value, reason))
            confirm_and_apply(moderation, plan, yes)

    @app.command()
    def corrections() -> None:
        """List the corrections in force."""
        with open_moderation() as moderation:
            corrections_in_force = moderation.corrections()
            labels = _race_labels(moderation)
        for correction in corrections_in_force:
            race = labels.get(correction.race, correction.race)
            change = f"{correction.value} instead of {correction.old or 'nothing'}"
            echo(f"{correction.number}: {race}: {correction.what}: {change}, {correction.by}: {correction.reason}")

    @app.command()
    def withdraw(
        correction: Annotated[int, typer.Argument(help="The number of a correction.")], yes: YesOption = False
    ) -> None:
        """Take a correction back: show what would change, then ask."""
        with open_moderation() as moderation:
            confirm_and_apply(moderation, moderation.plan_withdrawal(THE_TERMINAL, correction), yes)


def _add_backup_command(app: typer.Typer, open_moderation: OpenModeration) -> None:
    @app.command(name="backup")
    def backup_archive(
        file: FileArgument,
        replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there.")] = False,
    ) -> None:
        """Write documents, catalogue, corrections, aliases, reports, settings and the log to one new file."""
        from bot.loading.moderation.backup import backup  # noqa: PLC0415 - loading

        if file.exists() and not replace:
            raise BotError(f"{file} is there already, and nothing was written. Choose another name, or add --replace.")
        with open_moderation() as moderation:
            echo(f"{file}: {backup(moderation.engine, file):,} bytes")


def _add_restore_command(app: typer.Typer, open_unfilled_archive: OpenArchive) -> None:
    @app.command(name="restore")
    def restore_archive(file: FileArgument, yes: YesOption = False) -> None:
        """Say what a backup holds, ask, and put it in place of what the archive keeps."""
        from bot.loading.moderation.backup import look_at_archive, look_at_backup, restore  # noqa: PLC0415 - loading

        backup_text = look_at_backup(file).text
        with open_unfilled_archive() as engine:
            if not yes:
                echo(f"The backup: {backup_text}")
                echo(f"This archive: {look_at_archive(engine).text}")
                typer.confirm("Everything that this archive keeps is replaced. Go on?", abort=True)
            print_report(restore(engine, file, THE_TERMINAL))


def _race_key(moderation: "Operations", text: str | None) -> str | None:
    """The key of the race that was typed as fans type it; None where none was.

    Raises UnknownName, AmbiguousName.
    """
    from bot.answers.moderation.race_key import race_key_question  # noqa: PLC0415 - loading

    if text is None or not text.strip():
        return None
    return QuestionRunner(moderation.engine, read_settings().default_series).ask(race_key_question, text)


def _race_labels(moderation: "Operations") -> dict[str, str]:
    """Every race as people call it, with its key: "2023 Ally 400 (cup-2023-17)"."""
    races = QuestionRunner(moderation.engine).ask(lambda context: context.names.of_kind("race"))
    return {race.value: f"{race.first_season or ''} {race.name} ({race.value})".strip() for race in races if race.name}


def _document_name(moderation: "Operations", text: str) -> str:
    """The name of the document in force that is meant. Raises UnknownName, AmbiguousName."""
    from bot.answers.moderation.documents import active_document  # noqa: PLC0415 - loading

    return active_document(moderation, text).name


def _read_bytes(file: Path) -> bytes:
    from bot.loading.read.plain_file import read_content  # noqa: PLC0415 - loading

    try:
        with file.open("rb") as opened:
            return read_content(file, opened)
    except OSError as error:
        raise BotError(f"{file} cannot be read: {error.strerror}.") from error
