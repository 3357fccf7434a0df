"""Charts before they are drawn: plain numbers, and what they look like in words."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Chart", "ChartKind", "ChartSeries"]

ChartKind = Literal["slopes", "lines", "bars", "columns"]


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line, bar or slope of a chart; None where there is no value. `is_secondary`: on the scale at the right."""

    name: str
    values: tuple[float | None, ...]
    is_secondary: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The plain numbers of a picture, drawn by `bot.charts`; each series has a value for each of `labels`.

    "slopes" go from the first label to the last (grid to finish), "lines" are points over races, "bars" lie, one for
    each label, "columns" stand side by side. `alt` says in two sentences what the eye would see. `unit` is what the
    numbers count ("laps"); `is_ranking`: 1 is best and on top.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    alt: str
    unit: str = ""
    is_ranking: bool = False
