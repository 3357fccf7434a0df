"""Canvas on which a chart is drawn: shapes and text in pixels, from the top left.

Shapes are drawn at twice the size and made smaller, so that slanted lines are smooth; band by band, because a whole
field at twice the size would take 20 MiB. Text comes last, at its own size, where fonts look best.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

__all__ = ["LABEL_SIZE", "SMALL_SIZE", "TITLE_SIZE", "Canvas", "LineStyle", "Marker", "Point", "text_width"]

Point = tuple[float, float]
Anchor = Literal["lm", "mm", "rm"]  # left, middle or right of the point, at half the height of the letters
LineStyle = Literal["solid", "dashed", "dotted"]
Marker = Literal["circle", "square", "diamond", "triangle"]

BACKGROUND = "#1B1D23"
TITLE_SIZE, LABEL_SIZE, SMALL_SIZE = 36, 28, 24  # pixels; at 400 of 1,000 pixels 24 are still read, less is not
FONT_PATH = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"  # has á, é, ñ, ø and the arrows; Pillow's own has not
SCALE = 2
BAND_HEIGHT = 125  # pixels: 2 MiB at twice the size
DASHES: dict[LineStyle, tuple[float, float]] = {"dashed": (16, 9), "dotted": (4, 8)}  # pixels on, pixels off
EDGE_STEPS = 12  # colours between the ground and each other colour: more are not seen
MAX_COLOURS = 256
PNG_LEVEL = 4  # zlib: 6 takes twice as long and saves a tenth (measured on a field of 37)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Polygon, or line through points where `width` is given."""

    points: tuple[Point, ...]
    colour: str
    width: float = 0

    @property
    def span(self) -> tuple[float, float]:
        """The highest and the lowest pixel that it touches."""
        ys = [y for _, y in self.points]
        return min(ys) - self.width, max(ys) + self.width


@dataclass(frozen=True, slots=True)
class _Text:
    point: Point
    text: str
    colour: str
    size: int
    anchor: Anchor


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_PATH), size, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: int) -> float:
    """How many pixels wide a text is."""
    return _font(size).getlength(text)


@dataclass(slots=True)
class Canvas:
    """Shapes and texts of one picture, `width` by `height` pixels."""

    width: int
    height: int
    _shapes: list[_Shape] = field(default_factory=list)
    _texts: list[_Text] = field(default_factory=list)

    def line(self, points: Sequence[Point], colour: str, width: float = 3, style: LineStyle = "solid") -> None:
        """A line through two points or more."""
        if style == "solid":
            self._shapes.append(_Shape(tuple(points), colour, width))
            return
        for dash in _dashes(points, *DASHES[style]):
            self._shapes.append(_Shape(dash, colour, width))

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle; one without a height or width is a hair line."""
        self._shapes.append(_Shape(((left, top), (right, top), (right, bottom), (left, bottom)), colour))

    def marker(self, centre: Point, colour: str, marker: Marker = "circle", radius: float = 7) -> None:
        """A filled mark around a point."""
        self._shapes.append(_Shape(tuple(_marker_corners(centre, marker, radius)), colour))

    def text(self, point: Point, text: str, colour: str, size: int = LABEL_SIZE, anchor: Anchor = "lm") -> None:
        """A line of text beside or around a point."""
        self._texts.append(_Text(point, text, colour, size, anchor))

    def png(self, text: PngInfo | None = None) -> bytes:
        """The picture, with as many colours as a PNG takes at one byte a pixel; `text` goes along inside it."""
        palette = self._palette()
        picture = Image.new("P", (self.width, self.height))
        picture.putpalette(palette.getpalette() or [])
        for top in range(0, self.height, BAND_HEIGHT):
            band = self._band(top, min(BAND_HEIGHT, self.height - top))
            picture.paste(band.quantize(palette=palette, dither=Image.Dither.NONE), (0, top))
        out = BytesIO()
        picture.save(out, "PNG", compress_level=PNG_LEVEL, pnginfo=text)
        return out.getvalue()

    def _palette(self) -> Image.Image:
        """The colours of this picture, and those in between them and the ground, where edges are smooth."""
        colours = dict.fromkeys(one.colour for group in (self._shapes, self._texts) for one in group)
        ground = ImageColor.getrgb(BACKGROUND)
        palette = [*ground]
        for colour in colours:
            for step in range(1, EDGE_STEPS + 1):
                share = step / EDGE_STEPS
                palette += [round(a + (b - a) * share) for a, b in zip(ground, ImageColor.getrgb(colour), strict=False)]
        image = Image.new("P", (1, 1))
        image.putpalette(palette[: 3 * MAX_COLOURS])
        return image

    def _band(self, top: int, height: int) -> Image.Image:
        """A band of the picture: the shapes that touch it, then the texts."""
        large = Image.new("RGB", (self.width * SCALE, height * SCALE), BACKGROUND)
        pen = ImageDraw.Draw(large)
        for shape in self._shapes:
            first, last = shape.span
            if first > top + height or last < top:
                continue
            points = [(x * SCALE, (y - top) * SCALE) for x, y in shape.points]
            if shape.width:
                pen.line(points, fill=shape.colour, width=round(shape.width * SCALE), joint="curve")
            else:
                pen.polygon(points, fill=shape.colour)
        band = large.reduce(SCALE)
        pen = ImageDraw.Draw(band)
        for text in self._texts:
            x, y = text.point
            if top - text.size < y < top + height + text.size:
                pen.text((x, y - top), text.text, fill=text.colour, font=_font(text.size), anchor=text.anchor)
        return band


def _dashes(points: Sequence[Point], on: float, off: float) -> Iterator[tuple[Point, Point]]:
    """The dashes along a line; each corner begins a new one."""
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        start = 0.0
        while start < length:
            end = min(start + on, length)
            yield (
                (x0 + (x1 - x0) * start / length, y0 + (y1 - y0) * start / length),
                (x0 + (x1 - x0) * end / length, y0 + (y1 - y0) * end / length),
            )
            start += on + off


def _marker_corners(centre: Point, marker: Marker, radius: float) -> Iterable[Point]:
    x, y = centre
    if marker == "square":
        return ((x - radius, y - radius), (x + radius, y - radius), (x + radius, y + radius), (x - radius, y + radius))
    # Turned so that a diamond stands on its tip and a triangle on its side; a circle has too many corners to see.
    corners = {"circle": 16, "diamond": 4, "triangle": 3}[marker]
    angles = [math.tau * number / corners - math.pi / 2 for number in range(corners)]
    grown = radius * (1 if marker == "circle" else 1.3)
    return [(x + grown * math.cos(angle), y + grown * math.sin(angle)) for angle in angles]
