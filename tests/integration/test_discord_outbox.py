"""What the bot posts unasked, in a loopback Discord: once, whatever faults, restarts, rights and processes do."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.user_data import OutboxMessage
from bot.archive.outbox import NewMessage, put_message
from bot.cards import Announcement, Card, Question
from bot.loading.stored_json import to_json
from tests.support.databases import archive_at, databases_of_kind, seed_archive_at, url_at
from tests.support.loopback_posts import discord_with_nonces
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.waits import until

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

LONGEST_WAIT_S = 60.0  # on a machine that is busy with much else; a quiet one takes one
MOST_A_SECOND = 40
FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 0.3},
    {"status": 502},
    {"drop": True},
    {"drop": True, "after": True},
)


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    async with discord_with_nonces(simulator, guilds=2) as d:
        yield d


async def start(d: Loopback, tmp_path: Path, channel: object, **more: str) -> Loopback:
    settings = {
        "HOME_GUILD_ID": d.guilds[0].id,
        "MODERATOR_CHANNEL_ID": str(channel),
        "DATABASE_URL": url_at(tmp_path / "sim.db"),
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
    }
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings | more)


def put(engine: Engine, channel: object, subject: str = "1", text: str = "A line.") -> None:
    card = Card("What there is", Question("help"), summary=text)
    body = to_json(Announcement(card, content=f"Subject {subject}: {text}"))
    with write_session(engine) as session:
        new = NewMessage("news", subject, int(str(channel)), body, datetime.now(UTC) + timedelta(hours=1))
        assert put_message(session, new)


def change(engine: Engine, **columns: object) -> None:
    with write_session(engine) as session:
        for row in session.exec(select(OutboxMessage)).all():
            for name, value in columns.items():
                setattr(row, name, value)
            session.add(row)


def states(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return list(session.exec(select(OutboxMessage.state)))


async def report(d: Loopback, words: str) -> Loopback:
    """A fan reports the card of the latest race."""
    sources = await d.click(await d.slash("race", user=d.fan), "Sources", user=d.fan)
    form = await d.click(sources, "Report a mistake", user=d.fan)
    return await d.submit(form, words=words)


async def test_a_report_is_told_once_and_its_message_says_what_became_of_it(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    channel = await d.create_channel(d.guilds[0], "mods")
    engine = seed_archive_at(tmp_path / "sim.db")
    bot = await start(d, tmp_path, channel)
    assert "Thank you" in (await report(d, "The pole is wrong.")).text
    await until(lambda: len(d.posts) == 1)
    (post,) = d.posts
    assert post.channel == channel
    assert post.content == "Somebody says that a card is wrong: The pole is wrong."
    assert post.pinged == []
    card = await d.click(post, "See the card", user=d.moderator)
    assert "Ally 400" in card.text
    assert card.ephemeral
    assert "Only moderators" in (await d.click(post, "Answer", user=d.fan)).text
    form = await d.click(post, "Answer", user=d.moderator)
    await d.submit(form, answer="It was Ross Chastain, as shown.")
    await until(lambda: post.content == "Report 1 is answered.")
    assert not post.components
    await until(lambda: _has_answer(d))
    await bot.stop()
    await start(d, tmp_path, channel)
    await report(d, "The pole is wrong still.")  # of one that is closed already: told anew
    await until(lambda: len(d.posts) == 2)
    assert set(d.nonces.values()) == {1}
    await until(lambda: states(engine) == ["sent"])
    assert d.violations == []
    engine.dispose()


async def _has_answer(d: Loopback) -> bool:
    sources = await d.click(await d.slash("race", user=d.fan), "Sources", user=d.fan)
    return "The moderators answer" in sources.text and "It was Ross Chastain, as shown." in sources.text


async def test_a_fault_of_discord_posts_nothing_twice(discord: Loopback, tmp_path: Path) -> None:
    """One bot for all the faults, each with a channel and a message of its own: a bot takes seconds to start."""
    d = discord
    channels = [await d.create_channel(d.guilds[0], f"news-{number}") for number in range(len(FAULTS))]
    engine = seed_archive_at(tmp_path / "sim.db")
    broken = [
        d.fault(f"/channels/{channel}/messages", method="POST", **fault)
        for channel, fault in zip(channels, FAULTS, strict=True)
    ]
    for number, channel in enumerate(channels):
        put(engine, channel, str(number))
    await start(d, tmp_path, channels[0])
    await until(lambda: [fault.hits for fault in broken] == [1] * len(FAULTS))
    async with asyncio.timeout(LONGEST_WAIT_S):
        while set(states(engine)) != {"sent"}:
            change_due(engine)
            await asyncio.sleep(0.2)
    told = {post.channel: post.content for post in d.posts}
    assert told == {channel: f"Subject {number}: A line." for number, channel in enumerate(channels)}
    assert len(d.posts) == len(d.nonces) == len(FAULTS)
    engine.dispose()


def change_due(engine: Engine) -> None:
    """Let the pause between two tries be over."""
    with write_session(engine) as session:
        for row in session.exec(select(OutboxMessage).where(OutboxMessage.reason != "")).all():
            row.due_at = datetime.now(UTC)
            session.add(row)


async def test_a_process_that_dies_between_claim_and_sending_posts_nothing_twice(
    discord: Loopback, tmp_path: Path
) -> None:
    d = discord
    channel = await d.create_channel(d.guilds[0], "news")
    engine, now = seed_archive_at(tmp_path / "sim.db"), datetime.now(UTC)
    put(engine, channel, "lately")
    change(engine, state="sending", tried_at=now - timedelta(minutes=1), due_at=now, tried_revision=1, nonce="n1")
    await start(d, tmp_path, channel)
    await until(lambda: states(engine) == ["sent"])
    assert d.nonces == {"n1": 1}
    put(engine, channel, "long ago")
    change(engine, state="sending", tried_at=now - timedelta(minutes=3), due_at=now, message="", tried_revision=1)
    await until(lambda: "sending" not in states(engine))
    assert len(d.posts) == 1
    status = await d.slash("data status", user=d.moderator)
    assert "News long ago" in status.text
    assert "never confirmed" in status.text
    assert d.violations == []
    engine.dispose()


async def test_a_permission_that_lacks_is_named_and_its_messages_are_kept_with_the_reason(
    discord: Loopback, tmp_path: Path
) -> None:
    d = discord
    channel = await d.create_channel(d.guilds[0], "mods")
    await d.permit(channel, d.bot_user, send_messages=False, embed_links=False)
    engine = seed_archive_at(tmp_path / "sim.db")
    bot = await start(d, tmp_path, channel)
    await until(lambda: "the bot lacks Send Messages and Embed Links in #mods" in bot.log)
    assert "Thank you" in (await report(d, "The pole is wrong.")).text
    await until(lambda: states(engine) == ["failed"])
    status = await d.slash("data status", user=d.moderator)
    assert "The bot lacks Send Messages and Embed Links in #mods" in status.text
    assert "Missing Permissions (50013)" in status.text
    await d.permit(channel, d.bot_user, send_messages=None, embed_links=None)
    assert "lacks" not in (await d.slash("data status", user=d.moderator)).text
    await d.delete_channel(channel)
    assert "no channel of the home server" in (await d.slash("data status", user=d.moderator)).text
    assert d.posts == []
    assert d.violations == []
    engine.dispose()


@pytest.mark.postgresql
async def test_two_processes_on_one_postgresql_post_each_message_once_at_a_pace_that_discord_allows(
    discord: Loopback, tmp_path: Path
) -> None:
    d = discord
    channel = await d.create_channel(d.guilds[1], "news")
    with databases_of_kind("postgresql"):
        seed_archive_at(tmp_path / "sim.db").dispose()
        engine = archive_at(tmp_path / "sim.db")
        for shard in ("0", "1"):
            await start(d, tmp_path, channel, SHARD_COUNT="2", SHARD_IDS=shard)
        for subject in range(80):
            put(engine, channel, str(subject))
        await until(lambda: set(states(engine)) == {"sent"})
        assert Counter(post.content for post in d.posts) == {f"Subject {n}: A line.": 1 for n in range(80)}
        times = sorted(post.at for post in d.posts)
        assert max(sum(at <= other < at + 1 for other in times) for at in times) <= MOST_A_SECOND
        for bot in d.bots:
            await bot.stop()
        engine.dispose()
    assert d.violations == []
