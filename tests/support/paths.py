"""Where files lie that tests read, and the marks of tests that need what lies beside the checkout.

`../shared` is no part of the repository: what needs it is skipped, saying so, where it is not there. SHARED_DIR names
another place for it (a checkout in a folder of its own).
"""

import os
from pathlib import Path
from typing import Any, TypeAlias

import pytest

__all__ = [
    "HISTORY",
    "NAMES",
    "ORIGINALS",
    "PAGES",
    "RECAPS",
    "ROOT",
    "SAMPLES",
    "SEEDS",
    "SHARED",
    "SIMULATOR",
    "Loopback",
    "needs_history",
    "needs_names",
    "needs_originals",
    "needs_pages",
    "needs_recaps",
    "needs_simulator",
]

Loopback: TypeAlias = Any  # the loopback Discord has no types, and is not always there

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"  # the documents that come with the program
SAMPLES = ROOT / "tests" / "support" / "samples"  # documents that only tests read

SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
SIMULATOR = SHARED / "discordsim"  # a loopback Discord that judges every request
ORIGINALS = SHARED / "seeds"  # the documents as they came, from which the seeds were made
HISTORY = SHARED / "data" / "history"  # every race of three series as tables
NAMES = SHARED / "data" / "names"  # what people type, and what they mean by it
PAGES = SHARED / "data" / "pages"  # race pages of many years
RECAPS = SHARED / "data" / "recaps"  # recaps with labels


def _needs(folder: Path, contents: str) -> pytest.MarkDecorator:
    """The mark of tests that read a folder beside the checkout."""
    name = folder.relative_to(SHARED)
    return pytest.mark.skipif(not folder.is_dir(), reason=f"{contents} (../shared/{name}) not beside this checkout")


needs_simulator = _needs(SIMULATOR, "the loopback Discord is")
needs_originals = _needs(ORIGINALS, "the original documents are")
needs_history = _needs(HISTORY, "the history of the sport is")
needs_names = _needs(NAMES, "the catalogue of names is")
needs_pages = _needs(PAGES, "the pages of races are")
needs_recaps = _needs(RECAPS, "the labelled recaps are")
