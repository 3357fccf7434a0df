"""How cost grows: the same figures with a quarter, half and all of the history, and the exponent that fits them."""

import asyncio
import math
import statistics
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.archives import Archive
from benchmarks.catalogue import read_catalogue
from benchmarks.changes import cut_to, every_nth_season, invented_page
from benchmarks.keystrokes import draw_keystrokes
from benchmarks.loads import Loads, measure_loads, page_seconds
from benchmarks.processes import combine_runs
from benchmarks.questions import draw_questions
from benchmarks.scale import Scale
from benchmarks.traffic import BotPair, TrafficItem, TrafficRun, in_turns, run_pair

__all__ = ["exponent", "measure"]

STEPS = (4, 2, 1)  # every fourth season, every second, all
RATE, SLICE = 20, 50
FIGURES = (
    ("rows", ""), ("load", "s"), ("load", "times the floor"), ("load: most memory", "MiB"), ("unchanged reload", "s"),
    ("one new page", "s"), ("archive on disk", "MB"), ("start to ready", "s"), ("start to ready", "times hello's"),
    ("resident memory", "MiB"), ("first response p50", "ms"), ("first response p50", "times hello's"),
    ("first response p99", "ms"), ("first response p99", "times hello's"), ("suggestions p50", "ms"),
    ("suggestions p50", "times hello's"),
)  # fmt: skip
FiguresAtSize = dict[tuple[str, str], float]  # (figure, unit) -> what it is at one size


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms: 0 does not grow, 1 grows as the history does.

    Raises ValueError where a size or a cost is not positive, or all sizes are the same.
    """
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    try:
        return statistics.linear_regression(x, y).slope
    except statistics.StatisticsError as error:
        raise ValueError(str(error)) from None


def measure(history: tuple[Path, ...], work: Path, scale: Scale) -> None:
    """Measure each size, in turns, and print the table."""
    files = {step: _part(history, step, work) for step in STEPS}
    runs = [
        {step: _measure_loads(files[step], work / f"{step}-{run}") for step in STEPS}
        for run in range(scale.growth_runs)
    ]
    archives = {step: _archive(work / f"{step}-{scale.growth_runs - 1}") for step in STEPS}
    answer_figures = asyncio.run(_measure_answers(archives, scale))
    sizes = [_figures([run[step] for run in runs], archives[step]) | answer_figures[step] for step in STEPS]
    rows = [at_size["rows", ""] for at_size in sizes]
    print("\n### How cost grows with the history\n")
    print(f"| | {' | '.join(_share(step) for step in STEPS)} | exponent |\n|---|---|---|---|---|")
    for name, unit in FIGURES:
        costs = [at_size[name, unit] for at_size in sizes]
        cells = [f"{cost:,.0f}" if cost >= 100 else f"{cost:.3g}" for cost in costs]
        print(f"| {name}{', ' if unit else ''}{unit} | {' | '.join(cells)} | {exponent(rows, costs):.2f} |", flush=True)


def _share(step: int) -> str:
    return "all seasons" if step == 1 else f"1 in {step}"


def _part(history: tuple[Path, ...], step: int, work: Path) -> tuple[Path, ...]:
    """The history files with one season in so many."""
    if step == 1:
        return history
    folder = work / f"every-{step}"
    folder.mkdir()
    for path in history:
        cut_to(path, folder / path.name, every_nth_season(step))
    return tuple(folder / path.name for path in history)


def _measure_loads(files: tuple[Path, ...], work: Path) -> tuple[Loads, float]:
    """The loads of one size, once, and the seconds of one new page."""
    work.mkdir()
    [page] = page_seconds(files, work, (invented_page(work),), runs=1)
    return measure_loads(files, work, runs=1), page


def _archive(work: Path) -> Archive:
    return Archive(work / "load.db", work / "loaded")


def _figures(runs: Sequence[tuple[Loads, float]], archive: Archive) -> FiguresAtSize:
    """The quicker of several loads: what slows a load is never the load itself."""
    whole, floor, unchanged = (
        combine_runs([getattr(loads, which) for loads, _ in runs], min) for which in ("whole", "floor", "unchanged")
    )
    return {
        ("rows", ""): floor["rows"],
        ("load", "s"): whole["seconds"],
        ("load", "times the floor"): whole["seconds"] / floor["seconds"],
        ("load: most memory", "MiB"): whole["peak_mib"],
        ("unchanged reload", "s"): unchanged["seconds"],
        ("one new page", "s"): min(page for _, page in runs),
        ("archive on disk", "MB"): archive.database.stat().st_size / 1e6,
    }


async def _measure_answers(archives: Mapping[int, Archive], scale: Scale) -> Mapping[int, FiguresAtSize]:
    """Start, memory, answers and suggestions of each archive; all are asked in turns, slice by slice."""
    async with AsyncExitStack() as running:
        pairs = {step: await running.enter_async_context(run_pair(one)) for step, one in archives.items()}
        catalogues = {step: read_catalogue(one.database) for step, one in archives.items()}
        questions = {
            step: draw_questions(catalogues[step], both.commands, scale.growth + scale.warm_up)
            for step, both in pairs.items()
        }
        keystrokes = {
            step: draw_keystrokes(catalogues[step], both.commands, scale.growth_keystrokes)
            for step, both in pairs.items()
        }
        await _in_turns(pairs, {step: items[: scale.warm_up] for step, items in questions.items()})
        answers = await _in_turns(pairs, {step: items[scale.warm_up :] for step, items in questions.items()})
        memory = {step: both.spotter.rss() for step, both in pairs.items()}
        suggestions = await _in_turns(pairs, keystrokes)
        return {
            step: {
                ("resident memory", "MiB"): memory[step],
                **_with_ratio("start to ready", "s", both.spotter.ready_s, both.hello.ready_s),
                **_with_ratio("first response p50", "ms", *(one.percentile_ms(0.5) for one in answers[step])),
                **_with_ratio("first response p99", "ms", *(one.percentile_ms(0.99) for one in answers[step])),
                **_with_ratio("suggestions p50", "ms", *(one.percentile_ms(0.5) for one in suggestions[step])),
            }
            for step, both in pairs.items()
        }


async def _in_turns(
    pairs: Mapping[int, BotPair], items: Mapping[int, Sequence[TrafficItem]]
) -> Mapping[int, tuple[TrafficRun, TrafficRun]]:
    """What each pair was asked, a slice of each size before the next slice of any."""
    runs = {step: (TrafficRun(), TrafficRun()) for step in pairs}
    for begin in range(0, max(map(len, items.values())), SLICE):
        for step, both in pairs.items():
            slice_runs = await in_turns(both, items[step][begin : begin + SLICE], RATE)
            for run, slice_run in zip(runs[step], slice_runs, strict=True):
                run.add(slice_run)
    return runs


def _with_ratio(figure: str, unit: str, ours: float, floor: float) -> dict[tuple[str, str], float]:
    return {(figure, unit): ours, (figure, "times hello's"): ours / floor}
