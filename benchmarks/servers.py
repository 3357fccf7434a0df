"""How many servers one process serves: `python -m benchmarks.servers [DATABASE_URL]`.

The bot as a process in the loopback Discord, with the archive there is at the address (or one of the seeds), once for
each number of servers: seconds to ready, memory, and how fast it answers so many questions a second, with the share of
one processor that takes. A question is drawn at random among a few, so that some are remembered, as among fans.
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from benchmarks.traffic import percentile, simulator

__all__ = ["main"]

Loopback: TypeAlias = Any

ROOT = Path(__file__).resolve().parents[1]
SERVERS = (10, 1_000, 2_500)  # Discord lets one shard have 2,500
RATES, DURATION_S = (10, 50, 100), 10
DRIVER_NAMES = ("chastain", "truex", "byron", "hamlin", "reddick", "larson", "elliott", "gibbs", "busch", "logano")


def main() -> None:
    """Measure and print the table."""
    with TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/archive.db"
        print("| servers | ready | memory | questions a second | p50 | p99 | of one processor |")
        print("|---|---|---|---|---|---|---|")
        for servers in SERVERS:
            asyncio.run(_measure_servers(servers, url, Path(folder)))


async def _measure_servers(servers: int, address: str, folder: Path) -> None:
    async with simulator().Discord(guilds=servers, privileged=0, members=0) as discord:
        settings = {"DATABASE_URL": address, "DOCUMENTS_DIR": str(ROOT / "seeds"), "PYTHONPATH": str(ROOT)}
        bot = await discord.run_bot([sys.executable, "-m", "bot", "run"], cwd=folder, env=settings, timeout=120)
        await asyncio.sleep(2)
        idle = bot.rss()
        for rate in RATES:
            before, began = bot.cpu(), time.perf_counter()
            latencies = await _latencies(discord, rate)
            share = (bot.cpu() - before) / (time.perf_counter() - began)
            start = f"{servers:,} | {bot.ready_s:.1f} s | {idle:.0f} MiB"
            figures = " | ".join(f"{percentile(latencies, at):.0f} ms" for at in (0.5, 0.99))
            print(f"| {start} | {rate} | {figures} | {share:.0%} |", flush=True)
        print(f"most memory {bot.rss(peak=True):.0f} MiB; faults: {len(discord.violations)}", file=sys.stderr)


async def _latencies(discord: Loopback, rate: int) -> list[float]:
    """Milliseconds to each first response."""
    rng, tasks = random.Random(rate), list[asyncio.Task[float]]()
    began = time.perf_counter()
    for number in range(rate * DURATION_S):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(_latency(_question(discord, rng))))
    return list(await asyncio.gather(*tasks))


def _question(discord: Loopback, rng: random.Random) -> Awaitable[Loopback]:
    guild = rng.choice(discord.guilds)
    if rng.random() < 0.3:
        return discord.slash("race", name="nashville", user=discord.fan, guild=guild)  # type: ignore[no-any-return]
    return discord.slash("driver", name=rng.choice(DRIVER_NAMES), user=discord.fan, guild=guild)  # type: ignore[no-any-return]


async def _latency(reply: Awaitable[Loopback]) -> float:
    return float((await reply).latency)


if __name__ == "__main__":
    main()
