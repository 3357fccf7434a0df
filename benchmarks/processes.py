"""How a process is timed, and what several runs come to."""

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.places import PYTHON, ROOT

__all__ = ["Average", "combine_runs", "run_module", "wall_s"]

Average = Callable[[Sequence[float]], float]


def wall_s(command: Sequence[str], extra: Mapping[str, str] | None = None) -> float:
    """Seconds a process takes from its start to its end. Raises RuntimeError with its last words where it fails."""
    began = time.perf_counter()
    process = subprocess.run(
        list(command), cwd=ROOT, env={**os.environ, **(extra or {})}, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {(process.stdout + process.stderr)[-3000:]}")
    return took


def run_module(module: str, *arguments: str) -> dict[str, float]:
    """The figures that a module prints as JSON from a process of its own. Raises RuntimeError where it fails."""
    process = subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if process.returncode != 0:
        raise RuntimeError(f"{module}: {(process.stdout + process.stderr)[-3000:]}")
    figures: dict[str, float] = json.loads(process.stdout)
    return figures


def combine_runs(runs: Sequence[Mapping[str, float]], average: Average = statistics.median) -> dict[str, float]:
    """Each figure of several runs as one: their median, or what else `average` makes of them."""
    return {name: average([run[name] for run in runs]) for name in runs[0]}
