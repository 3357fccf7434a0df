"""Questions without an answer: counted, so that moderators see which alias or document is missing."""

import threading
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot.archive.db.engine import write_session
from bot.archive.models.user_data import UnansweredQuestion
from bot.errors import LoadUnderWay
from bot.language.fold import fold

__all__ = ["MAX_TEXTS", "UnansweredCounter", "unanswered_rows"]

MAX_TEXTS = 5_000  # different texts; past that no new one is counted, so that nobody can fill the disk
MAX_QUESTION_CHARS = 100  # folded characters of a question; a name has at most 80


class UnansweredCounter:
    """Counter of questions without an answer. Used by any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pending: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, kind: str, text: str) -> None:
        """Count a question: its text folded, and nothing of who asked.

        It never waits for a load: what cannot be written now is written with the next. Raises ArchiveUnusable.
        """
        folded = fold(text)[:MAX_QUESTION_CHARS].strip()
        if not folded:
            return
        with self._lock:
            self._pending[kind, folded] += 1
            try:
                with write_session(self._engine, wait_ms=0) as session:
                    _add_counts(session, self._pending)
            except LoadUnderWay:
                return
            self._pending.clear()


def _add_counts(session: Session, counts: Mapping[tuple[str, str], int]) -> None:
    """Add to how often each (kind, folded text) was asked."""
    free_rows = MAX_TEXTS - session.exec(select(func.count()).select_from(UnansweredQuestion)).one()
    for (kind, text), count in counts.items():
        row = session.get(UnansweredQuestion, (kind, text))
        if row is not None:
            row.count += count
            session.add(row)
        elif free_rows > 0:
            free_rows -= 1
            session.add(UnansweredQuestion(kind=kind, text=text, count=count))


def unanswered_rows(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(kind, text, how often), the most frequent first."""
    order = col(UnansweredQuestion.count).desc(), col(UnansweredQuestion.kind), col(UnansweredQuestion.text)
    return tuple((row.kind, row.text, row.count) for row in session.exec(select(UnansweredQuestion).order_by(*order)))
