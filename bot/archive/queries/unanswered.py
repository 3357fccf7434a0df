"""Questions that found no answer: counted, so that moderators see which alias or document is missing."""

import threading
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot.archive.db.engine import writing
from bot.archive.models.user_data import Unanswered
from bot.errors import LoadUnderWay
from bot.language.fold import fold

__all__ = ["MOST_KEPT", "UnansweredCount", "add_unanswered", "unanswered_rows"]

MOST_KEPT = 5_000  # different texts; past that only those known are counted, so that nobody can fill the disk
LONGEST_QUESTION = 100  # folded characters of a question that found no answer; a name has at most 80


class UnansweredCount:
    """Counts questions that found no answer, from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._uncounted: Counter[tuple[str, str]] = Counter()
        self._counting = threading.Lock()

    def add(self, kind: str, text: str) -> None:
        """Count a question: folded, and by nobody.

        It never waits for a load: what cannot be written now is written with the next. Raises ArchiveUnusable.
        """
        folded = fold(text)[:LONGEST_QUESTION].strip()
        if not folded:
            return
        with self._counting:
            self._uncounted[kind, folded] += 1
            try:
                with writing(self._engine, wait_ms=0) as session:
                    add_unanswered(session, self._uncounted)
            except LoadUnderWay:
                return
            self._uncounted.clear()


def add_unanswered(session: Session, counts: Mapping[tuple[str, str], int]) -> None:
    """Add to how often each (kind, folded text) was asked."""
    room = MOST_KEPT - session.exec(select(func.count()).select_from(Unanswered)).one()
    for (kind, text), count in counts.items():
        row = session.get(Unanswered, (kind, text))
        if row is not None:
            row.count += count
            session.add(row)
        elif room > 0:
            room -= 1
            session.add(Unanswered(kind=kind, text=text, count=count))


def unanswered_rows(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(kind, text, how often), the most frequent first."""
    order = col(Unanswered.count).desc(), col(Unanswered.kind), col(Unanswered.text)
    return tuple((row.kind, row.text, row.count) for row in session.exec(select(Unanswered).order_by(*order)))
