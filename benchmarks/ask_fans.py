"""How many questions of fans on the four originals are answered right, corrected or refused, and how fast."""

import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.places import SHARED

__all__ = ["fan_lines"]

FANS, ORIGINALS = SHARED / "data" / "fan-questions", SHARED / "seeds"


def fan_lines(load: Callable[[Path], Callable[..., Mapping[str, Any]]]) -> Iterator[str]:
    """A table of the kinds of questions, those asked back among the right ones; none where there is no data."""
    if not (FANS / "dev.jsonl").is_file():
        return
    answer, gold = load(ORIGINALS), [json.loads(line) for line in (FANS / "dev.jsonl").read_text("utf-8").splitlines()]
    predictions, times = [], []
    for question in gold:
        start = time.perf_counter()
        said = answer(question["question"])
        times.append(1000 * (time.perf_counter() - start))
        predictions.append({"id": question["id"], "answer": said["answer"], "refused": said["refused"]})
    result, _ = _scorer().score(gold, predictions)
    yield "| questions of fans | n | right | refused | wrong |"
    yield "|---|---|---|---|---|"
    for kind, counts in result["by_type"].items():
        right = counts.get("correct", 0) + counts.get("corrected", 0)
        refused = counts.get("refused", 0) + counts.get("over_refused", 0)
        yield f"| {kind} | {counts['n']} | {right} | {refused} | {counts.get('wrong', 0)} |"
    answered, handled = result["accuracy_answerable"], result["refusal_recall_unanswerable"]
    times.sort()
    yield ""
    yield (
        f"Of those with an answer {answered:.1%} are right, of the others {handled:.1%} refused or corrected, "
        f"{result['wrong_answer_rate']:.1%} wrong; p50 {statistics.median(times):.0f} ms, "
        f"p95 {times[int(0.95 * len(times))]:.0f} ms."
    )


def _scorer() -> Any:  # noqa: ANN401 - a module of the data, which has no types
    """The scorer that lies beside the questions."""
    sys.path.insert(0, str(FANS))
    try:
        spec = importlib.util.spec_from_file_location("fan_score", FANS / "score.py")
        module = importlib.util.module_from_spec(spec) if spec else None
        if spec is None or spec.loader is None or module is None:
            raise FileNotFoundError(FANS / "score.py")
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(FANS))
    return module
