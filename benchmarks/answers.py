"""Answers with an archive loaded, beside a bot that says hello, under the same traffic in the same run."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.archives import Archive
from benchmarks.catalogue import Catalogue, read_catalogue
from benchmarks.keystrokes import draw_keystrokes
from benchmarks.questions import QUESTION_KINDS, FanQuestion, draw_questions
from benchmarks.scale import Scale
from benchmarks.slowest import show_slowest
from benchmarks.table import FigureRow, difference_row, print_table, ratio_row, value_row
from benchmarks.traffic import (
    BotPair,
    TrafficItem,
    TrafficRun,
    in_turns,
    log_lines,
    percentile,
    run_pair,
    send,
    start_ready_s,
)

__all__ = ["measure", "ready_rows"]

RATE, FAST_RATE = 20, 100  # a second
REPEATED_QUESTIONS = 20  # questions that are asked over and over
MAX_DIFFERENT, MAX_REPEATED, MAX_KEYSTROKES = (2.8, 5), (1.5, 2), (1.5, 2)  # times hello's p50 and p99
MAX_EXTRA_START_S, MAX_EXTRA_MEMORY_MIB = 1.0, 95.0
STORED_WITHIN_S = 30  # from the first start on, until the names are stored for the next


async def measure(archive: Archive, scale: Scale) -> None:
    """Ask everything there is to ask and print the tables."""
    catalogue = read_catalogue(archive.database)
    first_start = await _first_start_s(archive)
    starts = await start_ready_s(archive, scale.starts)
    async with run_pair(archive) as bots:
        questions = draw_questions(catalogue, bots.commands, scale.different + scale.fast + scale.warm_up)
        _print_missing_commands(bots)
        warm_up, different, fast = _parts(questions, scale)
        await in_turns(bots, warm_up, RATE / 2)
        ours, floor = await in_turns(bots, different, RATE)
        memory = bots.spotter.rss(), bots.hello.rss(), bots.spotter.rss(peak=True)
        rows = [
            *_answer_rows(f"{len(different)} different questions", ours, floor, MAX_DIFFERENT),
            *_shape_rows(ours, floor),
        ]
        rows += await _cached_rows(bots, different, catalogue, scale)
        rows += await _fast_rows(bots, fast)
        print_table("Answers, at 20 a second", rows, "hello")
        first_row = difference_row("– the first after a load", *first_start, "s")
        print_table("Start and memory", [*ready_rows(starts), first_row, *_memory_rows(*memory)], "hello")
        show_slowest(ours)
        _print_violations(bots)


async def _first_start_s(archive: Archive) -> tuple[float, float]:
    """Seconds to ready of (Spotter, hello) where no names are stored; afterwards they are."""
    stored = Path(f"{archive.database}-names")
    stored.unlink(missing_ok=True)
    async with run_pair(archive) as bots:
        ends_at = time.monotonic() + STORED_WITHIN_S
        while not stored.exists() and time.monotonic() < ends_at:
            await asyncio.sleep(0.1)
        return bots.spotter.ready_s, bots.hello.ready_s


def _parts(
    questions: Sequence[FanQuestion], scale: Scale
) -> tuple[Sequence[FanQuestion], Sequence[FanQuestion], Sequence[FanQuestion]]:
    """Those to warm up with, those that are counted, and those for the fast run."""
    return (
        questions[: scale.warm_up],
        questions[scale.warm_up : scale.warm_up + scale.different],
        questions[scale.warm_up + scale.different :],
    )


def _answer_rows(label: str, ours: TrafficRun, floor: TrafficRun, targets: tuple[float, float]) -> list[FigureRow]:
    return [
        ratio_row(f"{label}, p50", ours.percentile_ms(0.5), floor.percentile_ms(0.5), "ms", targets[0]),
        ratio_row(f"{label}, p99", ours.percentile_ms(0.99), floor.percentile_ms(0.99), "ms", targets[1]),
    ]


def _shape_rows(ours: TrafficRun, floor: TrafficRun) -> list[FigureRow]:
    final = [result.final_s for result in ours.results if result.final_s is not None]
    return [
        value_row("– of these answered by a private line (a name of several, or of nobody)", ours.refused, ""),
        ratio_row("– CPU each", ours.cpu_ms, floor.cpu_ms, "ms"),
        value_row("– whole answer, p99", percentile(final, 0.99), "ms"),
        value_row("– delay of the harness itself, p99", percentile(ours.lag_s, 0.99), "ms"),
    ]


async def _cached_rows(
    bots: BotPair, different: Sequence[FanQuestion], catalogue: Catalogue, scale: Scale
) -> list[FigureRow]:
    """Questions asked over and over, and suggestions while somebody types."""
    rng, few = Random(1), different[-REPEATED_QUESTIONS:]
    items: list[TrafficItem] = [rng.choice(few) for _ in range(scale.repeated)]
    await in_turns(bots, few, RATE)
    repeated = await in_turns(bots, items, RATE)
    keystrokes = await in_turns(bots, draw_keystrokes(catalogue, bots.commands, scale.keystrokes), RATE)
    return [
        *_answer_rows("repeated questions", *repeated, MAX_REPEATED),
        *_answer_rows(f"{scale.keystrokes} different keystrokes", *keystrokes, MAX_KEYSTROKES),
    ]


async def _fast_rows(bots: BotPair, questions: Sequence[FanQuestion]) -> list[FigureRow]:
    run = await send(bots.spotter_discord, bots.spotter, questions, FAST_RATE)
    return [
        value_row(
            f"{len(questions)} different questions at {FAST_RATE} a second: not answered in time", run.unanswered, "", 0
        ),
        value_row("– first response p50", run.percentile_ms(0.5), "ms"),
        value_row("– first response p99", run.percentile_ms(0.99), "ms"),
    ]


def ready_rows(starts: Sequence[tuple[float, float]]) -> list[FigureRow]:
    """Start to ready, the median of several starts."""
    ours, floor = (statistics.median(one[which] for one in starts) for which in (0, 1))
    return [difference_row("start to ready", ours, floor, "s", MAX_EXTRA_START_S)]


def _memory_rows(ours: float, floor: float, peak: float) -> list[FigureRow]:
    return [
        difference_row("resident memory after the different questions", ours, floor, "MiB", MAX_EXTRA_MEMORY_MIB),
        value_row("– the most it ever was", peak, "MiB"),
    ]


def _print_missing_commands(bots: BotPair) -> None:
    missing = sorted({command for command, _, _ in QUESTION_KINDS.values()} - set(bots.commands))
    if missing:
        print(f"Not asked, for there is no such command: {', '.join('/' + name for name in missing)}")


def _print_violations(bots: BotPair) -> None:
    """Print which rules of Discord were broken and what the log holds."""
    violations = [str(one) for one in bots.spotter_discord.violations]
    print(f"\nBroken rules of Discord: {len(violations) or 'none'}")
    print("".join(f"- {one[:300]}\n" for one in violations[:10]), end="")
    log_faults = log_lines(bots.spotter)
    print(f"Warnings and errors in the log: {len(log_faults) or 'none'}")
    print("".join(f"- {one[:300]}\n" for one in log_faults[:10]), end="", flush=True)
