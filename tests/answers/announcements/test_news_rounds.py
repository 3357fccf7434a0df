"""Rounds of news on a database: who is told what in which words, what is changed later, and what two processes do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel, col, select, update

from bot.answers.announcements.news_round import write_round
from bot.answers.announcements.prepared_news import PreparedRound, prepare_round
from bot.answers.context import QuestionRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import FactRecord, Race, SessionRow, Version
from bot.archive.models.news import NewsRecord
from bot.archive.models.seasons import ScheduledRace
from bot.archive.models.user_data import OutboxMessage
from bot.archive.news import news_version, store_news_version
from bot.archive.preferences.changes import (
    AnnouncementChoice,
    note_removed,
    save_announcements,
    save_channel_rules,
    save_series,
    save_spoilers,
)
from bot.archive.preferences.rules import ANNOUNCEMENT_KINDS
from bot.archive.undelivered import undelivered_messages
from bot.cards import Announcement
from bot.language.moments import write_out
from bot.loading.stored_json import from_json
from tests.support.archive_rows import ALLY, LOADED_AT, fill_archive
from tests.support.cards import facts_of, table_of

NOW = LOADED_AT + timedelta(minutes=5)
OPEN, HIDING, TRUCKS, STANDINGS_ONLY, GONE = 10, 20, 30, 40, 50  # servers; the channel of each has a 1 before it
FANS = 900  # a role
START = datetime(2023, 7, 2, 21, tzinfo=UTC)


def scheduled(**values: object) -> ScheduledRace:
    columns: dict[str, object] = {
        "series": "cup", "season": 2023, "number": 18, "round": 18, "name": "Grant Park 220", "track": "Chicago",
        "day": date(2023, 7, 2), "start": "17:00", "zone": "America/New_York", "starts_at": "2023-07-02T21:00:00Z",
        "network": "NBC", "radio": "MRN", "document": "page.txt", "line": 3,
    }  # fmt: skip
    return ScheduledRace.model_validate(columns | values)


class Rounds:
    """Rounds of one archive, at moments that are given."""

    def __init__(self, engine: Engine, runner: QuestionRunner) -> None:
        self.engine, self.runner = engine, runner

    def prepare(self, now: datetime) -> PreparedRound:
        return self.runner.ask(prepare_round, now)

    def write(self, prepared: PreparedRound, now: datetime) -> int:
        with write_session(self.engine) as session:
            return write_round(session, prepared, "cup", now)

    def at(self, now: datetime) -> int:
        return self.write(self.prepare(now), now)

    def change(self, model: type[SQLModel], values: dict[str, Any], *where: Any) -> None:  # noqa: ANN401 - conditions
        """Change rows as a load does: the data version is a higher one, loaded at NOW."""
        with write_session(self.engine) as session:
            session.exec(update(model).where(*where).values(**values))
            version = session.get_one(Version, 1)
            version.number, version.loaded_at = version.number + 1, NOW
            session.add(version)

    def told(self, kind: str = "result") -> dict[int, Announcement]:
        """What each server was told, by its channel."""
        with read_session(self.engine) as session:
            rows = session.exec(select(OutboxMessage).where(OutboxMessage.kind == f"news {kind}")).all()
            return {int(row.channel): from_json(Announcement, row.body) for row in rows}


Prepare = Callable[..., Rounds]


@pytest.fixture
def rounds(archive: Engine) -> Prepare:
    """An archive whose last load, five minutes ago, brought the Ally 400 and the standings; five servers."""

    def prepare(*extra: SQLModel) -> Rounds:
        runner = fill_archive(archive, extra_rows=extra)
        with write_session(archive) as session:
            for server, kinds, role in (
                (OPEN, ANNOUNCEMENT_KINDS, FANS),
                (HIDING, ANNOUNCEMENT_KINDS, None),
                (TRUCKS, ANNOUNCEMENT_KINDS, None),
                (STANDINGS_ONLY, ("standings",), None),
                (GONE, ANNOUNCEMENT_KINDS, None),
            ):
                save_announcements(session, server, AnnouncementChoice(100 + server, frozenset(kinds), role))
            save_spoilers(session, HIDING, 24)
            save_series(session, TRUCKS, "truck")
            note_removed(session, GONE, NOW)
            store_news_version(session, 2, NOW)
        return Rounds(archive, runner)

    return prepare


def test_each_server_is_told_what_it_wants_and_its_role_alone_is_called(rounds: Prepare) -> None:
    rounds_here = rounds()
    assert rounds_here.at(NOW) == 5
    results, standings = rounds_here.told("result"), rounds_here.told("standings")
    assert set(results) == {100 + OPEN, 100 + HIDING}
    assert set(standings) == {100 + OPEN, 100 + HIDING, 100 + STANDINGS_ONLY}
    assert (results[110].role, results[120].role) == (FANS, None)
    assert results[110].content == "Ross Chastain won the 2023 Ally 400 at Nashville."
    assert [row[2] for row in table_of(results[110].card).rows[:2]] == ["Chastain", "Truex Jr."]
    assert facts_of(results[110].card)["Winner known by"] == "one document so far, so it is provisional"
    assert "leads" in standings[140].content
    assert rounds_here.at(NOW) == 0


def test_where_results_are_hidden_nothing_of_them_is_said(rounds: Prepare) -> None:
    rounds_here = rounds()
    rounds_here.at(NOW)
    texts = [str(rounds_here.told(kind)[120]) for kind in ("result", "standings")]
    assert "There is a result of the 2023 Ally 400; results are hidden here for now." in texts[0]
    assert "There are new Cup standings" in texts[1]
    for name in ("Chastain", "Reddick", "Hamlin", "Truex", "Byron", "Trackhouse"):
        assert name not in texts[0] + texts[1]


@pytest.mark.parametrize("is_channel", [False, True])
def test_what_waits_is_not_posted_where_results_are_hidden_meanwhile(is_channel: bool, rounds: Prepare) -> None:
    rounds_here = rounds()
    rounds_here.at(NOW)
    with write_session(rounds_here.engine) as session:
        if is_channel:
            save_channel_rules(session, OPEN, 100 + OPEN, 24, None)
        else:
            save_spoilers(session, OPEN, 24)
    assert set(rounds_here.told()) == {100 + HIDING}


def test_a_first_look_and_one_after_a_long_absence_announce_nothing_old(rounds: Prepare) -> None:
    rounds_here = rounds()
    assert rounds_here.at(NOW + timedelta(hours=6, minutes=1)) == 0
    assert rounds_here.at(NOW) == 0  # also where the clock is put back
    with read_session(rounds_here.engine) as session:
        assert news_version(session) == 3


def test_a_result_that_changes_changes_its_message_and_calls_nobody_anew(rounds: Prepare) -> None:
    rounds_here = rounds()
    rounds_here.at(NOW)
    rounds_here.change(FactRecord, {"value": "Martin Truex Jr.", "agree": 2}, col(FactRecord.field) == "winner")
    rounds_here.change(SessionRow, {"position": 6, "status": "Disqualified"}, col(SessionRow.driver) == "Ross Chastain")
    rounds_here.change(SessionRow, {"position": 1}, col(SessionRow.driver) == "Martin Truex Jr.")
    rounds_here.change(Race, {"winner": "Martin Truex Jr."}, col(Race.key) == ALLY)
    assert rounds_here.at(NOW) == 1  # the hiding server reads what it read before
    told = rounds_here.told()[110]
    assert told.content == "Martin Truex Jr. won the 2023 Ally 400 at Nashville."
    assert told.card.note == "Changed since it was posted: Ross Chastain had won by what was known then."
    assert facts_of(told.card)["Disqualified"] == "Ross Chastain"
    assert facts_of(told.card)["Winner known by"] == "2 documents"
    assert len(rounds_here.told()) == 2


def test_what_was_taken_back_is_said_to_be(rounds: Prepare) -> None:
    rounds_here = rounds()
    rounds_here.at(NOW)
    rounds_here.change(Race, {"winner": None}, col(Race.key) == ALLY)
    rounds_here.at(NOW)
    for told in rounds_here.told().values():
        assert told.content == (
            "The result of the Cup race of June 25, 2023 that stood here was taken back: no document tells it any more."
        )
        assert "Chastain" not in str(told)


def test_two_processes_that_found_the_same_news_tell_them_once(rounds: Prepare) -> None:
    rounds_here = rounds(scheduled())
    first, second = rounds_here.prepare(NOW), rounds_here.prepare(NOW)
    assert [rounds_here.write(one, NOW) for one in (first, second)] == [5, 0]
    before = START - timedelta(hours=23)
    first, second = rounds_here.prepare(before), rounds_here.prepare(before)
    assert [rounds_here.write(one, before) for one in (first, second)] == [2, 0]


def test_a_start_is_announced_in_words_that_stay_true_and_changed_with_the_schedule(rounds: Prepare) -> None:
    rounds_here = rounds(scheduled())
    rounds_here.at(NOW)
    before = START - timedelta(hours=22)
    assert (rounds_here.at(before), rounds_here.at(before)) == (2, 0)
    told = rounds_here.told("day")[110]
    assert told.content == "The Grant Park 220 starts on Sunday, July 2, at 5:00 pm ET, on NBC and MRN."
    assert write_out(facts_of(told.card)["Start"]).startswith("July 2, 2023, 21:00 UTC")
    monday = {"day": date(2023, 7, 3), "first_day": date(2023, 7, 2), "status": "postponed", "start": "12:00",
              "starts_at": "2023-07-03T16:00:00Z"}  # fmt: skip
    rounds_here.change(ScheduledRace, monday)
    assert rounds_here.at(before) == 2
    told = rounds_here.told("day")[110]
    assert "starts on Monday, July 3, at 12:00 pm ET" in told.content
    assert told.card.note == "Postponed from July 2, 2023."
    assert rounds_here.at(datetime(2023, 7, 3, 15, 30, tzinfo=UTC)) == 2
    assert set(rounds_here.told("hour")) == {110, 120}
    rounds_here.change(ScheduledRace, {"status": "cancelled"})
    rounds_here.at(datetime(2023, 7, 3, 15, 40, tzinfo=UTC))
    assert rounds_here.told("hour")[110].content == "The Grant Park 220 was cancelled."
    rounds_here.change(ScheduledRace, {"status": "", "start": None, "zone": None, "starts_at": None})
    rounds_here.at(datetime(2023, 7, 3, 15, 45, tzinfo=UTC))
    assert "its start is to be announced" in rounds_here.told("hour")[110].content


def test_a_round_that_is_broken_off_leaves_nothing_and_the_next_one_tells_all(rounds: Prepare) -> None:
    rounds_here = rounds()
    prepared = rounds_here.prepare(NOW)

    def die() -> None:
        with write_session(rounds_here.engine) as session:
            write_round(session, prepared, "cup", NOW)
            raise RuntimeError("the process has died")

    with pytest.raises(RuntimeError):
        die()
    with read_session(rounds_here.engine) as session:
        assert session.exec(select(NewsRecord)).all() == []
    assert rounds_here.at(NOW) == 5


def test_two_hundred_servers_take_few_statements_and_moderators_do_not_hear_of_their_failures(rounds: Prepare) -> None:
    rounds_here = rounds()
    with write_session(rounds_here.engine) as session:
        for server in range(1_000, 1_200):
            save_announcements(session, server, AnnouncementChoice(server, frozenset(["result"]), FANS))
    statements: list[str] = []
    prepared = rounds_here.prepare(NOW)
    event.listen(rounds_here.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert rounds_here.write(prepared, NOW) == 205
    assert len(statements) < 30
    rounds_here.change(OutboxMessage, {"state": "failed", "due_at": datetime.now(UTC)})
    with read_session(rounds_here.engine) as session:
        assert undelivered_messages(session) == ()
