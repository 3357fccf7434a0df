"""Two processes of the bot on one PostgreSQL, each with a shard of a loopback Discord that judges every request."""

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.archive.db.engine import open_archive, read_session
from bot.archive.models.user_data import LoadInProgress, LoadRecord
from tests.support.databases import databases_of_kind, empty_url_at, seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.postgresql import start_server_in, stop_server_in
from tests.support.waits import until

pytestmark = [
    needs_simulator,
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.xdist_group("processes"),
]
SHEET = b"""series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2023,18,Chicago 220,Chicago Street Course,2023-07-02,1,91,Shane van Gisbergen,Trackhouse Racing,Chevrolet,78
,,,,,,2,24,William Byron,Hendrick Motorsports,Chevrolet,78
"""
LONG = (
    b"\nThe sun was out, and the wind was light over the whole of the infield that day.\n" * 20_000
)  # read for a second
AWAY = "its database does not answer"


@pytest.fixture(autouse=True)
def postgresql(database_kind: str) -> Iterator[None]:
    with databases_of_kind("postgresql"):
        yield


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    """A Discord of two servers, one for each of two shards: which has one is told by its id."""
    async with simulator.Discord(guilds=2, privileged=0, shards=2) as d:
        for shard, guild in enumerate(d.guilds):
            guild.id = str((int(guild.id) >> 23 << 1 | shard) << 22 | shard)
        yield d
        assert [fault for fault in d.violations if fault.kind in {"schema", "rule", "auth", "double-ack"}] == []
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


def served_by(d: Loopback, shard: int) -> Loopback:
    """The server of this shard."""
    return d.guilds[shard]


async def start(d: Loopback, tmp_path: Path, shard: int, address: str, **more: str) -> Loopback:
    """A process with one of two shards; moderators are at home in a server of the first."""
    folder = tmp_path / str(shard)
    folder.mkdir(parents=True)
    settings = {
        "HOME_GUILD_ID": served_by(d, 0).id,
        "DATABASE_URL": address,
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
        "SHARD_COUNT": "2",
        "SHARD_IDS": str(shard),
    }
    command = [sys.executable, "-m", "bot", "run"]
    return await d.run_bot(command, cwd=folder, env=settings | more, wait="ready" if shard else "synced")


def seeds_url_at(archive: Path) -> str:
    """The address of an archive that has the seeds already."""
    seed_archive_at(archive).dispose()
    return url_at(archive)


@pytest.fixture
async def pair(discord: Loopback, tmp_path: Path) -> tuple[Loopback, Loopback]:
    """Two processes on one archive."""
    address = seeds_url_at(tmp_path / "archive.db")
    return await start(discord, tmp_path, 0, address), await start(discord, tmp_path, 1, address)


async def has_chicago(d: Loopback, shard: int) -> bool:
    """Whether the process of this shard answers from the uploaded sheet."""
    told = await d.slash("results", race="chicago 220", user=d.owner, guild=served_by(d, shard))
    return "Shane van Gisbergen" in told.text


async def planned(d: Loopback, name: str = "chicago.csv", content: bytes = SHEET) -> Loopback:
    # A plan is worked out before it is answered, which for a long document takes a while on a busy machine.
    return await d.slash("data upload", user=d.owner, guild=served_by(d, 0), file=(name, content), timeout=90)


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    """Context manager that gives the archive at an address, and closes its connections even where a test fails."""
    engine = open_archive(address)
    try:
        yield engine
    finally:
        engine.dispose()


def is_under_way(engine: Engine) -> bool:
    with read_session(engine) as session:
        return session.get(LoadInProgress, 1) is not None


async def test_a_load_by_one_is_seen_there_at_its_next_answer_and_soon_by_the_other(
    discord: Loopback, pair: tuple[Loopback, Loopback]
) -> None:
    d = discord
    assert ["told Discord the commands" in bot.log for bot in pair] == [True, False]
    plan = await planned(d)
    assert not await has_chicago(d, 1)
    await d.click(plan, "Apply", user=d.owner)
    assert await has_chicago(d, 0)
    await until(partial(has_chicago, d, 1), every_s=0.5)
    assert d.violations == []


async def test_a_press_of_a_button_that_one_made_is_answered_by_the_other(
    discord: Loopback, pair: tuple[Loopback, Loopback], tmp_path: Path
) -> None:
    """Its server has moved to another process: what one has sent is pressed at one that never saw it."""
    d, second = discord, pair[1]
    reply = await d.slash("results", race="nashville", user=d.fan, guild=served_by(d, 1))
    await second.stop()
    await start(d, tmp_path / "another", 1, second.env["DATABASE_URL"])
    assert "Page 1" in reply.text
    await d.click(reply, "▶", user=d.fan)
    assert "Page 2" in reply.text
    assert d.violations == []


async def test_one_is_killed_in_the_middle_of_a_load_and_the_other_goes_on_and_can_load(
    discord: Loopback, tmp_path: Path
) -> None:
    d, address = discord, seeds_url_at(tmp_path / "archive.db")
    loader, _ = await start(d, tmp_path, 0, address), await start(d, tmp_path, 1, address)
    plan = await planned(d, "long.txt", (SEEDS / "ally-400-recap.txt").read_bytes() + LONG)
    await d.click(plan, "Apply", user=d.owner, wait="first")

    with opened(address) as engine:
        await until(lambda: is_under_way(engine), every_s=0.05)
    os.killpg(loader.proc.pid, signal.SIGKILL)
    assert "Ross Chastain" in (await d.slash("race", name="nashville", user=d.fan, guild=served_by(d, 1))).text
    (tmp_path / "chicago.csv").write_bytes(SHEET)
    upload = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "upload", "chicago.csv", "--yes", cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT), "DOCUMENTS_DIR": str(SEEDS)},
    )  # fmt: skip
    assert await upload.wait() == 0
    await until(partial(has_chicago, d, 1), every_s=0.5)
    with opened(address) as engine, read_session(engine) as session:
        assert [row.what for row in session.exec(select(LoadRecord))][1:] == ["Upload of chicago.csv"]
        assert session.get(LoadInProgress, 1) is None


async def test_of_two_that_start_at_once_on_an_empty_database_one_loads(discord: Loopback, tmp_path: Path) -> None:
    d, address = discord, empty_url_at(tmp_path / "archive.db")
    await asyncio.gather(start(d, tmp_path, 0, address), start(d, tmp_path, 1, address))

    await until(lambda: all(d.sim.session_of(guild) for guild in d.guilds))
    for shard in (0, 1):
        reply = await d.slash("race", name="nashville", user=d.fan, guild=served_by(d, shard))
        assert "Ross Chastain" in reply.text
    with opened(address) as engine, read_session(engine) as session:
        assert [row.number for row in session.exec(select(LoadRecord).order_by(col(LoadRecord.number)))] == [1]


async def test_a_process_in_discord_is_well_until_it_is_gone(discord: Loopback, tmp_path: Path) -> None:
    address = seeds_url_at(tmp_path / "archive.db")
    bot = await start(discord, tmp_path, 1, address, TMPDIR=str(tmp_path))

    async def is_well() -> bool:
        asked = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "health", cwd=tmp_path, env=bot.env, stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        return await asked.wait() == 0

    await until(is_well)
    await bot.stop()
    assert not await is_well()


async def test_a_database_that_stops_is_one_line_and_when_it_comes_back_nothing_needs_a_restart(
    discord: Loopback, tmp_path: Path
) -> None:
    d, folder = discord, mkdtemp(prefix="spotter-stops-")
    url = start_server_in(folder)
    if url is None:
        pytest.skip("no PostgreSQL that may be stopped: pgserver has no wheel for this Python")
    address = url.render_as_string(hide_password=False)
    await start(d, tmp_path, 0, address)
    await start(d, tmp_path, 1, address)
    for _ in range(2):
        for shard in (0, 1):
            assert "Ross Chastain" in (await asked(d, shard, "nashville")).text
        stop_server_in(folder)
        for shard in (0, 1):
            reply = await asked(d, shard, "daytona")
            assert AWAY in reply.text
            assert reply.ephemeral
            assert "\n" not in reply.text.strip()
            (number,) = re.findall(r"name ([0-9a-f]{6})", reply.text)
            (line,) = [line for line in d.bots[shard].log.splitlines() if f"error {number}: " in line]
            assert "cannot be used: " in line
            assert "postgres" not in reply.text
            assert await d.autocomplete("race", "name", "nash", guild=served_by(d, shard))
        assert start_server_in(folder) == url
    for shard in (0, 1):
        assert "Ross Chastain" in (await asked(d, shard, "nashville")).text
    for bot in d.bots:
        await bot.stop()
        assert "Traceback" not in bot.log
    stop_server_in(folder)
    shutil.rmtree(folder)


async def asked(d: Loopback, shard: int, race: str) -> Loopback:
    return await d.slash("race", name=race, user=d.fan, guild=served_by(d, shard))
