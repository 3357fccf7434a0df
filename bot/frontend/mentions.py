"""Questions in messages: a mention of the bot in a channel, or a direct message, answered by a reply.

Discord gives the text of both without a privileged intent. All other messages come without text, and are dropped
before anything is done. No state is kept: what a reply is about stands in the custom ids of the message replied to.
"""

import asyncio
import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.answers.ask.ask import NotAQuestion, ask
from bot.answers.hidden.withheld import hidden_card
from bot.cards import Argument, Card, Question
from bot.errors import NameProblem, NotAllowed, OldButton, ResultHidden, TooMany
from bot.frontend.custom_ids import decode
from bot.frontend.failures import failure_message, is_refusal
from bot.frontend.health.metrics import Outcome
from bot.frontend.host import Host
from bot.frontend.messages import OutgoingMessage
from bot.frontend.replies import SEND_ERRORS, minute_of_question
from bot.frontend.servers.audience import message_rules

__all__ = ["AskedBefore", "answer_message", "asked_before", "client_intents", "is_for"]

log = logging.getLogger(__name__)

ASK_COMMAND = "ask"
PRIVATE_REPLIES_MESSAGE = "In this channel only who asks sees the answer. Type /ask with your question."
MAX_COMPONENTS = 40  # of a message; Discord has no more


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """What the message that is replied to answers: the question, where it was one, and the key of its race."""

    question: str = ""
    race: str | None = None


def client_intents(*, reads_messages: bool) -> discord.Intents:
    """What Discord tells the bot: servers, and messages where it answers mentions. None of them is privileged."""
    return discord.Intents(guilds=True, guild_messages=reads_messages, dm_messages=reads_messages)


def is_for(message: discord.Message, bot: discord.abc.User | None) -> bool:
    """Whether a person has written a message to the bot: a direct message, or one that mentions it by name.

    Mentions of roles and of everybody are none, and neither is what bots and webhooks write.
    """
    if bot is None or message.author.bot or message.webhook_id is not None:
        return False
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return False
    return message.guild is None or any(one.id == bot.id for one in message.mentions)


async def answer_message(host: Host, message: discord.Message, bot: discord.abc.User) -> None:
    """Answer a message that is for the bot, by a reply; silence where it may not send, or nothing was asked.

    Who replies to an answer and asks nothing speaks to others; who types the bot's name is told what it is for.
    """
    arrived_s = time.monotonic()
    text, is_named = _without_mention(message.content, bot.id)
    try:
        host.entries.check_question(message.author.id)
    except TooMany as error:
        # In a channel many could be made to read it; who asked too much alone is told so.
        if message.guild is None:
            await _reply(message, failure_message(error, None, lambda: host.runner.names))
        return
    before = asked_before(host, message)
    [card] = await asyncio.gather(_answer(host, message, text, before), return_exceptions=True)
    if isinstance(card, NotAQuestion) and not (is_named or message.guild is None):
        return
    if isinstance(card, Exception):
        await _reply(message, await _failure(host, message, card, text, before))
        outcome: Outcome = "refused" if is_refusal(card) else "failed"
    elif isinstance(card, BaseException):
        raise card
    else:
        await _reply(message, host.message_cache.first_page(card, host.command_ids))
        outcome = "answered"
    host.metrics.count_answer(ASK_COMMAND, outcome, time.monotonic() - arrived_s)


async def _answer(host: Host, message: discord.Message, text: str, before: AskedBefore) -> Card:
    """The card that answers a message, or stands in the place of a hidden result.

    Raises what the question raises, NotAllowed where replies are private.
    """
    replies, rules = await message_rules(host, message)
    try:
        card = await host.ask(
            rules, ask, text, before.race, previous=before.question, coming_at=minute_of_question(text)
        )
    except ResultHidden as error:
        card = hidden_card(error, _question(text, before))
    # Discord lets one person alone see the reply to a command, and no other.
    if replies == "private" and message.guild is not None:
        raise NotAllowed(PRIVATE_REPLIES_MESSAGE)
    return card


def _question(text: str, before: AskedBefore) -> Question:
    arguments = [Argument("question", text)]
    arguments += [Argument("race", before.race, "race")] if before.race else []
    return Question(ASK_COMMAND, tuple(arguments))


async def _failure(
    host: Host, message: discord.Message, error: Exception, text: str, before: AskedBefore
) -> OutgoingMessage:
    """What a person reads of an error; a question without an answer is counted as it is for commands."""
    question = _question(text, before)
    host.entries.count_refusal(message.author.id, error, question)
    names = None
    if isinstance(error, NameProblem):  # whose answer says what tells the candidates apart
        _, rules = await message_rules(host, message)
        names = host.runner.known_names(rules)
    return failure_message(error, question, lambda: names)


def asked_before(host: Host, message: discord.Message) -> AskedBefore:
    """What the message that is replied to answers, read from its buttons; nothing where it is none of ours."""
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message):
        return AskedBefore()
    found = AskedBefore()
    for custom_id in _custom_ids(replied.components):
        try:
            question = decode(custom_id, host.runner.names, host.option_names).question
        except OldButton:
            continue
        if question.command == ASK_COMMAND:
            typed = next((one.value for one in question.arguments if one.option == "question"), "")
            return AskedBefore(typed, question.race_key)
        found = AskedBefore("", found.race or question.race_key)
    return found


def _without_mention(content: str, bot: int) -> tuple[str, bool]:
    """The text without the bot's name, and whether it was in it."""
    text, count = re.subn(rf"<@!?{bot}>", " ", content)
    return text.strip(), bool(count)


def _custom_ids(components: Sequence[Any]) -> Iterator[str]:
    """The custom ids of all buttons and entries of a message, of however deep."""
    waiting, seen = list(components), 0
    while waiting and seen <= MAX_COMPONENTS:
        component = waiting.pop(0)
        seen += 1
        yield from (text for text in [getattr(component, "custom_id", None)] if text)
        yield from (option.value for option in getattr(component, "options", ()))
        waiting[:0] = [*getattr(component, "children", ()), *filter(None, [getattr(component, "accessory", None)])]


async def _reply(message: discord.Message, answer: OutgoingMessage) -> None:
    """Send a reply that pings nobody; silence where the bot may not send there or the message is gone."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        await message.channel.send(view=answer.view, files=answer.files(), reference=reference, mention_author=False)
    except (discord.Forbidden, discord.NotFound):
        return
    except SEND_ERRORS as error:
        log.warning("an answer to a message could not be sent: %s", error)
