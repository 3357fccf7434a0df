"""Where things are. The sport's history is read from ../shared/data/history and never copied into the repository."""

import sys
from pathlib import Path

__all__ = ["HISTORY", "HISTORY_FILES", "PYTHON", "ROOT", "SEEDS", "SHARED", "missing_data"]

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
HISTORY = SHARED / "data" / "history"
HISTORY_FILES = ("cup_series.csv.gz", "nxs_series.csv.gz", "truck_series.csv.gz")
PYTHON = sys.executable


def missing_data() -> str | None:
    """What is missing that every run needs, in one line; None where nothing is."""
    for path, what in ((SHARED / "discordsim", "loopback Discord"), (HISTORY / HISTORY_FILES[0], "sport's history")):
        if not path.exists():
            return f"The {what} (../shared/{path.relative_to(SHARED)}) is not here, so there is nothing to measure."
    return None
