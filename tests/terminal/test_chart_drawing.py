"""Charts in a terminal: the same numbers as in the picture, as text."""

from rich.console import Console

from bot.cards import Chart, ChartSeries
from bot.terminal.chart_drawing import drawn_chart

SLOPES = Chart(
    "slopes", "t", ("Grid", "Finish"), (ChartSeries("Ann Ash", (4, 1)), ChartSeries("Bea Birch", (1, 2))), "alt"
)
BARS = Chart("bars", "t", ("Ann Ash", "Bea Birch", "Cal Cole"), (ChartSeries("Laps led", (80, 20, 0)),), "alt")
LINES = Chart(
    "lines", "t", ("1", "2", "3"), (ChartSeries("Ann Ash", (0, 0, 4)), ChartSeries("Bea Birch", (8, None, 0))),
    "alt", is_ranking=True,
)  # fmt: skip
COLUMNS = Chart(
    "columns", "t", ("1950", "1951"),
    (ChartSeries("Wins", (1, 2)), ChartSeries("Top fives", (2, 4)), ChartSeries("Average finish", (2.5, None), True)),
    "alt",
)  # fmt: skip


def text_of(chart: Chart) -> list[str]:
    console = Console(width=76, file=None, force_terminal=False)
    with console.capture() as capture:
        console.print(drawn_chart(chart))
    return [line.rstrip() for line in capture.get().splitlines()]


def test_a_bar_is_as_long_as_its_number() -> None:
    lines = text_of(BARS)
    assert [line.split()[-1] for line in lines] == ["80", "20", "0"]
    assert [line.count("█") for line in lines] == [32, 8, 0]


def test_a_way_goes_from_the_grid_to_the_finish() -> None:
    _, first, second = text_of(SLOPES)
    assert first.startswith("     1 Ann Ash")
    assert first.index("●") < first.index("○")
    assert first.endswith("▲ 3")
    assert second.index("○") < second.index("●")
    assert second.endswith("▼ 1")


def test_the_leader_of_a_line_is_high_and_a_missing_value_is_a_gap() -> None:
    _, first, second = text_of(LINES)
    assert "██" in first
    assert "▁ █" in second


def test_columns_are_numbers_in_a_row_for_each_season() -> None:
    heading, first, second = text_of(COLUMNS)
    assert heading.split() == ["Wins", "Top", "fives", "Average", "finish"]
    assert first.split()[:4] == ["1950", "1", "2", "2.5"]
    assert second.split()[:3] == ["1951", "2", "4"]


def test_no_line_is_wider_than_the_frame_of_a_card() -> None:
    name = "Maximiliano Wojciechowski-Fittipaldi Jr."
    field = Chart("slopes", "t", ("Grid", "Finish"), tuple(ChartSeries(name, (n, 41 - n)) for n in range(1, 41)), "alt")
    assert max(len(line) for line in text_of(field)) <= 76
