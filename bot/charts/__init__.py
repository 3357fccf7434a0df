"""Charts: the plain numbers of a `Chart` drawn as a PNG, for a phone held in one hand.

Dark ground, the colours of Okabe and Ito that people with any colour vision tell apart, and never colour alone: dashes,
markers and words beside them say the same. One function a kind of chart, each of which puts shapes on a `Canvas`.
Drawing takes a fortieth of a second and lets no other thread wait long; callers keep it off the event loop.
"""

from bot.charts.drawing import draw_chart
from bot.charts.numbers import chart_in_picture

__all__ = ["chart_in_picture", "draw_chart"]
