"""Loads of the history: from nothing, unchanged, and of one new race page, beside their floors."""

import shutil
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import Archive, build_archive, copy_archive, copy_documents, environment, remove_database
from benchmarks.changes import PAGE, invented_page
from benchmarks.places import PYTHON, SEEDS
from benchmarks.processes import combine_runs, run_module, wall_s
from benchmarks.scale import Scale
from benchmarks.table import FigureRow, difference_row, print_table, ratio_row, value_row

__all__ = ["Loads", "measure", "measure_loads", "page_seconds"]

MAX_LOAD_RATIO, MAX_LOAD_MIB, MAX_UNCHANGED_S, MAX_PAGE_S = 3, 400, 0.15, 0.5


@dataclass(frozen=True, slots=True)
class Loads:
    """Figures of `benchmarks.floor` and `benchmarks.loading`: the bare load, ours from nothing, ours unchanged."""

    floor: Mapping[str, float]
    whole: Mapping[str, float]
    unchanged: Mapping[str, float]


def measure(history: tuple[Path, ...], work: Path, scale: Scale) -> None:
    """Load everything and print the table."""
    loads = measure_loads(history, work, scale.loads)
    archive = _without_database(Archive(work / "load.db", work / "loaded"))
    wall = wall_s([PYTHON, "-m", "bot", "load"], environment(archive))
    pages = page_seconds(history, work, (SEEDS / PAGE, invented_page(work)), scale.loads)
    print_table("Loads", _rows(loads, wall, pages))


def measure_loads(history: tuple[Path, ...], work: Path, runs: int) -> Loads:
    """Load these files with the seeds, so many times, in turns with the floor."""
    bare, archive = (
        copy_documents(work / "bare", history),
        Archive(work / "load.db", copy_documents(work / "loaded", history)),
    )
    whole, floor, unchanged = [], [], []
    for _ in range(runs):
        floor.append(run_module("benchmarks.floor", str(bare), str(work / "floor.db")))
        whole.append(_load(_without_database(archive)))
        unchanged.append(_load(archive))
    return Loads(combine_runs(floor), combine_runs(whole), combine_runs(unchanged))


def page_seconds(history: tuple[Path, ...], work: Path, pages: tuple[Path, ...], runs: int) -> tuple[float, ...]:
    """Seconds to load each of these pages into an archive of the whole history and the seeds without their page."""
    base = build_archive(work / "pages.db", copy_documents(work / "pages", history, without=(PAGE,)))
    return tuple(statistics.median([_page_load_s(base, page, work) for _ in range(runs)]) for page in pages)


def _load(archive: Archive) -> dict[str, float]:
    return run_module("benchmarks.loading", archive.url, str(archive.folder))


def _without_database(archive: Archive) -> Archive:
    remove_database(archive.database)
    return archive


def _page_load_s(base: Archive, page: Path, work: Path) -> float:
    """Seconds of a load that finds one page more, in a copy of the archive."""
    archive = copy_archive(base, work / "page.db")
    copy = base.folder / page.name
    shutil.copyfile(page, copy)
    try:
        figures = _load(archive)
    finally:
        copy.unlink()
    if figures["rejected"]:
        raise RuntimeError(f"{page.name} was not read, so its load says nothing.")
    return figures["seconds"]


def _rows(loads: Loads, wall: float, pages: tuple[float, ...]) -> list[FigureRow]:
    whole, floor, unchanged = loads.whole, loads.floor["seconds"], loads.unchanged
    known_page, new_page = pages
    return [
        ratio_row(
            f"{int(loads.floor['rows']):,} rows from nothing, in the process",
            whole["seconds"],
            floor,
            "s",
            MAX_LOAD_RATIO,
        ),
        ratio_row("– as the command `python -m bot load`, with the start of Python", wall, floor, "s"),
        value_row("– most memory", whole["peak_mib"], "MiB", MAX_LOAD_MIB),
        value_row("– documents it could not read", whole["rejected"], "", 0),
        difference_row(
            "unchanged reload, beside hashing", unchanged["seconds"], unchanged["hashing"], "s", MAX_UNCHANGED_S
        ),
        value_row("one new page, of a race the history has", known_page, "s", MAX_PAGE_S),
        value_row("one new page, of a race it has not", new_page, "s", MAX_PAGE_S),
    ]
