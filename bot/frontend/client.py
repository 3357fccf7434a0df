"""The client: the one hop to a worker thread, commands and buttons found and run, commands synced with Discord."""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.context import AnswerRules, QueryContext, QuestionRunner
from bot.answers.help import CommandHelp
from bot.errors import OldButton
from bot.fetching.fetch_settings import NO_FETCHING, FetchSettings
from bot.frontend.button_presses import CardButton, UnknownButton
from bot.frontend.commands.options import AnyCommand, command_arguments, command_help
from bot.frontend.commands.sync import command_ids, read_commands, sync_tree
from bot.frontend.commands.translator import DescriptionTranslator
from bot.frontend.commands.tree import SpotterTree
from bot.frontend.custom_ids import ButtonPress, decode
from bot.frontend.entries import Entries
from bot.frontend.event_guard import guard_events
from bot.frontend.forms import mistake_form
from bot.frontend.health.metrics import Metrics
from bot.frontend.host import HomeServer, Interaction, Shards
from bot.frontend.mentions import answer_message, client_intents, is_for
from bot.frontend.messages import MAX_PICTURES, MessageCache, PictureCache
from bot.frontend.outbox.moderator_channel import channel_fault
from bot.frontend.outbox.sender import Outbox
from bot.frontend.rate_limit import QUESTION_LIMIT, RateLimitKind
from bot.frontend.replies import report_error
from bot.frontend.servers.audience import settle_audience
from bot.loading.load_limits import LoadLimits

if TYPE_CHECKING:
    from bot.loading.moderation.moderation import Moderation

__all__ = ["COGS", "HomeServer", "Shards", "SpotterBot"]

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

COGS = (
    "cogs.races", "cogs.standings", "cogs.drivers", "cogs.tracks", "cogs.ask", "cogs.help", "cogs.privacy",
    "cogs.spoilers", "cogs.messages", "cogs.servers",
)  # fmt: skip
MODERATION_THREADS = 4  # each waits for a worker process, of which there are two, or for the writers' lock
MODERATOR_COGS = ("cogs.data", "cogs.data_buttons")


class SpotterBot(commands.AutoShardedBot):
    """A Discord client with commands; everything about races it asks the `runner`.

    It is the `Host` of its replies, buttons and commands. `button_commands` are commands that only buttons can call;
    of messages it is told those that `intents` name: mentions and direct messages are answered.
    """

    def __init__(
        self,
        runner: QuestionRunner,
        documents_folder: Path,
        home: HomeServer | None = None,
        shards: Shards | None = None,
        load_limits: LoadLimits | None = None,
        metrics: Metrics | None = None,
        question_limit: RateLimitKind | None = QUESTION_LIMIT,
        fetching: FetchSettings = NO_FETCHING,
        intents: discord.Intents | None = None,
    ) -> None:
        self.runner, self.documents, self.fetching = runner, documents_folder, fetching
        self.home, self.own_shards = home or HomeServer(), shards or Shards()
        self._load_limits, self.metrics = load_limits or LoadLimits(), metrics or Metrics()
        self._moderation_lock = threading.Lock()
        self._moderation_threads = ThreadPoolExecutor(MODERATION_THREADS, thread_name_prefix="moderation")
        self._moderation: Moderation | None = None
        self.button_commands: tuple[AnyCommand, ...] = ()
        self.message_cache, self.picture_cache = MessageCache(), PictureCache(MAX_PICTURES)
        self.command_ids: Mapping[str, int] = {}
        self.entries = Entries(runner.engine, question_limit)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # at every start: it cannot speak
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents or client_intents(reads_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            enable_raw_presences=False,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            tree_cls=SpotterTree,
            shard_count=self.own_shards.count,
            shard_ids=cast("list[int]", sorted(self.own_shards.ids) or None),  # None: whichever Discord says
        )
        self.outbox = Outbox(self, self, self.own_shards.processes)
        guard_events(self)

    @property
    def moderation(self) -> "Moderation":
        """Where moderators have documents loaded; opened when first wanted, from whatever thread."""
        # Most bots start without a moderator waiting, and what loads documents takes 0.15 s to import (measured).
        with self._moderation_lock:
            if self._moderation is None:
                from bot.loading.moderation.moderation import Moderation  # noqa: PLC0415 - loading

                self._moderation = Moderation(self.runner.engine, self.documents, self._load_limits)
            return self._moderation

    @property
    def is_connected(self) -> bool:
        """Whether every shard is in Discord, and Discord answers it."""
        shards = self.shards.values()
        return self.is_ready() and not any(shard.is_closed() or not math.isfinite(shard.latency) for shard in shards)

    @property
    def channel_fault(self) -> str:
        """Why moderators cannot be told of reports in their channel; "" where they can, or it is not wanted."""
        return channel_fault(self.get_guild(self.home.guild) if self.home.guild else None, self.home)

    def wake_outbox(self) -> None:
        """Send at once what was put into the outbox."""
        self.outbox.wake()

    async def prepare(self) -> None:
        """Load the commands and read the names, so that the first keystroke is answered."""
        await self.load_commands()
        await self.refresh_names()

    async def load_commands(self) -> None:
        """Load the commands and listen for buttons."""
        self.add_dynamic_items(CardButton, UnknownButton)
        await self.tree.set_translator(DescriptionTranslator())
        for cog in COGS:
            await self.load_extension(cog)
        for cog in MODERATOR_COGS if self.home.guild is not None else ():
            await self.load_extension(cog)

    async def close(self) -> None:
        """Leave Discord, once what people wrote is written down; a load is ended, and leaves nothing."""
        if self._moderation is not None:
            self._moderation.stop()
        self._moderation_threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self.entries.close)
        await super().close()

    async def setup_hook(self) -> None:
        """Load commands and names; discord.py calls this after the login and before the first event."""
        await self.load_commands()
        # The names are read while Discord is asked; the gateway is called when both are done, so that the first
        # keystroke finds them.
        await asyncio.gather(self.refresh_names(), self._sync_all_commands())

    async def _sync_all_commands(self) -> None:
        """Tell Discord the commands, if this process is the one that does; the others read their ids."""
        for guild in (None, *([discord.Object(self.home.guild)] if self.home.guild is not None else ())):
            if self.own_shards.is_leader:
                await self.sync_commands(guild)
            else:
                try:
                    self._keep_command_ids(command_ids(await self._discord_commands(guild)))
                except discord.HTTPException as error:
                    log.warning("the ids of the commands could not be read, so none can be tapped: %s", error)

    async def sync_commands(self, guild: discord.Object | None) -> None:
        """Tell Discord the commands of one guild, or the global ones, if it has others."""
        try:
            self._keep_command_ids(await sync_tree(self.tree, guild, await self._discord_commands(guild)))
        except discord.Forbidden:
            log.warning("HOME_GUILD_ID is a server that this bot is not in: invite it there, then start it again")

    def _keep_command_ids(self, ids: Mapping[str, int]) -> None:
        """Name commands by these ids from now on."""
        self.command_ids = {**self.command_ids, **ids}
        self.message_cache.clear()

    async def _discord_commands(self, guild: discord.Object | None) -> Sequence[object]:
        """The commands that Discord has, as its API writes them."""
        return await read_commands(self.http, self.application_id or 0, guild)

    async def ask(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to one question under the rules of who sees it, worked out in a worker thread.

        The answer to a question that was just asked comes from the runner's cache, without the hop.
        """
        cached = self.runner.cached_answer(rules, question, *args, **kwargs)
        if cached is not None:
            return cached
        return await self.in_thread(lambda: self.runner.ask_under(rules, question, *args, **kwargs))

    async def moderate(self, work: "Callable[[Moderation], T]") -> T:
        """The result of work on the documents, done in a thread of its own kind. Raises what the work raises.

        Four slow uploads would otherwise have every thread that answers fans (tried: 30 of 30 got nothing).
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._moderation_threads, lambda: work(self.moderation))

    async def in_thread(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in a worker thread; the only way off the event loop."""
        return await asyncio.to_thread(work)

    async def refresh_names(self) -> None:
        """Wait until the names are those of the newest data."""
        newest = self.runner.newest()  # None: every question looks for it
        await (asyncio.wrap_future(newest) if newest else self.ask(self.runner.operator_rules, lambda _: None))

    def is_moderator(self, interaction: Interaction) -> bool:
        """Whether the person moderates the home server, and is there now."""
        person = interaction.user  # in a direct message a user, who has no roles
        roles = {role.id for role in person.roles} if isinstance(person, discord.Member) else set()
        at_home = interaction.guild_id is not None and interaction.guild_id == self.home.guild
        return at_home and (interaction.permissions.manage_guild or bool(roles & self.home.roles))

    def list_commands(self, guild: int | None) -> Iterator[AnyCommand]:
        """The commands that can be called in a guild; for None, those that can be called anywhere."""
        scopes = (None, discord.Object(guild)) if guild else (None,)
        for command in (command for scope in scopes for command in self.tree.walk_commands(guild=scope)):
            if isinstance(command, app_commands.Command):
                yield command

    def add_button_commands(self, group: app_commands.Group) -> None:
        """Have buttons call the commands of a group, of which Discord learns nothing."""
        found = (command for command in group.walk_commands() if isinstance(command, app_commands.Command))
        self.button_commands = (*self.button_commands, *found)

    def find_command(self, name: str) -> AnyCommand | None:
        """A command by its full name, such as "data reload", listed or not; None where there is none."""
        all_commands_here = (*self.list_commands(self.home.guild), *self.button_commands)
        return next((command for command in all_commands_here if command.qualified_name == name), None)

    def command_lines(self, *, moderator: bool) -> tuple[CommandHelp, ...]:
        """The commands that a person can call, for /help and for the table of commands."""
        visible_commands = self.list_commands(self.home.guild if moderator else None)
        return tuple(command_help(command) for command in visible_commands)

    async def handle_press(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a press of a button; whatever goes wrong ends where all errors end."""
        [outcome] = await asyncio.gather(self._run_press(interaction, custom_id), return_exceptions=True)
        if isinstance(outcome, Exception):
            await report_error(interaction, outcome)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer forms; discord.py calls this for everything that arrives, and knows no form that is not in memory."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data
            await self.handle_press(interaction, data["custom_id"])

    async def on_connect(self) -> None:
        """Begin what was put off until the bot is there; discord.py calls this at each new session."""
        self.runner.begin_idle_work()

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention or a direct message; discord.py calls this for every message, mostly without a text."""
        if self.user is not None and is_for(message, self.user):
            await answer_message(self, message, self.user)

    async def _run_press(self, interaction: Interaction, custom_id: str) -> None:
        """Run the command that a button carries, or open the form in which a mistake is reported."""
        interaction.extras["arrived_s"] = time.monotonic()
        self.entries.check_question(interaction.user.id)
        press = await self._decode_press(custom_id)
        interaction.extras["press"] = press
        await settle_audience(interaction)
        if press.side == "report" and interaction.type is not discord.InteractionType.modal_submit:
            await interaction.response.send_modal(mistake_form(press, press.question.command_text()))
            return
        command = self.find_command(press.question.command)
        if command is None:
            raise OldButton(f"There is no /{press.question.command} any more. Type /help to see what there is.")
        # discord.py types the callback of a command in a cog as if it were bound already.
        run: Callable[..., Awaitable[None]] = command.callback
        await run(command.binding, interaction, **command_arguments(command, press.question))

    async def _decode_press(self, custom_id: str) -> ButtonPress:
        """The press that a custom id carries. Raises OldButton."""
        # Another process may have loaded a document since: what these names do not know, the newest may.
        try:
            return decode(custom_id, self.runner.names, self.option_names)
        except OldButton:
            await self.refresh_names()
            return decode(custom_id, self.runner.names, self.option_names)

    def option_names(self, name: str) -> tuple[str, ...] | None:
        """The names of a command's options; None where there is no such command."""
        command = self.find_command(name)
        return tuple(parameter.display_name for parameter in command.parameters) if command else None
