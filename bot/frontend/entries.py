"""What people enter, reports and counted questions: written without anybody waiting, never too much of one person."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.write_queue import WriteQueue
from bot.archive.queries.unanswered import MAX_QUESTION_CHARS, count_unanswered
from bot.cards import Question
from bot.errors import BotError, NothingKnown, UnknownName
from bot.frontend.rate_limit import (
    REPEATED_LIMIT,
    REPORT_LIMIT,
    UNANSWERED_DAY_LIMIT,
    UNANSWERED_LIMIT,
    RateLimit,
    RateLimitKind,
)
from bot.language.fold import fold
from bot.recent_values import RecentValues

__all__ = ["Entries"]

log = logging.getLogger(__name__)

T = TypeVar("T")

MAX_SHARED = 256  # messages that were shared lately
WRITE_WAIT_S = 1.5  # of the three seconds that Discord waits for a first response


class Entries:
    """Entries of people into one archive; for the event loop only."""

    def __init__(self, engine: Engine, question_limit: RateLimitKind | None) -> None:
        """Without a `question_limit` a person may ask as often as they like, as in a terminal."""
        self._writes = WriteQueue(engine)
        self._question_limit = RateLimit(question_limit) if question_limit else None
        self._report_limit = RateLimit(REPORT_LIMIT)
        self._unanswered_limits = RateLimit(UNANSWERED_LIMIT), RateLimit(UNANSWERED_DAY_LIMIT)
        self._repeated_limit = RateLimit(REPEATED_LIMIT)
        self._shared: RecentValues[int, None] = RecentValues(MAX_SHARED)

    def __len__(self) -> int:
        return len(self._writes)

    def close(self) -> None:
        """Write what is waiting, and end. It may wait for the lock: for a thread."""
        self._writes.close()

    def submit(self, action: Callable[[Session], T]) -> Future[T]:
        """Have something written after what came before it. Raises BotError where too much is waiting already."""
        return self._writes.submit(action)

    async def write(self, action: Callable[[Session], T]) -> T | None:
        """The result of what a person has written; None where a load has the archive, and it is written after that."""
        written = asyncio.wrap_future(self._writes.submit(action))
        done, _ = await asyncio.wait({written}, timeout=WRITE_WAIT_S)
        if not done:
            written.add_done_callback(_log_failure)
            return None
        return written.result()

    def check_question(self, person: int) -> None:
        """Count a question of a person. Raises TooMany."""
        if self._question_limit is not None:
            self._question_limit.check(person)

    def check_report(self, person: int) -> None:
        """Count a report of a person. Raises TooMany."""
        self._report_limit.check(person)

    def is_first_share(self, message: int) -> bool:
        """Whether the private reply `message` is shared for the first time.

        Its button is pressed no more once it says so; two quick presses come before it does.
        """
        is_first = message not in self._shared
        self._shared.keep(message, None)
        return is_first

    def count_refusal(self, person: int, cause: Exception, question: Question) -> None:
        """Count a question that an error answered with what is not known, in folded words; any other error is none."""
        if isinstance(cause, UnknownName):
            self.count_unanswered(person, cause.kind, fold(cause.text)[:MAX_QUESTION_CHARS])
        elif isinstance(cause, NothingKnown):
            words = " ".join(argument.value for argument in question.arguments)
            self.count_unanswered(person, f"/{question.command}", fold(words)[:MAX_QUESTION_CHARS])

    def count_unanswered(self, person: int, kind: str, text: str) -> None:
        """Count a question that found no answer; nobody waits for it, and a failure is a line in the log."""
        is_new = self._repeated_limit.allows((person, kind, text))
        if not is_new or not all(limit.allows(person) for limit in self._unanswered_limits):
            return
        with suppress(BotError):  # the queue is full: reports are waiting, and matter more
            written = self._writes.submit(lambda session: count_unanswered(session, kind, text))
            written.add_done_callback(_log_failure)


def _log_failure(written: "Future[Any] | asyncio.Future[Any]") -> None:
    """Log what somebody wrote and could not be stored; for a future that nobody waits for."""
    error = None if written.cancelled() else written.exception()
    if error is not None:
        log.warning("what somebody entered was not stored: %s: %s", type(error).__name__, error)
