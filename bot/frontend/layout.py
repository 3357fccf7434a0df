"""A card becomes pages of one embed each: the only place with colours, markup and Discord's limits.

Everything stands in the description, top to bottom, so that a phone shows what a wide screen shows: the sentence
that answers, short notes, then facts as lines, tables in code blocks and passages as quotes, last the sources. The
footer says as of when and which page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.cards import Block, Card, Facts, FollowUp, Quote, Quotes, Table, Tone
from bot.frontend.text_table import strip_invisible, table_lines

__all__ = [
    "BUTTON_LABEL_LENGTH",
    "CHOICE_LENGTH",
    "CardPage",
    "command_line",
    "draw_page",
    "escape",
    "escape_and_cut",
    "label",
    "notice_embed",
    "page_texts",
]

TONE_COLOURS: dict[Tone, int] = {"answer": 0x3B82C4, "nothing": 0x80848E, "error": 0xD9822B, "moderator": 0x7C6FC4}

TITLE_LENGTH = 256
BUTTON_LABEL_LENGTH = 80
CHOICE_LENGTH = 100
FOOTER_LENGTH = 300  # of 2,048: a footer is read in one glance or not at all
SOURCES_LENGTH = 500
PAGE_LENGTH = 2000  # of 4,096 that a description may have: two screens of a phone
PIECE_LENGTH = 1500  # the longest piece that is kept together
PAGE_ROWS = 20
CHUNK_ROWS = 15  # a table of more than PAGE_ROWS rows is dealt out in these
COMMAND_LINE_LENGTH = 250
MAX_COMMAND_LINES = 5
MAX_FOLLOW_UPS = 5  # the buttons of one row

MARKUP = re.compile(r"[\\*_~|`\[\]]")
LINE_START_MARKUP = re.compile(r"^[#>+-]", re.MULTILINE)
ANY_MARKUP = re.compile(r"[\\*_~|`\[\]@<]|://|^[#>+-]", re.MULTILINE)  # without one, none of the others is there
MENTIONS_AND_LINKS = re.compile(r"@(?=everyone|here|[!&]?\d)|<(?=[@#:/]|a:|t:|id:|https?:)|:(?=//)")


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of a card: what is sent, and its place, counted from 0, among how many.

    `follow_ups` are the buttons of what this page shows, those of the whole card last.
    """

    embed: discord.Embed
    number: int
    count: int
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePiece:
    """What stays together: markup, the heading it stands under, how many table rows it takes.

    A `joins_previous` piece follows the one before it without an empty line; a `space_below_heading` one keeps away
    from its heading, since a quote right below a heading is not read as one everywhere. A piece `starts_page` begins a
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
    """What one page says, with the buttons of what it shows."""

    text: str
    follow_ups: tuple[FollowUp, ...] = ()


def draw_page(card: Card, number: int = 0, command_lines: tuple[str, ...] = ()) -> CardPage:
    """Page `number` of `card` (the last one where there are fewer); `command_lines` are printed under it."""
    pages = _paginate(card)
    number = min(max(number, 0), len(pages) - 1)
    text = "\n\n".join(
        part for part in (pages[number].text, _join_command_lines(command_lines), _sources_line(card)) if part
    )
    embed = discord.Embed(
        colour=TONE_COLOURS[card.tone], title=escape_and_cut(card.title, TITLE_LENGTH) or None, description=text or "…"
    )
    if footer := _footer_text(card, number, len(pages)):
        embed.set_footer(text=footer)
    return CardPage(embed, number, len(pages), (*pages[number].follow_ups, *card.follow_ups))


def notice_embed(text: str, tone: Tone = "error", command_lines: tuple[str, ...] = ()) -> discord.Embed:
    """A short answer that is no card, such as the text of an error, with command lines to print under it."""
    parts = (escape_and_cut(text, PAGE_LENGTH) or "…", _join_command_lines(command_lines))
    return discord.Embed(colour=TONE_COLOURS[tone], description="\n\n".join(part for part in parts if part))


def command_line(command: str) -> str:
    """A command to type, in code: one line of at most TYPED_LINE characters."""
    line = " ".join(strip_invisible(command).replace("`", "'").split())
    return f"`{line if len(line) <= COMMAND_LINE_LENGTH else line[: COMMAND_LINE_LENGTH - 1] + '…'}`"


def label(text: str, max_length: int = BUTTON_LABEL_LENGTH) -> str:
    """The label of a button or a choice: one plain line of 1 to `max_length` characters. Markup does not work there."""
    line = " ".join(strip_invisible(text).split()) or "…"
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no markup, no mentions, no links, nothing invisible."""
    visible = strip_invisible(text)
    if not ANY_MARKUP.search(visible):
        return visible
    escaped = LINE_START_MARKUP.sub(r"\\\g<0>", MARKUP.sub(r"\\\g<0>", visible))
    return MENTIONS_AND_LINKS.sub("\\g<0>\u200b", escaped)


def escape_and_cut(text: str, max_length: int) -> str:
    """`text` escaped, in one line of at most `max_length` characters, ending in … where some are left out."""
    line = _one_line(text)
    escaped = escape(line)
    if len(escaped) <= max_length:
        return escaped
    return escape(next(_slices(line, max_length - 1))) + "…"


def page_texts(card: Card) -> tuple[str, ...]:
    """The descriptions of all pages, at least one; each has at most PAGE characters and PAGE_ROWS table rows."""
    return tuple(page.text for page in _paginate(card))


def _paginate(card: Card) -> tuple[PageText, ...]:
    """All pages, at least one. What a page shows has at most as many buttons as the card leaves room for."""
    pages: list[PageText] = []
    text, rows, heading = "", 0, ""
    buttons: tuple[FollowUp, ...] = ()
    room = MAX_FOLLOW_UPS - len(card.follow_ups)
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
    """What `piece` adds to a page that has `text` so far and ends under `heading`."""
    same_heading = bool(text) and heading == piece.heading
    # A heading and a code block bring their own space above them; the line break after a code block is its own.
    adjoins = (same_heading and piece.joins_previous) or (piece.heading and not same_heading) or piece.rows
    space = "" if not text else "\n" if adjoins and not text.endswith("```") else "\n\n"
    title = f"### {piece.heading}\n" + "\n" * piece.space_below_heading if piece.heading and not same_heading else ""
    return space + title + piece.text


def _pieces(card: Card) -> Iterator[PagePiece]:
    """The card in reading order, in pieces of at most PIECE characters and a heading."""
    yield from _small_print(card.summary, prefix="")
    for note in card.notes:
        yield from _small_print(note, joins_previous=True)
    for block in card.blocks:
        yield from _block_pieces(block, escape_and_cut(block.heading, TITLE_LENGTH))


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
    for number, part in enumerate(_slices(_one_line(text), PIECE_LENGTH)):
        yield PagePiece(prefix + escape(part), heading, joins_previous=joins_previous or number > 0)


def _facts_pieces(block: Facts, heading: str) -> Iterator[PagePiece]:
    joins_previous, starts_page = False, block.starts_page
    for fact in block.facts:
        start = f"**{escape_and_cut(fact.label, TITLE_LENGTH)}** " if _one_line(fact.label) else ""
        buttons = fact.follow_ups
        for part in _slices(_one_line(fact.value) or "–", PIECE_LENGTH - TITLE_LENGTH):
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
    """How many characters the lines are, each with a line break."""
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
            if _one_line(word)
        )
        start = f"-# {escape_and_cut(caption, TITLE_LENGTH)}\n" if caption else ""
        for begin, end in _spans(quote.text, PIECE_LENGTH - TITLE_LENGTH):
            yield PagePiece(f"{start}> {_quote_markup(quote, begin, end)}", heading, space_below_heading=not start)
            start = ""


def _quote_markup(quote: Quote, begin: int, end: int) -> str:
    """`quote.text[begin:end]` with its bold words, or without where the marks would make it too long."""
    parts, position = [], begin
    for bold_start, bold_end in sorted(quote.bold):
        start, stop = _trim_span(quote.text, max(bold_start, position), min(bold_end, end))
        if start < stop:
            parts += [
                escape(_collapse_spaces(quote.text[position:start])),
                f"**{escape(_collapse_spaces(quote.text[start:stop]))}**",
            ]
            position = stop
    marked_text = "".join([*parts, escape(_collapse_spaces(quote.text[position:end]))]).replace("****", "")
    return marked_text if len(marked_text) <= PIECE_LENGTH else escape(_collapse_spaces(quote.text[begin:end]))


def _trim_span(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without the spaces at its ends: marks beside a space are not read as marks."""
    word = text[start:stop] if start < stop else ""
    return start + len(word) - len(word.lstrip()), start + len(word.rstrip())


def _collapse_spaces(text: str) -> str:
    """`text` in one line, with its spaces at both ends kept."""
    return re.sub(r"\s+", " ", strip_invisible(text))


def _one_line(text: str) -> str:
    return " ".join(strip_invisible(text).split())


def _slices(text: str, max_length: int) -> Iterator[str]:
    """`text` in order, in parts that have at most `max_length` characters when escaped."""
    return (text[begin:end] for begin, end in _spans(text, max_length))


def _spans(text: str, max_length: int) -> Iterator[tuple[int, int]]:
    """Where to cut `text`, at spaces where there are any in the last third of a part."""
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + max_length)
        # Escaping makes a text twice as long at most: nearly none has to be tried.
        while 2 * (end - begin) > max_length and (excess := len(escape(text[begin:end])) - max_length) > 0:
            end -= max(1, excess // 2)
        space = text.rfind(" ", begin + 2 * (end - begin) // 3, end)
        if end < len(text) and space > begin:
            end = space + 1
        yield begin, end
        begin = end


def _join_command_lines(lines: tuple[str, ...]) -> str:
    return "\n".join(lines[:MAX_COMMAND_LINES])


def _sources_line(card: Card) -> str:
    """From where, in small print."""
    sources = dict.fromkeys(f"{citation.kind}, {citation.title}" for citation in card.citations)
    return f"-# {escape_and_cut('Sources: ' + ' · '.join(sources), SOURCES_LENGTH)}" if sources else ""


def _footer_text(card: Card, number: int, count: int) -> str:
    """As of when, and which page. Discord shows no markup in footers, so that nothing is escaped."""
    page_number = f"Page {number + 1} of {count}" if count > 1 else ""
    as_of = label(card.as_of, FOOTER_LENGTH) if _one_line(card.as_of) else ""
    return " · ".join(part for part in (as_of[:1].upper() + as_of[1:], page_number) if part)
