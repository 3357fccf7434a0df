"""Loads of the history: from nothing, unchanged, and of one new race page, beside their floors."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import Archive, built, copied, documents, environment, remove_database
from benchmarks.changes import PAGE, invented_page
from benchmarks.places import PYTHON, SEEDS
from benchmarks.processes import medians, told, wall_s
from benchmarks.table import Row, more, ours_only, show, times

__all__ = ["Loads", "measure", "measured"]

RUNS = 3
MOST_TIMES, MOST_MIB, MOST_UNCHANGED_S, MOST_PAGE_S = 3, 400, 0.15, 0.5


@dataclass(frozen=True, slots=True)
class Loads:
    """Seconds and MiB, each the median of several runs; `floor` is the bare one, `wall` the whole command."""

    floor: Mapping[str, float]
    whole: Mapping[str, float]
    wall: float
    unchanged: Mapping[str, float]
    known_page: float
    new_page: float
    rejected: int


def measure(history: tuple[Path, ...], work: Path) -> None:
    """Load everything and print the table."""
    show("Loads", _rows(measured(history, work, RUNS)))


def measured(history: tuple[Path, ...], work: Path, runs: int) -> Loads:
    """Load these files with the seeds, so many times, in turns with the floor."""
    folder, bare = documents(work / "loaded", history), documents(work / "bare", history)
    whole, floor, wall, unchanged = [], [], [], []
    for _ in range(runs):
        floor.append(told("benchmarks.floor", str(bare), str(work / "floor.db")))
        archive = _emptied(Archive(work / "load.db", folder))
        wall.append(wall_s([PYTHON, "-m", "bot", "load"], environment(archive)))
        whole.append(_load(_emptied(archive)))
        unchanged.append(_load(archive))
    known, new = _pages(history, work, runs)
    rejected = int(max(one["rejected"] for one in (*whole, *unchanged)))
    return Loads(medians(floor), medians(whole), statistics.median(wall), medians(unchanged), known, new, rejected)


def _load(archive: Archive) -> dict[str, float]:
    return told("benchmarks.loading", archive.url, str(archive.folder))


def _emptied(archive: Archive) -> Archive:
    remove_database(archive.database)
    return archive


def _pages(history: tuple[Path, ...], work: Path, runs: int) -> tuple[float, float]:
    """Seconds to load a page of a race the history has, and one of a race it has not, into the full archive."""
    base = built(work / "pages.db", documents(work / "pages", history, but=(PAGE,)))
    known, new = [], []
    for _ in range(runs):
        known.append(_with_page(base, SEEDS / PAGE, work))
        new.append(_with_page(base, invented_page(work), work))
    return statistics.median(known), statistics.median(new)


def _with_page(base: Archive, page: Path, work: Path) -> float:
    """Seconds of a load that finds one page more, in a copy of the archive."""
    archive = copied(base, work / "page.db")
    link = base.folder / page.name
    link.symlink_to(page)
    try:
        figures = _load(archive)
    finally:
        link.unlink()
    if figures["rejected"]:
        raise RuntimeError(f"{page.name} was not read, so its load says nothing.")
    return figures["seconds"]


def _rows(one: Loads) -> list[Row]:
    rows = int(one.floor["rows"])
    return [
        times(
            f"{rows:,} rows from nothing, in the process", one.whole["seconds"], one.floor["seconds"], "s", MOST_TIMES
        ),
        times("– as the command `python -m bot load`, with the start of Python", one.wall, one.floor["seconds"], "s"),
        ours_only("– most memory", one.whole["peak_mib"], "MiB", MOST_MIB),
        ours_only("– documents it could not read", one.rejected, "", 0),
        more(
            "unchanged reload, beside hashing",
            one.unchanged["seconds"],
            one.unchanged["hashing"],
            "s",
            MOST_UNCHANGED_S,
        ),
        ours_only("one new page, of a race the history has", one.known_page, "s", MOST_PAGE_S),
        ours_only("one new page, of a race it has not", one.new_page, "s", MOST_PAGE_S),
    ]
