"""Failures in words: what a person reads of an error, and the log of what only who runs the bot may read."""

import hashlib
import logging
import secrets
from collections.abc import Callable

from discord import app_commands

from bot.answers.common.refusals import NothingToShow
from bot.answers.moderation.documents import template_button
from bot.cards import Question
from bot.errors import ArchiveAway, ArchiveUnusable, BadDocument, BotError, NameProblem
from bot.frontend.messages import OutgoingMessage, notice_message, problem_message, refusal_message
from bot.names.index import NameIndex

__all__ = ["failure_message", "is_refusal"]

log = logging.getLogger(__name__)


def failure_message(
    cause: Exception,
    question: Question | None,
    names: Callable[[], NameIndex | None],
    is_moderator: Callable[[], bool] = lambda: False,
    *,
    private: bool = False,
) -> OutgoingMessage:
    """The message that a person gets for an error: a BotError in its words, anything else by a number of the log.

    The names and whether a moderator reads it are asked for only where they matter. `private`: the question was to be
    answered to who asked alone.
    """
    if isinstance(cause, BotError) and (_is_public(cause) or is_moderator()):
        is_away = isinstance(cause, ArchiveAway) and cause.cause
        text = f"{cause} {_reported(cause)}" if is_away else str(cause)
    elif isinstance(cause, ArchiveUnusable):
        text = f"The archive cannot be used right now. {_reported(cause)}"
    elif isinstance(cause, app_commands.AppCommandError):
        text = "This command has changed. Restart Discord (Ctrl+R on a computer) and call it again."
        log.warning("a command that Discord has and this version does not: %s", type(cause).__name__)
    else:
        text = f"Something went wrong here, and it was not your doing. {_reported(cause)}"
    if isinstance(cause, NameProblem):
        return problem_message(text, cause, question, names(), private=private)
    if isinstance(cause, BadDocument):  # only moderators bring documents
        return refusal_message(text, NothingToShow(text, (template_button(cause.kind),)))
    return refusal_message(text, cause) if isinstance(cause, NothingToShow) else notice_message(text)


def is_refusal(cause: Exception) -> bool:
    """Whether an error is an answer that says no, and no failure of ours."""
    return isinstance(cause, BotError) and not isinstance(cause, ArchiveUnusable)


def _is_public(error: BotError) -> bool:
    """Whether everybody may read what an error says: hosts and paths are for who looks after the data."""
    return not isinstance(error, ArchiveUnusable) or isinstance(error, ArchiveAway)


def _reported(cause: Exception) -> str:
    """What a person is told of an error that only the log has in full: a number that both show, and no details."""
    if isinstance(cause, BotError):
        # One cause has one number, so that the log need not say it again for everybody who asks meanwhile.
        words = cause.cause if isinstance(cause, ArchiveAway) and cause.cause else str(cause)
        reference = hashlib.sha256(words.encode()).hexdigest()[:6]
        log.error("error %s: %s", reference, words)
    else:
        reference = secrets.token_hex(3)
        log.error("unexpected error %s", reference, exc_info=cause)
    return f"If you report it, name {reference}."
