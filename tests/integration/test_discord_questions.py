"""Questions in plain English in a loopback Discord: as a command, in a mention, in a direct message, in a reply."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

SETTLE_S = 0.6  # an answer takes some 50 ms; what is not there by then is silence


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    async with simulator.Discord(guilds=1, privileged=0) as d:
        yield d
        assert d.violations == []
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


async def start(d: Loopback, tmp_path: Path) -> None:
    seed_archive_at(tmp_path / "sim.db").dispose()
    settings = {
        "DATABASE_URL": url_at(tmp_path / "sim.db"),
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
    }
    await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings)


async def test_a_question_is_answered_wherever_it_is_asked(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    await start(d, tmp_path)
    name = f"<@{d.bot_user.id}>"

    reply = await d.slash("ask", question="who won stage 1 at nashville", user=d.fan)
    assert not reply.ephemeral
    assert "Tyler Reddick won stage 1" in reply.text

    [mentioned] = await d.say(f"{name} who won stage 2 at nashville", user=d.fan, settle=SETTLE_S)
    assert "Denny Hamlin won stage 2" in " ".join(mentioned.texts)
    assert not mentioned.pinged

    [written] = await d.say("who had the pole?", user=d.fan, guild=False, settle=SETTLE_S)
    assert "Ross Chastain won the pole" in " ".join(written.texts)

    [followed] = await d.say(f"{name} and stage 1?", user=d.fan, reply_to=mentioned, settle=SETTLE_S)
    assert "Tyler Reddick won stage 1" in " ".join(followed.texts)
    await ask_nobody(d, name, followed)


async def ask_nobody(d: Loopback, name: str, answer: Loopback) -> None:
    """What is not asked of the bot gets no answer, and what is no question a polite line."""
    channel = answer.channel
    assert await d.say("who won stage 2 at nashville", user=d.fan, channel=channel, settle=SETTLE_S) == []
    assert await d.say("@everyone who won", user=d.owner, channel=channel, settle=SETTLE_S) == []
    assert await d.say("lol thanks", user=d.fan, reply_to=answer, settle=SETTLE_S) == []
    [polite] = await d.say(f"{name} how are you", user=d.fan, channel=channel, settle=SETTLE_S)
    assert "That is no race question." in " ".join(polite.texts)
    await d.permit(channel, d.bot_user, send_messages=False)
    assert await d.say(f"{name} who won", user=d.fan, channel=channel, settle=SETTLE_S) == []
