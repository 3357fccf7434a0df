"""A race page as MediaWiki gives it (?action=raw): infobox template, headings, wikitables and prose.

The source becomes the same sections of blocks that the other race pages become, with the lines of the source; the
reader of race pages makes the claims. One reader of facts, two markups. A table tells in `{{up}}` or in a picture
whether a place was won or lost; as everywhere, only the size of the move is claimed.
"""

import re
from collections.abc import Sequence

from bot.documents.model import Document, ParsedDocument
from bot.documents.race_page.blocks import MARKED_HEADING
from bot.documents.race_page.reader import RacePage, parse_sections
from bot.documents.wikitext.templates import RACE_INFOBOX
from bot.language.patterns import Pattern

__all__ = ["WIKITEXT", "Wikitext"]

_ANY_INFOBOX = Pattern(r"\{\{\s*infobox\b", re.IGNORECASE)
_TABLE = Pattern(r"^[ \t:]*\{\|")
_DRIVER_COLUMN = Pattern(r"^!(?:.*(?:\||!!))?\s*'*(?:\[\[)?Drivers?(?:\]\])?'*\s*(?:!!|$)", re.IGNORECASE)


class Wikitext:
    """Reads race pages in MediaWiki's own markup."""

    kind = RacePage.kind

    def recognizes(self, document: Document) -> bool:
        """Whether the text has the infobox of a race, or, without any infobox, headings and a wikitable of drivers."""
        # A history of a hundred thousand lines is asked this too: what none of them has needs no pattern.
        if any(RACE_INFOBOX.search(line) for line in document.lines if "{{" in line):
            return True
        if not any(_TABLE.match(line) for line in document.lines if "{|" in line):
            return False
        lines = [line.rstrip() for line in document.lines]
        return (
            any(_TABLE.match(line) for line in lines)
            and any(MARKED_HEADING.match(line) for line in lines)
            and any(_DRIVER_COLUMN.match(line) for line in lines)
            and not any(_ANY_INFOBOX.search(line) for line in lines)
        )

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The page's one reading; raises BadDocument with the line where its form is broken."""
        from bot.documents.wikitext.page import wikitext_sections  # noqa: PLC0415 - mwparserfromhell: 6 MB for this kind alone

        return (parse_sections(document, wikitext_sections(document), None),)


WIKITEXT = Wikitext()
