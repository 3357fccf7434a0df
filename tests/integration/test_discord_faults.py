"""The bot as a process in a loopback Discord that sends what nobody can read, breaks off and is out of order."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]
ODD_DATA: tuple[object, ...] = ({}, None, [], "odd", {"id": "odd"}, {"id": 1, "type": 99, "guild_id": {}})
EVENTS = ("INTERACTION_CREATE", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_ROLE_CREATE", "CHANNEL_CREATE", "NO_SUCH_EVENT")


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    async with simulator.Discord(guilds=1, privileged=0) as d:
        yield d
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


async def start(d: Loopback, tmp_path: Path, **more: str) -> Loopback:
    settings = {
        "HOME_GUILD_ID": d.guilds[0].id,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'sim.db'}",
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path),
    }
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings | more)


def log_of(bot: Loopback) -> str:
    return bot.log if isinstance(bot.log, str) else "\n".join(bot.log)


async def is_answered(d: Loopback) -> bool:
    return "Chastain" in (await d.slash("race", name="nashville", user=d.fan)).text


async def test_what_nobody_can_read_does_not_end_the_bot(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    bot = await start(d, tmp_path)
    session = d.sim.session_of(d.guilds[0])
    for event in EVENTS:
        for data in ODD_DATA:
            await session.event(event, data)
    assert await is_answered(d)
    assert "is passed over" in log_of(bot)
    assert "Traceback" not in log_of(bot)
    # No event but no message at all: the connection is at fault, and another is made.
    since = time.perf_counter()
    await session.socket.send(["this", "is", "no", "packet"])
    await d.connected(since=since)
    await asyncio.sleep(0.5)
    assert await is_answered(d)
    assert "has ended by a fault; a new one" in log_of(bot)


async def test_a_line_that_breaks_is_a_line_of_the_log(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    bot = await start(d, tmp_path)
    for cut in (lambda: d.drop(1000), lambda: d.drop(abort=True), lambda: d.drop(4000), d.reconnect, d.invalidate):
        since = time.perf_counter()
        await cut()
        await d.connected(since=since)
    d.fault("*callback", 500, times=1)
    await d.slash("race", name="nashville", user=d.fan)
    d.fault("*callback", drop=True, times=2)
    await d.slash("race", name="nashville", user=d.fan)
    assert await is_answered(d)
    assert "Traceback" not in log_of(bot)
    assert not re.search(r"^\s+File ", log_of(bot), re.MULTILINE)
