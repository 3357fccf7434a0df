"""Sends what was drawn to a bot in the loopback Discord, each once and in order, at a steady rate.

The load harness of the loopback Discord draws from a mix at random; here every item is sent once, so that no card is
remembered. The schedule is open: an item goes out when it is due, whether or not the one before it was answered.
"""

import asyncio
import importlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

from benchmarks.archives import Archive, environment
from benchmarks.keystrokes import Keystrokes
from benchmarks.places import PYTHON, ROOT, SHARED
from benchmarks.questions import FanQuestion

__all__ = [
    "SLICE_ITEMS",
    "BotPair",
    "ItemResult",
    "Loopback",
    "TrafficRun",
    "in_turns",
    "percentile",
    "run_pair",
    "run_spotter",
    "send",
    "simulator",
    "start_ready_s",
]

Loopback: TypeAlias = Any  # the loopback Discord has no types, and is not always there
TrafficItem: TypeAlias = FanQuestion | Keystrokes
READY_WITHIN_S = 60
SLICE_ITEMS = 100  # items for one bot before the other has its turn


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How one item was answered: seconds to the first response (None: never), and whether it was a refusal."""

    item: TrafficItem
    latency_s: float | None
    final_s: float | None
    refused: bool


@dataclass(slots=True)
class TrafficRun:
    """What one bot did under one load. `lag_s` is how late the harness itself ran."""

    results: list[ItemResult] = field(default_factory=list)
    lag_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def add(self, other: "TrafficRun") -> None:
        """Take in another slice of the same load."""
        self.results += other.results
        self.lag_s += other.lag_s
        self.cpu_s += other.cpu_s

    def percentile_ms(self, share: float) -> float:
        """Milliseconds within which this share of the answers began."""
        return percentile([result.latency_s for result in self.results if result.latency_s is not None], share)

    @property
    def unanswered(self) -> int:
        """Items without a response in time."""
        return sum(result.latency_s is None for result in self.results)

    @property
    def refused(self) -> int:
        """Items answered by a private line: a name nobody knows, or that several share."""
        return sum(result.refused for result in self.results)

    @property
    def cpu_ms(self) -> float:
        """CPU of the bot for each item."""
        return 1000 * self.cpu_s / max(len(self.results), 1)


@dataclass(frozen=True, slots=True)
class BotPair:
    """Spotter and hello, each in a Discord of its own."""

    spotter_discord: Loopback
    spotter: Loopback
    hello_discord: Loopback
    hello: Loopback

    @property
    def commands(self) -> Mapping[str, Mapping[str, Any]]:
        """The commands of a fan, as Spotter told Discord."""
        commands: Mapping[str, Mapping[str, Any]] = self.spotter_discord.commands(user=self.spotter_discord.fan)
        return commands


def percentile(seconds: Sequence[float], share: float) -> float:
    """Milliseconds, nearest rank, as the loopback Discord counts; not a number where there is none."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def simulator() -> Loopback:
    """The loopback Discord's package."""
    if str(SHARED) not in sys.path:
        sys.path.insert(0, str(SHARED))
    return importlib.import_module("discordsim")


@asynccontextmanager
async def run_pair(archive: Archive, extra: Mapping[str, str] | None = None) -> AsyncIterator[BotPair]:
    """Both bots, started and ready; hello has the very commands of Spotter."""
    discord = simulator().Discord
    async with discord() as ours, discord() as base:
        bot = await run_spotter(ours, archive, extra)
        hello = await _hello(base, ours)
        yield BotPair(ours, bot, base, hello)


async def run_spotter(discord: Loopback, archive: Archive, extra: Mapping[str, str] | None = None) -> Loopback:
    """Spotter, started and ready; `extra` are more of its settings."""
    settings = {**environment(archive), **(extra or {})}
    return await discord.run_bot([PYTHON, "-m", "bot", "run"], ROOT, settings, timeout=READY_WITHIN_S)


async def _hello(discord: Loopback, spotter_discord: Loopback) -> Loopback:
    command = importlib.import_module("discordsim.load").HELLO
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(list(spotter_discord.commands(user=spotter_discord.fan).values()), file)
        file.flush()
        return await discord.run_bot(
            [PYTHON, *command[1:]], ROOT, {"HELLO_COMMANDS": file.name}, timeout=READY_WITHIN_S
        )


async def start_ready_s(archive: Archive, runs: int) -> list[tuple[float, float]]:
    """Seconds from start to ready of (Spotter, hello), in turns; the processes are ended again."""
    ready_times = []
    for _ in range(runs):
        async with run_pair(archive) as bots:
            ready_times.append((bots.spotter.ready_s, bots.hello.ready_s))
    return ready_times


async def send(
    discord: Loopback, bot: Loopback, items: Sequence[TrafficItem], rate: float, seed: int = 1
) -> TrafficRun:
    """Send each item once, at so many a second, from members and guilds drawn by chance, and wait for the answers."""
    rng, run, jobs = Random(seed), TrafficRun(), []
    cpu, began = bot.cpu(), time.perf_counter()
    for number, item in enumerate(items):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        run.lag_s.append(time.perf_counter() - due)
        guild = rng.choice(discord.guilds)
        user = rng.choice([member for member in guild.members if not member.bot])
        jobs.append(asyncio.create_task(_ask(discord, item, user, guild)))
    run.results = list(await asyncio.gather(*jobs))
    run.cpu_s = bot.cpu() - cpu
    return run


async def _ask(discord: Loopback, item: TrafficItem, user: Loopback, guild: Loopback) -> ItemResult:
    if isinstance(item, Keystrokes):
        choices = await discord.autocomplete(item.command, item.option, item.text, user=user, guild=guild)
        return ItemResult(item, choices.latency, choices.latency, refused=False)
    reply = await discord.slash(item.command, user=user, guild=guild, **dict(item.options))
    return ItemResult(item, reply.latency, reply.final_latency, refused=reply.ephemeral)


async def in_turns(bots: BotPair, items: Sequence[TrafficItem], rate: float) -> tuple[TrafficRun, TrafficRun]:
    """The same items to Spotter and to hello, slice by slice, so that both see the same machine."""
    ours, floor = TrafficRun(), TrafficRun()
    for begin in range(0, len(items), SLICE_ITEMS):
        part = items[begin : begin + SLICE_ITEMS]
        floor.add(await send(bots.hello_discord, bots.hello, part, rate, begin))
        ours.add(await send(bots.spotter_discord, bots.spotter, part, rate, begin))
    return ours, floor


def log_lines(bot: Loopback) -> list[str]:
    """What the bot complained of."""
    return [line for line in bot.lines if " ERROR " in line or " WARNING " in line or "Traceback" in line]
