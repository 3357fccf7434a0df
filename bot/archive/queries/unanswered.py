"""Questions without an answer: counted, so that moderators see which alias or document is missing."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from bot.archive.models.user_data import UnansweredQuestion
from bot.language.fold import fold

__all__ = ["MAX_QUESTION_CHARS", "MAX_TEXTS", "clear_unanswered", "count_unanswered", "unanswered_rows"]

MAX_TEXTS = 5_000  # different texts; past that no new one is counted, so that nobody can fill the disk
MAX_QUESTION_CHARS = 100  # folded characters of a question; a name has at most 80
QUESTION_LIFETIME = timedelta(days=90)  # after it was asked last; a season has nine months, and documents come weekly


def count_unanswered(session: Session, kind: str, text: str) -> None:
    """Count a question: its text folded, and nothing of who asked; past `MAX_TEXTS` no new one is counted.

    Those that nobody has asked for a long time go.
    """
    folded = fold(text)[:MAX_QUESTION_CHARS].strip()
    if not folded:
        return
    session.exec(delete(UnansweredQuestion).where(col(UnansweredQuestion.asked_at) < _oldest_day()))
    row = session.get(UnansweredQuestion, (kind, folded))
    if row is None:
        if session.exec(select(func.count()).select_from(UnansweredQuestion)).one() >= MAX_TEXTS:
            return
        row = UnansweredQuestion(kind=kind, text=folded, count=0, asked_at=datetime.now(UTC))
    row.count, row.asked_at = row.count + 1, datetime.now(UTC)
    session.add(row)
    session.flush()


def unanswered_rows(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(kind, text, how often) of all that were asked lately, the most frequent first."""
    order = col(UnansweredQuestion.count).desc(), col(UnansweredQuestion.kind), col(UnansweredQuestion.text)
    query = select(UnansweredQuestion).where(col(UnansweredQuestion.asked_at) >= _oldest_day()).order_by(*order)
    return tuple((row.kind, row.text, row.count) for row in session.exec(query))


def clear_unanswered(session: Session) -> int:
    """Forget all of them; how many there were."""
    return session.exec(delete(UnansweredQuestion)).rowcount


def _oldest_day() -> datetime:
    return datetime.now(UTC) - QUESTION_LIFETIME
