"""A race page as MediaWiki gives it (?action=raw): infobox template, headings, wikitables and prose.

The source becomes the same sections of blocks that the other race pages become, with the lines of the source; the
reader of race pages makes the claims. One reader of facts, two markups. A table tells in `{{up}}` or in a picture
whether a place was won or lost; as everywhere, only the size of the move is claimed.
"""

import re
from collections.abc import Sequence

from mwparserfromhell.nodes import Template

from bot.documents.model import Document, ParsedDocument
from bot.documents.race_page.blocks import INFOBOX, ListItem, PageBuilder, PageSection, line_block
from bot.documents.race_page.reader import RacePage, parse_sections
from bot.documents.wikitext.chunker import Chunk, cut_chunks, page_chunks
from bot.documents.wikitext.infobox import infobox_items
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text
from bot.documents.wikitext.tables import read_wiki_table
from bot.language.patterns import Pattern

__all__ = ["WIKITEXT", "Wikitext"]

MAX_LAYOUT_DEPTH = 3  # tables in cells of tables: pages set standings side by side in one, never in three
_INFOBOX = Pattern(r"\{\{\s*infobox[ _](?:[^|{}\n]*[ _])?race(?![a-z])", re.IGNORECASE)
_ANY_INFOBOX = Pattern(r"\{\{\s*infobox\b", re.IGNORECASE)
_TABLE = Pattern(r"^[ \t:]*\{\|")
_HEADING = Pattern(r"^(={1,6})([^=]|[^=].*[^=])\1$")
_DRIVER_COLUMN = Pattern(r"^!(?:.*(?:\||!!))?\s*'*(?:\[\[)?Drivers?(?:\]\])?'*\s*(?:!!|$)", re.IGNORECASE)
_LIST_MARK = Pattern(r"^[*#]+[:;*#]*\s*")


class Wikitext:
    """Reads race pages in MediaWiki's own markup."""

    kind = RacePage.kind

    def recognizes(self, document: Document) -> bool:
        """Whether the text has the infobox of a race, or, without any infobox, headings and a wikitable of drivers."""
        if any(_INFOBOX.search(line) for line in document.lines):
            return True
        lines = [line.rstrip() for line in document.lines]
        return (
            any(_TABLE.match(line) for line in lines)
            and any(_HEADING.match(line) for line in lines)
            and any(_DRIVER_COLUMN.match(line) for line in lines)
            and not any(_ANY_INFOBOX.search(line) for line in lines)
        )

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The page's one reading; raises BadDocument with the line where its form is broken."""
        return (parse_sections(document, _sections(document), None),)


WIKITEXT = Wikitext()


def _sections(document: Document) -> tuple[PageSection, ...]:
    """The page as sections of blocks; raises BadDocument as `chunks` and `open_table` do."""
    builder = PageBuilder(has_marks=True)
    _add_chunks(document, page_chunks(document), builder, 0)
    return builder.finish()


def _add_chunks(document: Document, page: Sequence[Chunk], builder: PageBuilder, depth: int) -> None:
    for chunk in page:
        if chunk.is_table:
            _add_table(document, chunk, builder, depth)
        else:
            _add_line(chunk, builder)


def _add_table(document: Document, chunk: Chunk, builder: PageBuilder, depth: int) -> None:
    wiki_table = read_wiki_table(document, chunk)
    if wiki_table.caption:
        builder.add_block(line_block(chunk.line, wiki_table.caption))
    if wiki_table.table:
        builder.add_block(wiki_table.table)
    for cell in wiki_table.cells if depth < MAX_LAYOUT_DEPTH else ():
        _add_chunks(document, cut_chunks(document, cell.text, cell.line), builder, depth + 1)


def _add_line(chunk: Chunk, builder: PageBuilder) -> None:
    heading = _HEADING.match(chunk.text)
    if heading:
        builder.open_section(chunk.line, len(heading[1]), one_line(visible_text(parse_wikitext(heading[2]).nodes)))
        return
    list_mark = _LIST_MARK.match(chunk.text)
    is_table_title = chunk.text.startswith(";")
    nodes = parse_wikitext(chunk.text[list_mark.end() if list_mark else 0 :].lstrip(";: \t")).nodes
    for node in nodes:
        if isinstance(node, Template) and _INFOBOX.match(str(node)):
            builder.open_section(chunk.line, 8, INFOBOX)
            for item in infobox_items(chunk, node):
                builder.add_block(item)
            builder.open_section(chunk.line, 1, "")
    text = one_line(visible_text(nodes))
    if not text:
        return
    if is_table_title:
        builder.open_section(chunk.line, 7, text)
    else:
        builder.add_block(ListItem(chunk.line, text) if list_mark else line_block(chunk.line, text))
