"""Charts in a terminal: the numbers of a picture as bars, ways and small lines of letters."""

from collections.abc import Callable, Iterator, Mapping

from rich.table import Table
from rich.text import Text

from bot.cards import Chart, ChartKind, ChartSeries

__all__ = ["drawn_chart"]

BAR_WIDTH, WAY_WIDTH = 32, 30  # letters
EIGHTHS = " ▏▎▍▌▋▊▉█"
HEIGHTS = "▁▂▃▄▅▆▇█"
GAINED, LOST, DIM = "bright_blue", "yellow", "dim"


def drawn_chart(chart: Chart) -> Table:
    """The chart as rows of text, at most 76 letters wide."""
    return DRAWINGS[chart.kind](chart)


def _grid(*justifications: str) -> Table:
    table = Table.grid(padding=(0, 1))
    for justification in justifications:
        table.add_column(justify="right" if justification == "right" else "left", no_wrap=True, overflow="ellipsis")
    return table


def _bars(chart: Chart) -> Table:
    """A bar for each label, and its number."""
    table = _grid("right", "left", "right")
    values = chart.series[0].values
    longest = max((value or 0 for value in values), default=0)
    for label, value in zip(chart.labels, values, strict=True):
        table.add_row(label, Text(_bar(value or 0, longest, BAR_WIDTH), GAINED), f"{value or 0:,.0f}")
    return table


def _slopes(chart: Chart) -> Table:
    """A row for each series: where it came from, its way there, and how far that was."""
    table = _grid("right", "left", "left", "right", "left")
    table.add_row(chart.labels[-1], "", Text(f"○ {chart.labels[0]}   ● {chart.labels[-1]}", DIM), chart.labels[0], "")
    lowest = max((value for one in chart.series for value in one.values if value is not None), default=1)
    for one in chart.series:
        start, end = one.values[0], one.values[-1]
        if start is not None and end is not None:
            change = int(start - end)
            style = GAINED if change > 0 else LOST if change < 0 else DIM
            mark = f"▲ {change}" if change > 0 else f"▼ {-change}" if change < 0 else "="
            way = Text(_way(start, end, lowest), style)
            table.add_row(f"{end:.0f}", one.name, way, f"{start:.0f}", Text(mark, style))
    return table


def _lines(chart: Chart) -> Table:
    """A row for each series: its line from the first label to the last, and where it ends."""
    table = _grid("left", "left", "right")
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = min(values, default=0), max(values, default=1)
    table.add_row("", Text(f"{chart.labels[0]} to {chart.labels[-1]}" if chart.labels else "", DIM), "")
    for one in chart.series:
        last = next((value for value in reversed(one.values) if value is not None), None)
        heights = "".join(_height(value, low, high, is_upside_down=chart.is_ranking) for value in one.values)
        table.add_row(one.name, Text(heights, GAINED), "" if last is None else f"{last:,.0f}")
    return table


def _columns(chart: Chart) -> Table:
    """A row for each label: a number of each series, and a bar of the second, which is mostly the longest."""
    table = _grid("right", *("right" for _ in chart.series), "left")
    table.add_row("", *(Text(one.name, DIM) for one in chart.series), "")
    bars = next((one for one in reversed(chart.series) if not one.is_secondary), ChartSeries("", ()))
    longest = max((value or 0 for value in bars.values), default=0)
    for number, label in enumerate(chart.labels):
        cells = [_number(one.values[number]) for one in chart.series]
        value = bars.values[number] if bars.values else None
        table.add_row(label, *cells, Text(_bar(value or 0, longest, BAR_WIDTH), GAINED))
    return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _bar(value: float, longest: float, width: int) -> str:
    """A bar to the eighth of a letter; the longest is `width` letters."""
    eighths = round(value / longest * width * 8) if longest else 0
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _way(start: float, end: float, lowest: float) -> str:
    """The way from a place to another on a line of all places, the first at the left."""
    first, last = (round((place - 1) / max(lowest - 1, 1) * (WAY_WIDTH - 1)) for place in (start, end))
    low, high = sorted((first, last))
    return "".join(_way_letters(low, high, first, last))


def _way_letters(low: int, high: int, first: int, last: int) -> Iterator[str]:
    for place in range(WAY_WIDTH):
        yield "●" if place == last else "○" if place == first else "─" if low < place < high else " "


def _height(value: float | None, low: float, high: float, *, is_upside_down: bool) -> str:
    if value is None:
        return " "
    share = (value - low) / (high - low) if high > low else 1.0
    return HEIGHTS[round((1 - share if is_upside_down else share) * (len(HEIGHTS) - 1))]


DRAWINGS: Mapping[ChartKind, Callable[[Chart], Table]] = {
    "bars": _bars,
    "slopes": _slopes,
    "lines": _lines,
    "columns": _columns,
}
