"""The source of a page as the sections of blocks that race pages are read from, with the lines of the source.

Everything that needs mwparserfromhell is imported from here on: see `reader`.
"""

from collections.abc import Sequence

from mwparserfromhell.nodes import Template

from bot.documents.model import Document
from bot.documents.race_page.blocks import (
    INFOBOX,
    MARKED_HEADING,
    ListItem,
    PageBuilder,
    PageFault,
    PageSection,
    line_block,
)
from bot.documents.wikitext.chunker import Chunk, cut_chunks, page_chunks
from bot.documents.wikitext.infobox import infobox_items
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text
from bot.documents.wikitext.tables import read_wiki_table
from bot.documents.wikitext.templates import RACE_INFOBOX
from bot.language.patterns import Pattern

__all__ = ["wikitext_sections"]

MAX_LAYOUT_DEPTH = 3  # tables in cells of tables: pages set standings side by side in one, never in three
_LIST_MARK = Pattern(r"^[*#]+[:;*#]*\s*")


def wikitext_sections(document: Document) -> tuple[PageSection, ...]:
    """The page as sections of blocks, those that had to be mended last. Raises BadDocument as `page_chunks` does."""
    builder = PageBuilder(has_marks=True)
    page = page_chunks(document)
    _add_chunks(document, page.chunks, builder, 0)
    faults = tuple(PageFault(fault.line, fault.reason) for fault in page.faults)
    return (*builder.finish(), PageSection(faults[0].line, (), faults)) if faults else builder.finish()


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
    heading = MARKED_HEADING.match(chunk.text)
    if heading:
        builder.open_section(chunk.line, len(heading[1]), one_line(visible_text(parse_wikitext(heading[2]).nodes)))
        return
    list_mark = _LIST_MARK.match(chunk.text)
    is_table_title = chunk.text.startswith(";")
    nodes = parse_wikitext(chunk.text[list_mark.end() if list_mark else 0 :].lstrip(";: \t")).nodes
    for node in nodes:
        if isinstance(node, Template) and RACE_INFOBOX.match(str(node)):
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
