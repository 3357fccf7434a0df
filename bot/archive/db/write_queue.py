"""Queue of the small things that people write: reports and counts, one after the other, by one thread of its own.

A load holds the writers' lock for seconds. Whoever waited for it in a thread of the answers kept that thread from
everybody else. Each is a transaction of about a millisecond, so what came during a load is written at once after it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import write_session
from bot.errors import BotError, LoadUnderWay

__all__ = ["MAX_QUEUED_WRITES", "WriteQueue"]

T = TypeVar("T")

MAX_QUEUED_WRITES = 1_000  # a load takes at most a minute; no server of fans reports so much in one
QUEUE_FULL_MESSAGE = "Too many people are reporting at once. Try again in a minute."


class WriteQueue:
    """Writes of people to one archive, in the order in which they came. Used by any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writes")
        self._lock = threading.Lock()
        self._length = 0
        self._closing = threading.Event()

    def __len__(self) -> int:
        return self._length

    def submit(self, action: Callable[[Session], T]) -> Future[T]:
        """Have something written; the result is there once it is committed, or else its error.

        Raises BotError where too much is waiting already.
        """
        with self._lock:
            if self._length >= MAX_QUEUED_WRITES:
                raise BotError(QUEUE_FULL_MESSAGE)
            self._length += 1
        written = self._thread.submit(self._write, action)
        written.add_done_callback(self._count_down)
        return written

    def close(self) -> None:
        """Write what is waiting, and end; where a load has the archive, it is given up with LoadUnderWay."""
        self._closing.set()
        self._thread.shutdown(wait=True)

    def _count_down(self, _: Future[Any]) -> None:
        with self._lock:
            self._length -= 1

    def _write(self, action: Callable[[Session], T]) -> T:
        """Write one thing, in as many tries as it takes until no load has the archive."""
        while True:
            try:
                with write_session(self._engine) as session:
                    return action(session)
            except LoadUnderWay:
                if self._closing.is_set():
                    raise
                # Waiting for the lock has been the pause.
