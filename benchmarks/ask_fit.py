"""The fit of a log-linear model: weights under which the right candidates of questions are likeliest, in plain Python.

What is least is minus the logarithm of the share of the right candidates, summed over questions, and half of `PULL`
times the squared distance of the weights from prior ones. It is found by L-BFGS (Nocedal and Wright, Numerical
Optimization, algorithm 7.4) with steps that are halved until they help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

__all__ = ["Choice", "fitted"]

PULL = 3.0  # cross-validated: 1 and 10 answer half a point fewer; one question in 100 more than a stochastic fit
_STEPS, _MEMORY, _LEAST_GAIN = 80, 8, 1e-4  # the gain of a step, as a share of what its slope promises
_MOST_HALVES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one question by their features, which of them are right (some, not all), and what it counts."""

    features: Sequence[Sequence[str]]
    right: Sequence[bool]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A candidate as numbers of features, each as often as it has it; `weight` is its question's."""

    features: tuple[int, ...]
    is_right: bool
    weight: float


def fitted(choices: Sequence[Choice], prior: Mapping[str, float], pull: float = PULL) -> dict[str, float]:
    """The weights of all features that occur, and those of the prior that do not."""
    numbers: dict[str, int] = {}
    rows = [
        [
            _Row(tuple(numbers.setdefault(name, len(numbers)) for name in names), right, one.weight)
            for names, right in zip(one.features, one.right, strict=True)
        ]
        for one in choices
    ]
    start = [prior.get(name, 0.0) for name in numbers]
    least = _least(rows, start, pull)
    return {**prior, **dict(zip(numbers, least, strict=True))}


def _loss(
    choices: list[list[_Row]], weights: list[float], start: list[float], pull: float
) -> tuple[float, list[float]]:
    """What is to be least, and its slope along each weight."""
    slope = [pull * (weight - before) for weight, before in zip(weights, start, strict=True)]
    loss = sum((weight - before) ** 2 for weight, before in zip(weights, start, strict=True)) * pull / 2
    for rows in choices:
        scores = [sum([weights[number] for number in row.features]) for row in rows]
        most = max(scores)
        powers = [exp(score - most) for score in scores]
        total = sum(powers)
        good = sum(power for power, row in zip(powers, rows, strict=True) if row.is_right) + 1e-300
        loss -= rows[0].weight * log(good / total)
        for power, row in zip(powers, rows, strict=True):
            excess = row.weight * (power / total - (power / good if row.is_right else 0.0))
            if abs(excess) > 1e-9:
                for number in row.features:
                    slope[number] += excess
    return loss, slope


def _least(choices: list[list[_Row]], start: list[float], pull: float) -> list[float]:
    """The weights where the loss is least, from `start` on."""
    weights = list(start)
    loss, slope = _loss(choices, weights, start, pull)
    memory: list[tuple[list[float], list[float]]] = []
    for _ in range(_STEPS):
        way = _direction(slope, memory)
        promised = _dot(way, slope)
        size = 1.0 if memory else 1.0 / (1.0 + _dot(slope, slope) ** 0.5)
        for _ in range(_MOST_HALVES):
            tried = [weight + size * step for weight, step in zip(weights, way, strict=True)]
            new_loss, new_slope = _loss(choices, tried, start, pull)
            if new_loss <= loss + _LEAST_GAIN * size * promised:
                break
            size /= 2
        else:
            break
        moved = [size * step for step in way]
        turned = [new - old for new, old in zip(new_slope, slope, strict=True)]
        if _dot(moved, turned) > 1e-12:
            memory = [*memory[-(_MEMORY - 1) :], (moved, turned)]
        is_flat = loss - new_loss < 1e-5 * max(1.0, abs(loss))
        weights, loss, slope = tried, new_loss, new_slope
        if is_flat:
            break
    return weights


def _direction(slope: list[float], memory: list[tuple[list[float], list[float]]]) -> list[float]:
    """The way downhill by what the last steps taught about how slopes turn."""
    way = [-one for one in slope]
    shares: list[float] = []
    for moved, turned in reversed(memory):
        share = _dot(moved, way) / _dot(moved, turned)
        shares.append(share)
        way = [one - share * other for one, other in zip(way, turned, strict=True)]
    if memory:
        moved, turned = memory[-1]
        scale = _dot(moved, turned) / _dot(turned, turned)
        way = [scale * one for one in way]
    for (moved, turned), share in zip(memory, reversed(shares), strict=True):
        back = _dot(turned, way) / _dot(moved, turned)
        way = [one + (share - back) * other for one, other in zip(way, moved, strict=True)]
    return way


def _dot(one: list[float], other: list[float]) -> float:
    return sum([first * second for first, second in zip(one, other, strict=True)])
