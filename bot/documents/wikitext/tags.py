"""HTML tags and comments of a page: what a reader does not see is taken out, each line end in it still counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.documents.wikitext.marks import HIDDEN_LINE, LINE_BREAK, SUPERSCRIPT_END, SUPERSCRIPT_START
from bot.language.patterns import Pattern

__all__ = ["MarkupFault", "TagReader"]

# What stands between these is no word of the page: references, pictures, code, and what is struck out.
_HIDDEN_TAGS = frozenset({
    "ref", "gallery", "timeline", "math", "score", "syntaxhighlight", "nowiki", "s", "strike", "del", "noinclude",
    "templatestyles",
})  # fmt: skip
_TAG = Pattern(r"<!--|</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_UNCLOSED_TAG = Pattern(r"<(?=[/!A-Za-z])")
_CELL_END = Pattern(r"\n|\|\||!!")  # where a tag that is never closed must end at the latest
_NO_WIKI = Pattern(r"[{}|\[\]!]")
MAX_NAME_LENGTH = 20  # characters of a tag that its fault repeats


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """Something in the mark-up of a page that was mended: its line, and what is wrong there."""

    line: int
    reason: str


@dataclass(slots=True)
class TagReader:
    """The text of a page without what a reader does not see; `faults` are the tags that are never closed."""

    text: str
    faults: list[MarkupFault] = field(default_factory=list)
    _missing_ends: set[str] = field(default_factory=set)
    _line: int = 1
    _counted: int = 0

    def visible_text(self) -> str:
        """The text; each line end that went with a tag leaves a HIDDEN_LINE, and a <br> a LINE_BREAK."""
        return _UNCLOSED_TAG.sub("", "".join(self._pieces()))

    def _pieces(self) -> Iterator[str]:
        place = 0
        while found := _TAG.search(self.text, place):
            yield self.text[place : found.start()]
            place = found.end()
            name = (found[1] or "").lower()
            if not found[1] or _hides(found, name):
                start, end, place = self._hidden_part(found, name)
                yield _remaining_text(name, self.text[start:end])
            elif name == "br":
                yield LINE_BREAK
            elif name == "sup" and not found[0].endswith("/>"):
                yield SUPERSCRIPT_END if found[0][1] == "/" else SUPERSCRIPT_START
        yield self.text[place:]

    def _hidden_part(self, tag: re.Match[str], name: str) -> tuple[int, int, int]:
        """Where the hidden text starts and ends, and where the page goes on; without an end it is the cell or line."""
        start = tag.end()
        # Who has looked for an end in vain once need not look again from further on: thousands of tags stay linear.
        end = None if name in self._missing_ends else _end_pattern(name).search(self.text, start)
        if end:
            return start, end.start(), end.end()
        self._missing_ends.add(name)
        self.faults.append(MarkupFault(self._line_at(tag.start()), f"this {tag[0][:MAX_NAME_LENGTH]} is never closed"))
        cell_end = _CELL_END.search(self.text, start)
        place = cell_end.start() if cell_end else len(self.text)
        return start, place, place

    def _line_at(self, place: int) -> int:
        self._line += self.text.count("\n", self._counted, place)
        self._counted = place
        return self._line


def _hides(tag: re.Match[str], name: str) -> bool:
    """Whether a tag opens a text that is not seen."""
    return name in _HIDDEN_TAGS and tag[0][1] != "/" and not tag[0].endswith("/>")


def _end_pattern(name: str) -> Pattern:
    """What ends a hidden text: the end of a comment, or the closing tag."""
    return Pattern(rf"</{name}\s*>", re.IGNORECASE) if name else Pattern("-->")


def _remaining_text(name: str, hidden: str) -> str:
    """What is left of a hidden text: of <nowiki> its words, of all others their line ends."""
    return _NO_WIKI.sub(" ", hidden) if name == "nowiki" else HIDDEN_LINE * hidden.count("\n")
