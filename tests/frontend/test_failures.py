"""Whatever fails behind an answer: a fan reads one plain line, and the log has the cause under the same number."""

import asyncio
import logging
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.answers.context import QuestionRunner
from bot.answers.versions.watched_runner import WatchedRunner
from bot.archive.db.engine import write_session
from bot.cli.log_form import RepeatFilter
from bot.loading.moderation.moderation import Moderation
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Person, Reply
from tests.support.databases import both_engines
from tests.support.discord import FAN, HOME_GUILD, MODERATOR, assert_valid, button, loopback_discord

SAID_TO_FANS = re.compile(
    r"The archive cannot be used right now\. If you report it, name [0-9a-f]{6}\."
    r"|The archive is being rebuilt after an update of the program\. Try again in a minute.*"
    r"|The archive cannot be reached right now: its database does not answer\. Try again in a minute\."
    r" If you report it, name [0-9a-f]{6}\."
    r"|Something went wrong here, and it was not your doing\. If you report it, name [0-9a-f]{6}\."
)
DISCORD_WAITS_S = 3.0
NOBODYS_BUSINESS = re.compile(
    r"[\\/]\w+[\\/]|\.db\b|sqlite|psycopg|postgres|localhost|select|\berror|traceback|spotter:", re.IGNORECASE
)


def lose_a_table(engine: Engine) -> None:
    with write_session(engine) as session:
        session.connection().execute(text("ALTER TABLE race RENAME TO elsewhere"))


def lose_a_column(engine: Engine) -> None:
    with write_session(engine) as session:
        session.connection().execute(text("ALTER TABLE race RENAME COLUMN winner TO elsewhere"))


def another_schema(engine: Engine) -> None:
    with write_session(engine) as session:
        session.connection().execute(text("UPDATE version SET schema_stamp = 'another', number = number + 1"))


def lose_the_version(engine: Engine) -> None:
    with write_session(engine) as session:
        session.connection().execute(text("ALTER TABLE version RENAME TO elsewhere"))


WAYS: tuple[Callable[[Engine], None], ...] = (lose_a_table, lose_a_column, another_schema, lose_the_version)


def words_of(reply: Reply) -> str:
    """All the texts of a reply."""
    return " ".join(texts_in(reply.last_message.get("components") or ())).strip()


def texts_in(components: object) -> list[str]:
    if isinstance(components, dict):
        own = [str(components["content"])] if "content" in components else []
        return own + texts_in(components.get("components") or ())
    return [words for part in components for words in texts_in(part)] if isinstance(components, list | tuple) else []


def assert_plain(reply: Reply) -> str:
    """The one line that a fan reads."""
    assert assert_valid(reply).failed
    words = words_of(reply)
    assert SAID_TO_FANS.fullmatch(words), words
    assert not NOBODYS_BUSINESS.search(words), words
    return words


@both_engines
@pytest.mark.parametrize("fail", WAYS, ids=lambda fail: fail.__name__)
async def test_a_fan_reads_one_plain_line_and_the_log_has_the_cause(
    filled: Engine, documents: Path, caplog: pytest.LogCaptureFixture, fail: Callable[[Engine], None]
) -> None:
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        shown = await loopback.slash("race", {"name": "nashville"}, FAN)
        assert not shown.failed
        await loopback.bot.in_thread(lambda: fail(filled))
        for command, options in (("driver", {"name": "larson"}), ("stages", {}), ("standings", {})):
            words = assert_plain(await loopback.slash(command, options, FAN))
            number = re.search(r"name ([0-9a-f]{6})", words)
            assert number is None or number[1] in caplog.text
        assert_plain(await loopback.press(shown, button(shown, "Sources"), FAN))
        suggested = await loopback.suggest("race", {"name": "nash"}, "name", FAN)
        assert suggested, "what is typed is still completed from memory"
        filled.dispose()


async def test_a_full_disk_is_one_plain_line_for_who_reports(
    filled: Engine, documents: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fill(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite raises it to what there is, and no page more
        cursor.close()

    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        shown = await loopback.slash("race", {"name": "nashville"}, FAN)
        filled.dispose()
        event.listen(filled, "connect", fill)
        explained = await loopback.press(shown, button(shown, "Sources"), FAN)
        form = await loopback.press(explained, button(explained, "Report a mistake"), FAN)
        for person in range(100, 400):  # until no page has room left
            form.asker = Person(person, HOME_GUILD)
            reply = await loopback.submit(form, {"text": "wrong " * 160})
            if reply.failed:
                break
        assert_plain(reply)
        assert "disk is full" in caplog.text


async def test_moderators_who_wait_keep_no_fan_waiting(seed_desk: QuestionRunner, documents: Path) -> None:
    """Four uploads that hang are as many as there are threads for moderators, and a fifth waits for one of them."""
    is_over = threading.Event()

    def hang(_: Moderation) -> None:
        is_over.wait(30)

    async with loopback_discord(seed_desk, documents) as loopback:
        uploads = [asyncio.create_task(loopback.bot.moderate(hang)) for _ in range(5)]
        await asyncio.sleep(0.05)
        answers = await asyncio.wait_for(asyncio.gather(*(ask(loopback, number) for number in range(30))), 20)
        assert not any(upload.done() for upload in uploads)
        is_over.set()
        await asyncio.gather(*uploads)
    assert not any(answer.failed for answer in answers)


async def ask(loopback: LoopbackDiscord, number: int) -> Reply:
    """One question of many."""
    return await loopback.slash("results", {"race": "nashville", "driver": f"#{(1, 4, 5, 8, 9, 11)[number % 6]}"}, FAN)


async def test_one_cause_has_one_number(filled: Engine, documents: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        await loopback.bot.in_thread(lambda: lose_the_version(filled))
        first = assert_plain(await loopback.slash("stages", {}, FAN))
        assert first == assert_plain(await loopback.slash("stages", {}, FAN))
        told = words_of(await loopback.slash("stages", {}, MODERATOR))
        assert "cannot be used: " in told, "who looks after the data is told what is wrong"


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """What the log writes from now on, as it is set up for a run: nothing twice in a minute."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(RepeatFilter())
    logging.getLogger().addHandler(handler)
    caplog.set_level(logging.WARNING)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.mark.short_lock_wait
async def test_a_locked_database_is_one_plain_line_and_its_cause_is_logged_once(
    filled: Engine, documents: Path, written: list[str]
) -> None:
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        assert not (await loopback.slash("race", {"name": "nashville"}, FAN)).failed
        filled.dispose()
        with closing(sqlite3.connect(str(filled.url.database), isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            replies = [assert_plain(await loopback.slash("stages", {}, FAN)) for _ in range(2)]
            assert time.monotonic() - began < 2 * DISCORD_WAITS_S
        (number,) = {re.findall(r"name ([0-9a-f]{6})", words)[0] for words in replies}
        (line,) = written
        assert line.startswith(f"error {number}: ")
        assert "database is locked" in line
        assert not (await loopback.slash("stages", {}, FAN)).failed


async def test_while_a_newer_program_has_the_database_fans_are_answered_and_the_operator_is_told_once(
    filled: Engine, documents: Path, written: list[str]
) -> None:
    with WatchedRunner(filled, look_interval_s=0.05, warms_up=False) as runner:
        async with loopback_discord(runner, documents) as loopback:
            await loopback.bot.in_thread(lambda: another_schema(filled))
            await loopback.bot.in_thread(lambda: rename_reports(filled))
            while not written:
                await asyncio.sleep(0.02)
            shown = await loopback.slash("race", {"name": "nashville"}, FAN)
            assert not shown.failed
            sources = await loopback.press(shown, button(shown, "Sources"), FAN)
            form = await loopback.press(sources, button(sources, "Report a mistake"), FAN)
            (number,) = re.findall(r"name ([0-9a-f]{6})", assert_plain(await loopback.submit(form, {"text": "wrong"})))
            await asyncio.sleep(0.2)  # in which the newest data is looked for four times
    told, *others = written
    assert "this bot runs an older version and has to be started again" in told
    assert [line.startswith(f"error {number}: ") for line in others] == [True]


def rename_reports(engine: Engine) -> None:
    """As a step of the schema that is still to come might do."""
    with write_session(engine) as session:
        session.connection().execute(text("ALTER TABLE mistake_report RENAME COLUMN words TO said"))
