"""The audience of a reply, found before anything is asked: where it is seen, by whom, and which rules that means.

per call `private:`  >  the channel's or the server's replies  >  public
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec, TypeVar

import discord
from discord import app_commands

from bot.answers.context import AnswerRules, QueryContext
from bot.archive.preferences.rules import Audience, Replies, Rules
from bot.frontend.button_presses import is_asker, is_under_private
from bot.frontend.commands.options import PRIVATE_OPTION
from bot.frontend.custom_ids import CANDIDATE_ACTION, SHARE_ACTION, ButtonPress
from bot.frontend.host import Host, Interaction, host_of
from bot.names.index import NameIndex

__all__ = [
    "answer",
    "answer_rules",
    "audience_of",
    "is_private",
    "is_uncovered",
    "known_names",
    "message_rules",
    "own_rules",
    "seen_names",
    "settle_audience",
]

P = ParamSpec("P")
T = TypeVar("T")

AUDIENCE = "audience"  # under which an interaction keeps it


@dataclass(frozen=True, slots=True)
class SettledAudience:
    """Audience of a reply, the rules in force for it, and whether Discord shows the reply to one person alone."""

    audience: Audience
    rules: Rules
    is_private: bool


async def settle_audience(interaction: Interaction) -> None:
    """Find who sees the reply to an interaction, and the rules in force for them; both stay with it.

    Raises ArchiveUnusable.
    """
    host, channel = host_of(interaction), _channel(interaction.channel, interaction.channel_id)
    audience = Audience(interaction.guild_id, channel)
    rules = await _read_rules(host, audience)
    is_private = _is_private(interaction, rules)
    # What a person chose rules only what nobody else sees, and need not be read for anything else.
    if is_private or _is_direct(interaction):
        audience = replace(audience, person=interaction.user.id, is_public=False)
        rules = await _read_rules(host, audience)
    interaction.extras[AUDIENCE] = SettledAudience(audience, rules, is_private)


async def answer(
    interaction: Interaction,
    question: Callable[Concatenate[QueryContext, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """The answer to a question under the rules of who sees it. Raises what the question raises."""
    return await host_of(interaction).ask(answer_rules(interaction), question, *args, **kwargs)


def audience_of(interaction: Interaction) -> Audience:
    """The audience of a reply, once it is settled."""
    settled: SettledAudience = interaction.extras[AUDIENCE]
    return settled.audience


def is_private(interaction: Interaction) -> bool:
    """Whether Discord is to show the reply to who asked alone; not where the audience is not settled."""
    settled: SettledAudience | None = interaction.extras.get(AUDIENCE)
    return settled is not None and settled.is_private


async def own_rules(interaction: Interaction) -> Rules:
    """The rules in force for who asked, with what that person chose, whoever sees the reply. Raises ArchiveUnusable."""
    return await _read_rules(host_of(interaction), replace(audience_of(interaction), person=interaction.user.id))


def answer_rules(interaction: Interaction) -> AnswerRules:
    """What the answer depends on beside the question: the operator's rules where the audience is not settled."""
    settled: SettledAudience | None = interaction.extras.get(AUDIENCE)
    if settled is None:
        return host_of(interaction).runner.operator_rules
    rules = _answer_rules(settled.rules, settled.audience)
    return replace(rules, spoiler_hours=0) if is_uncovered(interaction) else rules


def is_uncovered(interaction: Interaction) -> bool:
    """Whether who pressed *Show* sees how races ended, whatever is hidden here: never what others see too."""
    press: ButtonPress | None = interaction.extras.get("press")
    settled: SettledAudience | None = interaction.extras.get(AUDIENCE)
    return bool(press and press.is_uncovered and settled and not settled.audience.is_public)


def known_names(interaction: Interaction) -> NameIndex | None:
    """The names as they are for whoever sees the reply, without the database; None where they are not in memory."""
    return host_of(interaction).runner.known_names(answer_rules(interaction))


async def seen_names(interaction: Interaction) -> NameIndex:
    """The names as they are for whoever sees the reply, mostly without the database. Raises ArchiveUnusable."""
    names, host = known_names(interaction), host_of(interaction)
    return (
        names if names is not None else await host.in_thread(lambda: host.runner.names_under(answer_rules(interaction)))
    )


async def message_rules(host: Host, message: discord.Message) -> tuple[Replies, AnswerRules]:
    """Who sees replies where a message was written, and what the answer to it depends on. Raises ArchiveUnusable."""
    server = message.guild.id if message.guild else None
    channel = _channel(message.channel, message.channel.id)
    audience = Audience(server, channel, None if server else message.author.id, is_public=server is not None)
    rules = await _read_rules(host, audience)
    return rules.replies.value, _answer_rules(rules, audience)


async def _read_rules(host: Host, audience: Audience) -> Rules:
    """The rules in force for an audience, mostly without the database. Raises ArchiveUnusable."""
    known_rules = host.runner.known_rules(audience)
    return known_rules if known_rules is not None else await host.in_thread(lambda: host.runner.rules(audience))


def _answer_rules(rules: Rules, audience: Audience) -> AnswerRules:
    return AnswerRules(rules.series.value, rules.spoilers(is_public=audience.is_public).value)


def _is_private(interaction: Interaction, rules: Rules) -> bool:
    """Whether only who asked sees the reply: what was asked for this once, else the rule; after a press, as presses do.

    A direct message is seen by nobody else anyway, and no rule makes it private.
    """
    press: ButtonPress | None = interaction.extras.get("press")
    if isinstance(interaction.command, app_commands.ContextMenu):
        return True  # it is asked of somebody else's message
    if press is None or press.action == CANDIDATE_ACTION:
        wanted = getattr(interaction.namespace, PRIVATE_OPTION, None) if press is None else None
        return rules.replies.value == "private" if wanted is None else bool(wanted)
    if press.is_paging and is_asker(interaction):
        return is_under_private(interaction)
    return press.action != SHARE_ACTION


def _is_direct(interaction: Interaction) -> bool:
    """Whether the person is alone with the bot."""
    return interaction.guild_id is None and not interaction.context.private_channel


def _channel(channel: object, channel_id: int | None) -> int | None:
    """The id of a channel, of a thread that of the channel it hangs in."""
    return channel.parent_id if isinstance(channel, discord.Thread) else channel_id
