"""Where things are, what a run is given, and how a process is timed.

The sport's history is read from ../shared/data/history and stands in a temporary folder by links: it is never copied
into the repository.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "FILES", "HISTORY", "PYTHON", "ROOT", "SEEDS", "SHARED", "Archive", "absent", "built", "documents", "environment",
    "median", "remove_database", "told", "wall_s",
]  # fmt: skip

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
HISTORY = SHARED / "data" / "history"
FILES = ("cup_series.csv.gz", "nxs_series.csv.gz", "truck_series.csv.gz")
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Archive:
    """A database and the folder of documents it is loaded from."""

    database: Path
    folder: Path

    @property
    def url(self) -> str:
        """As DATABASE_URL."""
        return f"sqlite:///{self.database}"


def absent() -> str | None:
    """What is missing that every run needs, in one line; None where nothing is."""
    for path, what in ((SHARED / "discordsim", "loopback Discord"), (HISTORY / FILES[0], "sport's history")):
        if not path.exists():
            return f"The {what} (../shared/{path.relative_to(SHARED)}) is not here, so there is nothing to measure."
    return None


def documents(folder: Path, history: Iterable[Path] = (), *, but: Iterable[str] = ()) -> Path:
    """A new folder with the seeds and these files, all by links; `but` are names of seeds to leave out."""
    folder.mkdir(parents=True)
    for path in (*sorted(SEEDS.iterdir()), *history):
        if path.name not in set(but):
            (folder / path.name).symlink_to(path)
    return folder


def environment(archive: Archive) -> dict[str, str]:
    """What the bot is told of an archive."""
    return {"DATABASE_URL": archive.url, "DOCUMENTS_DIR": str(archive.folder), "LOG_LEVEL": "WARNING"}


def built(database: Path, folder: Path) -> Archive:
    """An archive made of a folder by the bot's own command. Raises RuntimeError where the load fails."""
    archive = Archive(database, folder)
    wall_s([PYTHON, "-m", "bot", "load"], environment(archive))
    return archive


def wall_s(command: Sequence[str], extra: Mapping[str, str] | None = None) -> float:
    """Seconds a process takes from its start to its end. Raises RuntimeError with its last words where it fails."""
    began = time.perf_counter()
    done = subprocess.run(
        list(command), cwd=ROOT, env={**os.environ, **(extra or {})}, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {(done.stdout + done.stderr)[-3000:]}")
    return took


def told(module: str, *arguments: str) -> dict[str, float]:
    """The figures that a module prints as JSON from a process of its own. Raises RuntimeError where it fails."""
    done = subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{module}: {(done.stdout + done.stderr)[-3000:]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def median(measure: Callable[[], Mapping[str, float]], times: int) -> dict[str, float]:
    """The median of each figure over several runs."""
    runs = [measure() for _ in range(times)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def remove_database(database: Path) -> None:
    """Remove a SQLite database with what lies beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
