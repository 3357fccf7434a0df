"""What the bot costs with the whole history of the sport loaded: `make bench` measures all of it in one run.

One part alone: `python -m benchmarks.history answers` (with start and memory), `load`, `meanwhile` (answers during
loads), `databases` (PostgreSQL beside SQLite), `announcements` (to two hundred servers at once) or `growth`. With
`--archive FILE` the answers come from an archive that was built before; `--quick` prints the same rows of smaller
counts (`make bench-quick`).
"""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import announcements, answers, databases, growth, loads, meanwhile
from benchmarks.archives import Archive, build_archive, copy_documents
from benchmarks.places import HISTORY, HISTORY_FILES, missing_data
from benchmarks.scale import FULL, QUICK, Scale

__all__ = ["main"]

WHOLE_HISTORY = tuple(HISTORY / name for name in HISTORY_FILES)


def main() -> None:
    """Measure the parts that are named, or all, and print the tables."""
    arguments = _parse_arguments()
    if reason := missing_data():
        sys.exit(reason)
    began = time.perf_counter()
    print(
        f"{os.cpu_count()} processors, Python {platform.python_version()}, busy with {os.getloadavg()[0]:.1f} others."
    )
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder), arguments.archive, QUICK if arguments.quick else FULL)
    print(f"\n{time.perf_counter() - began:.0f} s in all.")


def _answers(work: Path, archive: Path | None, scale: Scale) -> None:
    if archive is not None:
        measured = Archive(archive.resolve(), copy_documents(work / "seeds"))
    else:
        measured = build_archive(work / "whole.db", copy_documents(work / "whole", WHOLE_HISTORY))
    asyncio.run(answers.measure(measured, scale))


def _loads(work: Path, _archive: Path | None, scale: Scale) -> None:
    loads.measure(WHOLE_HISTORY, work, scale)


def _meanwhile(work: Path, _archive: Path | None, scale: Scale) -> None:
    meanwhile.measure(WHOLE_HISTORY, work, scale)


def _databases(work: Path, _archive: Path | None, scale: Scale) -> None:
    databases.measure(WHOLE_HISTORY, work, scale)


def _announcements(work: Path, _archive: Path | None, scale: Scale) -> None:
    announcements.measure(WHOLE_HISTORY, work, scale)


def _growth(work: Path, _archive: Path | None, scale: Scale) -> None:
    growth.measure(WHOLE_HISTORY, work, scale)


PARTS: Mapping[str, Callable[[Path, Path | None, Scale], None]] = {
    "answers": _answers,
    "load": _loads,
    "meanwhile": _meanwhile,
    "databases": _databases,
    "announcements": _announcements,
    "growth": _growth,
}


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the bot costs with the whole history loaded.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all where none is named")
    parser.add_argument("--archive", type=Path, help="a SQLite archive built before, for the answers")
    parser.add_argument("--quick", action="store_true", help="the same rows of smaller counts")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return arguments


if __name__ == "__main__":
    main()
