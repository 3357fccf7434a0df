"""What every chart has: the size of its picture, its title, and words that are cut where they have no room."""

from bot.cards import Chart
from bot.charts.canvas import LABEL_SIZE, TITLE_SIZE, Canvas, text_width
from bot.charts.palette import AXIS, FAINT, MUTED, TEXT
from bot.charts.scales import Scale

__all__ = ["BOTTOM", "MARGIN", "TOP", "WIDTH", "draw_grid", "fit", "new_canvas", "title_text"]

WIDTH, HEIGHT = 1000, 750  # pixels, of a chart of at most 15 rows
MARGIN = 30
TOP, BOTTOM = 120, 60  # of the plot, below the title and its second line, and above the words of the lower axis
ROW_HEIGHT = (HEIGHT - TOP - MARGIN) / 15
ELLIPSIS = "…"


def new_canvas(chart: Chart, rows: int = 0) -> Canvas:
    """A canvas with the title on it, high enough for so many rows."""
    canvas = Canvas(WIDTH, max(HEIGHT, round(TOP + MARGIN + ROW_HEIGHT * rows)))
    canvas.text((MARGIN, 40), fit(chart.title, WIDTH - 2 * MARGIN, TITLE_SIZE), TEXT, TITLE_SIZE)
    return canvas


def title_text(canvas: Canvas, text: str) -> None:
    """The small second line below the title."""
    canvas.text((MARGIN, 86), fit(text, WIDTH - 2 * MARGIN, LABEL_SIZE), MUTED, LABEL_SIZE)


def fit(text: str, width: float, size: int = LABEL_SIZE) -> str:
    """The text, cut with an ellipsis where it is wider than this many pixels."""
    if text_width(text, size) <= width:
        return text
    # A letter is never narrower than a fifth of its size: no more of them need to be tried.
    text = text[: int(width / size * 5) + 1]
    while text and text_width(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def draw_grid(canvas: Canvas, scale: Scale, ticks: tuple[int, ...], left: float, right: float) -> None:
    """Lines across the plot with their numbers at the left; the lowest is the axis."""
    for tick in ticks:
        y = scale.at(tick)
        canvas.line(((left, y), (right, y)), AXIS if tick == ticks[0] else FAINT, 2)
        canvas.text((left - 12, y), f"{tick:,}", MUTED, anchor="rm")
