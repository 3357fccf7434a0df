"""A page about one race, with its tables."""

from bot.documents.templates.model import DocumentTemplate
from bot.racing.document_kinds import RACE_PAGE_KIND

__all__ = ["RACE_PAGE_TEMPLATE"]

_TEXT = """\
= 2099 Example 400 =

Infobox
- Description: Race 17 of 36 in the 2099 NASCAR Cup Series
- Race Name: Example 400
- Fulldate: 2099-06-25
- Location: Example Superspeedway in Lebanon, Tennessee
- Distance Laps: 300

The 2099 Example 400 was a race of the NASCAR Cup Series, held on June 25, 2099, at Example Superspeedway.

==Race==

===Race results===

| Pos | Grid | No | Driver | Team | Manufacturer | Laps | Points |
| 1 | 1 | 1 | Abel Quist | Quist Racing | Chevrolet | 300 | 57 |
| 2 | 3 | 45 | Denny Orr | Orr Motorsports | Toyota | 300 | 40 |
"""

RACE_PAGE_TEMPLATE = DocumentTemplate(
    RACE_PAGE_KIND,
    "race-page.txt",
    (
        "The page of an encyclopedia about one race: a title between equals signs, an infobox, headings and tables "
        "with a "
        "bar before, between and behind the cells. The source of such a page in wikitext is read too, as it is.",
        "Sessions are known by their headings (Qualifying, Stage 1, Race results ...), columns by their names.",
    ),
    _TEXT,
)
