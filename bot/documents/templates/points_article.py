"""Prose with a list of points."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import POINTS_ARTICLE_KIND

__all__ = ["POINTS_ARTICLE_TEMPLATE"]

_TEXT = """\
date 2099-06-26 Abel Quist won the Example 400 at Example Superspeedway, the 17th race of the 2099 NASCAR Cup Series.

NASCAR Cup Series points standings after the Example 400

1. x-Denny Orr*, Orr Motorsports - 2,117 points
2. Abel Quist, Quist Racing - 2,080 points
3. R.J. Falk, Team Falk - 2,054 points
"""

POINTS_ARTICLE_TEMPLATE = DocumentTemplate(
    POINTS_ARTICLE_KIND,
    "points.txt",
    (
        "A list of a championship, with or without a story around it: a line that says points or standings, and "
        "below it "
        "a row for each driver, maker or owner. Three rows are enough.",
        "Rows may be written in any of the usual ways: with places, cars, teams, wins and gaps, with dots, bars, "
        "tabs or "
        "commas, all on one line, or a bare “Name - 576”. Marks (x-, *, #, (P)) are kept beside the name.",
        "Which number is the points has to be plain: the word points stands behind it, or it is the one number that "
        "falls "
        "from row to row. After which race the words around the list say, or you choose it when you upload it.",
    ),
    _TEXT,
)
