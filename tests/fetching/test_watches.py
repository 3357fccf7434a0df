"""Watched pages: a season that keeps itself up to date, and all that keeps a version from being loaded unseen."""

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Race, SessionRow
from bot.archive.models.seasons import ScheduledRace, SeasonStanding
from bot.fetching.fetch_settings import FetchSettings, TimeLimits
from bot.fetching.lease import LEASE_TIME, take_lease
from bot.fetching.watch_keeper import WatchKeeper
from bot.fetching.watch_row import WatchRow
from bot.fetching.watch_rows import NewWatch, add_watch, stop_watch, watch_rows
from bot.fetching.web_address import AllowedHosts
from bot.loading.moderation.operations import Operations
from tests.support.databases import archive_at
from tests.support.loopback_wiki import LoopbackWiki, loopback_wiki
from tests.support.paths import ROOT
from tests.support.watched_season import (
    RACES,
    SEASON_TITLE,
    finish_order,
    points_after,
    race_article,
    race_title,
    season_article,
)

T = TypeVar("T")
HOUR = timedelta(hours=1)
BEFORE = datetime(2099, 1, 20, 12, tzinfo=UTC)


class Weekend:
    """A watched season against the loopback wiki, with a clock of its own."""

    def __init__(self, wiki: LoopbackWiki, settings: FetchSettings, engine: Engine, folder: Path) -> None:
        self.wiki, self.settings, self.engine, self.folder, self.now = wiki, settings, engine, folder, BEFORE
        self.operations = Operations(engine, folder)
        self.news: list[str] = []
        self.keeper = self.new_keeper(settings)

    def new_keeper(self, settings: FetchSettings) -> WatchKeeper:
        async def desk(work: Callable[[Operations], T]) -> T:
            return work(self.operations)

        async def on_load() -> None:
            return None

        def tell(_: Session, watch: WatchRow, news: str) -> None:
            self.news.append(f"{watch.kind}: {news}")

        return WatchKeeper(settings, desk, on_load, tell, lambda: self.now)

    def watch(self, *, automatic: bool = True, title: str = SEASON_TITLE, kind: str = "season") -> int:
        address = f"{self.wiki.site}/wiki/{title.replace(' ', '_')}"
        with write_session(self.engine) as session:
            return add_watch(session, NewWatch(kind, address, automatic, "Ann", self.now))

    def put(self, title: str, text: str, age: timedelta = 2 * HOUR) -> None:
        self.wiki.put(title, text, self.now - age)

    def rounds(self, count: int = 8, step: timedelta = timedelta(minutes=15)) -> None:
        """Rounds of look-ups, with time between them."""
        for _ in range(count):
            asyncio.run(self.keeper.run_round())
            self.now += step

    def watches(self) -> dict[str, WatchRow]:
        with read_session(self.engine) as session:
            return {row.address.rpartition("/")[2]: row for row in watch_rows(session, self.now)}

    def winners(self) -> dict[str, str | None]:
        """The winner of each race that has a table."""
        with read_session(self.engine) as session:
            with_table = select(SessionRow.race).where(SessionRow.session == "race", SessionRow.position == 2)
            query = select(Race.name, Race.winner).where(col(Race.key).in_(with_table)).order_by(col(Race.order_key))
            return {name or "": winner for name, winner in session.exec(query)}

    def schedule(self) -> list[tuple[str | None, str | None]]:
        with read_session(self.engine) as session:
            rows = session.exec(select(ScheduledRace).order_by(col(ScheduledRace.number)))
            return [(row.name, row.winner) for row in rows]

    def points(self) -> dict[str, float | None]:
        with read_session(self.engine) as session:
            return {row.name: row.points for row in session.exec(select(SeasonStanding))}

    def loads(self) -> list[str]:
        return [load.by for load in self.operations.load_log()]


@pytest.fixture
def weekend(wiki: LoopbackWiki, settings: FetchSettings, archive: Engine, tmp_path: Path) -> Weekend:
    return Weekend(wiki, settings, archive, tmp_path)


def run_race(weekend: Weekend, number: int) -> None:
    """A race is run, and six hours after its start its articles say how."""
    weekend.now = RACES[number - 1].starts_at + 6 * HOUR
    weekend.put(race_title(number), race_article(number), HOUR * 1.1)
    weekend.put(SEASON_TITLE, season_article(number), HOUR * 1.1)


@pytest.mark.slow
def test_a_season_from_nothing_keeps_itself_up_to_date_without_a_person(weekend: Weekend) -> None:
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch()
    weekend.rounds(2)
    assert weekend.schedule() == [(race.name, None) for race in RACES]
    for number in (1, 2, 3):
        run_race(weekend, number)
        weekend.rounds()
        assert weekend.winners() == {RACES[n - 1].name: finish_order(n)[0] for n in range(1, number + 1)}
        assert weekend.points() == {driver: float(points) for driver, points in points_after(number).items()}
    assert weekend.schedule()[3] == (RACES[3].name, None)
    assert set(weekend.loads()) == {"watch 1", "watch 2", "watch 3", "watch 4"}
    assert weekend.news == []


@pytest.mark.slow
def test_a_watch_that_begins_in_mid_season_catches_up_by_itself(weekend: Weekend) -> None:
    weekend.now = RACES[1].starts_at + 24 * HOUR
    for number in (1, 2):
        weekend.put(race_title(number), race_article(number))
    weekend.put(SEASON_TITLE, season_article(2))
    weekend.watch()
    weekend.rounds(10)
    assert weekend.winners() == {RACES[n - 1].name: finish_order(n)[0] for n in (1, 2)}
    assert weekend.points() == {driver: float(points) for driver, points in points_after(2).items()}


@pytest.fixture(scope="module")
def raced_season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weekend]:
    """A season that is watched, after its first race, made once for all tests."""
    folder = tmp_path_factory.mktemp("raced")
    engine = archive_at(folder / "archive.db")
    with loopback_wiki() as wiki:
        settings = FetchSettings("mail@example.org", AllowedHosts.of([wiki.site]), TimeLimits(2.0, 0.5, 5.0))
        weekend = Weekend(wiki, settings, engine, folder)
        weekend.put(SEASON_TITLE, season_article(0))
        weekend.watch()
        weekend.rounds(1)
        run_race(weekend, 1)
        weekend.rounds(5)
        assert weekend.winners() == {"Example 500": "Abel Quist"}
        engine.dispose()
        yield weekend


@pytest.fixture
def raced(raced_season: Weekend, tmp_path: Path) -> Iterator[Weekend]:
    """The season after its first race, with an archive of this test's own."""
    wiki, pages = raced_season.wiki, dict(raced_season.wiki.pages)
    shutil.copyfile(raced_season.folder / "archive.db", tmp_path / "archive.db")
    engine = archive_at(tmp_path / "archive.db")
    weekend = Weekend(wiki, raced_season.settings, engine, tmp_path)
    weekend.now = raced_season.now + 12 * HOUR
    wiki.requests.clear()
    yield weekend
    engine.dispose()
    wiki.behave()
    wiki.pages = pages


SWAP = (finish_order(2)[0], finish_order(2)[5])


@pytest.mark.slow
@pytest.mark.parametrize("page", ["race", "season", "old race", "old season"])
def test_a_vandalised_page_is_never_loaded_by_itself(raced: Weekend, page: str) -> None:
    # The winner and another real driver change places in every table of one page.
    old_swap = (finish_order(1)[0], finish_order(1)[5])
    if page.startswith("old"):
        raced.put(race_title(1), race_article(1, old_swap if page == "old race" else None))
        raced.put(SEASON_TITLE, season_article(1, old_swap if page == "old season" else None))
    else:
        raced.now = RACES[1].starts_at + 6 * HOUR
        raced.put(race_title(2), race_article(2, SWAP if page == "race" else None))
        raced.put(SEASON_TITLE, season_article(2, SWAP if page == "season" else None))
    before = raced.loads()
    raced.rounds(6, 3 * HOUR)
    assert raced.loads() == before
    assert raced.winners() == {"Example 500": "Abel Quist"}
    held = {name: row.held_back for name, row in raced.watches().items() if row.held_back}
    assert any(SWAP[0] in text or "Abel Quist" in text for text in held.values()), held
    assert raced.operations.plans(), "a person can look at it"


@pytest.mark.slow
def test_a_race_alone_waits_until_a_second_document_names_its_winner(raced: Weekend) -> None:
    raced.now = RACES[1].starts_at + 6 * HOUR
    raced.put(race_title(2), race_article(2))
    raced.rounds(3)
    watch = raced.watches()["2099_Sample_400"]
    assert watch.is_waiting
    assert "no second document names" in watch.held_back
    raced.now += 3 * 24 * HOUR
    raced.rounds(2, 25 * HOUR)
    assert len(raced.news) == 1, "where none comes for two days, a person is told"
    raced.put(SEASON_TITLE, season_article(2))
    raced.rounds(6)
    assert raced.winners()["Sample 400"] == finish_order(2)[0]
    assert len(raced.news) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (race_article(2, cars=12), "may not be whole"),
        (race_article(2).replace("| 7 || 7 ||", "| 8 || 8 ||", 1), "gaps"),
        ("'''2099 Sample 400''' is a race.", ""),
    ],
)
def test_a_race_whose_table_is_not_whole_is_a_plan_for_a_person(raced: Weekend, text: str, why: str) -> None:
    raced.now = RACES[1].starts_at + 6 * HOUR
    raced.put(race_title(2), text)
    before = raced.loads()
    raced.rounds(3)
    assert raced.loads() == before
    held = raced.watches()["2099_Sample_400"].held_back
    assert held
    assert why in held


def test_a_page_that_shrank_is_not_loaded(raced: Weekend) -> None:
    raced.put(SEASON_TITLE, season_article(0))
    before = raced.loads()
    raced.rounds(3, 9 * HOUR)
    assert raced.loads() == before
    assert "has shrunk" in raced.watches()["2099_NASCAR_Cup_Series"].held_back
    assert len(raced.news) == 1, "moderators are told once of each version"


def test_an_edit_war_is_waited_out(raced: Weekend) -> None:
    before = raced.loads()
    for turn in range(6):
        text = season_article(1, SWAP if turn % 2 else None) + f"\nEdit {turn}."
        raced.put(SEASON_TITLE, text, timedelta(minutes=20))
        raced.rounds(1, timedelta(minutes=40))
    assert raced.loads() == before
    assert "not stood for an hour" in raced.watches()["2099_NASCAR_Cup_Series"].held_back


def test_plans_only_means_plans_only(weekend: Weekend) -> None:
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch(automatic=False)
    weekend.rounds(3)
    assert weekend.loads() == []
    [plan] = weekend.operations.plans()
    assert weekend.news == ["season: There is a new version. A plan is made of it."]
    weekend.operations.apply(plan.key, "Ann")
    weekend.rounds(2, 25 * HOUR)
    assert weekend.operations.plans() == ()
    assert len(weekend.news) == 1


def test_what_a_moderator_took_out_of_force_does_not_come_back(raced: Weekend) -> None:
    last = raced.operations.load_log()[0]
    assert last.what == "Fetch of 2099 Example 500.wikitext"
    raced.operations.apply(raced.operations.plan_roll_back("Ann", last.number).key, "Ann")
    before = raced.loads()
    raced.put(race_title(1), race_article(1) + "\nAn edit.")
    raced.rounds(4, 9 * HOUR)
    assert raced.loads() == before
    assert "taken a version of this page out" in raced.watches()["2099_Example_500"].held_back


@pytest.mark.parametrize("manner", ["broken", "too often", "elsewhere", "missing", "cut JSON"])
def test_a_failure_keeps_what_is_held_is_told_once_and_ends_by_itself(raced: Weekend, manner: str) -> None:
    since = raced.now
    raced.wiki.misbehave(SEASON_TITLE, manner)
    before = raced.loads()
    raced.rounds(4, 25 * HOUR)
    watch = raced.watches()["2099_NASCAR_Cup_Series"]
    assert raced.loads() == before
    assert watch.failing_since is not None
    assert watch.failing_since - since < 26 * HOUR
    assert watch.failures > 1
    assert len(raced.news) == 1
    raced.wiki.behave()
    raced.rounds(2, 49 * HOUR)
    watch = raced.watches()["2099_NASCAR_Cup_Series"]
    assert (watch.failing_since, watch.failure) == (None, "")


def test_after_a_failure_the_page_is_left_alone_for_a_while(raced: Weekend) -> None:
    raced.wiki.misbehave(SEASON_TITLE, "broken")
    raced.now += 25 * HOUR
    raced.rounds(1, timedelta(minutes=1))
    asked = len(raced.wiki.requests)
    raced.rounds(5, timedelta(minutes=1))
    assert len(raced.wiki.requests) == asked


def test_a_moved_page_is_followed(raced: Weekend) -> None:
    raced.wiki.move(SEASON_TITLE, "2099 NASCAR Example Cup Series")
    raced.put("2099 NASCAR Example Cup Series", season_article(1) + "\nMoved.")
    documents = {row.name for row in raced.operations.active_documents()}
    before = len(raced.loads())
    raced.rounds(2, 25 * HOUR)
    assert len(raced.loads()) == before + 1
    assert {row.name for row in raced.operations.active_documents()} == documents


def test_an_unchanged_page_costs_one_small_request(raced: Weekend) -> None:
    raced.now += 24 * HOUR
    raced.wiki.requests.clear()
    raced.rounds(1)
    assert len(raced.wiki.requests) == 2
    assert all(path.endswith("/bare") for path in raced.wiki.asked_paths())
    assert all("If-None-Match" in headers for _, headers in raced.wiki.requests)


def test_two_processes_share_the_turns(weekend: Weekend, settings: FetchSettings) -> None:
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch()
    second = weekend.new_keeper(settings)

    async def at_once() -> tuple[int, int]:
        return await asyncio.gather(weekend.keeper.run_round(), second.run_round())

    assert sum(asyncio.run(at_once())) == 1
    assert weekend.loads() == ["watch 1"]
    assert len(weekend.wiki.requests) == 2


def test_a_process_that_was_killed_in_the_middle_is_followed_by_another(
    weekend: Weekend, settings: FetchSettings
) -> None:
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch()
    with write_session(weekend.engine) as session:
        assert take_lease(session, "killed", weekend.now)
    assert asyncio.run(weekend.new_keeper(settings).run_round()) == 0
    weekend.now += LEASE_TIME
    assert asyncio.run(weekend.new_keeper(settings).run_round()) == 1
    assert weekend.loads() == ["watch 1"]


def test_a_lease_of_a_clock_that_goes_a_little_ahead_counts(weekend: Weekend, settings: FetchSettings) -> None:
    weekend.watch()
    with write_session(weekend.engine) as session:
        assert take_lease(session, "ahead", weekend.now + timedelta(minutes=2))
    assert asyncio.run(weekend.new_keeper(settings).run_round()) == 0
    assert weekend.wiki.requests == []


def test_a_lease_of_a_clock_that_was_wrong_does_not_count(weekend: Weekend) -> None:
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch()
    with write_session(weekend.engine) as session:
        take_lease(session, "of next year", weekend.now + 9000 * HOUR)
    weekend.rounds(1)
    assert weekend.loads() == ["watch 1"]


def test_a_file_is_watched_by_what_its_host_says_of_it(weekend: Weekend) -> None:
    weekend.wiki.files["/season.wikitext"] = season_article(0).encode()
    with write_session(weekend.engine) as session:
        address = f"{weekend.wiki.site}/season.wikitext"
        add_watch(session, NewWatch("page", address, True, "Ann", weekend.now))
    weekend.rounds(3, 25 * HOUR)
    assert weekend.loads() == ["watch 1"]
    assert "If-None-Match" in weekend.wiki.requests[-1][1]


def test_a_watch_ends_with_those_of_its_races(raced: Weekend) -> None:
    assert len(raced.watches()) == 2
    with write_session(raced.engine) as session:
        stop_watch(session, 1)
    raced.wiki.requests.clear()
    raced.rounds(3, 25 * HOUR)
    assert (raced.watches(), raced.wiki.requests) == ({}, [])


KEEPER = """
import asyncio, sys
from pathlib import Path
from bot.archive.db.engine import open_archive
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.watch_keeper import WatchKeeper
from bot.fetching.web_address import AllowedHosts
from bot.loading.moderation.operations import Operations

url, site = sys.argv[1:]
operations = Operations(open_archive(url), Path("no folder"))
async def desk(work):
    return await asyncio.to_thread(work, operations)
async def on_load():
    pass
settings = FetchSettings("mail@example.org", AllowedHosts.of([site]))
asyncio.run(WatchKeeper(settings, desk, on_load).run_round())
"""


@pytest.mark.slow
@pytest.mark.xdist_group("processes")
def test_a_process_killed_while_it_looks_leaves_the_archive_and_another_goes_on(
    weekend: Weekend, settings: FetchSettings
) -> None:
    weekend.now = datetime.now(UTC)
    weekend.put(SEASON_TITLE, season_article(0))
    weekend.watch()
    weekend.wiki.misbehave(SEASON_TITLE, "hangs")
    url = weekend.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen([sys.executable, "-c", KEEPER, url, weekend.wiki.site], cwd=ROOT) as killed:
        deadline_s = time.monotonic() + 60
        while not weekend.wiki.requests and time.monotonic() < deadline_s:
            time.sleep(0.05)
        assert weekend.wiki.requests
        killed.kill()
    weekend.wiki.behave()
    weekend.now = datetime.now(UTC)
    assert asyncio.run(weekend.new_keeper(settings).run_round()) == 0, "the lease of the killed one is not over yet"
    assert weekend.loads() == []
    weekend.now = datetime.now(UTC) + LEASE_TIME
    assert asyncio.run(weekend.new_keeper(settings).run_round()) == 1
    assert weekend.loads() == ["watch 1"]
