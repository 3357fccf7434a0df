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
from bot.frontend.text_table import lines_of, plain

__all__ = ["BUTTON_LABEL", "CHOICE", "Page", "command_line", "cut", "draw", "escape", "label", "notice", "pages_of"]

COLOURS: dict[Tone, int] = {"answer": 0x3B82C4, "nothing": 0x80848E, "error": 0xD9822B, "moderator": 0x7C6FC4}

TITLE = 256
BUTTON_LABEL = 80
CHOICE = 100
FOOTER = 300  # of 2,048: a footer is read in one glance or not at all
SOURCES = 500
PAGE = 2000  # of 4,096 that a description may have: two screens of a phone
PIECE = 1500  # the longest piece that is kept together
PAGE_ROWS = 20
CHUNK_ROWS = 15  # a table of more than PAGE_ROWS rows is dealt out in these
TYPED_LINE = 250
TYPED_LINES = 5
FOLLOW_UPS = 5  # the buttons of one row

ALWAYS = re.compile(r"[\\*_~|`\[\]]")
AT_START = re.compile(r"^[#>+-]", re.MULTILINE)
ANY_MARK = re.compile(r"[\\*_~|`\[\]@<]|://|^[#>+-]", re.MULTILINE)  # without one, none of the others is there
LIVE = re.compile(r"@(?=everyone|here|[!&]?\d)|<(?=[@#:/]|a:|t:|id:|https?:)|:(?=//)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a card: what is sent, and its place, counted from 0, among how many.

    `follow_ups` are the buttons of what this page shows, those of the whole card last.
    """

    embed: discord.Embed
    number: int
    count: int
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together: markup, the heading it stands under, how many table rows it takes.

    A `tight` piece follows the one before it without an empty line; a `bare` one keeps away from its heading, since
    a quote right below a heading is not read as one everywhere. A piece `apart` begins a page.
    """

    text: str
    heading: str = ""
    rows: int = 0
    tight: bool = False
    bare: bool = False
    apart: bool = False
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one page says, with the buttons of what it shows."""

    text: str
    follow_ups: tuple[FollowUp, ...] = ()


def draw(card: Card, number: int = 0, typed: tuple[str, ...] = ()) -> Page:
    """Page `number` of `card` (the last one where there are fewer); `typed` are command lines to print under it."""
    pages = _drawn(card)
    number = min(max(number, 0), len(pages) - 1)
    text = "\n\n".join(part for part in (pages[number].text, _typed(typed), _sources(card)) if part)
    embed = discord.Embed(colour=COLOURS[card.tone], title=cut(card.title, TITLE) or None, description=text or "…")
    if footer := _footer(card, number, len(pages)):
        embed.set_footer(text=footer)
    return Page(embed, number, len(pages), (*pages[number].follow_ups, *card.follow_ups))


def notice(text: str, tone: Tone = "error", typed: tuple[str, ...] = ()) -> discord.Embed:
    """A short answer that is no card, such as the text of an error, with command lines to print under it."""
    parts = (cut(text, PAGE) or "…", _typed(typed))
    return discord.Embed(colour=COLOURS[tone], description="\n\n".join(part for part in parts if part))


def command_line(typed: str) -> str:
    """A command to type, in code: one line of at most TYPED_LINE characters."""
    line = " ".join(plain(typed).replace("`", "'").split())
    return f"`{line if len(line) <= TYPED_LINE else line[: TYPED_LINE - 1] + '…'}`"


def label(text: str, most: int = BUTTON_LABEL) -> str:
    """The label of a button or a choice: one plain line of 1 to `most` characters. Markup does not work there."""
    line = " ".join(plain(text).split()) or "…"
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no markup, no mentions, no links, nothing invisible."""
    seen = plain(text)
    if not ANY_MARK.search(seen):
        return seen
    safe = AT_START.sub(r"\\\g<0>", ALWAYS.sub(r"\\\g<0>", seen))
    return LIVE.sub("\\g<0>\u200b", safe)


def cut(text: str, most: int) -> str:
    """`text` escaped, in one line of at most `most` characters, ending in … where some are left out."""
    line = _line(text)
    escaped = escape(line)
    if len(escaped) <= most:
        return escaped
    return escape(next(_slices(line, most - 1))) + "…"


def pages_of(card: Card) -> tuple[str, ...]:
    """The descriptions of all pages, at least one; each has at most PAGE characters and PAGE_ROWS table rows."""
    return tuple(page.text for page in _drawn(card))


def _drawn(card: Card) -> tuple[Drawn, ...]:
    """All pages, at least one. What a page shows has at most as many buttons as the card leaves room for."""
    pages: list[Drawn] = []
    text, rows, heading = "", 0, ""
    buttons: tuple[FollowUp, ...] = ()
    room = FOLLOW_UPS - len(card.follow_ups)
    for piece in _pieces(card):
        addition = _addition(text, heading, piece)
        full = len(text) + len(addition) > PAGE or (piece.rows and rows + piece.rows > PAGE_ROWS)
        if text and (full or piece.apart or _crowded(buttons, piece, room)):
            pages.append(Drawn(text, buttons))
            text, rows, buttons = "", 0, ()
            addition = _addition("", "", piece)
        text, rows, heading = text + addition, rows + piece.rows, piece.heading
        buttons += piece.follow_ups
    return (*pages, Drawn(text, buttons))


def _crowded(buttons: tuple[FollowUp, ...], piece: Piece, room: int) -> bool:
    """Whether the buttons of `piece` find no place beside those that are there."""
    return bool(buttons and piece.follow_ups) and len(buttons) + len(piece.follow_ups) > room


def _addition(text: str, heading: str, piece: Piece) -> str:
    """What `piece` adds to a page that has `text` so far and ends under `heading`."""
    same = bool(text) and heading == piece.heading
    # A heading and a code block bring their own space above them; the line break after a code block is its own.
    near = (same and piece.tight) or (piece.heading and not same) or piece.rows
    space = "" if not text else "\n" if near and not text.endswith("```") else "\n\n"
    title = f"### {piece.heading}\n" + "\n" * piece.bare if piece.heading and not same else ""
    return space + title + piece.text


def _pieces(card: Card) -> Iterator[Piece]:
    """The card in reading order, in pieces of at most PIECE characters and a heading."""
    yield from _small(card.summary, mark="")
    for note in card.notes:
        yield from _small(note, tight=True)
    for block in card.blocks:
        yield from _block(block, cut(block.heading, TITLE))


def _block(block: Block, heading: str) -> Iterator[Piece]:
    if isinstance(block, Facts):
        yield from _facts(block, heading)
    elif isinstance(block, Table):
        yield from _table(block, heading)
    else:
        yield from _quotes(block, heading)


def _small(text: str, heading: str = "", *, mark: str = "-# ", tight: bool = False) -> Iterator[Piece]:
    """A line of its own, in small print unless `mark` says otherwise."""
    for number, part in enumerate(_slices(_line(text), PIECE)):
        yield Piece(mark + escape(part), heading, tight=tight or number > 0)


def _facts(block: Facts, heading: str) -> Iterator[Piece]:
    tight, apart = False, block.apart
    for fact in block.facts:
        start = f"**{cut(fact.label, TITLE)}** " if _line(fact.label) else ""
        buttons = fact.follow_ups
        for part in _slices(_line(fact.value) or "–", PIECE - TITLE):
            yield Piece(start + escape(part), heading, tight=tight, apart=apart, follow_ups=buttons)
            start, tight, apart, buttons = "", True, False, ()


def _table(block: Table, heading: str) -> Iterator[Piece]:
    head, rows = lines_of(block)
    most = len(rows) if len(rows) <= PAGE_ROWS else CHUNK_ROWS
    chunk: list[str] = []
    taken, apart, room = 0, block.apart, PIECE - _size(head)
    for row in rows:
        size = _size(row)
        if taken == most or size > room + 1:  # the last line of a piece needs no line break
            yield Piece(_code(head, chunk), heading, rows=taken, apart=apart)
            chunk, taken, apart, room = [], 0, False, PIECE - _size(head)
        chunk += row
        taken, room = taken + 1, room - size
    if chunk:
        yield Piece(_code(head, chunk), heading, rows=taken, apart=apart)
    yield from _small(block.note, heading, tight=True)


def _size(lines: tuple[str, ...]) -> int:
    """How many characters the lines are, each with a line break."""
    return sum(map(len, lines)) + len(lines)


def _code(head: tuple[str, ...], lines: list[str]) -> str:
    return "\n".join(["```", *head, *lines, "```"])


def _quotes(block: Quotes, heading: str) -> Iterator[Piece]:
    several = len({quote.citation.document for quote in block.quotes}) > 1
    for quote in block.quotes:
        above = " · ".join(
            word
            for word in (quote.above, quote.citation.kind if several and quote.citation.kind not in quote.above else "")
            if _line(word)
        )
        start = f"-# {cut(above, TITLE)}\n" if above else ""
        for begin, end in _spans(quote.text, PIECE - TITLE):
            yield Piece(f"{start}> {_said(quote, begin, end)}", heading, bare=not start)
            start = ""


def _said(quote: Quote, begin: int, end: int) -> str:
    """`quote.text[begin:end]` with its bold words, or without where the marks would make it too long."""
    parts, at = [], begin
    for bold_start, bold_end in sorted(quote.bold):
        start, stop = _inner(quote.text, max(bold_start, at), min(bold_end, end))
        if start < stop:
            parts += [escape(_flat(quote.text[at:start])), f"**{escape(_flat(quote.text[start:stop]))}**"]
            at = stop
    said = "".join([*parts, escape(_flat(quote.text[at:end]))]).replace("****", "")
    return said if len(said) <= PIECE else escape(_flat(quote.text[begin:end]))


def _inner(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without the spaces at its ends: marks beside a space are not read as marks."""
    word = text[start:stop] if start < stop else ""
    return start + len(word) - len(word.lstrip()), start + len(word.rstrip())


def _flat(text: str) -> str:
    """`text` in one line, with its spaces at both ends kept."""
    return re.sub(r"\s+", " ", plain(text))


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _slices(text: str, most: int) -> Iterator[str]:
    """`text` in order, in parts that have at most `most` characters when escaped."""
    return (text[begin:end] for begin, end in _spans(text, most))


def _spans(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Where to cut `text`, at spaces where there are any in the last third of a part."""
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + most)
        # Escaping makes a text twice as long at most: nearly none has to be tried.
        while 2 * (end - begin) > most and (over := len(escape(text[begin:end])) - most) > 0:
            end -= max(1, over // 2)
        space = text.rfind(" ", begin + 2 * (end - begin) // 3, end)
        if end < len(text) and space > begin:
            end = space + 1
        yield begin, end
        begin = end


def _typed(lines: tuple[str, ...]) -> str:
    return "\n".join(lines[:TYPED_LINES])


def _sources(card: Card) -> str:
    """From where, in small print."""
    sources = dict.fromkeys(f"{citation.kind}, {citation.title}" for citation in card.citations)
    return f"-# {cut('Sources: ' + ' · '.join(sources), SOURCES)}" if sources else ""


def _footer(card: Card, number: int, count: int) -> str:
    """As of when, and which page. Discord shows no markup in footers, so that nothing is escaped."""
    place = f"Page {number + 1} of {count}" if count > 1 else ""
    when = label(card.as_of, FOOTER) if _line(card.as_of) else ""
    return " · ".join(part for part in (when[:1].upper() + when[1:], place) if part)
