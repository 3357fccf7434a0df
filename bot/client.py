"""The bot: one thread hop (`ask`), one way to show a card (`say`), one place where errors end, the law of syncing."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.answers.help import CommandLine
from bot.answers.reader import AnswerDesk, Reader
from bot.answers.sources import thanks, turned
from bot.archive.mistakes import report_mistake
from bot.buttons import (
    CardButton,
    StrangeButton,
    arguments_of,
    asked_again,
    card_view,
    mistake_form,
    problem_view,
    said_in,
)
from bot.cards import Card, Question, View
from bot.errors import BotError, NameProblem, NotAllowed, OldButton
from bot.loading.load import load
from bot.loading.report import Report
from bot.presses import CANDIDATE, Press, decode
from bot.render import draw, notice
from bot.syncing import differs

__all__ = ["COGS", "Home", "Interaction", "SpotterBot", "explain", "moderators_only", "say", "usage_of"]

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

COGS = ("cogs.races", "cogs.standings", "cogs.drivers", "cogs.help")
MODERATORS_COG = "cogs.data"
PRIVATE = frozenset({"moderator", "error"})

AnyCommand = app_commands.Command[Any, ..., Any]


@dataclass(frozen=True, slots=True)
class Home:
    """Where the moderators' commands are: `guild`, None for nowhere, and the roles that may use them there."""

    guild: int | None = None
    roles: frozenset[int] = field(default_factory=frozenset)


class SpotterBot(commands.Bot):
    """A Discord client that knows commands, and nothing about races: those are asked at the `desk`."""

    def __init__(self, desk: AnswerDesk, documents: Path, home: Home | None = None) -> None:
        self.desk, self.documents, self.home = desk, documents, home or Home()
        # Voice is off: without these, discord.py warns at every start that it cannot speak.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            enable_raw_presences=False,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            tree_cls=Tree,
        )

    async def prepare(self) -> None:
        """Load the commands and read the names, so that the first keystroke is answered."""
        await self.load_commands()
        await self.refresh()

    async def load_commands(self) -> None:
        """Load the commands and listen for buttons."""
        self.add_dynamic_items(CardButton, StrangeButton)
        for cog in COGS:
            await self.load_extension(cog)
        if self.home.guild is not None:
            await self.load_extension(MODERATORS_COG)

    async def setup_hook(self) -> None:
        """What discord.py calls after the login and before the first event."""
        await self.prepare()
        await self.sync(None)
        if self.home.guild is not None:
            await self.sync(discord.Object(self.home.guild))

    async def sync(self, guild: discord.Object | None) -> None:
        """Tell Discord the commands of one guild, or the global ones, if it has others."""
        ours = [command.to_dict(self.tree) for command in self.tree.get_commands(guild=guild)]
        try:
            if differs(ours, await self._known(guild), in_guild=guild is not None):
                await self.tree.sync(guild=guild)
                log.info("told Discord the commands%s", " of the home server" if guild else "")
        except discord.Forbidden:
            log.warning("HOME_GUILD_ID is a server that this bot is not in: invite it there, then start it again")

    async def _known(self, guild: discord.Object | None) -> Sequence[object]:
        """The commands that Discord has, as its API writes them."""
        app = self.application_id or 0
        return await (self.http.get_guild_commands(app, guild.id) if guild else self.http.get_global_commands(app))

    async def ask(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Put one question to the archive, in a worker thread with a session of its own."""
        return await self.elsewhere(lambda: self.desk.ask(question, *args, **kwargs))

    async def elsewhere(self, work: Callable[[], T]) -> T:
        """The one thread hop."""
        return await asyncio.to_thread(work)

    async def load(self) -> Report:
        """Read all documents again; those who ask meanwhile see the old archive. Raises what `load` raises."""
        report = await self.elsewhere(lambda: load(self.desk.engine, self.documents))
        await self.refresh()
        return report

    async def refresh(self) -> None:
        """See to it that the names are those of the data as it is now."""
        await self.ask(lambda _: None)

    def moderators_only(self, interaction: "Interaction") -> None:
        """Raises NotAllowed unless the person moderates the home server."""
        person = interaction.user
        roles = {role.id for role in person.roles} if isinstance(person, discord.Member) else set()
        at_home = interaction.guild_id is not None and interaction.guild_id == self.home.guild
        if not at_home or not (interaction.permissions.manage_guild or roles & self.home.roles):
            raise NotAllowed("Only moderators of the bot's own server may do this, and only there.")

    def moderates(self, interaction: "Interaction") -> bool:
        """Whether the person moderates the home server, and is there now."""
        person = interaction.user
        roles = {role.id for role in person.roles} if isinstance(person, discord.Member) else set()
        at_home = interaction.guild_id is not None and interaction.guild_id == self.home.guild
        return at_home and (interaction.permissions.manage_guild or bool(roles & self.home.roles))

    def commands_of(self, guild: int | None) -> Iterator[AnyCommand]:
        """Every command that can be called in a guild; None stands for the ones that can be called anywhere."""
        places = (None, discord.Object(guild)) if guild else (None,)
        for command in (command for place in places for command in self.tree.walk_commands(guild=place)):
            if isinstance(command, app_commands.Command):
                yield command

    def find(self, name: str) -> AnyCommand | None:
        """A command by its full name, such as "data reload"; None where there is none."""
        return next((c for c in self.commands_of(self.home.guild) if c.qualified_name == name), None)

    def command_lines(self, *, moderator: bool) -> tuple[CommandLine, ...]:
        """What a person can call, for help and for the table of commands."""
        found = self.commands_of(self.home.guild if moderator else None)
        return tuple(CommandLine(c.qualified_name, usage_of(c), c.description) for c in found)

    async def pressed(self, interaction: "Interaction", custom_id: str) -> None:
        """Answer a press of a button; whatever goes wrong ends where all errors end."""
        [outcome] = await asyncio.gather(self._again(interaction, custom_id), return_exceptions=True)
        if isinstance(outcome, Exception):
            await explain(interaction, outcome)

    async def on_interaction(self, interaction: "Interaction") -> None:
        """Called by discord.py for everything that arrives; forms are answered here, since none is kept in memory."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data
            await self.pressed(interaction, data["custom_id"])

    async def _again(self, interaction: "Interaction", custom_id: str) -> None:
        """Run the very command a button carries."""
        press = await self._press(custom_id)
        interaction.extras["press"] = press
        if press.view == "report" and interaction.type is not discord.InteractionType.modal_submit:
            await interaction.response.send_modal(mistake_form(press, press.question.typed()))
            return
        command = self.find(press.question.command)
        if command is None:
            raise OldButton(f"There is no /{press.question.command} any more. Type /help to see what there is.")
        # discord.py types the callback of a command in a cog as if it were bound already.
        run: Callable[..., Awaitable[None]] = command.callback
        await run(command.binding, interaction, **arguments_of(command, press.question))

    async def _press(self, custom_id: str) -> Press:
        """What a custom id says, in the names this process knows or else in those of the newest data."""
        try:
            return decode(custom_id, self.desk.names, self._options)
        except OldButton:
            await self.refresh()
            return decode(custom_id, self.desk.names, self._options)

    def _options(self, name: str) -> tuple[str, ...] | None:
        command = self.find(name)
        return tuple(parameter.display_name for parameter in command.parameters) if command else None


Interaction: TypeAlias = discord.Interaction[SpotterBot]


class Tree(app_commands.CommandTree[SpotterBot]):
    """The command tree, with its errors led to where errors end."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Called by discord.py with whatever a command raised."""
        await explain(interaction, error)


def moderators_only(interaction: Interaction) -> None:
    """Raises NotAllowed unless the person moderates the home server."""
    if not interaction.client.moderates(interaction):
        raise NotAllowed("Only moderators of the bot's own server can do this, and only in that server.")


async def say(interaction: Interaction, card: Card) -> None:
    """Show a card: as another page or privately where a press asks for it, else as the answer to a command."""
    press: Press | None = interaction.extras.get("press")
    side = press.view if press else None
    if side:
        card = await _turned(interaction, card, side)
    page = draw(card, press.page if press else 0)
    view, typed = card_view(card, page, side)
    if typed:
        page = draw(card, page.number, typed)
    if interaction.response.is_done():
        await interaction.edit_original_response(embed=page.embed, view=view)
    elif press and press.turns and _is_asker(interaction):
        await interaction.response.edit_message(embed=page.embed, view=view)
    else:
        private = card.tone in PRIVATE or (press is not None and press.how != CANDIDATE)
        await interaction.response.send_message(embed=page.embed, view=view or MISSING, ephemeral=private)


async def _turned(interaction: Interaction, card: Card, side: View) -> Card:
    """The side of a card that a button asks for; a mistake is kept with what its form says."""
    bot = interaction.client
    if side != "report":
        return await bot.ask(turned, card, side)
    sources = ", ".join(dict.fromkeys(source.document for source in card.citations))
    person, typed, words = interaction.user.id, card.question.typed(), said_in(interaction)
    first = await bot.elsewhere(lambda: bot.desk.keep(report_mistake, person, typed, sources, words))
    return thanks(card, first=first)


async def explain(interaction: Interaction, error: Exception) -> None:
    """The one place where errors end: a BotError is read by the person, anything else by who runs the bot."""
    interaction.command_failed = True
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, BotError):
        text = str(cause)
    elif isinstance(cause, app_commands.AppCommandError):
        text = "This command has changed. Restart Discord (Ctrl+R on a computer) and call it again."
        log.warning("a command that Discord has and this version does not: %s", type(cause).__name__)
    else:
        reference = secrets.token_hex(3)
        log.error("unexpected error %s", reference, exc_info=cause)
        text = f"Something went wrong here, and it was not your doing. If you report it, name {reference}."
    view, typed = problem_view(cause, _question(interaction)) if isinstance(cause, NameProblem) else (None, ())
    await _tell(interaction, notice(text, typed=typed), view)


async def _tell(interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None) -> None:
    """Say something to the person alone, whatever has been answered so far."""
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(embed=embed, view=view or MISSING, ephemeral=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(embed=embed, view=view)
        else:
            await interaction.followup.send(embed=embed, view=view or MISSING, ephemeral=True)
    except discord.HTTPException as unsaid:
        log.warning("an answer could not be sent: %s", unsaid)


def _question(interaction: Interaction) -> Question | None:
    """What was asked, by a press or in words; None where neither can be told."""
    press: Press | None = interaction.extras.get("press")
    if press is not None:
        return press.question
    command = interaction.command
    return asked_again(command, interaction.namespace) if isinstance(command, app_commands.Command) else None


def _is_asker(interaction: Interaction) -> bool:
    """Whether the person who pressed is the one whose question the message answers."""
    asked = interaction.message.interaction_metadata if interaction.message else None
    return asked is not None and asked.user.id == interaction.user.id


def usage_of(command: AnyCommand) -> str:
    """How a command is typed: `/driver name [season]`."""
    options = (p.display_name if p.required else f"[{p.display_name}]" for p in command.parameters)
    return " ".join([f"/{command.qualified_name}", *options])
