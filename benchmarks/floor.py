"""The least that a load of the history could cost: `python -m benchmarks.floor FOLDER DATABASE`.

csv.reader over the unpacked text and sqlite3.executemany of the same rows (the 21 columns and the series) into one
table on disk with three indexes, then a commit. No format is checked, no name is known, nothing is merged.
"""

import csv
import gzip
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.archives import remove_database

__all__ = ["fill", "hashing_s", "peak_mib"]

COLUMNS = (
    "series", "season", "race", "track", "name", "length", "surface", "finish", "start", "car", "driver", "make",
    "pts", "laps", "led", "status", "team", "s1", "s2", "s3", "rating", "win",
)  # fmt: skip


def fill(folder: Path, database: Path) -> int:
    """Put every row of every history file of a folder into a new database; the number of rows."""
    remove_database(database)
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE result ({', '.join(COLUMNS)})")
    for name, columns in (("by_race", "series, season, race"), ("by_driver", "driver"), ("by_track", "track")):
        connection.execute(f"CREATE INDEX {name} ON result ({columns})")
    marks = ", ".join("?" * len(COLUMNS))
    for path in sorted(folder.glob("*_series.csv.gz")):
        connection.executemany(f"INSERT INTO result VALUES ({marks})", _rows(path))  # noqa: S608
    connection.commit()
    rows: int = connection.execute("SELECT count(*) FROM result").fetchone()[0]
    connection.close()
    return rows


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    series = path.name.partition("_")[0]
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        for row in reader:
            yield (series, *row)


def hashing_s(folder: Path) -> float:
    """Seconds to read and hash every file of a folder, as it lies there."""
    began = time.perf_counter()
    for path in sorted(folder.iterdir()):
        hashlib.sha256(path.read_bytes()).hexdigest()
    return time.perf_counter() - began


def peak_mib() -> float:
    """The most memory this process ever had, in MiB.

    Not `getrusage`: what it says of a child process includes the parent's memory at the fork.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def main() -> None:
    """Fill a database and print the figures as JSON."""
    folder, database = map(Path, sys.argv[1:])
    began = time.perf_counter()
    rows = fill(folder, database)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "peak_mib": peak_mib(), "rows": rows}))


if __name__ == "__main__":
    main()
