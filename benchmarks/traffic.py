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
from benchmarks.questions import Question

__all__ = ["Loopback", "Pair", "Ran", "Told", "in_turns", "pair", "percentile", "send", "simulator", "start_ready_s"]

Loopback: TypeAlias = Any  # the loopback Discord has no types, and is not always there
Item: TypeAlias = Question | Keystrokes
READY_WITHIN_S = 60
SLICE = 100  # items for one bot before the other has its turn


@dataclass(frozen=True, slots=True)
class Told:
    """How one item was answered: seconds to the first response (None: never), and whether it was a refusal."""

    item: Item
    latency_s: float | None
    final_s: float | None
    refused: bool


@dataclass(slots=True)
class Ran:
    """What one bot did under one load. `lag_s` is how late the harness itself ran."""

    told: list[Told] = field(default_factory=list)
    lag_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def add(self, other: "Ran") -> None:
        """Take in another slice of the same load."""
        self.told += other.told
        self.lag_s += other.lag_s
        self.cpu_s += other.cpu_s

    def ms(self, share: float) -> float:
        """Milliseconds within which this share of the answers began."""
        return percentile([one.latency_s for one in self.told if one.latency_s is not None], share)

    @property
    def unanswered(self) -> int:
        """Items without a response in time."""
        return sum(one.latency_s is None for one in self.told)

    @property
    def refused(self) -> int:
        """Items answered by a private line: a name nobody knows, or that several share."""
        return sum(one.refused for one in self.told)

    @property
    def cpu_ms(self) -> float:
        """CPU of the bot for each item."""
        return 1000 * self.cpu_s / max(len(self.told), 1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Spotter and hello, each in a Discord of its own."""

    ours: Loopback
    bot: Loopback
    base: Loopback
    hello: Loopback

    @property
    def commands(self) -> Mapping[str, Mapping[str, Any]]:
        """The commands of a fan, as Spotter told Discord."""
        commands: Mapping[str, Mapping[str, Any]] = self.ours.commands(user=self.ours.fan)
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
async def pair(archive: Archive, extra: Mapping[str, str] | None = None) -> AsyncIterator[Pair]:
    """Both bots, started and ready; hello has the very commands of Spotter."""
    discord = simulator().Discord
    async with discord() as ours, discord() as base:
        bot = await _spotter(ours, archive, extra)
        hello = await _hello(base, ours)
        yield Pair(ours, bot, base, hello)


async def _spotter(d: Loopback, archive: Archive, extra: Mapping[str, str] | None = None) -> Loopback:
    settings = {**environment(archive), **(extra or {})}
    return await d.run_bot([PYTHON, "-m", "bot", "run"], ROOT, settings, timeout=READY_WITHIN_S)


async def _hello(d: Loopback, ours: Loopback) -> Loopback:
    command = importlib.import_module("discordsim.load").HELLO
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump(list(ours.commands(user=ours.fan).values()), told)
        told.flush()
        return await d.run_bot([PYTHON, *command[1:]], ROOT, {"HELLO_COMMANDS": told.name}, timeout=READY_WITHIN_S)


async def start_ready_s(archive: Archive, times: int) -> list[tuple[float, float]]:
    """Seconds from start to ready of (Spotter, hello), in turns; the processes are ended again."""
    found = []
    for _ in range(times):
        async with pair(archive) as both:
            found.append((both.bot.ready_s, both.hello.ready_s))
    return found


async def send(d: Loopback, bot: Loopback, items: Sequence[Item], rate: float, seed: int = 1) -> Ran:
    """Send each item once, at so many a second, from members and guilds drawn by chance, and wait for the answers."""
    rng, ran, jobs = Random(seed), Ran(), []
    cpu, began = bot.cpu(), time.perf_counter()
    for number, item in enumerate(items):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        ran.lag_s.append(time.perf_counter() - due)
        guild = rng.choice(d.guilds)
        user = rng.choice([one for one in guild.members if not one.bot])
        jobs.append(asyncio.create_task(_ask(d, item, user, guild)))
    ran.told = list(await asyncio.gather(*jobs))
    ran.cpu_s = bot.cpu() - cpu
    return ran


async def _ask(d: Loopback, item: Item, user: Loopback, guild: Loopback) -> Told:
    if isinstance(item, Keystrokes):
        choices = await d.autocomplete(item.command, item.option, item.typed, user=user, guild=guild)
        return Told(item, choices.latency, choices.latency, refused=False)
    reply = await d.slash(item.command, user=user, guild=guild, **dict(item.options))
    return Told(item, reply.latency, reply.final_latency, refused=reply.ephemeral)


async def in_turns(both: Pair, items: Sequence[Item], rate: float) -> tuple[Ran, Ran]:
    """The same items to Spotter and to hello, slice by slice, so that both see the same machine."""
    ours, floor = Ran(), Ran()
    for begin in range(0, len(items), SLICE):
        part = items[begin : begin + SLICE]
        floor.add(await send(both.base, both.hello, part, rate, begin))
        ours.add(await send(both.ours, both.bot, part, rate, begin))
    return ours, floor


def log_lines(bot: Loopback) -> list[str]:
    """What the bot complained of."""
    return [line for line in bot.lines if " ERROR " in line or " WARNING " in line or "Traceback" in line]
