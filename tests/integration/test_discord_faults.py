"""The bot as a process in a loopback Discord that sends what nobody can read, breaks off and is out of order."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator

pytestmark = [
    needs_simulator,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="module"),
]
ODD_DATA: tuple[object, ...] = ({}, None, [], "odd", {"id": "odd"}, {"id": 1, "type": 99, "guild_id": {}})
EVENTS = ("INTERACTION_CREATE", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_ROLE_CREATE", "CHANNEL_CREATE", "NO_SUCH_EVENT")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_discord(simulator: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loopback]:
    """A Discord with one bot for all faults: none of them ends it, and a bot takes seconds to start."""
    async with simulator.Discord(guilds=1, privileged=0) as d:
        await start(d, tmp_path_factory.mktemp("bot"))
        yield d


@pytest.fixture
def discord(running_discord: Loopback) -> Iterator[Loopback]:
    yield running_discord
    assert [bot.egress for bot in running_discord.bots] == [[]]


async def start(d: Loopback, tmp_path: Path) -> Loopback:
    seed_archive_at(tmp_path / "sim.db").dispose()
    settings = {
        "HOME_GUILD_ID": d.guilds[0].id,
        "DATABASE_URL": url_at(tmp_path / "sim.db"),
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path),
    }
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings)


def log_of(bot: Loopback) -> str:
    return bot.log if isinstance(bot.log, str) else "\n".join(bot.log)


async def is_answered(d: Loopback) -> bool:
    return "Chastain" in (await d.slash("race", name="nashville", user=d.fan)).text


async def test_what_nobody_can_read_does_not_end_the_bot(discord: Loopback) -> None:
    d = discord
    [bot] = d.bots
    begin = len(log_of(bot))
    session = d.sim.session_of(d.guilds[0])
    for event in EVENTS:
        for data in ODD_DATA:
            await session.event(event, data)
    assert await is_answered(d)
    assert "is passed over" in log_of(bot)[begin:]
    assert "Traceback" not in log_of(bot)[begin:]
    # No event but no message at all: the connection is at fault, and another is made.
    since = time.perf_counter()
    await session.socket.send(["this", "is", "no", "packet"])
    await d.connected(since=since)
    await asyncio.sleep(0.5)
    assert await is_answered(d)
    assert "has ended by a fault; a new one" in log_of(bot)


async def test_a_line_that_breaks_is_a_line_of_the_log(discord: Loopback) -> None:
    d = discord
    [bot] = d.bots
    begin = len(log_of(bot))
    for cut in (lambda: d.drop(1000), lambda: d.drop(abort=True), lambda: d.drop(4000), d.reconnect, d.invalidate):
        since = time.perf_counter()
        await cut()
        await d.connected(since=since)
    d.fault("*callback", 500, times=1)
    await d.slash("race", name="nashville", user=d.fan)
    d.fault("*callback", drop=True, times=2)
    await d.slash("race", name="nashville", user=d.fan)
    assert await is_answered(d)
    assert "Traceback" not in log_of(bot)[begin:]
    assert not re.search(r"^\s+File ", log_of(bot)[begin:], re.MULTILINE)
