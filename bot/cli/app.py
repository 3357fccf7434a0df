"""The command line. The only place that reads the environment and puts the parts together."""

import asyncio
import gc
import logging
import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from sqlalchemy import Engine

from bot.answers.context import AnswerDesk
from bot.answers.help import CommandLine
from bot.archive.db.engine import open_archive, reading
from bot.cli.moderation import moderators_verbs
from bot.errors import BotError
from bot.frontend.client import Home, Shards, SpotterBot
from bot.frontend.gateway import serve
from bot.frontend.heartbeat import seconds_since, sign_of
from bot.loading.startup import beginning
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.loading.checks.coverage import Holding
    from bot.loading.moderation.desk import DataDesk
    from bot.terminal.console import Terminal

__all__ = ["app", "main"]

log = logging.getLogger("spotter")

T = TypeVar("T")

MADE_UP_GUILD = 1  # the terminal's home server where no real one is named, so that the operator has /data
NO_TOKEN = "No DISCORD_TOKEN is set, so this is the terminal; with one, `spotter run` goes to Discord."
NO_HOME = "No HOME_GUILD_ID is set: there are no moderators' commands (/data) in Discord."

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
        typer.echo(str(error), err=True)
        sys.exit(1)


def _show_version(wanted: bool) -> None:
    """Print the version of what is installed, and end."""
    if wanted:
        typer.echo(f"spotter {installed_version('spotter')}")
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
    desk = _filled_desk(settings)
    if settings.discord_token is None:
        typer.echo(NO_TOKEN, err=True)
        asyncio.run(_with_bot(settings, desk, _converse))
        return
    if settings.home_guild_id is None:
        typer.echo(NO_HOME, err=True)
    home = Home(settings.home_guild_id, settings.moderator_role_ids)
    bot = SpotterBot(desk, settings.documents, home, Shards(settings.shard_count, settings.shard_ids))
    asyncio.run(serve(bot, settings.discord_token.get_secret_value(), sign_of(settings)))


@app.command()
def console() -> None:
    """Ask in the terminal, with the commands and answers of Discord."""
    settings = _settings()
    asyncio.run(_with_bot(settings, _filled_desk(settings), _converse))


@app.command()
def say(text: Annotated[str, typer.Argument(help="A command, such as '/race name:nashville'.")]) -> None:
    """Print one answer; exit code 1 where it is an error."""
    settings = _settings()

    async def answer(bot: SpotterBot) -> bool:
        return await _terminal(bot).answer(text)

    if not asyncio.run(_with_bot(settings, _filled_desk(settings), answer)):
        raise typer.Exit(1)


@app.command(name="load")
def load_documents(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Read the documents into the archive and print what changed."""
    from rich.console import Console  # noqa: PLC0415

    from bot.answers.moderation.status import report as report_card  # noqa: PLC0415
    from bot.loading.load import load, rederive  # noqa: PLC0415
    from bot.terminal.display import show_card  # noqa: PLC0415

    settings = _settings()
    engine = open_archive(settings.database_url)
    renewed = rederive(engine) if not dry_run and beginning(engine) == "derive" else None
    loaded = load(engine, settings.documents, dry_run=dry_run)
    report = renewed if renewed and loaded.unchanged else loaded
    show_card(report_card(report), Console())
    if report.rejected:
        raise typer.Exit(1)


@app.command()
def check() -> None:
    """Print what the archive holds and lacks, race by race; exit code 1 where a document cannot be read."""
    from bot.loading.checks.coverage import check as check_archive  # noqa: PLC0415
    from bot.loading.load import load  # noqa: PLC0415

    settings = _settings()
    engine = _filled_desk(settings).engine
    with reading(engine) as session:
        holdings = check_archive(session)
    for holding in holdings:
        typer.echo(_described(holding))
    broken = load(engine, settings.documents, dry_run=True).rejected
    for line in broken:
        typer.echo(line, err=True)
    if broken:
        raise typer.Exit(1)


@app.command()
def health() -> None:
    """Say whether the bot is in Discord and its archive can be read; exit code 1 where one of the two is not."""
    settings = _settings()
    age = seconds_since(sign_of(settings))
    version = AnswerDesk(open_archive(settings.database_url)).data_version()
    typer.echo(f"Well: in Discord {age:.0f} seconds ago, and the archive is of data version {version}.")


@app.command()
def commands() -> None:
    """Print the table of commands, as the README has it."""
    lines = asyncio.run(_command_lines())
    rows = [f"| `{line.usage}` | {line.what} |" for line in lines]
    typer.echo("\n".join(["| command | answer |", "|---|---|", *rows]))


def _settings() -> Settings:
    """The settings, with the log set up as they say. Raises BadSettings."""
    settings = read_settings()
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every step, also where there is none
    return settings


def _filled_desk(settings: Settings) -> AnswerDesk:
    """Where questions are asked; an archive that holds nothing yet, or was made otherwise, is built first."""
    engine = open_archive(settings.database_url)
    if beginning(engine) != "nothing":
        _fill(engine, settings.documents)
    # Names live as long as their data version. Put aside, they are not looked through by the collector of cyclic
    # garbage, which with the names of all seasons stops every answer for 0.17 s now and then (measured).
    return AnswerDesk(engine, settings.default_series, renamed=gc.freeze)


def _fill(engine: Engine, documents: Path) -> None:
    """Read the documents. Imported only here: it takes 0.4 s, and a start with a built archive has no need of it."""
    from bot.loading.load import fill  # noqa: PLC0415

    begun = fill(engine, documents)
    for line in begun.rejected if begun else ():
        log.warning("a document was left out: %s", line)


def _data_desk() -> "DataDesk":
    """Where moderators work."""
    from bot.loading.moderation.desk import DataDesk  # noqa: PLC0415

    settings = _settings()
    return DataDesk(_filled_desk(settings).engine, settings.documents, children=False)


async def _with_bot(settings: Settings, desk: AnswerDesk, work: Callable[[SpotterBot], Awaitable[T]]) -> T:
    """Do something with a bot that has its commands and no connection; there the operator moderates."""
    home = Home(settings.home_guild_id or MADE_UP_GUILD, settings.moderator_role_ids)
    async with SpotterBot(desk, settings.documents, home) as bot:
        await bot.prepare()
        return await work(bot)


async def _converse(bot: SpotterBot) -> None:
    await _terminal(bot).converse(sys.stdin)


def _terminal(bot: SpotterBot) -> "Terminal":
    """The terminal, loaded only where it is wanted: it costs a tenth of a second and 9 MB (measured, Python 3.11)."""
    from rich.console import Console  # noqa: PLC0415

    from bot.terminal.console import Terminal  # noqa: PLC0415

    return Terminal(bot, Console())


async def _command_lines() -> tuple[CommandLine, ...]:
    """Every command there is; for this the archive stays empty."""
    async with SpotterBot(AnswerDesk(open_archive("sqlite://")), Path(), Home(MADE_UP_GUILD)) as bot:
        await bot.load_commands()
        return bot.command_lines(moderator=True)


def _described(holding: "Holding") -> str:
    """One race of the archive in a few lines."""
    parts = (
        ("from", holding.documents),
        ("holds", holding.held),
        ("lacks", holding.missing),
        ("kept as it is", holding.unknown),
        ("disagreements", (str(holding.conflicts),) if holding.conflicts else ()),
    )
    return "\n".join([holding.race, *(f"  {name}: {', '.join(values)}" for name, values in parts if values)])


app.add_typer(moderators_verbs(_data_desk))
