"""Everything that issue says of speed, in one run: `make bench`, or one part: `python -m benchmarks.history PART`.

Parts: answers (and start, and memory), load, meanwhile (answers during loads), growth. With `--archive FILE` the parts
that only read take an archive that was built before, with `--folder` of its documents.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import answers
from benchmarks.places import FILES, HISTORY, Archive, absent, built, documents

__all__ = ["main"]

Part = Callable[[Archive, Path], None]


def _answers(archive: Archive, _work: Path) -> None:
    asyncio.run(answers.measure(archive))


PARTS: Mapping[str, Part] = {"answers": _answers}


def main() -> None:
    """Measure the parts that are named, or all, and print the tables."""
    given = _given()
    if reason := absent():
        sys.exit(reason)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        archive = given.archive and Archive(given.archive.resolve(), documents(work / "seeds"))
        archive = archive or built(work / "whole.db", documents(work / "whole", (HISTORY / one for one in FILES)))
        for part in given.parts or PARTS:
            PARTS[part](archive, work)
    print(f"\n{time.perf_counter() - began:.0f} s in all.")


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the bot costs with the whole history loaded.")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all where none is named")
    parser.add_argument("--archive", type=Path, help="a SQLite archive built before, for `answers`")
    return parser.parse_args()


if __name__ == "__main__":
    main()
