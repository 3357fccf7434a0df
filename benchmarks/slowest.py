"""Which kinds of question take longest, and which single ones."""

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.questions import FanQuestion
from benchmarks.traffic import ItemResult, TrafficRun, percentile

__all__ = ["show_slowest"]

SLOWEST_COUNT = 8


def show_slowest(run: TrafficRun) -> None:
    """Print every kind of question, the slowest first, and the slowest single ones."""
    kinds: defaultdict[str, list[ItemResult]] = defaultdict(list)
    for result in run.results:
        if isinstance(result.item, FanQuestion) and result.latency_s is not None:
            kinds[result.item.kind].append(result)
    print("\n| kind of question | asked | private line | p50 | p99 |\n|---|---|---|---|---|")
    for kind, results in sorted(kinds.items(), key=lambda one: -_percentile_ms(one[1], 0.5)):
        refused = sum(one.refused for one in results)
        print(
            f"| {kind} | {len(results)} | {refused} | {_percentile_ms(results, 0.5):.1f} ms "
            f"| {_percentile_ms(results, 0.99):.1f} ms |"
        )
    print("\nThe slowest of all:")
    for result in sorted(run.results, key=lambda one: -(one.latency_s or 0))[:SLOWEST_COUNT]:
        text = result.item.text if isinstance(result.item, FanQuestion) else str(result.item)
        print(f"- {1000 * (result.latency_s or 0):.1f} ms: {text}")


def _percentile_ms(results: Sequence[ItemResult], share: float) -> float:
    return percentile([one.latency_s for one in results if one.latency_s is not None], share)
