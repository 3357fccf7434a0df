"""Colours, line styles and markers by which the series of a chart are told apart."""

from dataclasses import dataclass

from bot.charts.canvas import LineStyle, Marker

__all__ = ["AXIS", "BLUE", "FAINT", "GREEN", "MUTED", "ORANGE", "SERIES_STYLES", "TEXT", "YELLOW", "SeriesStyle"]

TEXT, MUTED, AXIS, FAINT = "#F2F3F5", "#A9AEB8", "#5A606B", "#343841"
# Okabe and Ito (2008), without their black and their dark blue, which a dark ground swallows.
ORANGE, BLUE, GREEN, YELLOW = "#E69F00", "#56B4E9", "#22B08A", "#F0E442"
VERMILION, PURPLE = "#E5733A", "#CC79A7"


@dataclass(frozen=True, slots=True)
class SeriesStyle:
    """How one line of a chart looks: by each of the three alone it is told from its neighbours."""

    colour: str
    line: LineStyle
    marker: Marker


SERIES_STYLES = (
    SeriesStyle(YELLOW, "solid", "circle"),
    SeriesStyle(BLUE, "dashed", "square"),
    SeriesStyle(ORANGE, "solid", "diamond"),
    SeriesStyle(GREEN, "dotted", "triangle"),
    SeriesStyle(PURPLE, "solid", "square"),
    SeriesStyle(VERMILION, "dashed", "circle"),
    SeriesStyle(TEXT, "dotted", "diamond"),
    SeriesStyle(MUTED, "solid", "triangle"),
)
