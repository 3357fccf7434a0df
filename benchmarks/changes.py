"""Documents that change: a page of a race the history has, one of a race it has not, a history with one race less."""

import csv
import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.places import SEEDS

__all__ = ["PAGE", "cut_to", "every_nth_season", "invented_page", "wanted_lines", "without_last_race"]

PAGE = "ally-400-race-page.txt"  # the 2023 Ally 400, which the history has
PAGE_YEAR, INVENTED_YEAR = "2023", "2027"  # no history tells of the second


def invented_page(folder: Path) -> Path:
    """A race page of a season that no history tells of, made from the seeds' page by its year alone."""
    page = folder / "invented-race-page.txt"
    page.write_text((SEEDS / PAGE).read_text(encoding="utf-8").replace(PAGE_YEAR, INVENTED_YEAR), encoding="utf-8")
    return page


def cut_to(source: Path, target: Path, wanted: Callable[[int, int], bool]) -> int:
    """Write a history file that holds only the races for which `wanted(season, race)` holds; the rows it has."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        race_lines = wanted_lines(lines, wanted)
    with gzip.open(target, "wt", encoding="utf-8", newline="", compresslevel=6) as out:
        out.writelines(race_lines)
    return len(race_lines) - 1


def wanted_lines(lines: Iterable[str], wanted: Callable[[int, int], bool]) -> list[str]:
    """The header and the lines of the wanted races, as they stand: a valid file of the same form.

    Raises ValueError where the header names no Season or no Race.
    """
    all_lines = iter(lines)
    header = next(all_lines)
    columns = next(csv.reader([header]))
    season, race = columns.index("Season"), columns.index("Race")
    race_lines = [header]
    for line in all_lines:
        row = next(csv.reader([line]))
        if wanted(int(row[season]), int(row[race])):
            race_lines.append(line)
    return race_lines


def every_nth_season(step: int) -> Callable[[int, int], bool]:
    """Whole seasons, every so many years back from 2025, so that each part has the same mix of early and late years."""
    return lambda season, _race: (2025 - season) % step == 0


def without_last_race(source: Path, target: Path) -> int:
    """Write a history file without its last race; the rows it has."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        last = max((int(row["Season"]), int(row["Race"])) for row in reader)
    return cut_to(source, target, lambda season, race: (season, race) != last)
