"""Soak: `python -m benchmarks.soak --seconds 600` (`make soak`), some minutes of all that a bot has to bear at once.

The bot runs in the loopback Discord with the whole history. Fans ask 20 questions a second; meanwhile pages are loaded
and taken away, hostile documents uploaded, the bot killed (in the first half), its gateway dropped, and its answers met
with 429 and 500 by turns. Nothing may be lost that nothing excuses, no rule of Discord broken, no answer take over 3 s,
memory has to stay as it is in the second half, and at the end the archive has to hold what a new one of the same
documents holds. Exit code 1 where one of these does not hold.
"""

import argparse
import asyncio
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from itertools import cycle
from pathlib import Path

from benchmarks.archives import Archive, build_archive, copy_documents, environment
from benchmarks.catalogue import read_catalogue
from benchmarks.changes import PAGE, invented_page
from benchmarks.history import WHOLE_HISTORY
from benchmarks.places import missing_data
from benchmarks.questions import FanQuestion, draw_questions
from benchmarks.soak_files import HOSTILE_FILES
from benchmarks.soak_state import AskedQuestion, Soak
from benchmarks.table import print_table, value_row
from benchmarks.traffic import Loopback, simulator
from bot.archive.models.core import DERIVED_TABLES

__all__ = ["main"]

RATE = 20
GUILDS, MEMBERS = 4, 200  # enough people for nobody to ask more than thirty questions a minute
QUESTION_COUNT = 1_500  # different ones, asked over and over
LOAD_PAUSE_S, UPLOAD_PAUSE_S, REST_PAUSE_S, GATEWAY_PAUSE_S, MEMORY_PAUSE_S = 4.0, 3.0, 7.0, 20.0, 1.0
KILLS = 3
MAX_LATENCY_MS, MAX_MEMORY_GROWTH = 3_000, 1.1
BROKEN_KINDS = frozenset({"schema", "rule", "auth", "double-ack"})
# All else is what people entered, and texts that were once in force, which a load that is rolled back would need.
DERIVED = frozenset(str(model.__tablename__) for model in DERIVED_TABLES)


def main() -> None:
    """Soak and print the table."""
    parser = argparse.ArgumentParser(description="Some minutes of all that a bot has to bear at once.")
    parser.add_argument("--seconds", type=float, default=600.0)
    seconds = parser.parse_args().seconds
    if reason := missing_data():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(asyncio.run(_soak(Path(folder), seconds)))


async def _soak(work: Path, seconds: float) -> int:
    """The exit code."""
    archive = build_archive(work / "soak.db", copy_documents(work / "documents", WHOLE_HISTORY, without=(PAGE,)))
    async with simulator().Discord(guilds=GUILDS, members=MEMBERS) as discord:
        settings = {"HOME_GUILD_ID": str(discord.guilds[0].id), **environment(archive)}
        soak = Soak(discord, archive, settings, 0.0)
        await soak.start()
        commands = discord.commands(user=discord.fan)
        questions = draw_questions(read_catalogue(archive.database), commands, QUESTION_COUNT)
        soak.ends_s = time.monotonic() + seconds
        page = archive.folder / "invented-race-page.txt"
        visits: Sequence[Awaitable[None]] = (
            _ask(soak, questions),
            _load(soak, invented_page(work), page),
            _upload(soak),
            _fail_rest(soak),
            _drop_gateway(soak),
            _kill(soak, seconds),
            _watch_memory(soak),
        )
        await asyncio.gather(*visits)
        page.unlink(missing_ok=True)
        last_load = await soak.moderate("data reload")
        differences = _differences(archive, work) if last_load else ("the last load did not end",)
        return _report(soak, differences)


async def _ask(soak: Soak, questions: Sequence[FanQuestion]) -> None:
    jobs, members = [], cycle([one for guild in soak.discord.guilds for one in guild.members if not one.bot])
    guild_of = {one: guild for guild in soak.discord.guilds for one in guild.members}
    for number, question in enumerate(cycle(questions)):
        if not await soak.pause(1 / RATE if number else 0.0):
            break
        member = next(members)
        jobs.append(asyncio.create_task(_ask_one(soak, question, member, guild_of[member])))
    await asyncio.gather(*jobs)


async def _ask_one(soak: Soak, question: FanQuestion, user: object, guild: object) -> None:
    sent_s = time.monotonic()
    replies: tuple[Loopback | BaseException, ...] = await asyncio.gather(
        soak.discord.slash(question.command, user=user, guild=guild, **dict(question.options)), return_exceptions=True
    )
    [reply] = replies
    soak.asked.append(AskedQuestion(sent_s, None if isinstance(reply, BaseException) else reply.latency))


async def _load(soak: Soak, source: Path, copy: Path) -> None:
    """A page comes and goes."""
    while await soak.pause(LOAD_PAUSE_S):
        if copy.exists():
            copy.unlink()
        else:
            shutil.copyfile(source, copy)
        reply = await soak.moderate("data reload")
        soak.counts["loads" if reply else "loads cut short"] += 1


async def _upload(soak: Soak) -> None:
    """One hostile document after the other; a plan that comes of one is left to wait."""
    for file in cycle(HOSTILE_FILES):
        if not await soak.pause(UPLOAD_PAUSE_S):
            return
        reply = await soak.moderate("data upload", file=(file.name, file.content))
        soak.counts["hostile uploads" if reply else "uploads cut short"] += 1


async def _fail_rest(soak: Soak) -> None:
    """429 and 500 by turns, three at a time."""
    for status in cycle((429, 500)):
        if not await soak.pause(REST_PAUSE_S):
            return
        with soak.disturbance():
            soak.discord.fault("*callback", status, times=3, **({"retry_after": 0.5} if status == 429 else {}))
            await asyncio.sleep(1.0)
        soak.counts[f"answers met with {status}"] += 3


async def _drop_gateway(soak: Soak) -> None:
    """Closed with a code, asked to come again, cut off without a word."""
    drops: Sequence[Callable[[], Awaitable[None]]] = (
        soak.discord.drop,
        soak.discord.reconnect,
        lambda: soak.discord.drop(abort=True),
    )
    for drop in cycle(drops):
        if not await soak.pause(GATEWAY_PAUSE_S):
            return
        with soak.disturbance():
            await asyncio.gather(drop(), return_exceptions=True)
            await asyncio.gather(soak.discord.connected(), return_exceptions=True)
        soak.counts["gateway drops"] += 1


async def _kill(soak: Soak, seconds: float) -> None:
    """Killed and started again in the first half: in the second its memory is watched."""
    for _ in range(KILLS):
        if not await soak.pause(seconds / 2 / (KILLS + 1)):
            return
        with soak.disturbance():
            await soak.bot.kill()
            await soak.start()
        soak.counts["kills"] += 1


async def _watch_memory(soak: Soak) -> None:
    while await soak.pause(MEMORY_PAUSE_S):
        if soak.bot.proc.returncode is None:
            soak.note_memory()


def _differences(archive: Archive, work: Path) -> tuple[str, ...]:
    """The derived tables that have not as many rows as those of a new archive of the same documents."""
    fresh = build_archive(work / "fresh.db", archive.folder)
    counts = [_row_counts(one.database) for one in (archive, fresh)]
    return tuple(
        f"{table}: {counts[0].get(table)} rows, {rows} in a new archive"
        for table, rows in counts[1].items()
        if counts[0].get(table) != rows and table in DERIVED
    )


def _row_counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def _report(soak: Soak, differences: Sequence[str]) -> int:
    """Print what came of it; the exit code."""
    undisturbed = soak.undisturbed()
    broken = [str(one) for one in soak.discord.violations if one.kind in BROKEN_KINDS]
    rows = [
        value_row("questions asked", len(soak.asked), ""),
        value_row("– of these while nothing was killed, dropped or refused", len(undisturbed), ""),
        value_row("– of these without an answer", sum(one.latency_s is None for one in undisturbed), "", 0),
        value_row("– first response p50", soak.late_ms(0.5), "ms"),
        value_row("– first response p99", soak.late_ms(0.99), "ms"),
        value_row("– the slowest", soak.late_ms(1.0), "ms", MAX_LATENCY_MS),
        *(value_row(what, times, "") for what, times in sorted(soak.counts.items())),
        value_row("rules of Discord broken", len(broken), "", 0),
        value_row("memory at the end, times that of before", soak.memory_growth(), "", MAX_MEMORY_GROWTH),
        value_row("tables that a new archive has otherwise", len(differences), "", 0),
    ]
    print_table("Soak", rows, "")
    print("".join(f"- {line[:300]}\n" for line in (*broken[:10], *differences[:10])), end="")
    return 0 if all(row.is_met is not False for row in rows) else 1


if __name__ == "__main__":
    main()
