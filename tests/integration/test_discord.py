"""The bot as a process in a loopback Discord that judges every request, where that Discord is beside this project."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.frontend.components import BACK, ON, SHARE
from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator

pytestmark = [
    needs_simulator,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(loop_scope="module")
async def discord(simulator: Loopback) -> AsyncIterator[Loopback]:
    """A Discord for a bot that the test starts."""
    async with simulator.Discord(guilds=2, privileged=0) as d:
        yield d
        judge(d)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_discord(simulator: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loopback]:
    """A Discord with one bot for all tests that only ask it; a bot takes seconds to start."""
    async with simulator.Discord(guilds=2, privileged=0) as d:
        await start(d, tmp_path_factory.mktemp("bot"))
        yield d


@pytest.fixture
def asked_discord(running_discord: Loopback) -> Iterator[Loopback]:
    """That Discord, judged after each test. A person has thirty questions a minute in all of them together."""
    yield running_discord
    judge(running_discord)


def judge(d: Loopback) -> None:
    """Nothing that was sent broke a rule of Discord, and nothing went anywhere else."""
    assert d.violations == []
    assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]


async def start(d: Loopback, tmp_path: Path, **more: str) -> Loopback:
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
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings | more)


COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("race", {"name": "nashville"}),
    ("results", {"race": "ally", "session": "Qualifying"}),
    ("stages", {}),
    ("standings", {"championship": "manufacturers"}),
    ("driver", {"name": "#1", "season": 2023}),
    ("recap", {"about": "stage 2"}),
    ("help", {"command": "race"}),
)


async def test_every_command_and_autocomplete_answers_in_servers_and_messages(asked_discord: Loopback) -> None:
    d = asked_discord
    for command, options in COMMANDS:
        for guild in (d.guilds[0], d.guilds[1], False):
            reply = await d.slash(command, user=d.fan, guild=guild, **options)
            assert reply.components, (command, reply)
            assert not reply.embeds
            assert not reply.ephemeral, reply.text
    for command, option in (
        ("race", "name"), ("results", "race"), ("results", "session"), ("results", "driver"), ("results", "team"),
        ("results", "manufacturer"), ("stages", "race"), ("recap", "race"), ("standings", "series"),
        ("standings", "season"), ("standings", "after"), ("driver", "name"), ("driver", "season"), ("help", "command"),
    ):  # fmt: skip
        assert await d.autocomplete(command, option, ""), (command, option)


async def test_the_menu_of_a_message_tells_the_person_alone_which_race_it_speaks_of(asked_discord: Loopback) -> None:
    d = asked_discord
    await d.say("what a race that Ally 400 was", user=d.fan)
    reply = await d.menu("Which race is this?", message=d.said, user=d.owner)
    assert reply.ephemeral
    assert "Ross Chastain won the 2023 Ally 400" in reply.text
    await d.say("good morning", user=d.fan)
    assert "names no race" in (await d.menu("Which race is this?", message=d.said, user=d.owner)).text


async def test_buttons_keep_their_law_over_a_restart(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    bot = await start(d, tmp_path)
    reply = await d.slash("results", race="nashville", user=d.fan)
    await d.click(reply, ON, user=d.fan)
    assert "Page 2" in reply.text
    other = await d.click(reply, ON, user=d.owner)
    assert other.ephemeral
    assert "Page 3" in other.text
    assert "Page 2" in reply.text
    follow_up = next(b["label"] for b in reply.buttons if b["custom_id"].startswith("2f"))
    private = await d.click(reply, follow_up, user=d.owner)
    assert private.ephemeral
    sharing = await d.click(private, SHARE, user=d.owner)
    async with asyncio.timeout(5):  # the private reply says it first
        while not sharing.followups:
            await asyncio.sleep(0.02)
    [shared] = sharing.followups
    assert not shared.pinged
    assert f"Shared by {d.owner.name}" in " ".join(shared.texts)
    unknown = await d.slash("driver", name="chase elliot chastain", user=d.fan)
    assert unknown.ephemeral
    [select] = unknown.selects
    assert not (await d.select(unknown, select["custom_id"], select["options"][0]["label"], user=d.fan)).ephemeral
    await bot.stop()
    again = await start(d, tmp_path)
    assert again.synced_s is None, "the commands had not changed"
    await d.click(reply, BACK, user=d.fan)
    assert "Page 1" in reply.text


async def test_a_button_of_an_older_version_is_answered(asked_discord: Loopback) -> None:
    d = asked_discord
    reply = await d.slash("stages", user=d.owner)
    reply.buttons[0]["custom_id"] = "old:race:17"
    answer = await d.click(reply, "old:race:17", user=d.owner)
    assert answer.ephemeral
    assert "older version" in answer.text


async def test_moderators_have_the_data_at_home_and_nobody_else_anywhere(
    asked_discord: Loopback, simulator: Loopback
) -> None:
    d = asked_discord
    assert "data" in d.commands(user=d.moderator)
    assert "data" not in d.commands(user=d.fan)
    assert "data" not in d.commands(guild=d.guilds[1], user=d.owner)
    for command in ("data status", "data reload"):
        reply = await d.slash(command, user=d.moderator)
        assert reply.ephemeral
        assert "Only moderators" not in reply.text
        with pytest.raises(simulator.user.ClientError):
            await d.slash(command, user=d.fan)
        refused = await d.slash(command, user=d.fan, force=True)
        assert refused.ephemeral
        assert "Only moderators" in refused.text
        with pytest.raises(simulator.user.ClientError):
            await d.slash(command, user=d.owner, guild=False)


async def test_the_log_holds_neither_the_token_nor_what_people_typed(asked_discord: Loopback) -> None:
    d = asked_discord
    [bot] = d.bots
    await d.slash("driver", name="nobody-has-this-name", user=d.moderator)
    assert d.sim.token not in bot.log
    assert "nobody-has-this-name" not in bot.log


async def test_a_wrong_token_is_one_line(discord: Loopback, tmp_path: Path) -> None:
    d = discord
    seed_archive_at(tmp_path / "sim.db").dispose()
    bot = await d.run_bot(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={
            "DATABASE_URL": url_at(tmp_path / "sim.db"), "DOCUMENTS_DIR": str(SEEDS), "PYTHONPATH": str(ROOT),
            "DISCORD_TOKEN": "wrong", "LOG_LEVEL": "ERROR",
        },
        wait="none",
    )  # fmt: skip
    assert await bot.proc.wait() == 1
    await bot.pump
    assert "DISCORD_TOKEN is not accepted" in bot.log
    assert "Traceback" not in bot.log
    d.violations[:] = [v for v in d.violations if v.kind != "auth"]
