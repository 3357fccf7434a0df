"""How cost grows: the same figures with a quarter, half and all of the history, and the exponent that fits them."""

import asyncio
import math
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.archives import Archive
from benchmarks.catalogue import read_catalogue
from benchmarks.changes import cut_to, every_nth_season, invented_page
from benchmarks.keystrokes import draw_keystrokes
from benchmarks.loads import measured, page_seconds
from benchmarks.questions import draw
from benchmarks.traffic import in_turns, pair

__all__ = ["exponent", "measure"]

RUNS = 2  # of each load; the quicker one counts, for what slows a load is never the load itself
STEPS = (4, 2, 1)  # every fourth season, every second, all
RATE, ASKED, TYPED, WARM = 20, 200, 100, 40
FIGURES = (
    ("rows", ""), ("load", "s"), ("load", "times the floor"), ("load: most memory", "MiB"), ("unchanged reload", "s"),
    ("one new page", "s"), ("archive on disk", "MB"), ("start to ready", "s"), ("start to ready", "times hello's"),
    ("resident memory", "MiB"), ("first response p50", "ms"), ("first response p50", "times hello's"),
    ("first response p99", "ms"), ("first response p99", "times hello's"), ("suggestions p50", "ms"),
    ("suggestions p50", "times hello's"),
)  # fmt: skip
Sized = Mapping[tuple[str, str], float]  # (figure, unit) -> what it is at one size


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms: 0 does not grow, 1 grows as the history does.

    Raises ValueError where a size or a cost is not positive, or all sizes are the same.
    """
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    try:
        return statistics.linear_regression(x, y).slope
    except statistics.StatisticsError as error:
        raise ValueError(str(error)) from None


def measure(history: tuple[Path, ...], work: Path) -> None:
    """Measure each size and print the table."""
    sizes = [_measured(step, history, work / f"every-{step}") for step in STEPS]
    rows = [one["rows", ""] for one in sizes]
    print("\n### How cost grows with the history\n")
    print(f"| | {' | '.join(_share(step) for step in STEPS)} | exponent |\n|---|---|---|---|---|")
    for name, unit in FIGURES:
        costs = [one[name, unit] for one in sizes]
        cells = [f"{cost:,.0f}" if cost >= 100 else f"{cost:.3g}" for cost in costs]
        print(f"| {name}{', ' if unit else ''}{unit} | {' | '.join(cells)} | {exponent(rows, costs):.2f} |", flush=True)


def _share(step: int) -> str:
    return "all seasons" if step == 1 else f"1 in {step}"


def _measured(step: int, history: tuple[Path, ...], work: Path) -> Sized:
    """Every figure for one season in so many."""
    work.mkdir()
    files = history if step == 1 else tuple(_cut(path, step, work) for path in history)
    loads = measured(files, work, RUNS, min)
    [page] = page_seconds(files, work, (invented_page(work),), RUNS, min)
    archive = Archive(work / "load.db", work / "loaded")
    return {
        ("rows", ""): loads.floor["rows"],
        ("load", "s"): loads.whole["seconds"],
        ("load", "times the floor"): loads.whole["seconds"] / loads.floor["seconds"],
        ("load: most memory", "MiB"): loads.whole["peak_mib"],
        ("unchanged reload", "s"): loads.unchanged["seconds"],
        ("one new page", "s"): page,
        ("archive on disk", "MB"): archive.database.stat().st_size / 1e6,
        **asyncio.run(_answered(archive)),
    }


def _cut(path: Path, step: int, work: Path) -> Path:
    cut_to(path, work / path.name, every_nth_season(step))
    return work / path.name


async def _answered(archive: Archive) -> Sized:
    """Start, memory, answers and suggestions with this archive."""
    catalogue = read_catalogue(archive.database)
    async with pair(archive) as both:
        questions = draw(catalogue, both.commands, ASKED + WARM)
        await in_turns(both, questions[:WARM], RATE / 2)
        asked = await in_turns(both, questions[WARM:], RATE)
        memory = both.bot.rss()
        typed = await in_turns(both, draw_keystrokes(catalogue, both.commands, TYPED), RATE)
        return {
            ("resident memory", "MiB"): memory,
            **_beside("start to ready", "s", both.bot.ready_s, both.hello.ready_s),
            **_beside("first response p50", "ms", *(one.ms(0.5) for one in asked)),
            **_beside("first response p99", "ms", *(one.ms(0.99) for one in asked)),
            **_beside("suggestions p50", "ms", *(one.ms(0.5) for one in typed)),
        }


def _beside(what: str, unit: str, ours: float, floor: float) -> Sized:
    return {(what, unit): ours, (what, "times hello's"): ours / floor}
