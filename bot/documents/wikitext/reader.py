"""A race page as MediaWiki gives it (?action=raw): infobox template, headings, wikitables and prose.

The source becomes the same sections of blocks that the other race pages become, with the lines of the source; the
reader of race pages makes the claims. One reader of facts, two markups. A table tells in `{{up}}` or in a picture
whether a place was won or lost; as everywhere, only the size of the move is claimed.
"""

import re
from collections.abc import Sequence

from mwparserfromhell.nodes import Template

from bot.documents.model import Document, Reading
from bot.documents.race_page.blocks import INFOBOX, Item, Outline, Section, line_block
from bot.documents.race_page.reader import RacePage, read_outline
from bot.documents.wikitext.chunker import Chunk, chunks, cut
from bot.documents.wikitext.infobox import infobox_items
from bot.documents.wikitext.plain_text import in_line, parsed, words
from bot.documents.wikitext.tables import open_table

__all__ = ["WIKITEXT", "Wikitext"]

DEEPEST_LAYOUT = 3  # tables in cells of tables: pages set standings side by side in one, never in three
_INFOBOX = re.compile(r"\{\{\s*infobox[ _](?:[^|{}\n]*[ _])?race(?![a-z])", re.IGNORECASE)
_ANY_INFOBOX = re.compile(r"\{\{\s*infobox\b", re.IGNORECASE)
_TABLE = re.compile(r"^[ \t:]*\{\|")
_HEADING = re.compile(r"^(={1,6})([^=]|[^=].*[^=])\1$")
_DRIVERS = re.compile(r"^!(?:.*(?:\||!!))?\s*'*(?:\[\[)?Drivers?(?:\]\])?'*\s*(?:!!|$)", re.IGNORECASE)
_LISTED = re.compile(r"^[*#]+[:;*#]*\s*")


class Wikitext:
    """Reads race pages in MediaWiki's own markup."""

    kind = RacePage.kind

    def knows(self, document: Document) -> bool:
        """Whether the text has the infobox of a race, or, without any infobox, headings and a wikitable of drivers."""
        if any(_INFOBOX.search(line) for line in document.lines):
            return True
        lines = [line.rstrip() for line in document.lines]
        return (
            any(_TABLE.match(line) for line in lines)
            and any(_HEADING.match(line) for line in lines)
            and any(_DRIVERS.match(line) for line in lines)
            and not any(_ANY_INFOBOX.search(line) for line in lines)
        )

    def read(self, document: Document) -> Sequence[Reading]:
        """The page's one reading; raises BadDocument with the line where its form is broken."""
        return (read_outline(document, _sections(document), None),)


WIKITEXT = Wikitext()


def _sections(document: Document) -> tuple[Section, ...]:
    """The page as sections of blocks; raises BadDocument as `chunks` and `open_table` do."""
    outline = Outline(marked=True)
    _read(document, chunks(document), outline, 0)
    return outline.finish()


def _read(document: Document, page: Sequence[Chunk], outline: Outline, depth: int) -> None:
    for chunk in page:
        if chunk.is_table:
            _table(document, chunk, outline, depth)
        else:
            _line(chunk, outline)


def _table(document: Document, chunk: Chunk, outline: Outline, depth: int) -> None:
    opened = open_table(document, chunk)
    if opened.caption:
        outline.add(line_block(chunk.line, opened.caption))
    if opened.table:
        outline.add(opened.table)
    for cell in opened.cells if depth < DEEPEST_LAYOUT else ():
        _read(document, cut(document, cell.text, cell.line), outline, depth + 1)


def _line(chunk: Chunk, outline: Outline) -> None:
    heading = _HEADING.match(chunk.text)
    if heading:
        outline.open(chunk.line, len(heading[1]), in_line(words(parsed(heading[2]).nodes)))
        return
    listed = _LISTED.match(chunk.text)
    titled = chunk.text.startswith(";")
    nodes = parsed(chunk.text[listed.end() if listed else 0 :].lstrip(";: \t")).nodes
    for node in nodes:
        if isinstance(node, Template) and _INFOBOX.match(str(node)):
            outline.open(chunk.line, 8, INFOBOX)
            for item in infobox_items(chunk, node):
                outline.add(item)
            outline.open(chunk.line, 1, "")
    text = in_line(words(nodes))
    if not text:
        return
    if titled:
        outline.open(chunk.line, 7, text)
    else:
        outline.add(Item(chunk.line, text) if listed else line_block(chunk.line, text))
