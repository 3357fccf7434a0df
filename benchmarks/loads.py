"""Loads of the history: from nothing, unchanged, and of one new race page, beside their floors."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import Archive, built, copied, documents, environment, remove_database
from benchmarks.changes import PAGE, invented_page
from benchmarks.places import PYTHON, SEEDS
from benchmarks.processes import summed_up, told, wall_s
from benchmarks.table import Row, more, ours_only, show, times

__all__ = ["Loads", "measure", "measured", "page_seconds"]

RUNS = 3
MOST_TIMES, MOST_MIB, MOST_UNCHANGED_S, MOST_PAGE_S = 3, 400, 0.15, 0.5


@dataclass(frozen=True, slots=True)
class Loads:
    """Figures of `benchmarks.floor` and `benchmarks.loading`: the bare load, ours from nothing, ours unchanged."""

    floor: Mapping[str, float]
    whole: Mapping[str, float]
    unchanged: Mapping[str, float]


def measure(history: tuple[Path, ...], work: Path) -> None:
    """Load everything and print the table."""
    loads = measured(history, work, RUNS)
    archive = _emptied(Archive(work / "load.db", work / "loaded"))
    wall = wall_s([PYTHON, "-m", "bot", "load"], environment(archive))
    pages = page_seconds(history, work, (SEEDS / PAGE, invented_page(work)), RUNS)
    show("Loads", _rows(loads, wall, pages))


def measured(history: tuple[Path, ...], work: Path, runs: int) -> Loads:
    """Load these files with the seeds, so many times, in turns with the floor."""
    bare, archive = documents(work / "bare", history), Archive(work / "load.db", documents(work / "loaded", history))
    whole, floor, unchanged = [], [], []
    for _ in range(runs):
        floor.append(told("benchmarks.floor", str(bare), str(work / "floor.db")))
        whole.append(_load(_emptied(archive)))
        unchanged.append(_load(archive))
    return Loads(summed_up(floor), summed_up(whole), summed_up(unchanged))


def page_seconds(history: tuple[Path, ...], work: Path, pages: tuple[Path, ...], runs: int) -> tuple[float, ...]:
    """Seconds to load each of these pages into an archive of the whole history and the seeds without their page."""
    base = built(work / "pages.db", documents(work / "pages", history, but=(PAGE,)))
    return tuple(statistics.median([_with_page(base, page, work) for _ in range(runs)]) for page in pages)


def _load(archive: Archive) -> dict[str, float]:
    return told("benchmarks.loading", archive.url, str(archive.folder))


def _emptied(archive: Archive) -> Archive:
    remove_database(archive.database)
    return archive


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


def _rows(loads: Loads, wall: float, pages: tuple[float, ...]) -> list[Row]:
    whole, floor, unchanged = loads.whole, loads.floor["seconds"], loads.unchanged
    known_page, new_page = pages
    return [
        times(
            f"{int(loads.floor['rows']):,} rows from nothing, in the process", whole["seconds"], floor, "s", MOST_TIMES
        ),
        times("– as the command `python -m bot load`, with the start of Python", wall, floor, "s"),
        ours_only("– most memory", whole["peak_mib"], "MiB", MOST_MIB),
        ours_only("– documents it could not read", whole["rejected"], "", 0),
        more("unchanged reload, beside hashing", unchanged["seconds"], unchanged["hashing"], "s", MOST_UNCHANGED_S),
        ours_only("one new page, of a race the history has", known_page, "s", MOST_PAGE_S),
        ours_only("one new page, of a race it has not", new_page, "s", MOST_PAGE_S),
    ]
