"""The command line. The only place that reads the environment and puts the parts together.

What only some commands need is imported inside them, and the comment there says which of two costs it spares a start:
"loading" (the formats and what makes an archive of them: 0.15 s) or "terminal" (rich and prompt_toolkit: 0.1 s, 9 MB).
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.help import CommandHelp
from bot.answers.versions.watched_runner import WatchedRunner
from bot.archive.db.engine import open_existing_archive, read_session
from bot.archive.db.read_pool import answer_threads
from bot.cli.archives import open_filled_archive, open_question_runner, opened_archive
from bot.cli.coverage_text import coverage_text
from bot.cli.fetching import fetch_settings, with_watches
from bot.cli.log_form import set_up_log
from bot.cli.moderation import moderator_commands
from bot.cli.output import echo, print_report
from bot.cli.process_memory import put_aside, set_up_memory
from bot.errors import AmbiguousName, ArchiveAway, BotError, UnknownName
from bot.frontend.client import HomeServer, Shards, SpotterBot
from bot.frontend.gateway import serve
from bot.frontend.health.heartbeat import heartbeat_age_s, heartbeat_path
from bot.frontend.health.metrics import Metrics
from bot.frontend.mentions import client_intents
from bot.loading.checks.coverage import archive_coverage
from bot.loading.load_limits import LoadLimits
from bot.loading.startup import startup_action
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.loading.moderation.operations import Operations
    from bot.terminal.console import Terminal

__all__ = ["app", "main"]

log = logging.getLogger("spotter")

T = TypeVar("T")

TERMINAL_GUILD_ID = 1  # the terminal's home server where no real one is named, so that the operator has /data
NO_TOKEN_NOTICE = "No DISCORD_TOKEN is set, so this is the terminal; with one, `spotter run` goes to Discord."
NO_HOME_NOTICE = "No HOME_GUILD_ID is set: there are no moderators' commands (/data) in Discord."

app = typer.Typer(
    name="spotter",
    help="Answers questions about stock-car races.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; what can go wrong is one line on standard error and exit code 1."""
    try:
        app()
    except BotError as error:
        echo("\n".join([str(error), *_nearest(error)]), err=True)
        sys.exit(1)


def _nearest(error: BotError) -> Iterator[str]:
    """What a name that stands for nothing, or for several, may mean, a line each; why a database is away."""
    if isinstance(error, ArchiveAway) and error.cause:
        yield error.cause
    choices = (
        error.candidates
        if isinstance(error, AmbiguousName)
        else error.suggestions
        if isinstance(error, UnknownName)
        else ()
    )
    for value, label in choices:
        yield f"  {label}" if value in label else f"  {label} ({value})"


def _show_version(wanted: bool) -> None:
    """Print the version of what is installed, and end."""
    if wanted:
        echo(f"spotter {installed_version('spotter')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """What stands before a command."""


@app.command()
def run() -> None:
    """Start the bot: in Discord where DISCORD_TOKEN is set, else in the terminal."""
    settings = _settings()
    if settings.discord_token is None:
        echo(NO_TOKEN_NOTICE, err=True)
        with open_question_runner(settings) as runner:
            asyncio.run(_with_bot(settings, runner, _converse))
        return
    set_up_memory()
    with open_filled_archive(settings) as engine, WatchedRunner(engine, settings.default_series, put_aside) as runner:
        if settings.home_guild_id is None:
            echo(NO_HOME_NOTICE, err=True)
        home = HomeServer(settings.home_guild_id, settings.moderator_role_ids, settings.moderator_channel_id)
        shards = Shards(settings.shard_count, settings.shard_ids)
        intents = client_intents(reads_messages=settings.mentions == "on")
        limits = LoadLimits(settings.load_seconds, settings.load_memory_mb * 1_000_000)
        new_metrics: Callable[[], Metrics] = Metrics
        pages = None
        if settings.metrics_port is not None:
            from bot.frontend.health.prometheus import PrometheusMetrics, metrics_pages  # noqa: PLC0415 - only where asked for

            new_metrics, pages = PrometheusMetrics, partial(metrics_pages, port=settings.metrics_port)

        def new_bot() -> SpotterBot:
            return SpotterBot(
                runner, settings.documents_folder, home, shards, limits, new_metrics(),
                fetching=fetch_settings(settings), intents=intents,
            )  # fmt: skip

        asyncio.run(
            serve(
                new_bot, settings.discord_token.get_secret_value(), heartbeat_path(settings), with_watches(pages),
                archive_threads=answer_threads(engine),
            )
        )  # fmt: skip


@app.command()
def console() -> None:
    """Ask in the terminal, with the commands and answers of Discord."""
    settings = _settings()
    with open_question_runner(settings) as runner:
        asyncio.run(_with_bot(settings, runner, _converse))


@app.command()
def say(text: Annotated[str, typer.Argument(help="A command, such as '/race name:nashville'.")]) -> None:
    """Print one answer; exit code 1 where it is an error."""
    settings = _settings()

    async def answer(bot: SpotterBot) -> bool:
        return await _terminal(bot).answer(text)

    with open_question_runner(settings) as runner:
        is_answered = asyncio.run(_with_bot(settings, runner, answer))
    if not is_answered:
        raise typer.Exit(1)


@app.command(name="load")
def load_documents(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Read the documents into the archive and print what changed."""
    from bot.loading.load import load, rebuild  # noqa: PLC0415 - loading

    settings = _settings()
    with opened_archive(settings.database_url) as engine:
        # An archive built by older rules is rebuilt first, so that the report of the load tells of documents, not of
        # rules.
        rebuild_report = rebuild(engine) if not dry_run and startup_action(engine) == "derive" else None
        load_report = load(engine, settings.documents_folder, dry_run=dry_run)
    report = rebuild_report if rebuild_report and load_report.unchanged else load_report
    print_report(report)
    if report.rejected:
        raise typer.Exit(1)


@app.command()
def check() -> None:
    """Print what the archive holds and lacks, race by race; exit code 1 where a document cannot be read."""
    from bot.loading.load import load  # noqa: PLC0415 - loading

    settings = _settings()
    with open_question_runner(settings) as runner:
        with read_session(runner.engine) as session:
            holdings = archive_coverage(session)
        for holding in holdings:
            echo(coverage_text(holding))
        rejected = load(runner.engine, settings.documents_folder, dry_run=True).rejected
    for line in rejected:
        echo(line, err=True)
    if rejected:
        raise typer.Exit(1)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents, plain or packed with gzip.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each document and race.")] = False,
) -> None:
    """Say what documents are read as and everything they claim; nothing is loaded.

    Exit code 1 where a document cannot be read; with --json that is part of what is printed, and no failure.
    """
    from bot.cli.reading import print_readings  # noqa: PLC0415 - loading

    print_readings(files, as_json=as_json)


@app.command()
def health() -> None:
    """Say whether the bot is in Discord and its archive can be read; exit code 1 where one of the two is not."""
    settings = _settings()
    age = heartbeat_age_s(heartbeat_path(settings))
    engine = open_existing_archive(settings.database_url)
    try:
        version = QuestionRunner(engine).data_version()
    finally:
        engine.dispose()
    echo(f"Well: in Discord {age:.0f} seconds ago, and the archive is of data version {version}.")


@app.command()
def commands() -> None:
    """Print the table of commands, as the README has it."""
    # Commands are the same whatever the archive holds, so an empty one will do.
    with opened_archive("sqlite://") as engine:
        lines = asyncio.run(_command_lines(QuestionRunner(engine)))
    rows = [f"| `{line.usage}` | {line.summary} |" for line in lines]
    echo("\n".join(["| command | answer |", "|---|---|", *rows]))


def _settings() -> Settings:
    """The settings, with the log set up as they say. Raises BadSettings."""
    settings = read_settings()
    set_up_log(settings.log_form, settings.log_level)
    return settings


@contextmanager
def _open_moderation() -> "Iterator[Operations]":
    """Context manager that gives the moderators' work on documents, for who runs the program."""
    from bot.loading.moderation.operations import Operations  # noqa: PLC0415 - loading

    # No worker process: at the command line nobody waits for answers while a document is read.
    settings = _settings()
    with open_question_runner(settings) as runner:
        yield Operations(runner.engine, settings.documents_folder)


@contextmanager
def _open_unfilled_archive() -> Iterator[Engine]:
    """Context manager that gives the archive without building it first."""
    with opened_archive(_settings().database_url) as engine:
        yield engine


async def _with_bot(settings: Settings, runner: QuestionRunner, work: Callable[[SpotterBot], Awaitable[T]]) -> T:
    """The result of `work` with a bot that has its commands and no connection; there the operator moderates."""
    home = HomeServer(settings.home_guild_id or TERMINAL_GUILD_ID, settings.moderator_role_ids)
    fetching = fetch_settings(settings)
    async with SpotterBot(runner, settings.documents_folder, home, question_limit=None, fetching=fetching) as bot:
        await bot.prepare()
        return await work(bot)


async def _converse(bot: SpotterBot) -> None:
    await _terminal(bot).converse(sys.stdin)


def _terminal(bot: SpotterBot) -> "Terminal":
    """The terminal on standard output."""
    from rich.console import Console  # noqa: PLC0415 - terminal

    from bot.terminal.console import Terminal  # noqa: PLC0415 - terminal

    return Terminal(bot, Console())


async def _command_lines(runner: QuestionRunner) -> tuple[CommandHelp, ...]:
    """The help of every command, also the moderators'."""
    async with SpotterBot(runner, Path(), HomeServer(TERMINAL_GUILD_ID)) as bot:
        await bot.load_commands()
        return bot.command_lines(moderator=True)


app.add_typer(moderator_commands(_open_moderation, _open_unfilled_archive))
