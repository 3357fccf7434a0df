"""One load in a process of its own, timed inside: `python -m benchmarks.loading DATABASE_URL FOLDER`.

Prints JSON: seconds of the load from opening the database to the end of its transaction, seconds of hashing the same
files just before, the process's most memory in MiB, and how many documents it could not read.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.floor import hashing_s, peak_mib
from bot.archive.db.engine import open_archive
from bot.loading.load import load

__all__ = ["main"]


def main() -> None:
    """Load and print the figures."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    hashing = hashing_s(folder)
    began = time.perf_counter()
    engine = open_archive(url)
    report = load(engine, folder)
    took = time.perf_counter() - began
    engine.dispose()
    for line in report.rejected:
        print(line, file=sys.stderr)
    figures = {"seconds": took, "hashing": hashing, "peak_mib": peak_mib(), "rejected": len(report.rejected)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
