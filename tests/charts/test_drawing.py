"""Charts as pictures: their size, what they cost, and that no numbers can break them."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.cards import Chart, ChartKind, ChartSeries
from bot.charts import chart_in_picture, draw_chart
from bot.charts.canvas import BACKGROUND, LABEL_SIZE, SMALL_SIZE, TITLE_SIZE, Canvas, text_width
from bot.charts.palette import SERIES_STYLES
from bot.charts.scales import Scale, nice_ticks, spread

KINDS: tuple[ChartKind, ...] = ("slopes", "lines", "bars", "columns")
# 60 ms are three times the floor where that takes 20; twice as much leaves room for what runs beside.
MAX_TIMES_FLOOR, MAX_MEMORY_MIB = 6, 20
LONGEST_NAME = "Maximiliano Wojciechowski-Fittipaldi Jr."


def test_charts_of_up_to_fifteen_rows_have_the_shape_of_a_phone_held_upright() -> None:
    for kind in KINDS:
        assert picture_of(chart(kind, 15)).size == (1000, 750), kind


def test_a_whole_field_makes_the_picture_higher_and_no_wider() -> None:
    width, height = picture_of(chart("slopes", 40)).size
    assert width == 1000
    assert height == pytest.approx(120 + 30 + 40 * 40, abs=2)


def test_no_text_is_smaller_than_24_pixels() -> None:
    assert min(TITLE_SIZE, LABEL_SIZE, SMALL_SIZE) == 24


def test_no_two_lines_are_told_apart_by_colour_alone() -> None:
    assert len({style.colour for style in SERIES_STYLES}) == len(SERIES_STYLES)
    assert len({(style.line, style.marker) for style in SERIES_STYLES}) == len(SERIES_STYLES)


def test_every_colour_of_a_series_stands_out_from_the_ground() -> None:
    for style in SERIES_STYLES:
        assert contrast(style.colour, BACKGROUND) > 4.5, style.colour


@pytest.mark.parametrize("letter", "áéñøČ▲▼…–’")
def test_the_font_has_the_letters_of_every_name(letter: str) -> None:
    missing = bitmap("\U000f0000")
    assert bitmap(letter) != missing


def test_the_longest_names_leave_the_picture_as_wide_as_it_is() -> None:
    for kind in KINDS:
        assert picture_of(chart(kind, 15, LONGEST_NAME)).size == (1000, 750)


def least_cost_s(work: Callable[[], object]) -> float:
    """The least of three costs in processor time: other work only ever adds."""
    costs = []
    for _ in range(3):
        start_s = time.thread_time()
        work()
        costs.append(time.thread_time() - start_s)
    return min(costs)


def floor_work() -> Mapping[int, str]:
    """Work that costs 20 ms where a picture may cost 60, and more where it may cost more."""
    return {number % 1000: str(number) for number in range(200_000)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_costs_little_time(kind: ChartKind) -> None:
    numbers = chart(kind, 40)
    draw_chart(numbers)  # fonts are read once
    assert least_cost_s(lambda: draw_chart(numbers)) < MAX_TIMES_FLOOR * least_cost_s(floor_work)


def test_a_process_that_draws_a_whole_field_needs_little_more_memory() -> None:
    program = (
        "import resource; from tests.charts.test_drawing import chart; usage = resource.getrusage;"
        "before = usage(resource.RUSAGE_SELF).ru_maxrss; from bot.charts import draw_chart;"
        "draw_chart(chart('slopes', 40)); print((usage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert float(printed) < MAX_MEMORY_MIB
    assert resource.RUSAGE_SELF == 0  # the child counts its own memory


@given(
    kind=st.sampled_from(KINDS),
    values=st.lists(st.lists(st.none() | st.integers(0, 5000), min_size=3, max_size=3), max_size=6),
    name=st.text(max_size=40),
)
@settings(deadline=None, max_examples=12, phases=(Phase.explicit, Phase.generate))
def test_no_numbers_and_no_names_break_a_chart(kind: ChartKind, values: list[list[int | None]], name: str) -> None:
    labels = ("a", name, "c")
    numbers = Chart(kind, name, labels, tuple(ChartSeries(name, tuple(row)) for row in values) or (EMPTY,), "alt")
    assert picture_of(numbers).width == 1000


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_the_numbers_at_an_axis_reach_from_the_lowest_to_the_highest_value(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 12


@given(st.lists(st.floats(0, 500), min_size=1, max_size=8))
def test_names_at_the_ends_of_lines_keep_apart(places: list[float]) -> None:
    moved = sorted(spread(places, 34, 0, 500))
    assert all(later - earlier > 33.9 for earlier, later in pairwise(moved))
    assert moved[-1] <= 500


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_carries_its_numbers(kind: ChartKind) -> None:
    numbers = chart(kind, 3, "Suárez")
    assert chart_in_picture(draw_chart(numbers)) == numbers


def test_another_picture_carries_none() -> None:
    assert chart_in_picture(Canvas(20, 20).png()) is None
    assert chart_in_picture(b"no picture at all") is None


def test_a_value_lies_where_the_scale_says() -> None:
    assert Scale(0, 10, 100, 200).at(5) == 150
    assert Scale(3, 3, 100, 200).at(3) == 150


EMPTY = ChartSeries("", (None, None, None))


def chart(kind: ChartKind, rows: int, name: str = "Driver") -> Chart:
    """A chart of so many rows, drivers or seasons."""
    if kind == "slopes":
        series = tuple(ChartSeries(f"{name} {n}", (n, rows + 1 - n)) for n in range(1, rows + 1))
        return Chart(kind, name, ("Grid", "Finish"), series, "alt", is_ranking=True)
    labels = tuple(f"{name} {n}" for n in range(rows))
    series = tuple(ChartSeries(f"{name} {n}", tuple(range(n, n + rows))) for n in range(2 if kind == "columns" else 8))
    return Chart(kind, name, labels, series, "alt")


def picture_of(numbers: Chart) -> Image.Image:
    """The picture of a chart."""
    return Image.open(BytesIO(draw_chart(numbers)))


def bitmap(letter: str) -> tuple[float, bytes]:
    """What the font draws for a letter."""
    canvas = Canvas(60, 60)
    canvas.text((10, 30), letter, "#FFFFFF")
    return text_width(letter, LABEL_SIZE), Image.open(BytesIO(canvas.png())).convert("RGB").tobytes()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, as WCAG 2.1 counts it: 4.5 is enough for text."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
