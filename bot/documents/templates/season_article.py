"""The article about a season."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import SEASON_ARTICLE_KIND

__all__ = ["SEASON_ARTICLE_TEMPLATE"]

_TEXT = """\
The '''2099 NASCAR Cup Series''' is a season of two races.

==Schedule==
{| class="wikitable"
! No. !! Race title !! Track !! Date !! Time (ET) !! TV
|-
| 1 || Example 500 || [[Example Superspeedway]], [[Lebanon, Tennessee]] || February 15 || 2:30 p.m. || Fox
|-
| 2 || Sample 400 || [[Sample Raceway]], [[Sample, Ohio]] || February 22 || 3:00 p.m. || Fox
|}
"""

SEASON_ARTICLE_TEMPLATE = DocumentTemplate(
    SEASON_ARTICLE_KIND,
    "cup-2099-season.wikitext",
    (
        "The article of an encyclopedia about one season of a series, as wikitext: the title or first sentence says "
        "which, "
        "and tables under headings such as Schedule, Results and Standings say the rest.",
        "Races to come are dates of the schedule; they are no races until somebody has finished them.",
    ),
    _TEXT,
)
