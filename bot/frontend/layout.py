"""Layout of a card: pages of one embed each, inside Discord's limits.

Everything stands in the description, top to bottom, so that a phone shows what a wide screen shows: the sentence
that answers, short notes, then facts as lines, tables in code blocks and passages as quotes, last the sources. The
footer says as of when and which page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.cards import Block, Card, Facts, FollowUp, Quote, Quotes, Table, Tone
from bot.frontend import limits
from bot.frontend.markup import collapse_spaces, escape, escape_and_cut, label, one_line, slices, spans
from bot.frontend.text_table import table_lines

__all__ = ["CardPage", "card_page", "notice_embed", "page_embed", "page_texts"]

TONE_COLOURS: dict[Tone, int] = {"answer": 0x3B82C4, "nothing": 0x80848E, "error": 0xD9822B, "moderator": 0x7C6FC4}

# Below Discord's own limits, for the reader: characters, unless the name says otherwise.
FOOTER_LENGTH = 300  # a footer is read in one glance or not at all
SOURCES_LENGTH = 500
PAGE_LENGTH = 2000  # two screens of a phone
PIECE_LENGTH = 1500  # the longest piece that is kept together
CAPTION_LENGTH = 256  # a heading, a label or the line above a quote; what is left of a piece is for its text
PAGE_ROWS = 20  # rows of tables
CHUNK_ROWS = 15  # a table that has more than PAGE_ROWS rows is cut into pieces of so many
MAX_COMMAND_LINES = limits.ROW_BUTTONS  # each stands for a button that did not fit


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of a card: its text, and its place, counted from 0, among how many.

    `follow_ups` are the buttons of what this page shows, those of the whole card last.
    """

    text: str
    number: int
    count: int
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A part of a card that stays on one page: its markup, its heading, how many table rows it takes.

    `joins_previous`: no empty line stands between it and the piece before. `space_below_heading`: an empty line stands
    below its heading, since some clients do not show a quote right below a heading as one. `starts_page`: it begins a
    page.
    """

    text: str
    heading: str = ""
    rows: int = 0
    joins_previous: bool = False
    space_below_heading: bool = False
    starts_page: bool = False
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page, with the buttons of what it shows."""

    text: str
    follow_ups: tuple[FollowUp, ...] = ()


def card_page(card: Card, number: int = 0) -> CardPage:
    """Page `number` of a card, counted from 0; the last one where there are fewer."""
    pages = _paginate(card)
    number = min(max(number, 0), len(pages) - 1)
    return CardPage(pages[number].text, number, len(pages), (*pages[number].follow_ups, *card.follow_ups))


def page_embed(card: Card, page: CardPage, command_lines: tuple[str, ...] = ()) -> discord.Embed:
    """A page of a card as an embed; `command_lines` are printed under the text, for buttons that did not fit."""
    parts = (page.text, _join_command_lines(command_lines), _sources_line(card))
    embed = discord.Embed(
        colour=TONE_COLOURS[card.tone],
        title=escape_and_cut(card.title, limits.EMBED_TITLE_CHARS) or None,
        description="\n\n".join(part for part in parts if part) or "…",
    )
    if footer := _footer_text(card, page):
        embed.set_footer(text=footer)
    return embed


def notice_embed(text: str, tone: Tone = "error", command_lines: tuple[str, ...] = ()) -> discord.Embed:
    """A short answer that is no card, such as the text of an error, with command lines to print under it."""
    parts = (escape_and_cut(text, PAGE_LENGTH) or "…", _join_command_lines(command_lines))
    return discord.Embed(colour=TONE_COLOURS[tone], description="\n\n".join(part for part in parts if part))


def page_texts(card: Card) -> tuple[str, ...]:
    """The descriptions of all pages, at least one; each has at most PAGE_LENGTH characters and PAGE_ROWS table rows."""
    return tuple(page.text for page in _paginate(card))


def _paginate(card: Card) -> tuple[PageText, ...]:
    """All pages, at least one. What a page shows has at most as many buttons as the card leaves room for."""
    pages: list[PageText] = []
    text, rows, heading = "", 0, ""
    buttons: tuple[FollowUp, ...] = ()
    room = limits.ROW_BUTTONS - len(card.follow_ups)
    # One walk over the pieces, in reading order: a piece goes on the page that is open, or closes it and opens the next
    # one, where its heading is repeated. Only an empty page takes a piece that is too large for it.
    for piece in _pieces(card):
        addition = _addition(text, heading, piece)
        is_full = len(text) + len(addition) > PAGE_LENGTH or (piece.rows and rows + piece.rows > PAGE_ROWS)
        if text and (is_full or piece.starts_page or _too_many_buttons(buttons, piece, room)):
            pages.append(PageText(text, buttons))
            text, rows, buttons = "", 0, ()
            addition = _addition("", "", piece)
        text, rows, heading = text + addition, rows + piece.rows, piece.heading
        buttons += piece.follow_ups
    return (*pages, PageText(text, buttons))


def _too_many_buttons(buttons: tuple[FollowUp, ...], piece: PagePiece, room: int) -> bool:
    """Whether the buttons of `piece` find no place beside those that are there."""
    return bool(buttons and piece.follow_ups) and len(buttons) + len(piece.follow_ups) > room


def _addition(text: str, heading: str, piece: PagePiece) -> str:
    """The text that `piece` adds to a page that has `text` so far and ends under `heading`."""
    same_heading = bool(text) and heading == piece.heading
    # A heading and a code block bring their own space above them; the line break after a code block is its own.
    adjoins = (same_heading and piece.joins_previous) or (piece.heading and not same_heading) or piece.rows
    space = "" if not text else "\n" if adjoins and not text.endswith("```") else "\n\n"
    title = f"### {piece.heading}\n" + "\n" * piece.space_below_heading if piece.heading and not same_heading else ""
    return space + title + piece.text


def _pieces(card: Card) -> Iterator[PagePiece]:
    """The card in reading order, in pieces of at most PIECE_LENGTH characters and a heading."""
    yield from _small_print(card.summary, prefix="")
    for note in filter(None, (card.note, *card.notes)):
        yield from _small_print(note, joins_previous=True)
    for block in card.blocks:
        yield from _block_pieces(block, escape_and_cut(block.heading, CAPTION_LENGTH))


def _block_pieces(block: Block, heading: str) -> Iterator[PagePiece]:
    if isinstance(block, Facts):
        yield from _facts_pieces(block, heading)
    elif isinstance(block, Table):
        yield from _table_pieces(block, heading)
    else:
        yield from _quotes_pieces(block, heading)


def _small_print(
    text: str, heading: str = "", *, prefix: str = "-# ", joins_previous: bool = False
) -> Iterator[PagePiece]:
    """A line of its own, in small print unless `prefix` says otherwise."""
    for number, part in enumerate(slices(one_line(text), PIECE_LENGTH)):
        yield PagePiece(prefix + escape(part), heading, joins_previous=joins_previous or number > 0)


def _facts_pieces(block: Facts, heading: str) -> Iterator[PagePiece]:
    joins_previous, starts_page = False, block.starts_page
    for fact in block.facts:
        start = f"**{escape_and_cut(fact.label, CAPTION_LENGTH)}** " if one_line(fact.label) else ""
        buttons = fact.follow_ups
        # A value that is too long for one piece goes on in the next one, without its label and its buttons.
        for part in slices(one_line(fact.value) or "–", PIECE_LENGTH - CAPTION_LENGTH):
            yield PagePiece(
                start + escape(part),
                heading,
                joins_previous=joins_previous,
                starts_page=starts_page,
                follow_ups=buttons,
            )
            start, joins_previous, starts_page, buttons = "", True, False, ()


def _table_pieces(block: Table, heading: str) -> Iterator[PagePiece]:
    head, rows = table_lines(block)
    # A table that fits on one page stays whole; of a longer one every piece gets the heading lines again.
    rows_per_piece = len(rows) if len(rows) <= PAGE_ROWS else CHUNK_ROWS
    chunk: list[str] = []
    row_count, starts_page, room = 0, block.starts_page, PIECE_LENGTH - _length_of_lines(head)
    for row in rows:
        size = _length_of_lines(row)
        if row_count == rows_per_piece or size > room + 1:  # the last line of a piece needs no line break
            yield PagePiece(_code_block(head, chunk), heading, rows=row_count, starts_page=starts_page)
            chunk, row_count, starts_page, room = [], 0, False, PIECE_LENGTH - _length_of_lines(head)
        chunk += row
        row_count, room = row_count + 1, room - size
    if chunk:
        yield PagePiece(_code_block(head, chunk), heading, rows=row_count, starts_page=starts_page)
    yield from _small_print(block.note, heading, joins_previous=True)


def _length_of_lines(lines: tuple[str, ...]) -> int:
    """The characters of the lines, each with its line break."""
    return sum(map(len, lines)) + len(lines)


def _code_block(head: tuple[str, ...], lines: list[str]) -> str:
    return "\n".join(["```", *head, *lines, "```"])


def _quotes_pieces(block: Quotes, heading: str) -> Iterator[PagePiece]:
    several_documents = len({quote.citation.document for quote in block.quotes}) > 1
    for quote in block.quotes:
        caption = " · ".join(
            word
            for word in (
                quote.caption,
                quote.citation.kind if several_documents and quote.citation.kind not in quote.caption else "",
            )
            if one_line(word)
        )
        start = f"-# {escape_and_cut(caption, CAPTION_LENGTH)}\n" if caption else ""
        # The caption stands above the first part only: the parts that follow are the same passage.
        for begin, end in spans(quote.text, PIECE_LENGTH - CAPTION_LENGTH):
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
    return marked_text if len(marked_text) <= PIECE_LENGTH else escape(collapse_spaces(quote.text[begin:end]))


def _trim_span(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without the spaces at its ends: marks beside a space are not read as marks."""
    word = text[start:stop] if start < stop else ""
    return start + len(word) - len(word.lstrip()), start + len(word.rstrip())


def _join_command_lines(lines: tuple[str, ...]) -> str:
    return "\n".join(lines[:MAX_COMMAND_LINES])


def _sources_line(card: Card) -> str:
    """The documents that a card stands on, in small print."""
    sources = dict.fromkeys(f"{citation.kind}, {citation.title}" for citation in card.citations)
    return f"-# {escape_and_cut('Sources: ' + ' · '.join(sources), SOURCES_LENGTH)}" if sources else ""


def _footer_text(card: Card, page: CardPage) -> str:
    """As of when a card is true, and which page it is; nothing is escaped, since Discord shows no markup in footers."""
    page_number = f"Page {page.number + 1} of {page.count}" if page.count > 1 else ""
    as_of = label(card.as_of, FOOTER_LENGTH) if one_line(card.as_of) else ""
    return " · ".join(part for part in (as_of[:1].upper() + as_of[1:], page_number) if part)
