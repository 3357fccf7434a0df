"""Answers while the bot loads a watched page by itself, which it looks at as soon as it starts."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, func, select, update

from benchmarks.archives import Archive
from benchmarks.questions import FanQuestion
from benchmarks.traffic import Loopback, TrafficRun, run_spotter, send
from bot.archive.db.engine import open_archive, read_session, write_session
from bot.archive.models.fetching import FetchLease, Watch
from bot.archive.models.user_data import LoadRecord
from bot.fetching.watch_rows import NewWatch, add_watch
from tests.support.loopback_wiki import LoopbackWiki, loopback_wiki
from tests.support.watched_season import SEASON_TITLE, season_article

__all__ = ["ask_during_automatic_loads"]

LONGEST_LOAD_S = 120.0
CHANNELS = ("Fox", "NBC")  # each version of the article has another one, so that each is something to load


async def ask_during_automatic_loads(
    discord: Loopback, archive: Archive, questions: Sequence[FanQuestion], rate: float
) -> tuple[TrafficRun, int]:
    """What was answered while versions of a watched season were loaded, and how many loads there were.

    The bot looks at what is due when it starts: so it is started for each version, and asked from the start on.
    """
    engine, run = open_archive(archive.url), TrafficRun()
    size, loads = len(questions) // len(CHANNELS), _load_count(engine)
    with loopback_wiki() as wiki:
        settings = {"CONTACT": "mail@example.org", "FETCH_HOSTS": wiki.site}
        _watch(engine, wiki)
        for number, channel in enumerate(CHANNELS):
            wiki.put(SEASON_TITLE, season_article(0).replace("Fox", channel))
            _make_due(engine)
            bot = await run_spotter(discord, archive, settings)
            run.add(await send(discord, bot, questions[number * size : (number + 1) * size], rate))
            await _until_loaded(engine, loads + number + 1)
            await bot.stop()
        loads = _load_count(engine) - loads
    engine.dispose()
    return run, loads


async def _until_loaded(engine: Engine, loads: int) -> None:
    async with asyncio.timeout(LONGEST_LOAD_S):
        while _load_count(engine) < loads or _is_looking(engine):
            await asyncio.sleep(0.1)


def _watch(engine: Engine, wiki: LoopbackWiki) -> None:
    address = f"{wiki.site}/wiki/{SEASON_TITLE.replace(' ', '_')}"
    with write_session(engine) as session:
        add_watch(session, NewWatch("season", address, is_automatic=True, by="Ann", at=datetime.now(UTC)))


def _make_due(engine: Engine) -> None:
    with write_session(engine) as session:
        long_ago = datetime.now(UTC) - timedelta(days=2)
        session.exec(update(Watch).where(col(Watch.looked_at).is_not(None)).values(looked_at=long_ago))


def _is_looking(engine: Engine) -> bool:
    """Whether a look still goes on: a process that ends within one leaves its turn to nobody for ten minutes."""
    with read_session(engine) as session:
        return session.exec(select(FetchLease.token)).first() is not None


def _load_count(engine: Engine) -> int:
    with read_session(engine) as session:
        return session.exec(select(func.count()).select_from(LoadRecord)).one()
