"""One folder for a whole run of the tests: what is dear to make is made once in it, for all workers.

The process that begins the run makes the folder and takes it away at the end; workers, and processes that tests start,
find it named in their environment.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["begin_run", "end_run", "make_once", "run_folder"]

FOLDER_VARIABLE = "SPOTTER_TEST_RUN"
LOCK_WAIT_S = 300  # a server is made in two seconds on a quiet machine, in a minute on a busy one


def begin_run() -> None:
    """Make the folder of this run, for this process and those it starts."""
    os.environ[FOLDER_VARIABLE] = mkdtemp(prefix="spotter-run-")


def end_run() -> None:
    """Take the folder away with all that is in it."""
    shutil.rmtree(os.environ.pop(FOLDER_VARIABLE))


def run_folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[FOLDER_VARIABLE])


def make_once(name: str, make: Callable[[Path], None]) -> Path:
    """The file of this name in the folder of the run. Whoever asks first has `make` write it; others wait for that."""
    file = run_folder() / name
    if file.exists():
        return file
    with _exclusive_lock(run_folder() / f"{name}.lock"):
        if not file.exists():
            unfinished = run_folder() / f"{name}.unfinished"
            make(unfinished)
            unfinished.rename(file)
    return file


@contextmanager
def _exclusive_lock(file: Path) -> Iterator[None]:
    """Context manager that keeps other processes and threads out."""
    with closing(sqlite3.connect(file, timeout=LOCK_WAIT_S, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # a lock that every system has, and that goes with its process
        yield
