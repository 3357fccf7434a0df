"""The source of a MediaWiki page, made safe to parse: cut into chunks whose brackets are all closed.

A parser of wikitext tries every reading of a bracket that is never closed, and with thousands of them it does not end.
So one linear pass comes first: what a reader of the page does not see is taken out, links that are not closed become
plain text, and a template or a table that is not closed is a fault with its line.
"""

import re
from dataclasses import dataclass, field

from bot.documents.model import Document
from bot.documents.text.document_line import DocumentLine
from bot.documents.wikitext.marks import HIDDEN_LINE, LINE_BREAK, STRAY_BRACKET
from bot.documents.wikitext.repair import BRACKET_MARGIN, TABLE_END, close_brackets
from bot.documents.wikitext.tags import MarkupFault, TagReader
from bot.errors import BadDocument
from bot.language.patterns import Pattern

__all__ = ["Chunk", "PageChunks", "cut_chunks", "page_chunks"]

# What a race page may have. The page of the tests, which has all the tables, has 24,000 characters, 66 chunks of at
# most 5,100 and 1,900 bars; at these limits a page takes less than a second, with whatever it is filled (tests).
MAX_PAGE_LENGTH, MAX_CHUNK_LENGTH, MAX_CHUNKS = 400_000, 60_000, 5_000
MAX_BARS, MAX_BARS_IN_LINE, MAX_DEPTH = 8_000, 400, 40

# Characters that show nothing (joiners, marks of direction, soft hyphens), and those that these modules use themselves.
_INVISIBLE = Pattern("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]")
_EXTERNAL_LINK = Pattern(r"\[(?:https?:)?//[^\s\[\]]*+[ \t]*+([^\[\]\n]*)\]")
_ADDRESS = Pattern(r"\b(?:https?|ftp)://[^\s|\[\]{}<>]*", re.IGNORECASE)
_BULLET = Pattern(r"(?<=\n)[ \t]*+(?:[*#:;]+|-{4,})[ \t]*")
_TOKEN = Pattern(
    rf"\n|(?:(?<=\n)|\A)[ \t:{HIDDEN_LINE}]*(?:\{{\||\|\}}(?!\}}))"
    rf"|\{{\{{|\}}\}}|\[\[|\]\]|\|+|(?<=\n)!|!!|{HIDDEN_LINE}|{TABLE_END}"
)
_CHUNK_MARGIN = f" \t{HIDDEN_LINE}"


@dataclass(frozen=True, slots=True)
class PageChunks:
    """A whole page: its `chunks` in order, and what of its mark-up had to be mended first."""

    chunks: tuple["Chunk", ...]
    faults: tuple[MarkupFault, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A table, or a line of the page with the templates that begin on it; `line` is where it begins."""

    line: int
    text: str

    @property
    def is_table(self) -> bool:
        """Whether the chunk begins with a table."""
        return self.text.startswith("{|")


def page_chunks(document: Document) -> PageChunks:
    """The page in chunks, without comments, references, HTML tags and addresses; blank lines are left out.

    Raises BadDocument where things are nested too deep, or there is more of them than a page of one race can hold.
    """
    text = "\n".join(document.lines)
    if len(text) > MAX_PAGE_LENGTH:
        raise DocumentLine(document, 1).error(
            f"{len(text):,} characters are more than the {MAX_PAGE_LENGTH:,} that a page of one race may have"
        )
    tag_reader = TagReader(_INVISIBLE.sub("", text))
    visible_text = _ADDRESS.sub("", _EXTERNAL_LINK.sub(r"\1", tag_reader.visible_text()))
    closed_text, faults = close_brackets(visible_text)
    all_faults = sorted((*tag_reader.faults, *faults), key=lambda fault: fault.line)
    return PageChunks(cut_chunks(document, closed_text, 1), tuple(all_faults))


def cut_chunks(document: Document, text: str, line: int) -> tuple[Chunk, ...]:
    """The chunks of a text that begins on `line`. Raises BadDocument as `page_chunks` does."""
    builder = _ChunkBuilder(document, line)
    end = 0
    for token in _TOKEN.finditer(text):
        builder.add(text[end : token.start()])
        builder.token(token[0])
        end = token.end()
    builder.add(text[end:])
    return builder.finish()


@dataclass(slots=True)
class _OpenBracket:
    """A bracket that waits for its end: where it stands in the page and among the pieces of the chunk."""

    mark: str
    line: int
    piece: int


@dataclass(slots=True)
class _ChunkBuilder:
    """Chunks as they grow, and the brackets that are open."""

    document: Document
    line: int
    _first_line: int = 0
    _bars: int = 0
    _bars_in_line: int = 0
    _pieces: list[str] = field(default_factory=list)
    _open_brackets: list[_OpenBracket] = field(default_factory=list)
    _chunks: list[Chunk] = field(default_factory=list)

    def add(self, piece: str) -> None:
        """Take a piece of text without brackets."""
        if piece:
            self._first_line = self._first_line or self.line
            self._pieces.append(piece)

    def token(self, token: str) -> None:
        """Take a bracket, a bar or a line end."""
        mark = token.lstrip(BRACKET_MARGIN)
        hidden = token.count(HIDDEN_LINE)
        if hidden:
            self._add_hidden_lines(hidden)
        if mark == "\n":
            self._end_line()
        elif mark in {"{{", "{|", "[["}:
            self._open_bracket(mark)
        elif mark in {"}}", "|}", "]]"}:
            self._close_bracket(mark)
        elif mark == TABLE_END:
            self._end_table()
        elif mark:
            self._add_bar(mark)

    def finish(self) -> tuple[Chunk, ...]:
        """Every chunk that is not blank; raises BadDocument where a template or a table is still open."""
        self._drop_links()
        if self._open_brackets:
            raise self._unclosed(self._open_brackets[0])
        self._end_chunk()
        return tuple(self._chunks)

    def _add_hidden_lines(self, lines: int) -> None:
        """Count line ends that show nothing; what marks a row must still stand right after the line end that shows."""
        self._first_line = self._first_line or self.line
        place = len(self._pieces)
        while place and not self._pieces[place - 1].strip(" \t"):
            place -= 1
        after_line_end = place > 0 and self._pieces[place - 1] == "\n"
        self._pieces.insert(place - 1 if after_line_end else len(self._pieces), HIDDEN_LINE * lines)
        self.line += lines

    def _add_bar(self, mark: str) -> None:
        self._bars += 1
        self._bars_in_line += 1
        if self._bars_in_line > MAX_BARS_IN_LINE:
            raise self._error(f"this line has more than {MAX_BARS_IN_LINE} cells and values: no row of a race has")
        if self._bars > MAX_BARS:
            raise self._error(f"there are more than {MAX_BARS:,} cells and template values: no page of one race")
        self.add(mark)

    def _open_bracket(self, mark: str) -> None:
        if len(self._open_brackets) >= MAX_DEPTH:
            raise self._error(f"templates, tables and links stand more than {MAX_DEPTH} deep in each other here")
        self.add(mark)
        self._open_brackets.append(_OpenBracket(mark, self.line, len(self._pieces) - 1))

    def _close_bracket(self, mark: str) -> None:
        if mark == "]]":
            if self._open_brackets and self._open_brackets[-1].mark == "[[":
                self._open_brackets.pop()
                self.add(mark)
            else:
                self.add(STRAY_BRACKET)
            return
        self._drop_links()
        opener = {"}}": "{{", "|}": "{|"}[mark]
        if not any(bracket.mark == opener for bracket in self._open_brackets):
            self.add(STRAY_BRACKET)
            return
        if self._open_brackets[-1].mark != opener:
            raise self._unclosed(self._open_brackets[-1])
        self._open_brackets.pop()
        self.add(mark)

    def _end_table(self) -> None:
        """End a table that the page never closes: on a line of its own, which is no line of the page."""
        self._drop_links()
        self.add("\n")
        self._close_bracket("|}")

    def _end_line(self) -> None:
        """A link ends with its line; a chunk does so when nothing is open."""
        self._drop_links()
        if self._open_brackets:
            self.add("\n")
        else:
            self._end_chunk()
        self.line += 1
        self._bars_in_line = 0

    def _end_chunk(self) -> None:
        chunk_text = "".join(self._pieces).rstrip(_CHUNK_MARGIN)
        text = chunk_text.lstrip(_CHUNK_MARGIN)
        line = self._first_line + chunk_text[: len(chunk_text) - len(text)].count(HIDDEN_LINE)
        self._first_line, self._pieces = 0, []
        if len(text) > MAX_CHUNK_LENGTH:
            raise DocumentLine(self.document, line).error(
                f"{len(text):,} characters in one piece are more than the {MAX_CHUNK_LENGTH:,} that a page may have"
            )
        if len(self._chunks) == MAX_CHUNKS:
            raise DocumentLine(self.document, line).error(
                f"more than {MAX_CHUNKS:,} lines of text: no page of one race"
            )
        if text:
            self._chunks.append(Chunk(line, _BULLET.sub(LINE_BREAK, text)))

    def _drop_links(self) -> None:
        while self._open_brackets and self._open_brackets[-1].mark == "[[":
            self._pieces[self._open_brackets.pop().piece] = STRAY_BRACKET

    def _unclosed(self, bracket: _OpenBracket) -> BadDocument:
        what = "template" if bracket.mark == "{{" else "table"
        return DocumentLine(self.document, bracket.line).error(f"this {what} ({bracket.mark}) is never closed")

    def _error(self, reason: str) -> BadDocument:
        return DocumentLine(self.document, self.line).error(reason)
