"""The outbox: what is posted unasked is claimed before it is sent, posted once, and rather missing than twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive import outbox
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.user_data import OutboxMessage
from bot.archive.outbox import (
    ClaimedMessage,
    NewMessage,
    claim_messages,
    confirm_message,
    edit_message,
    fail_message,
    has_due_messages,
    put_back_message,
    put_message,
    release_message,
)
from bot.archive.undelivered import undelivered_messages
from tests.support.databases import archive_at, both_engines

CHANNEL = 1_234_567_890_123_456_789  # as long as Discord's ids are
LATER = timedelta(hours=1)


def put(engine: Engine, subject: str = "1", body: str = "first", lifetime: timedelta = LATER) -> bool:
    with write_session(engine) as session:
        return put_message(session, NewMessage("report", subject, CHANNEL, body, datetime.now(UTC) + lifetime))


def claim(engine: Engine, count: int = 10) -> tuple[ClaimedMessage, ...]:
    with write_session(engine) as session:
        return claim_messages(session, count)


def age(engine: Engine, by: timedelta) -> None:
    """Let time pass: every moment that a message has lies so much further back."""
    with write_session(engine) as session:
        for row in session.exec(select(OutboxMessage)).all():
            row.due_at -= by
            row.tried_at = row.tried_at - by if row.tried_at else None
            session.add(row)


def states(engine: Engine) -> list[tuple[str, str]]:
    with read_session(engine) as session:
        return [(row.state, row.reason) for row in session.exec(select(OutboxMessage).order_by(OutboxMessage.subject))]


def confirm(engine: Engine, number: int, message: int = 77) -> None:
    with write_session(engine) as session:
        confirm_message(session, number, message)


def test_what_is_put_twice_is_posted_once(archive: Engine) -> None:
    assert put(archive)
    assert put(archive)
    (one,) = claim(archive)
    assert (one.channel, one.message, one.body) == (CHANNEL, None, "first")
    assert claim(archive) == ()
    confirm(archive, one.number)
    assert put(archive)
    assert claim(archive) == ()
    assert states(archive) == [("sent", "")]


@both_engines
def test_of_two_processes_each_message_is_claimed_by_one(tmp_path: Path) -> None:
    engines = [archive_at(tmp_path / "shared.db") for _ in range(2)]
    for subject in range(30):
        put(engines[0], str(subject))
    claims: list[list[int]] = [[], []]

    def work(number: int) -> None:
        while batch := claim(engines[number], 3):
            claims[number] += [one.number for one in batch]

    threads = [Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims[0] + claims[1]) == list(range(1, 31))
    for engine in engines:
        engine.dispose()


def test_a_claim_that_its_process_left_is_tried_again_with_the_same_nonce(archive: Engine) -> None:
    put(archive)
    (first,) = claim(archive)
    age(archive, outbox.CLAIM_TIME)
    (second,) = claim(archive)
    assert second == first


def test_what_is_never_confirmed_is_dropped_after_two_minutes_and_listed(archive: Engine) -> None:
    put(archive)
    (first,) = claim(archive)
    with write_session(archive) as session:
        release_message(session, first.number, "503")
    assert claim(archive) == ()  # not at once
    age(archive, outbox.SEND_WINDOW + timedelta(seconds=1))
    assert claim(archive) == ()
    with read_session(archive) as session:
        (lost,) = undelivered_messages(session)
    assert (lost.kind, lost.subject, lost.state) == ("report", "1", "dropped")
    assert "never confirmed" in lost.reason
    put(archive, body="other")
    assert claim(archive) == ()  # rather missing than twice


def test_what_did_not_reach_discord_waits_until_it_is_too_late(archive: Engine) -> None:
    put(archive)
    for _ in range(5):
        (one,) = claim(archive)
        with write_session(archive) as session:
            put_back_message(session, one.number, "no network")
        age(archive, timedelta(minutes=1))
    put(archive, "2", lifetime=-LATER)
    assert [one.body for one in claim(archive)] == ["first"]
    assert states(archive) == [("sending", "no network"), ("dropped", outbox.TOO_LATE)]


def test_another_body_is_an_edit_of_the_same_message(archive: Engine) -> None:
    put(archive)
    (first,) = claim(archive)
    put(archive, body="second")  # while it is being sent
    confirm(archive, first.number)
    (edit,) = claim(archive)
    assert (edit.message, edit.body, edit.nonce) == (77, "second", first.nonce)
    confirm(archive, edit.number)
    with write_session(archive) as session:
        edit_message(session, "report", "1", "third")
        edit_message(session, "report", "9", "of nothing")
    assert [(one.message, one.body) for one in claim(archive)] == [(77, "third")]


def test_a_first_try_that_may_have_arrived_is_edited_after_the_second(archive: Engine) -> None:
    put(archive)
    claim(archive)
    put(archive, body="second")
    age(archive, outbox.CLAIM_TIME)
    (again,) = claim(archive)
    confirm(archive, again.number)  # Discord gives back the first one for the same nonce
    assert [(one.message, one.body) for one in claim(archive)] == [(77, "second")]


def test_an_edit_that_comes_too_late_leaves_the_message_delivered(archive: Engine) -> None:
    put(archive)
    (first,) = claim(archive)
    confirm(archive, first.number)
    put(archive, body="second", lifetime=-LATER)
    assert claim(archive) == ()
    assert [state for state, _ in states(archive)] == ["sent"]


def test_what_discord_refuses_is_kept_with_its_reason(archive: Engine) -> None:
    put(archive)
    (one,) = claim(archive)
    with write_session(archive) as session:
        fail_message(session, one.number, "Missing Access (50001)" + "x" * 1000)
    age(archive, LATER)
    assert claim(archive) == ()
    put(archive, body="what it said is deleted")
    assert claim(archive) == ()
    with read_session(archive) as session:
        assert session.exec(select(OutboxMessage.body)).one() == "what it said is deleted"
    ((state, reason),) = states(archive)
    assert state == "failed"
    assert reason.startswith("Missing Access (50001)")
    assert len(reason) == outbox.MAX_REASON_CHARS


def test_the_queue_is_bounded(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MAX_WAITING", 2)
    assert [put(archive, str(number)) for number in range(3)] == [True, True, False]
    (one, _) = claim(archive)
    confirm(archive, one.number)
    assert put(archive, "3")


def test_what_was_posted_long_ago_is_forgotten(archive: Engine) -> None:
    put(archive)
    (one,) = claim(archive)
    confirm(archive, one.number)
    age(archive, outbox.KEPT_TIME + LATER)
    put(archive, "2")
    assert states(archive) == [("waiting", "")]


def test_a_reader_sees_whether_anything_is_due(archive: Engine) -> None:
    assert not due(archive)
    put(archive)
    assert due(archive)
    claim(archive)
    assert not due(archive)


def due(engine: Engine) -> bool:
    with read_session(engine) as session:
        return has_due_messages(session)


def news(server: int, body: str) -> NewMessage:
    return NewMessage("news result", str(server), CHANNEL + server, body, datetime.now(UTC) + LATER)


def test_one_thing_is_told_to_many_and_an_edit_of_it_tells_nobody_else(archive: Engine) -> None:
    with write_session(archive) as session:
        assert outbox.put_messages(session, ()) == 0
        assert outbox.put_messages(session, (news(1, "first"), news(2, "first"))) == 2
        assert outbox.put_messages(session, (news(1, "first"), news(3, "first"))) == 1
    assert [message.channel for message in claim(archive)] == [CHANNEL + server for server in (1, 2, 3)]
    with write_session(archive) as session:
        edits = tuple(news(server, "second") for server in (1, 4))
        assert outbox.put_messages(session, edits, only_edits=True) == 1
        assert list(session.exec(select(OutboxMessage.body).order_by(OutboxMessage.subject))) == [
            "second",
            "first",
            "first",
        ]


def test_what_servers_are_told_keeps_nobody_from_being_told_of_a_report(
    archive: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MAX_WAITING", 2)
    with write_session(archive) as session:
        outbox.put_messages(session, tuple(news(server, "told") for server in range(5)))
    assert [put(archive, str(number)) for number in range(3)] == [True, True, False]
