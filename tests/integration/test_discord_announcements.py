"""Announcements in a loopback Discord: several servers, who is pinged, rights, kicks, restarts, processes, the pace."""

import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import FactRecord, Race, SessionRow, Version
from bot.archive.models.preferences import ServerPreference
from bot.archive.models.seasons import ScheduledRace
from bot.archive.models.user_data import OutboxMessage
from bot.archive.news import store_news_version
from bot.archive.preferences.changes import AnnouncementChoice, save_announcements, save_spoilers
from bot.archive.preferences.rules import ANNOUNCEMENT_KINDS
from bot.racing.spoilers import EASTERN
from tests.support.databases import seed_archive_at, url_at
from tests.support.loopback_posts import discord_with_nonces
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.waits import until

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

MOST_A_SECOND = 40
RACE = "cup-2023-17"


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    async with discord_with_nonces(simulator, guilds=4) as d:
        yield d


async def start(d: Loopback, tmp_path: Path, **more: str) -> Loopback:
    settings = {"DATABASE_URL": url_at(tmp_path / "sim.db"), "DOCUMENTS_DIR": str(SEEDS), "PYTHONPATH": str(ROOT)}
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings | more)


def load(session: Session) -> None:
    """Let there be another data version, as after a load just now."""
    version = session.get_one(Version, 1)
    version.number, version.loaded_at = version.number + 1, datetime.now(UTC)
    session.add(version)


def win(session: Session, driver: str) -> None:
    """Let a driver have won the race, and the race have been today."""
    today = datetime.now(EASTERN).date()
    session.exec(update(Race).where(col(Race.key) == RACE).values(day=today, winner=driver))
    session.exec(
        update(FactRecord).where(col(FactRecord.race) == RACE, col(FactRecord.field) == "winner").values(value=driver)
    )
    load(session)


def starts_soon(name: str, series: str = "cup") -> ScheduledRace:
    """A race that starts in half an hour."""
    start = datetime.now(UTC) + timedelta(minutes=30)
    return ScheduledRace(
        series=series, season=start.year, number=1, name=name, track="Nashville Superspeedway", day=start.date(),
        start=f"{start:%H:%M}", zone="UTC", starts_at=f"{start:%Y-%m-%dT%H:%M:%SZ}", document="page.txt", line=1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has announcements in a channel, and its role."""

    guild: Loopback
    channel: str
    role: str

    def rows(self, engine: Engine) -> list[str]:
        with read_session(engine) as session:
            query = select(OutboxMessage.state).where(OutboxMessage.channel == str(self.channel))
            return list(session.exec(query))


async def servers_of(d: Loopback, engine: Engine) -> list[Server]:
    """Servers that all have everything announced and one role pinged; a first look at the data lies behind them."""
    servers = []
    for guild in d.guilds:
        channel = await d.create_channel(guild, "race-news")
        role = await d.create_role(guild, "Fans", d.fan, mentionable=True)
        servers.append(Server(guild, channel, role))
    with write_session(engine) as session:
        for server in servers:
            choice = AnnouncementChoice(int(server.channel), frozenset(ANNOUNCEMENT_KINDS), int(server.role))
            save_announcements(session, int(server.guild.id), choice)
        store_news_version(session, session.get_one(Version, 1).number, datetime.now(UTC))
    return servers


def posts_in(d: Loopback, server: Server) -> list[Loopback]:
    return [post for post in d.posts if post.channel == server.channel]


def failures(engine: Engine, server: Server) -> tuple[int, str]:
    with read_session(engine) as session:
        row = session.get_one(ServerPreference, str(server.guild.id))
        return row.failures, row.failure


async def test_each_server_reads_its_own_and_a_channel_that_refuses_three_is_left_alone(
    discord: Loopback, tmp_path: Path
) -> None:
    d, engine = discord, seed_archive_at(tmp_path / "sim.db")
    everything, hiding, forbidden, kicked = await servers_of(d, engine)
    await d.permit(forbidden.channel, d.bot_user, send_messages=False)
    await d.kick(kicked.guild)
    with write_session(engine) as session:
        save_spoilers(session, int(hiding.guild.id), 24)
        session.add(starts_soon("Lakeside 250"))
        win(session, "Ross Chastain")
    bot = await start(d, tmp_path)
    await until(lambda: [len(posts_in(d, one)) for one in (everything, hiding)] == [3, 3])
    texts = [post.content for post in posts_in(d, everything)]
    assert any("Ross Chastain won the 2023 Ally 400" in text for text in texts)
    assert any("The Lakeside 250 starts on" in text for text in texts)
    for server in (everything, hiding):
        for post in posts_in(d, server):
            assert post.pinged == [server.role]
    veiled = " ".join(f"{post.content} {post.embeds}" for post in posts_in(d, hiding))
    assert "There is a result of the 2023 Ally 400; results are hidden here for now." in veiled
    assert "Chastain" not in veiled
    await until(lambda: failures(engine, forbidden)[0] == 3)
    assert "Missing Permissions" in failures(engine, forbidden)[1]
    assert posts_in(d, kicked) == posts_in(d, forbidden) == []
    await bot.stop()
    posted = len(d.posts)
    with write_session(engine) as session:
        session.exec(update(SessionRow).where(col(SessionRow.race) == RACE).values(status="Disqualified"))
        win(session, "Martin Truex Jr.")
        session.add(starts_soon("Lakeside 300", "nxs"))
        session.add(starts_soon("Hillside 100", "truck"))
    await start(d, tmp_path)
    result = next(post for post in posts_in(d, everything) if "won the 2023 Ally 400" in post.content)
    await until(lambda: "Martin Truex Jr. won the 2023 Ally 400" in result.content)
    assert len(d.posts) == posted  # other series are not announced here, and what was told is edited
    assert set(d.nonces.values()) == {1}
    assert forbidden.rows(engine) == ["failed"] * 3
    engine.dispose()


async def test_two_processes_tell_two_hundred_servers_once_each_at_a_pace_that_discord_allows(
    simulator: Loopback, tmp_path: Path
) -> None:
    async with discord_with_nonces(simulator, guilds=200) as d:
        engine = seed_archive_at(tmp_path / "sim.db")
        with write_session(engine) as session:
            for guild in d.guilds:
                choice = AnnouncementChoice(int(guild.channels[0]), frozenset(["next"]))
                save_announcements(session, int(guild.id), choice)
            store_news_version(session, session.get_one(Version, 1).number, datetime.now(UTC))
        for shard in ("0", "1"):
            await start(d, tmp_path, SHARD_COUNT="2", SHARD_IDS=shard)
        limit = d.fault("*messages", method="POST", status=429, retry_after=1, times=3)
        with write_session(engine) as session:
            session.add(starts_soon("Lakeside 250"))
            load(session)
        await until(lambda: len(d.posts) >= len(d.guilds))
        assert limit.hits == 3
        assert Counter(post.channel for post in d.posts) == {guild.channels[0]: 1 for guild in d.guilds}
        times = sorted(post.at for post in d.posts)
        assert max(sum(at <= other < at + 1 for other in times) for at in times) <= MOST_A_SECOND
        for bot in d.bots:
            await bot.stop()
        engine.dispose()
