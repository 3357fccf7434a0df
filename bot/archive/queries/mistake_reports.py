"""Reports of mistakes, stored for the moderators until they are dealt with."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, func, select, update

from bot.archive.db.statements import PreparedTableQuery
from bot.archive.models.user_data import FingerprintKey, MistakeReport
from bot.errors import NothingKnown, TooMany

__all__ = [
    "MAX_CLOSED_REPORTS",
    "MAX_OPEN_REPORTS",
    "MAX_REPORT_CHARS",
    "MistakeReportPage",
    "MistakeReportRow",
    "close_mistake_report",
    "close_mistake_reports",
    "delete_mistake_report",
    "key_fingerprints",
    "mistake_report_page",
    "save_mistake_report",
]

MAX_REPORT_CHARS = 1000  # characters; Discord's own forms end at 4,000, a moderator reads one screen
MAX_OPEN_REPORTS = 1_000  # past that nobody reads them, and they only fill the disk
MAX_CLOSED_REPORTS = 5_000  # of which the newest are kept, so that whoever reports a card again is known
REPORTS_ON_PAGE = 10
TOO_MANY_MESSAGE = (
    f"Thank you. {MAX_OPEN_REPORTS:,} reports are waiting for the moderators already, so this one was not stored. "
    "Try again in some days."
)


@dataclass(frozen=True, slots=True)
class MistakeReportRow:
    """Open report; the columns are those of `MistakeReport`."""

    id: int
    question: str
    sources: str
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MistakeReportPage:
    """Some of the open reports, the oldest first, and how many are open in all.

    `oldest_at` is when the first of all was made, None where none is open; `next_first` the number of the first behind
    these, None where they are the last; `last` the number of the last of all.
    """

    rows: tuple[MistakeReportRow, ...] = ()
    open_count: int = 0
    oldest_at: datetime | None = None
    next_first: int | None = None
    last: int = 0


def save_mistake_report(session: Session, person: int, question: str, sources: str, words: str) -> bool:
    """Store a report; False where this person has reported this card before, whose words are then replaced.

    `person` is the person's id; only a keyed digest of it together with the question is stored. Raises TooMany where
    too many reports are open.
    """
    fingerprint = _fingerprint(session, person, question)
    existing = session.exec(select(MistakeReport).where(MistakeReport.fingerprint == fingerprint)).first()
    is_open = existing is not None and existing.state == "open"
    if not is_open and _open_count(session) >= MAX_OPEN_REPORTS:
        raise TooMany(TOO_MANY_MESSAGE)
    report = existing or MistakeReport(
        fingerprint=fingerprint, question=question, sources=sources, words="", made_at=datetime.now(UTC)
    )
    report.words, report.state, report.made_at = words[:MAX_REPORT_CHARS], "open", datetime.now(UTC)
    session.add(report)
    return existing is None


def mistake_report_page(session: Session, first: int = 0) -> MistakeReportPage:
    """The open reports from the number `first` on, as many as one page has."""
    rows = _page_query().rows(session, first=first)
    shown, behind = rows[:REPORTS_ON_PAGE], rows[REPORTS_ON_PAGE:]
    oldest_at, last = session.exec(
        select(func.min(MistakeReport.made_at), func.max(MistakeReport.id)).where(MistakeReport.state == "open")
    ).one()
    return MistakeReportPage(shown, _open_count(session), oldest_at, behind[0].id if behind else None, last or 0)


def close_mistake_report(session: Session, number: int, answer: str) -> None:
    """Close an open report, with what the moderators answer. Raises NothingKnown where it is not open."""
    report = session.get(MistakeReport, number)
    if report is None or report.state != "open":
        raise NothingKnown(f"No report {number} is open; /data reports lists those that are.")
    report.state, report.answer = "closed", answer[:MAX_REPORT_CHARS]
    session.add(report)
    session.flush()
    _forget_old_reports(session)


def close_mistake_reports(session: Session, first: int, last: int) -> int:
    """Close every open report with a number from `first` to `last`; how many there were.

    Raises NothingKnown where none is open.
    """
    numbers = col(MistakeReport.id)
    closed = session.exec(
        update(MistakeReport)
        .where(numbers >= first, numbers <= last, col(MistakeReport.state) == "open")
        .values(state="closed")
    ).rowcount
    if not closed:
        raise NothingKnown(f"No report from {first} to {last} is open; /data reports lists those that are.")
    _forget_old_reports(session)
    return closed


def delete_mistake_report(session: Session, number: int) -> None:
    """Delete a report, open or closed. Raises NothingKnown where there is none."""
    report = session.get(MistakeReport, number)
    if report is None:
        raise NothingKnown(f"There is no report {number}; /data reports lists those that are open.")
    session.delete(report)


def _page_query() -> PreparedTableQuery[MistakeReportRow]:
    numbers = col(MistakeReport.id)
    return PreparedTableQuery(
        MistakeReportRow,
        MistakeReport,
        col(MistakeReport.state) == "open",
        numbers >= bindparam("first"),
        order=(numbers,),
        max_rows=REPORTS_ON_PAGE + 1,
    )


def _open_count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(MistakeReport).where(MistakeReport.state == "open")).one()


def _forget_old_reports(session: Session) -> None:
    """Delete the closed reports past those that are kept."""
    numbers = col(MistakeReport.id)
    closed = select(numbers).where(col(MistakeReport.state) == "closed").order_by(numbers.desc())
    oldest_kept = session.exec(closed.offset(MAX_CLOSED_REPORTS - 1).limit(1)).first()
    if oldest_kept is not None:
        session.exec(delete(MistakeReport).where(col(MistakeReport.state) == "closed", numbers < oldest_kept))


def key_fingerprints(session: Session) -> None:
    """Key the fingerprints of all reports, which were made before there was a key."""
    for report in session.exec(select(MistakeReport)):
        report.fingerprint = _keyed(session, report.fingerprint)
        session.add(report)
    session.flush()


def _fingerprint(session: Session, person: int, question: str) -> str:
    """The digest of a person and a card, by the key of this archive."""
    # The inner digest is what was stored before there was a key.
    return _keyed(session, hashlib.blake2b(f"{person}\0{question}".encode(), digest_size=16).hexdigest())


def _keyed(session: Session, digest: str) -> str:
    """A digest by the key of this archive, which is made where there is none yet."""
    row = session.get(FingerprintKey, 1)
    if row is None:
        row = FingerprintKey(key=secrets.token_hex(32))
        session.add(row)
        session.flush()
    return hmac.new(bytes.fromhex(row.key), digest.encode(), "sha256").hexdigest()[:32]
