"""Bars: one that lies for each label, with its number at the end."""

from bot.cards import Chart
from bot.charts.canvas import LABEL_SIZE, Canvas, text_width
from bot.charts.frame import MARGIN, TOP, WIDTH, fit, new_canvas, title_text
from bot.charts.palette import BLUE, FAINT, TEXT, YELLOW
from bot.charts.scales import Scale

__all__ = ["draw_bars"]

MAX_NAME_WIDTH = 330
GAP = 16  # pixels between a name, its bar and its number
THICKNESS = 0.62  # of the height of a row


def draw_bars(chart: Chart) -> Canvas:
    """A chart with the values of its first series as bars, longest first as they come; the longest one in yellow."""
    values = [value or 0 for value in chart.series[0].values]
    canvas = new_canvas(chart, len(values))
    title_text(canvas, chart.series[0].name)
    names = [fit(label, MAX_NAME_WIDTH) for label in chart.labels]
    left = MARGIN + max((text_width(name, LABEL_SIZE) for name in names), default=0) + GAP
    numbers = [f"{value:,.0f}" for value in values]
    room = max((text_width(number, LABEL_SIZE) for number in numbers), default=0) + GAP
    longest = max(values, default=0)
    scale = Scale(0, max(longest, 1), left, WIDTH - MARGIN - room)
    # Few bars are no thicker than those of a full chart of fifteen would be twice over.
    row = min((canvas.height - TOP - MARGIN) / max(len(values), 1), 80)
    for number, (name, value, text) in enumerate(zip(names, values, numbers, strict=True)):
        middle = TOP + row * (number + 0.5)
        half = row * THICKNESS / 2
        canvas.text((left - GAP, middle), name, TEXT, anchor="rm")
        canvas.rectangle(left, middle - half, scale.at(max(longest, 1)), middle + half, FAINT)
        if value:
            canvas.rectangle(left, middle - half, scale.at(value), middle + half, YELLOW if value == longest else BLUE)
        canvas.text((scale.at(max(longest, 1)) + GAP, middle), text, TEXT)
    return canvas
