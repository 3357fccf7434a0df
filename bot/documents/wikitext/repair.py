"""Brackets of a page that are never closed: each is closed where its writer must have meant it, and named.

A template ends with its cell or line, an infobox with its last value, a table before the next heading. So one bracket
that somebody forgot costs its own value and no other.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.documents.wikitext.marks import HIDDEN_LINE
from bot.documents.wikitext.tags import MarkupFault
from bot.documents.wikitext.templates import RACE_INFOBOX
from bot.language.patterns import Pattern

__all__ = ["BRACKET_MARGIN", "TABLE_END", "close_brackets"]

TABLE_END = "\ue008"  # where a table that is never closed is taken to end; it adds no line
BRACKET_MARGIN = f" \t:{HIDDEN_LINE}"  # what may stand before the bracket of a table
MAX_DEPTH = 400  # brackets in each other; more are left to the chunker, which refuses a page at far fewer
MAX_FAULTS = 40  # a page with more is no page that somebody wrote by hand and mistyped

_BRACKET = Pattern(rf"\n|(?:(?<=\n)|\A)[ \t:{HIDDEN_LINE}]*(?:\{{\||\|\}}(?!\}}))|\{{\{{|\}}\}}")
_CELL_END = Pattern(r"\n|\|\||!!")
_HEADING_LINE = Pattern(rf"={{2,6}}[^=\n]+={{2,6}}[ \t{HIDDEN_LINE}]*(?=\n|\Z)")
_PARAMETER_LINE = Pattern(r"[ \t]{0,200}\|[ \t]{0,200}[A-Za-z][\w \t]{0,40}=")
_OPENERS = {"}}": "{{", "|}": "{|"}
_NAMES = {"{{": "template", "{|": "table"}


@dataclass(frozen=True, slots=True)
class _UnclosedBracket:
    """A bracket that waits for its end: its mark, where it begins and where its text does, and its line."""

    mark: str
    place: int
    start: int
    line: int
    is_infobox: bool


def close_brackets(text: str) -> tuple[str, tuple[MarkupFault, ...]]:
    """The text with an end for every template and table, and those that had none, by line.

    Of a text with more than MAX_FAULTS of them only so many are mended: the chunker names the next.
    """
    closer = _BracketCloser(text)
    closer.read()
    insertions = sorted(closer.insertions)
    pieces, place = [], 0
    for position, mark in insertions:
        pieces += [text[place:position], mark]
        place = position
    return "".join([*pieces, text[place:]]), tuple(sorted(closer.faults, key=lambda fault: fault.line))


@dataclass(slots=True)
class _BracketCloser:
    """The brackets that are open, and what has to be inserted where: (place in the text, closing mark)."""

    text: str
    insertions: list[tuple[int, str]] = field(default_factory=list)
    faults: list[MarkupFault] = field(default_factory=list)
    _line: int = 1
    _open: list[_UnclosedBracket] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        for token in _BRACKET.finditer(self.text):
            if len(self._open) > MAX_DEPTH or len(self.faults) > MAX_FAULTS:
                return
            mark = token[0].lstrip(BRACKET_MARGIN)
            self._line += token[0].count(HIDDEN_LINE)
            if mark == "\n":
                self._end_line(token.start())
            elif mark in _NAMES:
                self._add(mark, token.end() - len(mark), token.end())
            elif self._counts[_OPENERS.get(mark, "")]:
                self._close_down_to(_OPENERS[mark], token.start())
        self._close_all(len(self.text))

    def _add(self, mark: str, place: int, start: int) -> None:
        is_infobox = mark == "{{" and RACE_INFOBOX.match(self.text, place) is not None
        self._counts[mark] += 1
        self._open.append(_UnclosedBracket(mark, place, start, self._line, is_infobox))

    def _pop(self) -> _UnclosedBracket:
        bracket = self._open.pop()
        self._counts[bracket.mark] -= 1
        return bracket

    def _close_down_to(self, opener: str, place: int) -> None:
        """End the innermost bracket of this kind, and before it whatever was opened in it and never closed."""
        while self._open[-1].mark != opener:
            self._mend(self._pop(), place)
        self._pop()

    def _close_all(self, place: int) -> None:
        while self._open:
            self._mend(self._pop(), place)

    def _end_line(self, place: int) -> None:
        """Nothing reaches over a heading, and no template in an infobox over its next value."""
        self._line += 1
        if not self._open:
            return
        if _HEADING_LINE.match(self.text, place + 1):
            self._close_all(place)
        elif any(bracket.is_infobox for bracket in self._open[:-1]) and _PARAMETER_LINE.match(self.text, place + 1):
            while not self._open[-1].is_infobox:
                self._mend(self._pop(), place)

    def _mend(self, bracket: _UnclosedBracket, place: int) -> None:
        self.faults.append(MarkupFault(bracket.line, f"this {_NAMES[bracket.mark]} ({bracket.mark}) is never closed"))
        if bracket.mark == "{|":
            self.insertions.append((place, TABLE_END))
        elif bracket.is_infobox:
            self.insertions.append((self._infobox_end(bracket.start, place), "}}"))
        else:
            cell_end = _CELL_END.search(self.text, bracket.start, place)
            self.insertions.append((cell_end.start() if cell_end else place, "}}"))

    def _infobox_end(self, start: int, limit: int) -> int:
        """The end of the last line of an infobox: the line after it is no value any more."""
        end = self.text.find("\n", start, limit)
        for line_start in self._line_starts(end, limit):
            if self.text[line_start : line_start + 1] not in {"|", "*", " ", "\t", HIDDEN_LINE}:
                return line_start - 1
        return limit

    def _line_starts(self, end: int, limit: int) -> Iterator[int]:
        while end >= 0:
            yield end + 1
            end = self.text.find("\n", end + 1, limit)
