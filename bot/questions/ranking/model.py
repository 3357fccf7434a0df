"""A log-linear model: the sum of few weights for each candidate, and the share of each among all."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

__all__ = ["RankingModel", "ranking_model"]

_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class RankingModel:
    """`weights` are of features of candidates, `sureness` those of features of a whole ranking."""

    weights: Mapping[str, float]
    sureness: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of all features; one that is not known weighs nothing."""
        weights = self.weights
        return sum(weights[one] for one in features if one in weights)

    def sure(self, features: Mapping[str, float]) -> float:
        """How likely the first of a ranking is right, from 0 to 1, by its features."""
        total = sum(self.sureness.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def ranking_model() -> RankingModel:
    """The weights of `weights.json`, which `python -m benchmarks.ask_training` has written."""
    lists = json.loads(_FILE.read_text(encoding="utf-8"))
    return RankingModel(lists["weights"], lists["sureness"])


def shares(scores: Sequence[float]) -> list[float]:
    """The share of each candidate, which are one together."""
    most = max(scores, default=0.0)
    powers = [exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
