"""The numbers of a chart inside its own picture, for a program that shows pictures as text, such as the terminal.

They stand in a text chunk of the PNG (`iTXt`, https://www.w3.org/TR/png-3/#11iTXt), as JSON.
"""

import json
from dataclasses import asdict
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from bot.cards import Chart, ChartSeries

__all__ = ["chart_in_picture", "picture_text"]

KEYWORD = "Chart"


def picture_text(chart: Chart) -> PngInfo:
    """The chunk that a picture of this chart gets."""
    info = PngInfo()
    info.add_itxt(KEYWORD, json.dumps(asdict(chart), ensure_ascii=False), zip=True)
    return info


def chart_in_picture(picture: bytes) -> Chart | None:
    """The chart that is drawn in a picture; None where it is no picture of ours."""
    try:
        text = getattr(Image.open(BytesIO(picture), formats=("PNG",)), "text", {}).get(KEYWORD)
    except UnidentifiedImageError:
        return None
    if text is None:
        return None
    numbers = json.loads(text)
    series = tuple(ChartSeries(one["name"], tuple(one["values"]), one["is_secondary"]) for one in numbers["series"])
    return Chart(**numbers | {"labels": tuple(numbers["labels"]), "series": series})
