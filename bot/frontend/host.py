"""The bot as replies, buttons and commands see it.

A Protocol, so that none of them imports the client: the client imports them, and imports run one way only.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

import discord

from bot.answers.context import AnswerRules, QueryContext, QuestionRunner
from bot.answers.help import CommandHelp
from bot.fetching.fetch_settings import FetchSettings
from bot.frontend.entries import Entries
from bot.frontend.health.metrics import Metrics
from bot.frontend.messages import MessageCache, PictureCache

if TYPE_CHECKING:  # what reads documents takes 0.4 s to import (measured), and answering needs none of it
    from bot.loading.moderation.moderation import Moderation

__all__ = ["HomeServer", "Host", "Interaction", "Shards", "host_of"]

P = ParamSpec("P")
T = TypeVar("T")

# discord.py binds the client of an interaction to its own class, which a Protocol is not: `host_of` gives it its type.
Interaction: TypeAlias = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class HomeServer:
    """The server with the moderators' commands (`guild`; None: no server), and the roles that may use them there.

    `channel` is where moderators are told of reports; None for nowhere.
    """

    guild: int | None = None
    roles: frozenset[int] = field(default_factory=frozenset)
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of this process (`ids`) among `count`; without a count Discord says how many, and it has them all."""

    count: int | None = None
    ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_leader(self) -> bool:
        """Whether this process does what is done once for all of them: it has the first shard."""
        return self.count is None or 0 in self.ids

    @property
    def processes(self) -> int:
        """How many processes there are, if each has as many shards as this one."""
        return 1 if self.count is None else math.ceil(self.count / max(len(self.ids), 1))


class Host(Protocol):
    """What a reply, a button or a command may ask of the bot."""

    @property
    def home(self) -> HomeServer:
        """The server of the moderators."""

    @property
    def runner(self) -> QuestionRunner:
        """The archive's questions, with the names and the default series."""

    @property
    def message_cache(self) -> MessageCache:
        """The messages of cards shown lately; for the event loop only."""

    @property
    def picture_cache(self) -> PictureCache:
        """The charts drawn lately; for the event loop only."""

    @property
    def command_ids(self) -> Mapping[str, int]:
        """The ids that Discord has given to the commands, by name, as far as they are known."""

    @property
    def metrics(self) -> Metrics:
        """What is counted of the answers."""

    @property
    def fetching(self) -> FetchSettings:
        """Who asks, where documents are fetched, and which hosts may be asked."""

    @property
    def entries(self) -> Entries:
        """What people enter; for the event loop only."""

    @property
    def channel_fault(self) -> str:
        """Why moderators cannot be told of reports in their channel; "" where they can, or it is not wanted."""

    def wake_outbox(self) -> None:
        """Send at once what was put into the outbox."""

    async def ask(
        self, rules: AnswerRules, question: Callable[Concatenate[QueryContext, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to one question under these rules, worked out in a thread. Raises what the question raises."""

    async def in_thread(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in a worker thread."""

    async def moderate(self, work: "Callable[[Moderation], T]") -> T:
        """The result of work on the documents, done in a worker thread. Raises what the work raises."""

    async def refresh_names(self) -> None:
        """Wait until the names are those of the newest data."""

    def is_moderator(self, interaction: Interaction) -> bool:
        """Whether the person moderates the home server, and is there now."""

    def command_lines(self, *, moderator: bool) -> tuple[CommandHelp, ...]:
        """The commands that a person can call."""

    def option_names(self, name: str) -> tuple[str, ...] | None:
        """The names of a command's options; None where there is no such command."""

    async def handle_press(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a press of the button with this custom id."""


def host_of(interaction: Interaction) -> Host:
    """The bot that an interaction has come to."""
    host: Host = interaction.client
    return host
