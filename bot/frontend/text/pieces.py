"""Pieces of a card: what stays together on a page, in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.cards import Block, Card, Fact, Facts, FollowUp, Quote, Quotes, Table
from bot.frontend.text.markup import (
    byte_count,
    collapse_spaces,
    count_marks,
    escape,
    escape_and_cut,
    escaped_slices,
    one_line,
    spans,
)
from bot.frontend.text.text_table import common_cells, table_lines

__all__ = ["PAGE_ROWS", "PagePiece", "card_pieces"]

PIECE_WEIGHT = 1500  # the heaviest piece that is kept together
CAPTION_WEIGHT = 200  # a heading, a label or the line above a quote; what is left of a piece is for its text
QUOTE_MARKS = 40  # of bold words in one part of a passage
PAGE_ROWS = 20  # rows of tables
CAPTIONS = 1024  # headings and labels that are kept as they are shown: of the cards of all kinds there are some hundred
CHUNK_ROWS = 15  # a table that has more than PAGE_ROWS rows is cut into pieces of so many


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A part of a card that stays on one page: its markup, its heading, how many table rows it takes.

    `joins_previous`: no empty line stands between it and the piece before. `space_below_heading`: an empty line stands
    below its heading, since some clients do not show a quote right below a heading as one. `starts_page`: it begins a
    page. `choice` is a follow-up that is named like its fact: as a button it would say it twice.
    """

    text: str
    heading: str = ""
    rows: int = 0
    joins_previous: bool = False
    space_below_heading: bool = False
    starts_page: bool = False
    follow_ups: tuple[FollowUp, ...] = ()
    choice: FollowUp | None = None


def card_pieces(card: Card, rest_of_summary: str) -> Iterator[PagePiece]:
    """The card below its head in reading order, in pieces that weigh at most PIECE_WEIGHT and a heading."""
    yield from _lines(rest_of_summary)
    for block in card.blocks:
        yield from _block_pieces(block, _caption(block.heading))


@lru_cache(maxsize=CAPTIONS)
def _caption(text: str) -> str:
    """A heading, a label or the line above a quote: escaped, in one line."""
    return escape_and_cut(text, CAPTION_WEIGHT)


def _block_pieces(block: Block, heading: str) -> Iterator[PagePiece]:
    if isinstance(block, Facts):
        yield from _facts_pieces(block, heading)
    elif isinstance(block, Table):
        yield from _table_pieces(block, heading)
    else:
        yield from _quotes_pieces(block, heading)


def _lines(text: str, heading: str = "", *, prefix: str = "", joins_previous: bool = False) -> Iterator[PagePiece]:
    """Running text, in as many pieces as it takes."""
    for number, part in enumerate(escaped_slices(one_line(text), PIECE_WEIGHT)):
        yield PagePiece(prefix + part, heading, joins_previous=joins_previous or number > 0)


def _facts_pieces(block: Facts, heading: str) -> Iterator[PagePiece]:
    joins_previous, starts_page = False, block.starts_page
    for fact in block.facts:
        choice = next((one for one in fact.follow_ups if one.label == fact.label), None)
        follow_ups = tuple([one for one in fact.follow_ups if one is not choice]) if choice else fact.follow_ups
        *parts, last = _fact_texts(fact)
        for part in parts:
            yield PagePiece(part, heading, 0, joins_previous, starts_page=starts_page)
            joins_previous, starts_page = True, False
        yield PagePiece(last, heading, 0, joins_previous, False, starts_page, follow_ups, choice)
        joins_previous, starts_page = True, False


def _fact_texts(fact: Fact) -> Iterator[str]:
    """A fact; a value that is too long for one piece goes on in the next, the buttons stand below the last."""
    label = _caption(fact.label)
    start = f"**{label}** " if label else ""
    for part in escaped_slices(one_line(fact.value) or "–", PIECE_WEIGHT - CAPTION_WEIGHT):
        yield start + part
        start = ""


def _table_pieces(block: Table, heading: str) -> Iterator[PagePiece]:
    starts_page = block.starts_page
    if common := common_cells(block):
        text = " · ".join(f"**{_caption(label)}** {_caption(cell)}" for label, cell in common)
        yield PagePiece(text, heading, starts_page=starts_page)
        starts_page = False
    # A table that fits on one page stays whole; of a longer one every piece is laid out by itself, with heading lines.
    size = len(block.rows) if len(block.rows) <= PAGE_ROWS else CHUNK_ROWS
    for start in range(0, len(block.rows), size or 1):
        for piece in _chunk_pieces(*table_lines(block, rows=slice(start, start + size)), heading):
            yield replace(piece, starts_page=starts_page)
            starts_page = False
    yield from _lines(block.note, heading, prefix="-# ", joins_previous=True)


def _chunk_pieces(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], heading: str) -> Iterator[PagePiece]:
    """Rows of a table below its heading lines, in as many pieces as their letters take."""
    chunk: list[str] = []
    row_count, room = 0, PIECE_WEIGHT - _size_of_lines(head)
    for row in rows:
        size = _size_of_lines(row)
        if chunk and size > room + 1:  # the last line of a piece needs no line break
            yield PagePiece(_code_block(head, chunk), heading, rows=row_count)
            chunk, row_count, room = [], 0, PIECE_WEIGHT - _size_of_lines(head)
        chunk += row
        row_count, room = row_count + 1, room - size
    if chunk:
        yield PagePiece(_code_block(head, chunk), heading, rows=row_count)


def _size_of_lines(lines: Iterable[str]) -> int:
    """The weight of the lines, each with its line break."""
    return sum(max(len(line), (byte_count(line) + 1) // 2) + 1 for line in lines)


def _code_block(head: tuple[str, ...], lines: list[str]) -> str:
    return "\n".join(["```", *head, *lines, "```"])


def _quotes_pieces(block: Quotes, heading: str) -> Iterator[PagePiece]:
    several_documents = len({quote.citation.document for quote in block.quotes}) > 1
    for quote in block.quotes:
        kind = quote.citation.kind if several_documents and quote.citation.kind not in quote.caption else ""
        caption = " · ".join(word for word in (quote.caption, kind) if one_line(word))
        start = f"-# {_caption(caption)}\n" if caption else ""
        # The caption stands above the first part only: the parts that follow are the same passage.
        for begin, end in spans(quote.text, PIECE_WEIGHT - CAPTION_WEIGHT):
            yield PagePiece(f"{start}> {_quote_markup(quote, begin, end)}", heading, space_below_heading=not start)
            start = ""


def _quote_markup(quote: Quote, begin: int, end: int) -> str:
    """`quote.text[begin:end]` with its bold words, or without where the marks would make it too long."""
    parts, position = [], begin
    # Bold spans may overlap, or reach over the part: each is cut to what is left of the part, in order.
    for bold_start, bold_end in sorted(quote.bold):
        start, stop = _trim_span(quote.text, max(bold_start, position), min(bold_end, end))
        if start < stop:
            parts += [
                escape(collapse_spaces(quote.text[position:start])),
                f"**{escape(collapse_spaces(quote.text[start:stop]))}**",
            ]
            position = stop
    # Two bold spans side by side are one: Discord shows the four asterisks between them.
    marked_text = "".join([*parts, escape(collapse_spaces(quote.text[position:end]))]).replace("****", "")
    fits = len(marked_text) <= PIECE_WEIGHT and count_marks(marked_text) <= QUOTE_MARKS
    return marked_text if fits else escape(collapse_spaces(quote.text[begin:end]))


def _trim_span(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without the spaces at its ends: marks beside a space are not read as marks."""
    word = text[start:stop] if start < stop else ""
    return start + len(word) - len(word.lstrip()), start + len(word.rstrip())
