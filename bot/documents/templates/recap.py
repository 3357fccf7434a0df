"""The story of a race."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import RECAP_KIND

__all__ = ["RECAP_TEMPLATE"]

_TEXT = """\
date 2099-06-26 Abel Quist won the Example 400 at Example Superspeedway on Sunday for his first victory of the season.

Quist passed Denny Orr with 34 laps to go in the 17th race of the 2099 NASCAR Cup Series and led the rest of the way.

Stage 1

Orr won Stage 1 over R.J. Falk, who had started on the pole.
"""

RECAP_TEMPLATE = DocumentTemplate(
    RECAP_KIND,
    "recap.txt",
    (
        "A race told in sentences, as a report tells it: at least three of them, with the words of the sport. "
        "Nothing is "
        "claimed that no sentence says.",
        "It says which race it is by the race's name and season, or by its track and day; a first line may begin with "
        "“date 2099-06-26”, the day on which the text appeared. Otherwise choose the race when you upload it.",
        "A line on top such as “source: https://example.org/recap” says where it came from; cards link to it.",
    ),
    _TEXT,
)
