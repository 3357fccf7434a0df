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
    ("rows", ""), ("load", "s"), ("load: floor", "s"), ("load: most memory", "MiB"), ("unchanged reload", "s"),
    ("one new page", "s"), ("archive on disk", "MB"), ("start to ready", "s"), ("resident memory", "MiB"),
    ("first response p50", "ms"), ("first response p99", "ms"), ("hello p50", "ms"), ("suggestions p50", "ms"),
)  # fmt: skip


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
    rows = [one["rows"] for one in sizes]
    print("\n### How cost grows with the history\n")
    print(f"| | {' | '.join(_share(step) for step in STEPS)} | exponent |\n|---|---|---|---|---|")
    for name, unit in FIGURES:
        costs = [one[name] for one in sizes]
        cells = [f"{cost:,.0f}" if cost >= 100 else f"{cost:.3g}" for cost in costs]
        print(f"| {name}{', ' if unit else ''}{unit} | {' | '.join(cells)} | {exponent(rows, costs):.2f} |", flush=True)


def _share(step: int) -> str:
    return "all seasons" if step == 1 else f"1 in {step}"


def _measured(step: int, history: tuple[Path, ...], work: Path) -> Mapping[str, float]:
    """Every figure for one season in so many."""
    work.mkdir()
    files = history if step == 1 else tuple(_cut(path, step, work) for path in history)
    loads = measured(files, work, RUNS, min)
    [page] = page_seconds(files, work, (invented_page(work),), RUNS, min)
    archive = Archive(work / "load.db", work / "loaded")
    return {
        "rows": loads.floor["rows"],
        "load": loads.whole["seconds"],
        "load: floor": loads.floor["seconds"],
        "load: most memory": loads.whole["peak_mib"],
        "unchanged reload": loads.unchanged["seconds"],
        "one new page": page,
        "archive on disk": archive.database.stat().st_size / 1e6,
        **asyncio.run(_answered(archive)),
    }


def _cut(path: Path, step: int, work: Path) -> Path:
    cut_to(path, work / path.name, every_nth_season(step))
    return work / path.name


async def _answered(archive: Archive) -> Mapping[str, float]:
    """Start, memory, answers and suggestions with this archive."""
    catalogue = read_catalogue(archive.database)
    async with pair(archive) as both:
        questions = draw(catalogue, both.commands, ASKED + WARM)
        await in_turns(both, questions[:WARM], RATE / 2)
        ours, floor = await in_turns(both, questions[WARM:], RATE)
        typed, _ = await in_turns(both, draw_keystrokes(catalogue, both.commands, TYPED), RATE)
        return {
            "start to ready": both.bot.ready_s,
            "resident memory": both.bot.rss(),
            "first response p50": ours.ms(0.5),
            "first response p99": ours.ms(0.99),
            "hello p50": floor.ms(0.5),
            "suggestions p50": typed.ms(0.5),
        }
