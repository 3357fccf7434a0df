"""Announcer: looks for news every few seconds, and has the servers told that want them."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from bot.answers.announcements.news_round import write_round
from bot.answers.announcements.prepared_news import prepare_round
from bot.errors import BotError
from bot.frontend.host import Host

__all__ = ["Announcer"]

log = logging.getLogger(__name__)

LOOK_INTERVAL_S = 5.0  # a start is told of at most this late; a look takes 2 ms with the whole history


def system_clock() -> datetime:
    """The moment that it is, in UTC."""
    return datetime.now(UTC)


class Announcer:
    """Announcer of one archive, for the event loop; any number of processes may have one each. `clock` gives UTC."""

    def __init__(self, host: Host, clock: Callable[[], datetime] = system_clock) -> None:
        self._host, self._clock = host, clock

    async def run(self) -> None:
        """Look for as long as the task runs; whatever goes wrong in one look is in the log, and the next one comes."""
        while True:
            [outcome] = await asyncio.gather(self.run_round(), return_exceptions=True)
            if isinstance(outcome, BotError):
                log.debug("news are looked for later: %s", outcome)
            elif isinstance(outcome, Exception):
                log.error("a look for news has ended by a fault", exc_info=outcome)
            await asyncio.sleep(LOOK_INTERVAL_S)

    async def run_round(self) -> int:
        """One look; how many messages are posted or changed. Raises BotError where the archive is not there."""
        now = self._clock()
        prepared = await self._host.ask(self._host.runner.operator_rules, prepare_round, now)
        if prepared.is_empty:
            return 0
        series = self._host.runner.default_series
        written = self._host.entries.submit(lambda session: write_round(session, prepared, series, now))
        count = await asyncio.wrap_future(written)
        if count:
            self._host.wake_outbox()
        return count
