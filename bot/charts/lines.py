"""Lines: one for each series over the labels, with its name at its end."""

from collections.abc import Sequence

from bot.cards import Chart, ChartSeries
from bot.charts.canvas import LABEL_SIZE, SMALL_SIZE, Canvas, Point, text_width
from bot.charts.frame import BOTTOM, MARGIN, TOP, WIDTH, draw_grid, fit, new_canvas, title_text
from bot.charts.palette import MUTED, SERIES_STYLES, SeriesStyle
from bot.charts.scales import Scale, nice_ticks, spread

__all__ = ["draw_lines"]

MAX_NAME_WIDTH = 250
LEFT = 110
MAX_LINES = len(SERIES_STYLES)


def draw_lines(chart: Chart) -> Canvas:
    """A chart with a line for each of the first eight series; a label without a value is passed over."""
    canvas = new_canvas(chart)
    title_text(canvas, chart.unit)
    shown = [one for one in chart.series if any(value is not None for value in one.values)][:MAX_LINES]
    values = [value for one in shown for value in one.values if value is not None]
    bottom = canvas.height - MARGIN - BOTTOM
    ticks = nice_ticks(min(values, default=0), max(values, default=1))
    ends = (TOP, bottom) if chart.is_ranking else (bottom, TOP)
    upright = Scale(ticks[0], ticks[-1], *ends)
    names = [fit(one.name, MAX_NAME_WIDTH) for one in shown]
    room = max((text_width(name, LABEL_SIZE) for name in names), default=0)
    level = Scale(0, max(len(chart.labels) - 1, 1), LEFT + 20, WIDTH - MARGIN - room - 40)
    draw_grid(canvas, upright, ticks, LEFT, level.end + 10)
    _draw_labels(canvas, chart.labels, level, bottom + 34)
    paths = [_path(one, level, upright) for one in shown]
    places = spread([path[-1][1] for path in paths], LABEL_SIZE + 6, TOP, bottom)
    for path, name, place, style in zip(paths, names, places, SERIES_STYLES, strict=False):
        _draw_line(canvas, path, name, (level.end + 26, place), style)
    return canvas


def _path(series: ChartSeries, level: Scale, upright: Scale) -> list[Point]:
    return [(level.at(n), upright.at(value)) for n, value in enumerate(series.values) if value is not None]


def _draw_line(canvas: Canvas, path: Sequence[Point], name: str, name_point: Point, style: SeriesStyle) -> None:
    if len(path) > 1:
        canvas.line(path, style.colour, 4, style.line)
    # A thin thread from the end of the line to its name, which may have been moved out of the way of others.
    canvas.line((path[-1], (name_point[0] - 6, name_point[1])), style.colour, 1.5)
    for point in path:
        canvas.marker(point, style.colour, style.marker, 8)
    canvas.text(name_point, name, style.colour)


def _draw_labels(canvas: Canvas, labels: Sequence[str], level: Scale, y: float) -> None:
    """As many labels of the lower axis as there is room for, the last one among them."""
    widest = max((text_width(label, SMALL_SIZE) for label in labels), default=0) + 18
    step = max(1, -(-int(widest * max(len(labels) - 1, 1)) // int(level.end - level.start)))
    for number in range(len(labels) - 1, -1, -step):
        canvas.text((level.at(number), y), labels[number], MUTED, SMALL_SIZE, "mm")
