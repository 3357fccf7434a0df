"""Columns: some that stand side by side for each label, and a line over them on a scale of its own."""

from collections.abc import Sequence

from bot.cards import Chart, ChartSeries
from bot.charts.canvas import LABEL_SIZE, SMALL_SIZE, Canvas, text_width
from bot.charts.frame import BOTTOM, MARGIN, TOP, WIDTH, draw_grid, new_canvas
from bot.charts.palette import BLUE, MUTED, ORANGE, TEXT, YELLOW
from bot.charts.scales import Scale, nice_ticks

__all__ = ["draw_columns"]

LEFT, RIGHT = 90, WIDTH - 90  # pixels, of the plot between its two scales
FILLING = 0.74  # of the room of a label that its columns take
COLUMN_COLOURS = (YELLOW, BLUE)
LEGEND_Y = 88
LINE_COLOUR = ORANGE


def draw_columns(chart: Chart) -> Canvas:
    """A chart with the first series as columns, and one that is secondary as a line with 1 on top at the right."""
    canvas = new_canvas(chart)
    standing = [one for one in chart.series if not one.is_secondary]
    bottom = canvas.height - MARGIN - BOTTOM
    ticks = nice_ticks(0, max((value or 0 for one in standing for value in one.values), default=1))
    upright = Scale(ticks[0], ticks[-1], bottom, TOP + 20)
    draw_grid(canvas, upright, ticks, LEFT, RIGHT)
    level = Scale(0, max(len(chart.labels), 1), LEFT, RIGHT)
    for number, series in enumerate(standing):
        _draw_series(canvas, series, level, upright, (number, len(standing)))
    line = next((one for one in chart.series if one.is_secondary), None)
    if line is not None:
        _draw_secondary(canvas, line, level, Scale(0, 1, TOP + 20, bottom))
    _draw_labels(canvas, chart.labels, level, bottom + 34)
    _draw_legend(canvas, standing, line)
    return canvas


def _draw_series(canvas: Canvas, series: ChartSeries, level: Scale, upright: Scale, place: tuple[int, int]) -> None:
    """The columns of one series; of several (number, count) each takes its part of the room of a label."""
    number, count = place
    room = (level.end - level.start) / max(len(series.values), 1)
    width = min(room * FILLING / count, 60)
    for position, value in enumerate(series.values):
        if value:
            left = level.at(position + 0.5) + (number - count / 2) * width
            top = upright.at(value)
            canvas.rectangle(left, top, left + width - 2, upright.start, COLUMN_COLOURS[number % 2])
            # Hatches say the same as the colour.
            if number % 2:
                for y in range(int(top) + 8, int(upright.start), 12):
                    canvas.line(((left, y), (left + width - 2, y)), "#1B1D23", 2)


def _draw_secondary(canvas: Canvas, series: ChartSeries, level: Scale, room: Scale) -> None:
    """A line through the values that there are, with its scale at the right, the smallest number on top."""
    values = [value for value in series.values if value is not None]
    if not values:
        return
    ticks = nice_ticks(min(values), max(values), 4)
    scale = Scale(ticks[0], ticks[-1], room.start, room.end)
    for tick in ticks:
        # No place is number 0: the top of the scale stays without a number.
        if tick:
            canvas.text((RIGHT + 12, scale.at(tick)), str(tick), LINE_COLOUR)
    path = [(level.at(n + 0.5), scale.at(value)) for n, value in enumerate(series.values) if value is not None]
    if len(path) > 1:
        canvas.line(path, LINE_COLOUR, 3.5, "dashed")
    for point in path:
        canvas.marker(point, LINE_COLOUR, "diamond", 7)


def _draw_labels(canvas: Canvas, labels: Sequence[str], level: Scale, y: float) -> None:
    room = (level.end - level.start) / max(len(labels), 1)
    widest = max((text_width(label, SMALL_SIZE) for label in labels), default=0) + 14
    step = max(1, -(-int(widest) // max(int(room), 1)))
    for number in range(len(labels) - 1, -1, -step):
        canvas.text((level.at(number + 0.5), y), labels[number], MUTED, SMALL_SIZE, "mm")


def _draw_legend(canvas: Canvas, standing: Sequence[ChartSeries], line: ChartSeries | None) -> None:
    """What the columns and the line are, each beside a small picture of itself."""
    x: float = MARGIN
    for number, series in enumerate(standing):
        canvas.rectangle(x, LEGEND_Y - 12, x + 26, LEGEND_Y + 12, COLUMN_COLOURS[number % 2])
        if number % 2:
            for y in (LEGEND_Y - 4, LEGEND_Y + 6):
                canvas.line(((x, y), (x + 26, y)), "#1B1D23", 2)
        canvas.text((x + 36, LEGEND_Y), series.name, TEXT)
        x += 36 + text_width(series.name, LABEL_SIZE) + 40
    if line is not None:
        canvas.line(((x, LEGEND_Y), (x + 44, LEGEND_Y)), LINE_COLOUR, 3.5, "dashed")
        canvas.marker((x + 22, LEGEND_Y), LINE_COLOUR, "diamond")
        canvas.text((x + 56, LEGEND_Y), f"{line.name} (right, best on top)", TEXT)
