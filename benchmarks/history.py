"""What the bot costs with the whole history of the sport loaded: `make bench` measures all of it in one run.

One part alone: `python -m benchmarks.history answers` (with start and memory), `load`, `meanwhile` (answers during
loads) or `growth`. With `--archive FILE` the answers come from an archive that was built before.
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

from benchmarks import answers, growth, loads, meanwhile
from benchmarks.archives import Archive, build_archive, link_documents
from benchmarks.places import HISTORY, HISTORY_FILES, missing_data

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
            PARTS[part](Path(folder), arguments.archive)
    print(f"\n{time.perf_counter() - began:.0f} s in all.")


def _answers(work: Path, archive: Path | None) -> None:
    if archive is not None:
        asyncio.run(answers.measure(Archive(archive.resolve(), link_documents(work / "seeds"))))
    else:
        asyncio.run(answers.measure(build_archive(work / "whole.db", link_documents(work / "whole", WHOLE_HISTORY))))


def _loads(work: Path, _archive: Path | None) -> None:
    loads.measure(WHOLE_HISTORY, work)


def _meanwhile(work: Path, _archive: Path | None) -> None:
    meanwhile.measure(WHOLE_HISTORY, work)


def _growth(work: Path, _archive: Path | None) -> None:
    growth.measure(WHOLE_HISTORY, work)


PARTS: Mapping[str, Callable[[Path, Path | None], None]] = {
    "answers": _answers,
    "load": _loads,
    "meanwhile": _meanwhile,
    "growth": _growth,
}


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the bot costs with the whole history loaded.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all where none is named")
    parser.add_argument("--archive", type=Path, help="a SQLite archive built before, for the answers")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return arguments


if __name__ == "__main__":
    main()
