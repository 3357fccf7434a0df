"""What people write: together, in order, and after a load where one has the archive."""

import threading
from concurrent.futures import Future
from typing import NoReturn

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.archive.db import write_queue
from bot.archive.db.engine import read_session, write_session
from bot.archive.db.write_queue import WriteQueue
from bot.archive.models.user_data import UnansweredQuestion
from bot.archive.queries.unanswered import count_unanswered
from bot.errors import BotError, LoadUnderWay, NothingKnown
from tests.support.databases import both_engines


def add(queue: WriteQueue, text: str) -> Future[None]:
    return queue.submit(lambda session: count_unanswered(session, "driver", text))


def texts(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return list(session.exec(select(UnansweredQuestion.text).order_by(col(UnansweredQuestion.text))))


@both_engines
@pytest.mark.short_lock_wait
def test_what_is_entered_during_a_load_is_written_after_it_and_keeps_nobody_waiting(archive: Engine) -> None:
    queue = WriteQueue(archive)
    with write_session(archive):
        written = [add(queue, text) for text in ("one", "two", "one")]
        assert not any(future.done() for future in written)
        assert len(queue) == 3
    for future in written:
        future.result(10)
    assert texts(archive) == ["one", "two"]
    queue.close()


def test_what_one_of_them_raises_is_its_own(archive: Engine) -> None:
    def refuse(_: Session) -> NoReturn:
        raise NothingKnown("no such report")

    queue = WriteQueue(archive)
    with write_session(archive):
        first, refused, last = add(queue, "first"), queue.submit(refuse), add(queue, "last")
    first.result(10)
    last.result(10)
    with pytest.raises(NothingKnown, match="no such report"):
        refused.result(10)
    assert texts(archive) == ["first", "last"]
    queue.close()


@pytest.mark.short_lock_wait
def test_it_is_bounded_and_what_is_in_it_is_kept(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "MAX_QUEUED_WRITES", 2)
    queue = WriteQueue(archive)
    with write_session(archive):
        written = [add(queue, "one"), add(queue, "two")]
        with pytest.raises(BotError, match="Try again in a minute"):
            add(queue, "three")
    for future in written:
        future.result(10)
    queue.close()
    assert texts(archive) == ["one", "two"]


@pytest.mark.short_lock_wait
def test_the_end_writes_what_waits_and_gives_up_where_a_load_has_the_archive(archive: Engine) -> None:
    queue, late = WriteQueue(archive), WriteQueue(archive)
    last = add(queue, "last")
    queue.close()
    last.result(0)
    with write_session(archive):
        lost = add(late, "lost")
        closing = threading.Thread(target=late.close)
        closing.start()
        closing.join(10)
        assert not closing.is_alive()
    with pytest.raises(LoadUnderWay):
        lost.result(0)
    assert texts(archive) == ["last"]
