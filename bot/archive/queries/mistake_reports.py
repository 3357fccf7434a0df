"""Reports of mistakes: kept for the moderators until they are dealt with."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from bot.archive.db.statements import read_rows
from bot.archive.models.user_data import MistakeReport
from bot.errors import NothingKnown

__all__ = ["LONGEST_REPORT", "MistakeRow", "close_mistake", "delete_mistake", "open_mistakes", "report_mistake"]

LONGEST_REPORT = 1000  # characters; Discord's own forms end at 4,000, a moderator reads one screen


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """An open report; the columns are those of `MistakeReport`."""

    id: int
    question: str
    sources: str
    words: str
    made_at: datetime


def report_mistake(session: Session, person: int, question: str, sources: str, words: str) -> bool:
    """Keep a report; False where this person has reported this card before, whose words are then replaced.

    `person` is the person's id; only a digest of it together with the question is kept.
    """
    fingerprint = hashlib.blake2b(f"{person}\0{question}".encode(), digest_size=16).hexdigest()
    known = session.exec(select(MistakeReport).where(MistakeReport.fingerprint == fingerprint)).first()
    report = known or MistakeReport(
        fingerprint=fingerprint, question=question, sources=sources, words="", made_at=datetime.now(UTC)
    )
    report.words, report.state, report.made_at = words[:LONGEST_REPORT], "open", datetime.now(UTC)
    session.add(report)
    return known is None


def open_mistakes(session: Session) -> tuple[MistakeRow, ...]:
    """The reports nobody has dealt with, the oldest first."""
    return read_rows(
        session, MistakeRow, MistakeReport, col(MistakeReport.state) == "open", order=(col(MistakeReport.id),)
    )


def close_mistake(session: Session, number: int, answer: str) -> None:
    """Close an open report, with what the moderators answer. Raises NothingKnown where it is not open."""
    report = session.get(MistakeReport, number)
    if report is None or report.state != "open":
        raise NothingKnown(f"No report {number} is open; /data reports lists those that are.")
    report.state, report.answer = "closed", answer[:LONGEST_REPORT]
    session.add(report)


def delete_mistake(session: Session, number: int) -> None:
    """Forget a report, open or closed. Raises NothingKnown where there is none."""
    report = session.get(MistakeReport, number)
    if report is None:
        raise NothingKnown(f"There is no report {number}; /data reports lists those that are open.")
    session.delete(report)
