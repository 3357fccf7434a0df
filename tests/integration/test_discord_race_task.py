"""A moderator's task, measured: a race of 2024, its recap and the points after it, by README and /help alone."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.race_2024 import PAGE_2024, POINTS_2024, RECAP_2024, WINNER_2024

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

MOST_COMMANDS = 5  # typed, from the first look at /help until all three are in; it was twelve once, with four dead ends
FILES = {"file": ("page.txt", PAGE_2024), "file2": ("recap.txt", RECAP_2024)}


async def test_a_race_its_recap_and_its_points_go_in_with_five_commands_and_no_dead_end(
    simulator: Loopback, tmp_path: Path
) -> None:
    typed: list[str] = []
    async with simulator.Discord(guilds=1, privileged=0) as d:
        archive = tmp_path / "sim.db"
        seed_archive_at(archive).dispose()
        settings = {
            "HOME_GUILD_ID": d.guilds[0].id,
            "DATABASE_URL": url_at(archive),
            "DOCUMENTS_DIR": str(SEEDS),
            "PYTHONPATH": str(ROOT),
        }
        await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings)

        async def type_in(command: str, options: Mapping[str, object]) -> Loopback:
            typed.append(command)
            answer = await d.slash(command, dict(options), user=d.moderator)
            assert not answer.timed_out
            return answer

        help_card = await type_in("help", {"command": "data upload"})
        assert "up to ten or a zip" in help_card.text
        plan = await type_in("data upload", FILES)
        assert f"**Winner** {WINNER_2024}" in plan.text
        assert "look wrong" not in plan.text
        card = await d.click(plan, "See the card", user=d.moderator)
        assert f"{WINNER_2024} won the 2024 Cumberland 300" in card.text
        done = await d.click(plan, "Apply", user=d.moderator)
        assert [button["label"] for button in done.buttons] == ["See the race", "Undo"]
        points = await type_in("data upload", {"file": ("points.csv", POINTS_2024.encode()), "race": "cumberland 300"})
        assert f"**Points leader, drivers** nobody → {WINNER_2024}" in points.text
        await d.click(points, "Apply", user=d.moderator)
        standings = await d.slash("standings", after="cumberland 300", user=d.fan)
        assert WINNER_2024 in standings.text
        assert "683" in standings.text
        recap = await d.slash("recap", race="cumberland 300", user=d.fan)
        assert "won Stage 2 ahead of" in recap.text
        assert d.violations == []
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]
    assert len(typed) <= MOST_COMMANDS, typed
    print(f"{len(typed)} commands: {', '.join(typed)}")
