"""Regular expressions that cost nothing until they are used.

The patterns of prose are long (one compiles to 11,190 characters), and a start that answers questions reads no prose:
compiling all of them at import took a third of a second, which is why imports hid in functions. Now a module may hold
as many as it likes.
"""

import re
import sys
from collections.abc import Callable, Iterator

__all__ = ["Pattern"]

END_OF_TEXT = sys.maxsize  # characters; where re stops looking when nobody says


class Pattern:
    """Regular expression that is compiled when it is first asked for a match.

    Has the methods of `re.Pattern` under the same names, with the same meaning. A fault in `source` is therefore an
    error of the first use, not of the import; a test compiles every pattern of the program.
    """

    __slots__ = ("_compiled", "flags", "source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    def __repr__(self) -> str:
        return f"Pattern({self.source!r}, {self.flags!r})"

    @property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression of `re`, for what only takes those. Raises re.error where `source` is none."""
        # Two threads may both compile: they get equal patterns, and either may stay.
        if self._compiled is None:
            self._compiled = re.compile(self.source, self.flags)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = END_OF_TEXT) -> re.Match[str] | None:
        """The first match anywhere; None where there is none."""
        return (self._compiled or self.compiled).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = END_OF_TEXT) -> re.Match[str] | None:
        """The match that begins at `start`; None where there is none."""
        return (self._compiled or self.compiled).match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = END_OF_TEXT) -> re.Match[str] | None:
        """The match of all the text; None where there is none."""
        return (self._compiled or self.compiled).fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = END_OF_TEXT) -> Iterator[re.Match[str]]:
        """Every match, in order; none overlaps another."""
        return (self._compiled or self.compiled).finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """The text of every match, or of its group where the pattern has one; not for patterns with more groups."""
        return (self._compiled or self.compiled).findall(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with the first `count` matches replaced, or with all of them."""
        return (self._compiled or self.compiled).sub(replacement, text, count=count)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """The text between the matches."""
        return (self._compiled or self.compiled).split(text, maxsplit=maxsplit)
