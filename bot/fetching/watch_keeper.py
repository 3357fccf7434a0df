"""Keeper of the watches: looks at what is due, one page at a time for the whole deployment, for as long as it runs."""

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

from sqlmodel import Session

from bot.archive.db.engine import write_session
from bot.errors import BotError, FetchRefused
from bot.fetching.fetch import open_client
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.lease import give_back_lease, take_lease
from bot.fetching.look_up import Desk, Look, look_up, race_addresses
from bot.fetching.page_address import page_address
from bot.fetching.watch_row import WatchRow
from bot.fetching.watch_rows import (
    add_race_watches,
    due_watches,
    season_articles,
    store_watch,
    unfinished_companions,
    watch_rows,
)
from bot.fetching.web_client import WebClient
from bot.loading.automatic.watched_plan import RaceArticle
from bot.loading.moderation.operations import Operations

__all__ = ["WatchKeeper"]

T = TypeVar("T")

log = logging.getLogger(__name__)

ROUND_INTERVAL_S = 60.0
MAX_LOOKS = 20  # of a round: the articles of a season's past races are asked for over some minutes

# Tells moderators of news about a watch, within a writer's transaction.
Tell = Callable[[Session, WatchRow, str], None]


def system_clock() -> datetime:
    """The moment that it is, in UTC."""
    return datetime.now(UTC)


def tell_nobody(_: Session, watch: WatchRow, news: str) -> None:
    """Write the news into the log of the program, where moderators have no channel."""
    log.info("watch %d, %s: %s", watch.number, watch.address, news)


class WatchKeeper:
    """Keeper of the watches of one archive, for the event loop; any number of processes may have one each.

    `desk` does the work on the archive, `on_load` is awaited after a load, and `clock` says what time it is.
    """

    def __init__(
        self,
        settings: FetchSettings,
        desk: Desk,
        on_load: Callable[[], Awaitable[None]],
        tell: Tell = tell_nobody,
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        self._settings, self._desk, self._on_load, self._tell, self._clock = settings, desk, on_load, tell, clock
        self._token = secrets.token_hex(8)

    async def run(self) -> None:
        """Look in rounds until the task is ended; whatever goes wrong in one is in the log, and the next one comes."""
        while self._settings.is_on:
            [outcome] = await asyncio.gather(self.run_round(), return_exceptions=True)
            if isinstance(outcome, BotError):
                log.warning("the watched pages are looked at later: %s", outcome)
            elif isinstance(outcome, Exception):
                log.error("a round of look-ups has ended by a fault", exc_info=outcome)
            await asyncio.sleep(ROUND_INTERVAL_S)

    async def run_round(self) -> int:
        """Look at what is due, until something has been loaded; how many pages were looked at. Raises BotError."""
        now = self._clock()
        due = await self._desk(lambda operations: _write(operations, lambda session: self._due(session, now)))
        async with open_client(self._settings) as client:
            for count, number in enumerate(due):
                look = await self._look(client, number)
                if look is None:
                    return count
                if look.has_loaded:  # at most one load in a round: each takes a processor for a while
                    await self._on_load()
                    return count + 1
        return len(due)

    def _due(self, session: Session, now: datetime) -> tuple[int, ...]:
        """The numbers of the watches that are due; those of races that have begun are set up first."""
        for watch in watch_rows(session, now):
            if watch.kind == "season":
                self._follow(session, watch, season_articles(session, watch), now)
        return tuple(watch.number for watch in due_watches(session, now)[:MAX_LOOKS])

    def _follow(self, session: Session, watch: WatchRow, articles: Sequence[RaceArticle], now: datetime) -> None:
        with suppress(FetchRefused):  # its host is no longer allowed, which its own look says
            address = page_address(watch.address, self._settings.hosts)
            add_race_watches(session, watch, race_addresses(address, articles), now)

    async def _look(self, client: WebClient, number: int) -> Look | None:
        """One look within a lease of its own; None where it is another's turn, or the watch is no longer due."""
        now = self._clock()
        begun = await self._desk(
            lambda operations: _write(operations, lambda session: self._begin(session, number, now))
        )
        if begun is None:
            return None
        watch, companions = begun
        try:
            chance = random.random()
            look = await look_up(client, self._desk, watch, companions, now, chance)
            await self._desk(lambda operations: _write(operations, lambda session: self._store(session, look, now)))
        finally:
            await self._desk(lambda operations: _write(operations, self._give_back))
        return look

    def _begin(self, session: Session, number: int, now: datetime) -> tuple[WatchRow, tuple[str, ...]] | None:
        """The watch as it is now and the other pages of its season, once the lease is ours."""
        if not take_lease(session, self._token, now):
            return None
        watch = next((row for row in due_watches(session, now) if row.number == number), None)
        if watch is None:  # stopped, or looked at by another process
            give_back_lease(session, self._token)
            return None
        return watch, unfinished_companions(session, watch)

    def _store(self, session: Session, look: Look, now: datetime) -> None:
        store_watch(session, look.watch)
        self._follow(session, look.watch, [article for _, article in look.articles], now)
        if look.news:
            self._tell(session, look.watch, look.news)

    def _give_back(self, session: Session) -> None:
        give_back_lease(session, self._token)


def _write(operations: Operations, work: Callable[[Session], T]) -> T:
    """The result of work within a writer's transaction of its own."""
    with write_session(operations.engine) as session:
        return work(session)
