"""Which function draws which kind of chart."""

from collections.abc import Callable, Mapping

from bot.cards import Chart, ChartKind
from bot.charts.bars import draw_bars
from bot.charts.canvas import Canvas
from bot.charts.columns import draw_columns
from bot.charts.lines import draw_lines
from bot.charts.numbers import picture_text
from bot.charts.slopes import draw_slopes

__all__ = ["draw_chart"]

DRAWINGS: Mapping[ChartKind, Callable[[Chart], Canvas]] = {
    "slopes": draw_slopes,
    "lines": draw_lines,
    "bars": draw_bars,
    "columns": draw_columns,
}


def draw_chart(chart: Chart) -> bytes:
    """The picture of a chart, as a PNG of 1,000 by 750 pixels or more; what it shows in words is `chart.alt`.

    The numbers are in it too (`bot.charts.numbers`).
    """
    return DRAWINGS[chart.kind](chart).png(picture_text(chart))
