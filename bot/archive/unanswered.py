"""Questions that found no answer: counted, so that moderators see which alias or document is missing."""

from collections.abc import Mapping

from sqlmodel import Session, col, func, select

from bot.archive.kept_models import Unanswered

__all__ = ["MOST_KEPT", "add_unanswered", "unanswered_rows"]

MOST_KEPT = 5_000  # different texts; past that only those known are counted, so that nobody can fill the disk


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
