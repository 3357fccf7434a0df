"""Questions without an answer: counted, so that moderators see which alias or document is missing."""

from sqlmodel import Session, col, func, select

from bot.archive.models.user_data import UnansweredQuestion
from bot.language.fold import fold

__all__ = ["MAX_QUESTION_CHARS", "MAX_TEXTS", "count_unanswered", "unanswered_rows"]

MAX_TEXTS = 5_000  # different texts; past that no new one is counted, so that nobody can fill the disk
MAX_QUESTION_CHARS = 100  # folded characters of a question; a name has at most 80


def count_unanswered(session: Session, kind: str, text: str) -> None:
    """Count a question: its text folded, and nothing of who asked; past `MAX_TEXTS` no new one is counted."""
    folded = fold(text)[:MAX_QUESTION_CHARS].strip()
    if not folded:
        return
    row = session.get(UnansweredQuestion, (kind, folded))
    if row is None:
        if session.exec(select(func.count()).select_from(UnansweredQuestion)).one() >= MAX_TEXTS:
            return
        row = UnansweredQuestion(kind=kind, text=folded, count=0)
    row.count += 1
    session.add(row)
    session.flush()


def unanswered_rows(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(kind, text, how often), the most frequent first."""
    order = col(UnansweredQuestion.count).desc(), col(UnansweredQuestion.kind), col(UnansweredQuestion.text)
    return tuple((row.kind, row.text, row.count) for row in session.exec(select(UnansweredQuestion).order_by(*order)))
