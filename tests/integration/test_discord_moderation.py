"""The moderators' documents in a loopback Discord: rights, an upload from end to end, and a Discord that fails."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.waits import until

pytestmark = [
    needs_simulator,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="module"),
]

SHEET = b"""series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2023,18,Chicago 220,Chicago Street Course,2023-07-02,1,91,Shane van Gisbergen,Trackhouse Racing,Chevrolet,78
,,,,,,2,24,William Byron,Hendrick Motorsports,Chevrolet,78
"""
LONGEST_WAIT_S = 60.0  # on a machine that is busy with much else; a quiet one takes two
ANSWERS = "*@original"  # what edits the first response, once Discord has been told to wait
ANSWER_FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 0.5},
    {"status": 500},
    {"status": 502, "after": True},  # though it took effect
    {"drop": True},
)


@pytest_asyncio.fixture(loop_scope="module")
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    """A Discord for a bot that the test starts, and stops or kills."""
    async with simulator.Discord(guilds=2, privileged=0) as d:
        yield d
        judge(d)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_discord(simulator: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loopback]:
    """A Discord with one bot for all tests that leave it running, each with a race of its own; a bot takes seconds."""
    async with simulator.Discord(guilds=2, privileged=0) as d:
        await start(d, tmp_path_factory.mktemp("bot"))
        yield d


@pytest.fixture
def served_discord(running_discord: Loopback) -> Iterator[Loopback]:
    """That Discord, judged after each test."""
    yield running_discord
    judge(running_discord)


def judge(d: Loopback) -> None:
    """Nothing was wrong but what a test's own fault provokes."""
    assert [fault for fault in d.violations if fault.kind in {"schema", "rule", "auth", "double-ack"}] == []
    assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


async def start(d: Loopback, tmp_path: Path) -> Loopback:
    """A bot on an archive that has the seeds already, where it is not its second start."""
    archive = tmp_path / "sim.db"
    if not archive.exists():
        seed_archive_at(archive).dispose()
    settings = {
        "HOME_GUILD_ID": d.guilds[0].id,
        "MODERATOR_ROLE_IDS": str(d.guilds[0].mod_role),
        "DATABASE_URL": url_at(archive),
        "DOCUMENTS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
    }
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings)


async def planned(d: Loopback, race: str = "Chicago 220", number: int = 18) -> Loopback:
    """The plan of an upload of a race, which has this number in its season."""
    sheet = SHEET.replace(b"2023,18,Chicago 220", f"2023,{number},{race}".encode())
    plan = await d.slash("data upload", user=d.moderator, file=(f"{race}.csv", sheet))
    assert f"Read as results table, 2023 {race}" in plan.text
    assert plan.ephemeral
    return plan


async def is_loaded(d: Loopback, race: str = "Chicago 220") -> bool:
    """Whether somebody who has asked nothing before is told of a race: a person has thirty questions a minute."""
    return "Shane van Gisbergen" in (await d.slash("results", race=race, user=d.user("Another fan"))).text


async def test_an_upload_goes_in_and_is_rolled_back(served_discord: Loopback) -> None:
    d, race, faults = served_discord, "Rolled 220", len(served_discord.violations)
    plan = await planned(d, race, 20)
    assert not await is_loaded(d, race)
    done = await d.click(plan, "Apply", user=d.moderator)
    assert "1 race changed" in done.text
    assert done.ephemeral
    assert done.deferred
    assert await is_loaded(d, race)
    log = await d.slash("data log", user=d.moderator)
    back = await d.click(log, next(b["label"] for b in log.buttons if b["label"].startswith("Roll back")))
    await d.click(back, "Apply")
    assert not await is_loaded(d, race)
    template = await d.slash("data template", user=d.moderator)
    assert template.attachments[0].filename == "results.csv"
    assert b"position" in template.attachments[0].data
    assert d.violations[faults:] == []


async def test_who_is_no_moderator_here_can_do_none_of_it(served_discord: Loopback, simulator: Loopback) -> None:
    d, race = served_discord, "Refused 220"
    plan = await planned(d, race, 21)
    options: dict[str, dict[str, Any]] = {
        "data upload": {"file": ("chicago.csv", SHEET)},
        "data correct": {"race": "ally", "what": "date", "value": "2023-06-24", "reason": "x"},
        "data alias": {"kind": "driver", "alias": "nobody at all", "means": "Ross Chastain"},
        "data fetch": {"what": "2023 Ally 400"},
    }
    tree = d.commands(user=d.owner)["data"]
    for command in [f"data {sub['name']}" for sub in tree["options"]]:
        given = options.get(command, {})
        with pytest.raises(simulator.user.ClientError):
            await d.slash(command, user=d.fan, **given)
        with pytest.raises(simulator.user.ClientError):
            await d.slash(command, user=d.moderator, guild=d.guilds[1], **given)
        with pytest.raises(simulator.user.ClientError):
            await d.slash(command, user=d.moderator, guild=False, **given)
        refused = await d.slash(command, user=d.fan, force=True, **given)
        assert refused.ephemeral
        assert "Only moderators" in refused.text, command
    for label in ("Apply", "Discard"):
        refused = await d.click(plan, label, user=d.fan, force=True)
        assert refused.ephemeral
        assert "Only moderators" in refused.text
    assert not await is_loaded(d, race)
    assert "Upload of Refused 220.csv" in (await d.slash("data status", user=d.moderator)).text


async def test_a_stale_button_is_answered_after_a_restart(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    bot = await start(d, tmp_path)
    plan = await planned(d)
    other = await planned(d, "Other 200", 19)
    done = await d.click(plan, "Apply", user=d.moderator)
    assert [button["label"] for button in done.buttons] == ["See the race", "Undo"], "nothing is left to press again"
    await bot.stop()
    await start(d, tmp_path)
    stale = await d.click(other, "Apply", user=d.moderator)
    assert stale.ephemeral
    assert "The archive has changed since this was planned" in stale.text
    assert "Loaded" not in stale.text


async def test_a_load_reports_though_its_answer_fails_once(served_discord: Loopback) -> None:
    d = served_discord
    for number, fault in enumerate(ANSWER_FAULTS, 22):
        race = f"Chicago {number}"
        plan = await planned(d, race, number)
        d.fault(ANSWERS, **fault)
        done = await d.click(plan, "Apply", user=d.moderator)
        assert "1 race changed" in done.text, fault
        assert await is_loaded(d, race), fault


async def test_a_load_that_can_never_be_reported_stands_in_the_log(served_discord: Loopback) -> None:
    d, race = served_discord, "Unheard 220"
    [bot] = d.bots
    given_up = bot.log.count("given up")
    plan = await planned(d, race, 30)
    fault = d.fault(ANSWERS, drop=True, times=99)
    await d.click(plan, "Apply", user=d.moderator, wait="first")

    async def is_given_up() -> bool:
        return bool(bot.log.count("given up") > given_up)

    await until(is_given_up)
    assert fault.hits >= 2, "tried twice"
    fault.times = fault.hits
    assert await is_loaded(d, race)
    assert "Upload of Unheard 220.csv" in (await d.slash("data log", user=d.moderator)).text


async def test_a_load_is_done_though_discord_cannot_be_told_to_wait(discord: Loopback, tmp_path: Path) -> None:
    """A bot of its own: what it still sends to the press that has timed out is this fault's, whenever it comes."""
    d = discord
    await start(d, tmp_path)
    plan = await planned(d)
    fault = d.fault("*callback", drop=True)
    await d.click(plan, "Apply", user=d.moderator, timeout=0.1)

    async def is_met() -> bool:
        return bool(fault.hits)

    await until(is_met)
    await until(lambda: is_loaded(d), every_s=0.5)


async def test_a_load_goes_on_while_the_gateway_is_lost(served_discord: Loopback) -> None:
    d, race = served_discord, "Lost 220"
    plan = await planned(d, race, 32)
    done = await d.click(plan, "Apply", user=d.moderator, wait="first")
    await d.drop(abort=True)
    await d.connected()
    await done.interaction.wait(lambda: "Loaded" in done.text, LONGEST_WAIT_S)
    assert "1 race changed" in done.text
    assert await is_loaded(d, race)


async def test_a_bot_killed_while_it_loads_comes_back_with_the_old_archive_or_the_new(
    discord: Loopback, tmp_path: Path
) -> None:
    d = discord
    bot = await start(d, tmp_path)
    plan = await planned(d)
    await d.click(plan, "Apply", user=d.moderator, wait="first")
    await bot.kill()
    await start(d, tmp_path)
    status = (await d.slash("data status", user=d.moderator)).text
    log = (await d.slash("data log", user=d.moderator)).text
    if await is_loaded(d):
        assert "Upload of Chicago 220.csv" in log
    else:
        assert "Upload of Chicago 220.csv" in status
        await d.click(plan, "Apply", user=d.moderator)
        assert await is_loaded(d)
