"""Slopes: where each started and finished. Who gained goes up in a whole line, who lost goes down in dashes."""

from bot.cards import Chart
from bot.charts.canvas import LABEL_SIZE, SMALL_SIZE, Canvas, LineStyle
from bot.charts.frame import MARGIN, TOP, WIDTH, fit, new_canvas, title_text
from bot.charts.palette import AXIS, BLUE, MUTED, ORANGE, TEXT
from bot.charts.scales import Scale

__all__ = ["draw_slopes"]

LEFT, RIGHT = 310, 600  # pixels, of the two ends of a slope
NUMBER_WIDTH = 50  # of a place of two figures
CHANGE_WIDTH = 90  # of "▲ 34"
MAX_ROWS = 82  # the largest field there has been, Darlington in 1951
STRONG_COUNT = 3  # of those who gained most and lost most, drawn thicker: a field of 40 is a tangle otherwise


def draw_slopes(chart: Chart) -> Canvas:
    """A chart with a slope for each series, from its first value to its last; 1 is on top."""
    slopes = [(one.name, one.values[0], one.values[-1]) for one in chart.series]
    known = [(name, start, end) for name, start, end in slopes if start is not None and end is not None]
    lowest = max((value for _, start, end in known for value in (start, end)), default=1)
    canvas = new_canvas(chart, min(int(lowest), MAX_ROWS))
    title_text(canvas, f"{chart.labels[0]} to {chart.labels[-1]}:  ▲ whole line, gained   ▼ dashes, lost")
    scale = Scale(1, max(lowest, 2), TOP + LABEL_SIZE / 2, canvas.height - MARGIN - LABEL_SIZE / 2)
    changes = sorted((start - end for _, start, end in known), reverse=True)
    strong = {*changes[:STRONG_COUNT], *changes[-STRONG_COUNT:]} - {0}
    # The thick ones last, so that they lie on top.
    for name, start, end in sorted(known, key=lambda slope: slope[1] - slope[2] in strong):
        _draw_slope(canvas, scale, name, start, end, is_strong=start - end in strong)
    return canvas


def _draw_slope(canvas: Canvas, scale: Scale, name: str, start: float, end: float, *, is_strong: bool) -> None:
    change = int(start - end)
    colour = BLUE if change > 0 else ORANGE if change < 0 else AXIS
    style: LineStyle = "dashed" if change < 0 else "solid"
    first, last = (LEFT, scale.at(start)), (RIGHT, scale.at(end))
    canvas.line((first, last), colour, 6 if is_strong else 2.5, style)
    for point in (first, last):
        canvas.marker(point, colour, "circle", 7 if is_strong else 5)
    ink = TEXT if is_strong else MUTED
    left_room = LEFT - 20 - NUMBER_WIDTH - MARGIN
    canvas.text((LEFT - 20, first[1]), f"{start:.0f}", ink, anchor="rm")
    canvas.text((LEFT - 20 - NUMBER_WIDTH, first[1]), fit(name, left_room, SMALL_SIZE), ink, SMALL_SIZE, "rm")
    canvas.text((RIGHT + 20 + NUMBER_WIDTH - 10, last[1]), f"{end:.0f}", TEXT, anchor="rm")
    name_left = RIGHT + 20 + NUMBER_WIDTH + 4
    canvas.text((name_left, last[1]), fit(name, WIDTH - MARGIN - CHANGE_WIDTH - name_left), TEXT)
    mark = f"▲ {change}" if change > 0 else f"▼ {-change}" if change < 0 else "="
    canvas.text((WIDTH - MARGIN, last[1]), mark, colour if change else MUTED, anchor="rm")
