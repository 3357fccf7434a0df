"""Which kinds of question take longest, and which single ones."""

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.questions import Question
from benchmarks.traffic import Ran, Told, percentile

__all__ = ["show_slowest"]

NAMED = 8


def show_slowest(ran: Ran) -> None:
    """Print every kind of question, the slowest first, and the slowest single ones."""
    kinds: defaultdict[str, list[Told]] = defaultdict(list)
    for one in ran.told:
        if isinstance(one.item, Question) and one.latency_s is not None:
            kinds[one.item.kind].append(one)
    print("\n| kind of question | asked | private line | p50 | p99 |\n|---|---|---|---|---|")
    for kind, told in sorted(kinds.items(), key=lambda one: -_ms(one[1], 0.5)):
        refused = sum(one.refused for one in told)
        print(f"| {kind} | {len(told)} | {refused} | {_ms(told, 0.5):.1f} ms | {_ms(told, 0.99):.1f} ms |")
    print("\nThe slowest of all:")
    for one in sorted(ran.told, key=lambda one: -(one.latency_s or 0))[:NAMED]:
        text = one.item.text if isinstance(one.item, Question) else str(one.item)
        print(f"- {1000 * (one.latency_s or 0):.1f} ms: {text}")


def _ms(told: Sequence[Told], share: float) -> float:
    return percentile([one.latency_s for one in told if one.latency_s is not None], share)
