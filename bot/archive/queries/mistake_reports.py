"""Reports of mistakes, stored for the moderators until they are dealt with."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from bot.archive.db.statements import read_rows
from bot.archive.models.user_data import MistakeReport
from bot.errors import NothingKnown

__all__ = [
    "MAX_REPORT_CHARS",
    "MistakeReportRow",
    "close_mistake_report",
    "delete_mistake_report",
    "open_mistake_reports",
    "save_mistake_report",
]

MAX_REPORT_CHARS = 1000  # characters; Discord's own forms end at 4,000, a moderator reads one screen


@dataclass(frozen=True, slots=True)
class MistakeReportRow:
    """Open report; the columns are those of `MistakeReport`."""

    id: int
    question: str
    sources: str
    words: str
    made_at: datetime


def save_mistake_report(session: Session, person: int, question: str, sources: str, words: str) -> bool:
    """Store a report; False where this person has reported this card before, whose words are then replaced.

    `person` is the person's id; only a digest of it together with the question is stored.
    """
    fingerprint = hashlib.blake2b(f"{person}\0{question}".encode(), digest_size=16).hexdigest()
    existing = session.exec(select(MistakeReport).where(MistakeReport.fingerprint == fingerprint)).first()
    report = existing or MistakeReport(
        fingerprint=fingerprint, question=question, sources=sources, words="", made_at=datetime.now(UTC)
    )
    report.words, report.state, report.made_at = words[:MAX_REPORT_CHARS], "open", datetime.now(UTC)
    session.add(report)
    return existing is None


def open_mistake_reports(session: Session) -> tuple[MistakeReportRow, ...]:
    """The reports nobody has dealt with, the oldest first."""
    return read_rows(
        session, MistakeReportRow, MistakeReport, col(MistakeReport.state) == "open", order=(col(MistakeReport.id),)
    )


def close_mistake_report(session: Session, number: int, answer: str) -> None:
    """Close an open report, with what the moderators answer. Raises NothingKnown where it is not open."""
    report = session.get(MistakeReport, number)
    if report is None or report.state != "open":
        raise NothingKnown(f"No report {number} is open; /data reports lists those that are.")
    report.state, report.answer = "closed", answer[:MAX_REPORT_CHARS]
    session.add(report)


def delete_mistake_report(session: Session, number: int) -> None:
    """Delete a report, open or closed. Raises NothingKnown where there is none."""
    report = session.get(MistakeReport, number)
    if report is None:
        raise NothingKnown(f"There is no report {number}; /data reports lists those that are open.")
    session.delete(report)
