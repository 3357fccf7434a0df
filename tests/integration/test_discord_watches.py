"""A watched page with two bots on one archive: it is looked at once, and loaded once."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.fetching import Watch
from bot.archive.models.user_data import LoadRecord
from bot.fetching.watch_rows import NewWatch, add_watch
from tests.support.databases import seed_archive_at, url_at
from tests.support.loopback_wiki import loopback_wiki
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.watched_season import SEASON_TITLE, season_article

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

LONGEST_WAIT_S = 60.0
PAUSE_S = 1.0  # in which a second look would have come: both processes look as soon as they start


def loads_of_watches(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return [by for by in session.exec(select(LoadRecord.by)) if by.startswith("watch")]


def looked_at(engine: Engine) -> list[datetime | None]:
    with read_session(engine) as session:
        return list(session.exec(select(Watch.looked_at).order_by(col(Watch.number))))


async def test_of_two_processes_with_one_watch_one_looks_and_loads(simulator: Loopback, tmp_path: Path) -> None:
    engine = seed_archive_at(tmp_path / "sim.db")
    with loopback_wiki() as wiki:
        wiki.put(SEASON_TITLE, season_article(0))
        address = f"{wiki.site}/wiki/{SEASON_TITLE.replace(' ', '_')}"
        with write_session(engine) as session:
            add_watch(session, NewWatch("season", address, is_automatic=True, by="Ann", at=datetime.now(UTC)))
        async with simulator.Discord(privileged=0) as d:
            settings = {
                "DATABASE_URL": url_at(tmp_path / "sim.db"),
                "DOCUMENTS_DIR": str(SEEDS),
                "PYTHONPATH": str(ROOT),
                "CONTACT": "mail@example.org",
                "FETCH_HOSTS": wiki.site,
                "SHARD_COUNT": "2",
            }
            command = [sys.executable, "-m", "bot", "run"]
            await asyncio.gather(
                *(d.run_bot(command, cwd=tmp_path, env={**settings, "SHARD_IDS": shard}) for shard in ("0", "1"))
            )
            async with asyncio.timeout(LONGEST_WAIT_S):
                while not (loads_of_watches(engine) and all(looked_at(engine))):
                    await asyncio.sleep(0.05)
            await asyncio.sleep(PAUSE_S)
            page = f"/w/rest.php/v1/page/{SEASON_TITLE.replace(' ', '_')}"
            assert wiki.asked_paths() == [f"{page}/bare", page]  # is there something new; what is it
            assert loads_of_watches(engine) == ["watch 1"]
            assert d.violations == []
            for bot in d.bots:
                await bot.stop()
    engine.dispose()
