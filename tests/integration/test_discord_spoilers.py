"""Hidden results in a loopback Discord: two servers, a mention, direct messages."""

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive.db.engine import open_archive, write_session
from bot.archive.preferences.changes import save_spoilers
from bot.loading.load import load
from bot.racing.spoilers import EASTERN
from tests.support.paths import ROOT, Loopback, needs_simulator

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

SETTLE_S = 0.6
WINNER = "Zelda Quorvath"


@pytest.fixture
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    async with simulator.Discord(guilds=2, privileged=0) as d:
        yield d
        assert d.violations == []
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


def result_of_today() -> str:
    """A race of today, by the calendar of the East, which somebody new has won."""
    today = datetime.now(UTC).astimezone(EASTERN).date()
    head = "series,season,round,race,track,date,position,car,driver,team,manufacturer,laps"
    first = f"cup,{today.year},7,Example 400,Example Superspeedway,{today},1,9,{WINNER},Quorvath Racing,Ford,200"
    return "\n".join((head, first, ",,,,,,2,4,Abel Quist,Quist Racing,Ford,200", ""))


async def start(d: Loopback, folder: Path) -> None:
    """Start a bot whose archive has that race, and in which the first server hides results for a day."""
    documents, url = folder / "documents", f"sqlite:///{folder / 'sim.db'}"
    documents.mkdir()
    (documents / "today.csv").write_text(result_of_today(), encoding="utf-8")
    engine = open_archive(url)
    load(engine, documents)
    with write_session(engine) as session:
        save_spoilers(session, int(d.guilds[0].id), 24)
    engine.dispose()
    settings = {"DATABASE_URL": url, "DOCUMENTS_DIR": str(documents), "PYTHONPATH": str(ROOT)}
    await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=folder, env=settings)


async def test_each_server_and_person_sees_what_they_want_to_see(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    await start(d, tmp_path)
    hiding, open_server = d.guilds

    public = await d.slash("race", user=d.fan, guild=hiding)
    assert not public.ephemeral
    assert "hidden here until" in public.text
    assert WINNER not in str(public.components)
    shown = await d.click(public, "Show", user=d.fan)
    assert shown.ephemeral
    assert WINNER in shown.text
    assert WINNER in (await d.slash("race", user=d.fan, guild=open_server)).text
    assert (await d.autocomplete("driver", "name", "zeld", user=d.fan, guild=hiding)).names == []
    assert (await d.autocomplete("driver", "name", "zeld", user=d.fan, guild=open_server)).names == [WINNER]

    name = f"<@{d.bot_user.id}>"
    [mentioned] = await d.say(f"{name} who won the example 400", user=d.fan, guild=hiding, settle=SETTLE_S)
    assert "hidden here until" in " ".join(mentioned.texts)
    assert "Quorvath" not in str(mentioned.components)
    await own_rule(d)


async def own_rule(d: Loopback) -> None:
    """A person's own rule holds in a direct message, and is forgotten when they say so."""
    [told] = await d.say("who won the example 400", user=d.fan, guild=False, settle=SETTLE_S)
    assert WINNER in " ".join(told.texts)
    assert (await d.slash("spoilers", hours="48 hours", user=d.fan, guild=False)).ephemeral
    [hidden] = await d.say("who won the example 400", user=d.fan, guild=False, settle=SETTLE_S)
    assert WINNER not in str(hidden.components)
    assert "how long results are hidden from you" in (await d.slash("forget-me", user=d.fan, guild=False)).text
