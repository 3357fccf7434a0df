"""Announcements to two hundred servers at once: how long it takes, at which pace, and what fans wait for meanwhile."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlmodel import Session

from benchmarks.archives import Archive, build_archive, copy_documents
from benchmarks.catalogue import read_catalogue
from benchmarks.questions import draw_questions
from benchmarks.scale import Scale
from benchmarks.table import print_table, ratio_row, value_row
from benchmarks.traffic import Loopback, TrafficRun, log_lines, run_spotter, send, simulator
from bot.archive.db.engine import open_archive, write_session
from bot.archive.models.seasons import ScheduledRace
from bot.archive.preferences.changes import AnnouncementChoice, save_announcements

__all__ = ["measure"]

SERVERS = 200
RATE = 20
LONGEST_WAIT_S = 120.0
LOOK_S = 5.0  # the bot looks for news so often: a start may be told of so late
MOST_A_SECOND, MOST_SECONDS = 40, 10.0  # twenty-eight a second leave after the first
MAX_LATE_RATIO = 8


def measure(history: tuple[Path, ...], work: Path, scale: Scale) -> None:
    """Ask before and while all servers are told that a race starts, and print the table."""
    archive = build_archive(work / "announcements.db", copy_documents(work / "announcements", history))
    asyncio.run(_measure(archive, scale.announcements))


async def _measure(archive: Archive, count: int) -> None:
    async with simulator().Discord(guilds=SERVERS, members=3, privileged=0) as discord:
        engine = open_archive(archive.url)
        with write_session(engine) as session:
            _choose(session, discord)
        bot = await run_spotter(discord, archive)
        questions = draw_questions(
            read_catalogue(archive.database), discord.commands(user=discord.fan), 2 * count + RATE
        )
        await send(discord, bot, questions[:RATE], RATE)
        before = await send(discord, bot, questions[RATE : RATE + count], RATE)
        with write_session(engine) as session:
            session.add(_race_soon())
        due_s = time.perf_counter()
        await _until(discord, 1)
        meanwhile = await send(discord, bot, questions[RATE + count :], RATE)
        await _until(discord, SERVERS)
        engine.dispose()
        _print(sorted(post.at for post in discord.posts), due_s, before, meanwhile)
        for line in log_lines(bot)[:5]:
            print(f"- {line[:300]}")


def _choose(session: Session, discord: Loopback) -> None:
    """Have every server told of starts in its first channel."""
    for guild in discord.guilds:
        choice = AnnouncementChoice(int(guild.channels[0]), frozenset(["next"]))
        save_announcements(session, int(guild.id), choice)


def _race_soon() -> ScheduledRace:
    """A race that starts in half an hour, as a row of a schedule."""
    start = datetime.now(UTC) + timedelta(minutes=30)
    return ScheduledRace(
        series="cup", season=start.year, number=1, name="Invented 400", track="Nashville Superspeedway",
        day=start.date(), start=f"{start:%H:%M}", zone="UTC", starts_at=f"{start:%Y-%m-%dT%H:%M:%SZ}",
        network="FOX", radio="MRN", document="invented.txt", line=1,
    )  # fmt: skip


async def _until(discord: Loopback, count: int) -> None:
    async with asyncio.timeout(LONGEST_WAIT_S):
        while len(discord.posts) < count:
            await asyncio.sleep(0.02)


def _print(times: list[float], due_s: float, before: TrafficRun, meanwhile: TrafficRun) -> None:
    most = max(sum(at <= other < at + 1 for other in times) for at in times)
    gap_s = max(later - earlier for earlier, later in pairwise(times))
    print_table(
        f"Announcements to {SERVERS} servers at once",
        [
            value_row("the last server is told, after the first", times[-1] - times[0], "s", MOST_SECONDS),
            value_row("– after it was due", times[-1] - due_s, "s", MOST_SECONDS + LOOK_S),
            value_row("– messages twice or missing", abs(len(times) - SERVERS), "", 0),
            value_row("– the most in one second", most, "", MOST_A_SECOND),
            value_row("– the longest gap between two", gap_s, "s"),
            ratio_row("first response meanwhile, p50", meanwhile.percentile_ms(0.5), before.percentile_ms(0.5), "ms"),
            ratio_row("– p99", meanwhile.percentile_ms(0.99), before.percentile_ms(0.99), "ms", MAX_LATE_RATIO),
            value_row("– not answered in time", meanwhile.unanswered, "", 0),
        ],
        "before",
    )
