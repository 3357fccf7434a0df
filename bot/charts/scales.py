"""Scales of a chart: which numbers stand at an axis, and where on the picture a value lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Scale", "nice_ticks", "spread"]

NICE_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Straight scale from the values `low` to `high` to the pixels `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.5)


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[int, ...]:
    """Whole round numbers (steps of 1, 2 or 5 times a power of ten) from at most `low` to at least `high`."""
    rough = max((high - low) / count, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(nice * power) for nice in NICE_STEPS if nice * power >= rough)
    first = math.floor(low / step) * step
    last = max(math.ceil(high / step) * step, first + step)
    return tuple(range(first, last + 1, step))


def spread(places: Sequence[float], distance: float, lowest: float, highest: float) -> tuple[float, ...]:
    """The places moved so that each is `distance` from the next, in their order, none beyond `highest`."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = [0.0] * len(places)
    previous = lowest - distance
    for number in order:
        previous = moved[number] = max(places[number], previous + distance)
    following = highest + distance
    for number in reversed(order):
        following = moved[number] = min(moved[number], following - distance)
    return tuple(moved)
