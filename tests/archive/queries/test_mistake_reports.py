"""Reports of mistakes and questions without an answer: bounded, in pages, and nothing in them tells who wrote them."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import open_archive, read_session, write_session
from bot.archive.models.user_data import FingerprintKey, MistakeReport, UnansweredQuestion
from bot.archive.outbox import NewMessage, claim_messages, confirm_message
from bot.archive.queries import mistake_reports
from bot.archive.queries.mistake_reports import (
    MistakeReportRow,
    answers_about,
    close_mistake_report,
    close_mistake_reports,
    delete_mistake_report,
    mistake_report_page,
    save_mistake_report,
)
from bot.archive.queries.unanswered import count_unanswered, unanswered_rows
from bot.errors import TooMany
from tests.support.databases import both_engines

PERSON = 123456789012345678
CARD = "/race name:cup-2023-17"


def report(engine: Engine, person: int, question: str = CARD) -> bool:
    with write_session(engine) as session:
        return save_mistake_report(session, person, question, "page.txt", "wrong")


def fingerprints(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return list(session.exec(select(MistakeReport.fingerprint).order_by(MistakeReport.fingerprint)))


def test_a_fingerprint_cannot_be_made_from_the_ids_of_all_people(archive: Engine, other_archive: Engine) -> None:
    for engine in (archive, other_archive):
        assert report(engine, PERSON)
        assert not report(engine, PERSON)
    (one,), (other,) = fingerprints(archive), fingerprints(other_archive)
    assert one != other  # whoever tries every id has no key to try them with
    for digest in (hashlib.blake2b(f"{PERSON}\0{CARD}".encode(), digest_size=16), hashlib.sha256(str(PERSON).encode())):
        assert digest.hexdigest()[:32] not in {one, other}
    with read_session(archive) as session:
        (key,) = session.exec(select(FingerprintKey.key)).all()
    assert len(key) == 64


@pytest.fixture
def other_archive(tmp_path: Path) -> Iterator[Engine]:
    """An archive that is no copy of the one of the tests."""
    engine = open_archive(f"sqlite:///{tmp_path / 'other.db'}")
    yield engine
    engine.dispose()


@both_engines
def test_open_reports_are_bounded_and_told_politely(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mistake_reports, "MAX_OPEN_REPORTS", 3)
    for person in range(3):
        report(archive, person)
    with pytest.raises(TooMany, match="Thank you"):
        report(archive, 4)
    assert not report(archive, 2), "who has reported this card may add to it"
    with write_session(archive) as session:
        close_mistake_reports(session, 1, 2)
    assert report(archive, 4)
    assert not report(archive, 1), "a report that was closed is opened again"
    with pytest.raises(TooMany):
        report(archive, 0)


@both_engines
def test_reports_come_in_pages_and_go_many_at_once(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in range(25):
        report(archive, person)
    with write_session(archive) as session:
        close_mistake_report(session, 3, "it is right")
        page = mistake_report_page(session)
        assert [row.id for row in page.rows] == [1, 2, *range(4, 12)]
        assert (page.open_count, page.next_first, page.last) == (24, 12, 25)
        assert [row.id for row in mistake_report_page(session, 24).rows] == [24, 25]
        assert mistake_report_page(session, 99).rows == ()
        assert close_mistake_reports(session, 1, 20) == 19
        assert mistake_report_page(session).open_count == 5
    monkeypatch.setattr(mistake_reports, "MAX_CLOSED_REPORTS", 4)
    with write_session(archive) as session:
        close_mistake_reports(session, 21, 22)
        assert [row.id for row in session.exec(select(MistakeReport).where(MistakeReport.state == "closed"))] == [
            19, 20, 21, 22,
        ]  # fmt: skip


@both_engines
def test_a_question_without_an_answer_goes_after_ninety_days(archive: Engine) -> None:
    with write_session(archive) as session:
        for text in ("old", "young"):
            count_unanswered(session, "driver", text)
        session.get_one(UnansweredQuestion, ("driver", "old")).asked_at = datetime.now(UTC) - timedelta(days=91)
        session.flush()
        assert [text for _, text, _ in unanswered_rows(session)] == ["young"]
        count_unanswered(session, "driver", "new")
        assert len(session.exec(select(UnansweredQuestion)).all()) == 2


def test_a_report_is_told_by_a_message_of_its_own_and_an_answer_is_found_by_its_card(archive: Engine) -> None:
    def tell(number: int) -> NewMessage:
        return NewMessage("report", str(number), 7, f"report {number}", datetime.now(UTC) + timedelta(hours=1))

    def told(person: int) -> list[str]:
        with write_session(archive) as session:
            save_mistake_report(session, person, CARD, "page.txt", "wrong", tell=tell)
        with write_session(archive) as session:
            messages = claim_messages(session, 9)
            for message in messages:
                confirm_message(session, message.number, 70 + person)
        return [f"{message.message}: {message.body}" for message in messages]

    def outcome(row: MistakeReportRow, action: str, answer: str) -> str:
        return f"{row.id} is {action}: {answer}"

    assert told(1) == ["None: report 1"]
    assert told(1) == []  # in other words, and told already
    with write_session(archive) as session:
        close_mistake_report(session, 1, "It is so.", outcome)
        assert [row.answer for row in answers_about(session, CARD)] == ["It is so."]
        assert answers_about(session, "/race") == ()
    assert told(2) == ["71: 1 is answered: It is so.", "None: report 2"]
    with write_session(archive) as session:
        delete_mistake_report(session, 2, outcome)
    assert told(3)[-1] == "None: report 2"  # of the same number as one that is gone
    with write_session(archive) as session:
        report = session.get_one(MistakeReport, 1)
        report.answered_at = datetime.now(UTC) - mistake_reports.ANSWER_TIME - timedelta(hours=1)
        session.add(report)
        session.flush()
        assert answers_about(session, CARD) == ()
