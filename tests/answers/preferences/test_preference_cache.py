"""Rules are read once and then known, until somebody changes them: in this process, or in another."""

import time

from sqlalchemy import Engine, event

from bot.answers.context import AnswerRules, QueryContext, QuestionRunner
from bot.answers.preferences.preference_cache import PreferenceCache
from bot.answers.versions.watched_runner import WatchedRunner
from bot.archive.db.engine import write_session
from bot.archive.preferences.changes import save_person_spoilers, save_series, save_spoilers
from bot.archive.preferences.rules import Audience, RuleValue

HERE = Audience(server=10, channel=100, person=7)


def save_hours(engine: Engine, hours: int) -> None:
    with write_session(engine) as session:
        save_spoilers(session, 10, hours)


def test_rules_are_read_once_and_anew_after_a_change(archive: Engine) -> None:
    cache = PreferenceCache(archive)
    cache.notice(0)
    assert cache.find(10, 7) is None
    assert cache.read(10, 7).person_spoiler_hours is None
    assert cache.find(10, 7) == cache.read(10, 7)
    assert cache.find(10, 8) is None
    save_hours(archive, 24)
    cache.notice(0)
    assert cache.find(10, 7) is not None, "nobody has said yet that there is something new"
    cache.notice(1)
    assert cache.find(10, 7) is None
    server = cache.read(10, 7).server
    assert server is not None
    assert server.spoiler_hours == 24


def test_what_was_read_before_a_change_is_not_kept_after_it(archive: Engine) -> None:
    cache = PreferenceCache(archive)
    cache.notice(0)

    event.listen(archive, "before_cursor_execute", lambda *_: cache.drop())
    cache.read(10, 7)
    assert cache.find(10, 7) is None


def test_a_runner_knows_at_once_what_another_process_has_changed(archive: Engine) -> None:
    runner = QuestionRunner(archive, "truck")
    assert runner.known_rules(HERE) is None
    assert runner.rules(HERE).series == RuleValue("truck", "operator")
    known = runner.known_rules(HERE)
    assert known is not None
    with write_session(archive) as session:
        save_series(session, 10, "xfinity")
        save_person_spoilers(session, 7, 72)
    assert runner.known_rules(HERE) is None
    assert runner.rules(HERE).series == RuleValue("xfinity", "server")
    assert runner.rules(HERE).spoilers(is_public=False) == RuleValue(72, "person")


def test_a_watched_runner_asks_no_database_and_hears_of_changes_by_its_watch(filled: Engine) -> None:
    with WatchedRunner(filled, look_interval_s=0.01, warms_up=False) as runner:
        runner.newest().result(10)
        runner.rules(HERE)
        statements: list[str] = []
        event.listen(filled, "before_cursor_execute", lambda *call: statements.append(str(call[2])))
        assert runner.known_rules(HERE) is not None
        assert not [one for one in statements if "preference" in one]
        save_hours(filled, 48)
        end_s = time.monotonic() + 10
        while runner.known_rules(HERE) is not None and time.monotonic() < end_s:
            time.sleep(0.01)
        assert runner.rules(HERE).public_spoilers == RuleValue(48, "server")


def test_the_same_question_under_other_rules_is_another_answer(archive: Engine) -> None:
    runner = QuestionRunner(archive)

    def series(context: QueryContext) -> str:
        return context.default_series

    assert runner.ask(series) == "cup"
    assert runner.ask_under(AnswerRules("truck"), series) == "truck"
