"""Reports of mistakes, stored for the moderators until they are dealt with."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, func, select, update

from bot.archive.db.statements import PreparedTableQuery
from bot.archive.models.user_data import FingerprintKey, MistakeReport
from bot.archive.outbox import NewMessage, edit_message, forget_message, put_message
from bot.errors import NothingKnown, TooMany

__all__ = [
    "MAX_CLOSED_REPORTS",
    "MAX_OPEN_REPORTS",
    "MAX_REPORT_CHARS",
    "REPORT_MESSAGE",
    "AnswerRow",
    "MistakeReportPage",
    "MistakeReportRow",
    "ReportOutcome",
    "answers_about",
    "close_mistake_report",
    "close_mistake_reports",
    "delete_mistake_report",
    "delete_reports_of",
    "key_fingerprints",
    "mistake_report_page",
    "save_mistake_report",
]

MAX_REPORT_CHARS = 1000  # characters; Discord's own forms end at 4,000, a moderator reads one screen
MAX_OPEN_REPORTS = 1_000  # past that nobody reads them, and they only fill the disk
MAX_CLOSED_REPORTS = 5_000  # of which the newest are kept, so that whoever reports a card again is known
REPORTS_ON_PAGE = 10
REPORT_MESSAGE = "report"  # the kind of messages that tell moderators of a report, by its number
ANSWER_TIME = timedelta(days=30)  # for which the answer to a report stands under the sources of its card
MAX_ANSWERS = 3  # of one card, the newest
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
    link: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What the moderators answered to a report of a card, and when."""

    answer: str
    answered_at: datetime


# What the message about a report says once it was dealt with: of the report, what was done ("answered" ...) and the
# answer, an Announcement as JSON.
ReportOutcome = Callable[[MistakeReportRow, str, str], str]


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


def save_mistake_report(
    session: Session,
    person: int,
    question: str,
    sources: str,
    words: str,
    link: str = "",
    tell: Callable[[int], NewMessage] | None = None,
) -> bool:
    """Store a report; False where this person has reported this card before, whose words are then replaced.

    `person` is the person's id; only a keyed digest of it together with the question is stored. `link` is the question
    as JSON; `tell` gives the message by which moderators are told of the report of a number. Raises TooMany where too
    many reports are open.
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
    report.answer, report.answered_at, report.link = "", None, link
    session.add(report)
    session.flush()
    if tell is not None:
        # One that was dealt with is told anew; and a number may have been that of a report that was deleted.
        if not is_open:
            forget_message(session, REPORT_MESSAGE, str(report.id))
        put_message(session, tell(report.id or 0))
    return existing is None


def mistake_report_page(session: Session, first: int = 0) -> MistakeReportPage:
    """The open reports from the number `first` on, as many as one page has."""
    rows = _page_query().rows(session, first=first)
    shown, behind = rows[:REPORTS_ON_PAGE], rows[REPORTS_ON_PAGE:]
    oldest_at, last = session.exec(
        select(func.min(MistakeReport.made_at), func.max(MistakeReport.id)).where(MistakeReport.state == "open")
    ).one()
    return MistakeReportPage(shown, _open_count(session), oldest_at, behind[0].id if behind else None, last or 0)


def close_mistake_report(session: Session, number: int, answer: str, outcome: ReportOutcome | None = None) -> None:
    """Close an open report, with what the moderators answer. Raises NothingKnown where it is not open."""
    report = session.get(MistakeReport, number)
    if report is None or report.state != "open":
        raise NothingKnown(f"No report {number} is open; /data reports lists those that are.")
    report.state, report.answer = "closed", answer[:MAX_REPORT_CHARS]
    report.answered_at = datetime.now(UTC) if answer.strip() else None
    session.add(report)
    session.flush()
    _tell_outcome(session, report, "answered" if answer.strip() else "closed", outcome)
    _forget_old_reports(session)


def close_mistake_reports(session: Session, first: int, last: int, outcome: ReportOutcome | None = None) -> int:
    """Close every open report with a number from `first` to `last`; how many there were.

    Raises NothingKnown where none is open.
    """
    numbers = col(MistakeReport.id)
    is_closed_now = (numbers >= first, numbers <= last, col(MistakeReport.state) == "open")
    for report in session.exec(select(MistakeReport).where(*is_closed_now)).all() if outcome else ():
        _tell_outcome(session, report, "closed", outcome)
    closed = session.exec(update(MistakeReport).where(*is_closed_now).values(state="closed")).rowcount
    if not closed:
        raise NothingKnown(f"No report from {first} to {last} is open; /data reports lists those that are.")
    _forget_old_reports(session)
    return closed


def delete_mistake_report(session: Session, number: int, outcome: ReportOutcome | None = None) -> None:
    """Delete a report, open or closed. Raises NothingKnown where there is none."""
    report = session.get(MistakeReport, number)
    if report is None:
        raise NothingKnown(f"There is no report {number}; /data reports lists those that are open.")
    _tell_outcome(session, report, "deleted", outcome)
    session.delete(report)


def delete_reports_of(session: Session, person: int, outcome: ReportOutcome | None = None) -> int:
    """Delete every report of a person, open or closed; how many there were.

    Whose a report is, is stored nowhere: the fingerprint of each is compared with that of the person and its card.
    """
    reports = session.exec(select(MistakeReport)).all()
    own = [report for report in reports if report.fingerprint == _fingerprint(session, person, report.question)]
    for report in own:
        _tell_outcome(session, report, "deleted", outcome)
        session.delete(report)
    return len(own)


def answers_about(session: Session, question: str) -> tuple[AnswerRow, ...]:
    """What was lately answered to reports of the card of a question, the newest first."""
    answered_at = col(MistakeReport.answered_at)
    query = select(MistakeReport.answer, answered_at).where(
        MistakeReport.question == question,
        col(MistakeReport.state) == "closed",
        answered_at >= datetime.now(UTC) - ANSWER_TIME,
    )
    rows = session.exec(query.order_by(answered_at.desc()).limit(MAX_ANSWERS))
    return tuple(AnswerRow(answer, at) for answer, at in rows if at is not None)


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


def _tell_outcome(session: Session, report: MistakeReport, action: str, outcome: ReportOutcome | None) -> None:
    """Have the message about a report say what was done with it."""
    if outcome is not None:
        row = MistakeReportRow(
            report.id or 0, report.question, report.sources, report.words, report.made_at, report.link
        )
        edit_message(session, REPORT_MESSAGE, str(report.id), outcome(row, action, report.answer))


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
