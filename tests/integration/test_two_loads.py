"""Two loads at once, in one process and in two; and big loads, which a process of their own does."""

import gzip
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.answers.context import QueryContext, QuestionRunner
from bot.archive.db.engine import LOCK_WAIT_MS, open_archive, read_session, write_session
from bot.archive.models.core import FactRecord, Version
from bot.archive.models.user_data import LoadInProgress
from bot.errors import ArchiveUnusable, BotError, LoadUnderWay, NothingKnown, StalePlan
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.moderation import Moderation
from bot.loading.moderation.worker import WorkerCall, WorkerRequest
from bot.loading.moderation.worker_pool import WorkerPool
from bot.loading.state import load_lock
from bot.loading.state.load_lock import load_session
from bot.loading.stored_json import to_json
from tests.support.databases import both_engines, seed_archive_at, url_at
from tests.support.moderation import (
    ALLY,
    LAPS_CELLS,
    NO_WORKERS,
    ONLY_WORKERS,
    OTHER_LAPS_CELLS,
    PAGE,
    RECAP,
    apply_plan,
    derived_rows,
    out_of_order,
)
from tests.support.paths import SEEDS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("loads")]
SPAWNED = multiprocessing.get_context("spawn")
OTHER_PAGE = (SEEDS / PAGE).read_bytes().replace(LAPS_CELLS, OTHER_LAPS_CELLS)
BOB_LOADS = r"Bob has been loading since \d\d:\d\d:\d\d UTC"


@pytest.fixture
def desk(tmp_path: Path, documents: Path) -> Iterator[Moderation]:
    """A desk over the seeds, loaded once."""
    engine = seed_archive_at(tmp_path / "archive.db")
    yield Moderation(engine, documents, NO_WORKERS)
    engine.dispose()


@pytest.fixture
def busy_desk(desk: Moderation, documents: Path) -> Moderation:
    """A desk whose every load is done by a worker process."""
    return Moderation(desk.engine, documents, ONLY_WORKERS)


def hold(address: str, began: Event, enough: Event) -> None:
    """Load, in a process of its own, until told that it is enough."""
    with load_session(open_archive(address), "Bob"):
        began.set()
        enough.wait(60)


@both_engines
def test_the_second_of_two_in_one_process_is_told_by_whom_and_since_when(desk: Moderation) -> None:
    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    before = derived_rows(desk.engine)
    with load_session(desk.engine, "Bob"):
        for second in (lambda: desk.apply(plan.key, "Ann"), lambda: load_session(desk.engine, "Ann").__enter__()):
            with pytest.raises(LoadUnderWay, match=BOB_LOADS):
                second()
    assert derived_rows(desk.engine) == before
    assert desk.apply(plan.key, "Ann").version == 2


@both_engines
def test_the_second_of_two_processes_is_told_by_whom_and_since_when(
    desk: Moderation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits only as long as short entries take, and does not sit out the long wait for the lock."""
    waits: list[int | None] = []

    def noted(engine: Engine, wait_ms: int | None = None) -> AbstractContextManager[Session]:
        waits.append(wait_ms)
        return write_session(engine, wait_ms)

    plan = desk.plan_upload("Ann", PAGE, OTHER_PAGE)
    began, enough = SPAWNED.Event(), SPAWNED.Event()
    process = SPAWNED.Process(target=hold, args=(url_at(tmp_path / "archive.db"), began, enough))
    process.start()
    assert began.wait(60)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(load_lock, "write_session", noted)
            with pytest.raises(LoadUnderWay, match=BOB_LOADS):
                desk.apply(plan.key, "Ann")
        assert waits == [load_lock.SHORT_WAIT_MS]
        assert load_lock.SHORT_WAIT_MS < LOCK_WAIT_MS / 10
        desk.active_documents()
    finally:
        enough.set()
        process.join()
    assert process.exitcode == 0
    assert desk.apply(plan.key, "Ann").version == 2


@both_engines
def test_a_load_that_fails_is_no_longer_under_way(desk: Moderation) -> None:
    with pytest.raises(KeyError), load_session(desk.engine, "Bob"):
        raise KeyError
    with read_session(desk.engine) as session:
        assert session.get(LoadInProgress, 1) is None


@both_engines
def test_many_at_once_are_done_one_after_the_other(desk: Moderation) -> None:
    """Each plan is of the archive as it was: one is done, the others are told that it has moved on."""
    keys = [desk.plan_upload(f"{number}", f"{number}.txt", (SEEDS / RECAP).read_bytes()).key for number in range(5)]
    outcomes: list[str] = []

    def apply(key: str) -> None:
        try:
            outcomes.append(f"version {desk.apply(key, key).version}")
        except (LoadUnderWay, StalePlan) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=apply, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("version 2") == 1
    assert set(outcomes) <= {"version 2", "LoadUnderWay", "StalePlan"}
    assert len(desk.load_log()) == 2


@both_engines
def test_a_load_that_another_took_the_place_of_gives_way(desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between saying so and taking the lock somebody else may have done both."""
    monkeypatch.setattr("bot.loading.state.load_lock._announce", lambda *_: "a token of nobody")
    with pytest.raises(LoadUnderWay, match="Try again"), load_session(desk.engine, "Ann"):
        pass


def big(content: bytes) -> bytes:
    """A recap of two hundred kilobytes with so much to say of the weather."""
    filler = b"\n\nThe sun was out, and the wind was light over the whole of the infield that day.\n" * 2_500
    return content + filler


@both_engines
def test_a_process_of_its_own_does_what_the_desk_would_do(busy_desk: Moderation) -> None:
    desk = busy_desk
    before = derived_rows(desk.engine)
    plan = desk.plan_upload("Ann", f"{PAGE}.gz", gzip.compress(OTHER_PAGE))
    assert (plan.made_by, plan.upload_summary, plan.stale) == ("Ann", "race page, 2023 Ally 400", False)
    assert plan == desk.plans()[0]
    assert desk.apply(plan.key, "Ann").races == plan.report.races
    assert derived_rows(desk.engine) != before
    assert [row.by for row in desk.load_log()][:1] == ["Ann"]


def test_a_process_of_its_own_rolls_back_and_reloads_too(
    desk: Moderation, busy_desk: Moderation, documents: Path
) -> None:
    before = derived_rows(desk.engine)
    apply_plan(desk, desk.plan_upload("Ann", PAGE, OTHER_PAGE).key)
    apply_plan(busy_desk, busy_desk.plan_roll_back("Ann", 2).key)
    assert derived_rows(desk.engine) == before
    (documents / PAGE).write_bytes(OTHER_PAGE + b"\n")
    planned = busy_desk.plan_reload("Ann")
    busy_desk.discard(planned.key)
    assert busy_desk.reload("Ann").races == planned.report.races
    assert [row.by for row in desk.load_log()][:3] == ["Ann"] * 3


def test_in_a_big_archive_every_load_is_for_a_process_that_waits_for_it(desk: Moderation) -> None:
    big_desk = Moderation(desk.engine, desk.folder, LoadLimits(races=1))
    waiting = big_desk._workers._spare
    assert waiting is not None
    planned = big_desk.plan_correction("Ann", ALLY, "attendance", "41,000", "the poster")
    assert waiting.returncode == 0
    assert planned.report.races == desk.plan_correction("Ann", ALLY, "attendance", "41,000", "the poster").report.races
    apply_plan(big_desk, planned.key)
    [correction] = big_desk.corrections()
    for plan in (
        big_desk.plan_withdrawal("Ann", correction.number),
        big_desk.plan_removal("Ann", RECAP),
        big_desk.plan_tie("Ann", RECAP, ALLY),
    ):
        big_desk.discard(plan.key)
    waiting = big_desk._workers._spare
    assert waiting is not None
    big_desk.stop()
    assert waiting.wait(10) != 0


def test_a_process_that_died_while_it_waited_is_replaced(desk: Moderation) -> None:
    pool = WorkerPool(desk.engine, desk.folder, ONLY_WORKERS)
    pool.keep_spare()
    assert pool._spare is not None
    pool._spare.kill()
    pool._spare.wait(10)
    assert pool.plan(WorkerRequest("plan reload", "Ann")).made_by == "Ann"
    pool.stop()


def test_what_goes_wrong_in_it_is_said_as_here(desk: Moderation, busy_desk: Moderation) -> None:
    plan, desk = desk.plan_upload("Ann", PAGE, OTHER_PAGE), busy_desk
    with pytest.raises(BotError, match=rf"{PAGE}:\d+: "):
        desk.plan_upload("Ann", PAGE, out_of_order(OTHER_PAGE))
    with pytest.raises(BotError, match="empty"):
        desk.plan_upload("Ann", PAGE, b"")
    with pytest.raises(NothingKnown, match="no load 9"):
        WorkerPool(desk.engine, desk.folder, ONLY_WORKERS).plan(WorkerRequest("plan roll back", "Ann", number=9))
    with load_session(desk.engine, "Bob"), pytest.raises(LoadUnderWay, match=BOB_LOADS):
        desk.apply(plan.key, "Ann")


def test_a_process_that_ends_early_is_one_clear_line(busy_desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.loading.moderation.worker_pool.sys.executable", "/bin/false")
    with pytest.raises(BotError, match="cut short"):
        busy_desk.plan_upload("Ann", PAGE, OTHER_PAGE)


def test_a_load_that_takes_too_long_is_ended_and_changes_nothing(desk: Moderation) -> None:
    before = derived_rows(desk.engine)
    hasty = Moderation(desk.engine, desk.folder, LoadLimits(time_s=0.2))
    with pytest.raises(BotError, match=r"longer than the 0\.2 seconds"):
        hasty.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert (derived_rows(desk.engine), desk.plans()) == (before, ())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process asks for")
def test_a_load_that_takes_too_much_memory_is_ended_and_changes_nothing(desk: Moderation) -> None:
    lines = gzip.compress((b"a" * 36 + b"\n") * 1_000_000)
    assert len(lines) < 128_000
    careful = Moderation(desk.engine, desk.folder, LoadLimits(memory_bytes=200_000_000))
    with pytest.raises(BotError, match=r"more memory than a load may have \(200 MB\)"):
        careful.plan_upload("Ann", "lines.txt.gz", lines)
    assert desk.plans() == ()


def test_what_is_loaded_when_the_bot_stops_is_ended_with_it(desk: Moderation) -> None:
    desk_of_bot = Moderation(desk.engine, desk.folder, ONLY_WORKERS)
    stopper = threading.Timer(0.2, desk_of_bot.stop)
    stopper.start()
    with pytest.raises(BotError, match="cut short"):
        desk_of_bot.plan_upload("Ann", PAGE, OTHER_PAGE)
    with pytest.raises(BotError, match="The bot is stopping"):
        desk_of_bot.plan_upload("Ann", PAGE, OTHER_PAGE)
    assert desk.plans() == ()


def test_a_worker_process_knows_no_token_and_ends_with_the_bot(
    desk: Moderation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a secret")
    pool = WorkerPool(desk.engine, desk.folder, ONLY_WORKERS)
    process = pool._start()
    environment = Path(f"/proc/{process.pid}/environ")
    assert not environment.exists() or b"DISCORD_TOKEN" not in environment.read_bytes()
    assert process.stdin is not None
    assert process.stdout is not None
    request = WorkerRequest("reload", "Ann")
    call = WorkerCall(desk.engine.url.render_as_string(hide_password=False), Path("/nowhere"), request, 10**9)
    with process.stdout, process.stdin:
        process.stdin.write(to_json(call).encode()[:-1])  # a line that never ends: the bot dies while it writes
        process.stdin.close()
        assert process.wait(10) != 0


def test_an_archive_in_memory_is_seen_by_no_other_process(desk: Moderation, tmp_path: Path) -> None:
    assert WorkerPool(desk.engine, desk.folder, ONLY_WORKERS).is_usable
    in_memory = open_archive("sqlite://")
    assert not WorkerPool(in_memory, desk.folder, ONLY_WORKERS).is_usable
    in_memory.dispose()
    with pytest.raises(ArchiveUnusable):
        Moderation(desk.engine, tmp_path / "nowhere").reload("Ann")


def test_questions_are_answered_while_a_big_document_is_loaded(
    busy_desk: Moderation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it here would make every answer wait for the interpreter's lock: so nothing of it is read here."""
    desk = busy_desk
    answers = QuestionRunner(desk.engine)

    def asked(reader: QueryContext) -> tuple[int, int]:
        facts = reader.session.exec(select(FactRecord).where(FactRecord.race == ALLY)).all()
        return reader.session.get_one(Version, 1).number, len(facts)

    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a big document is read by the process that answers")

    seen = {answers.ask(asked)}
    done_with = threading.Event()

    def ask() -> None:
        while not done_with.wait(0.01):
            seen.add(answers.ask(asked))

    for work in (
        "bot.loading.read.reader.read_document",
        "bot.loading.moderation.operations.evaluate",
        "bot.loading.load.evaluate",
    ):
        monkeypatch.setattr(work, never)
    asker = threading.Thread(target=ask)
    asker.start()
    try:
        plan = desk.plan_upload("Ann", RECAP, big((SEEDS / RECAP).read_bytes()))
        before = answers.ask(asked)
        desk.apply(plan.key, "Ann")
        after = answers.ask(asked)
    finally:
        done_with.set()
        asker.join()
    assert (before[0], after[0]) == (1, 2)
    assert seen <= {before, after}
