"""The smallest parts of a text: words, numbers and marks, each with its place in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language.fold import fold
from bot.language.patterns import Pattern

__all__ = ["Token", "tokens"]

# An apostrophe inside belongs to the word ("O’Dowd"), but the 's of an owner is a token of its own; so are initials
# ("A.J."), and the full stop of a shortened word ("No.", "Jr."),
# and the end of a sponsor's name: "LifeLock.com".
_TOKEN = Pattern(
    r"(?P<number>[0-9]+\.[0-9]+(?=s\b)|\#?[0-9]+(?:[.,:][0-9]+)*(?:st|nd|rd|th|ST|ND|RD|TH)?(?![^\W_])|(?<![\w.])\.[0-9]+)"
    r"|(?P<short>(?<![^\W_])(?:(?:[A-Z]\.){1,3}|(?:No|Nos|Jr|Sr|St|Mt|Ft|Dr|Mr|Mrs)\.(?=\s|,|\)|$|(?<=o\.)[0-9])))"
    r"|(?P<owner>['’][sS]\b|(?<=s)['’](?=\s))"
    r"|(?P<word>[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*(?:\.com\b)?)"
    r"|(?P<mark>[^\w\s]|[_\t\n\r])"
)
_DASHES = "-‐‑"


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a text. `kind` is "word", "number", "owner" (the 's) or "mark"; `text` is as written.

    `folded` is the one form of `fold` for words, and the text itself for all else. `start` and `end` are characters.
    """

    text: str
    folded: str
    start: int
    end: int
    kind: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return text.lower() if text.isascii() and text.isalnum() else fold(text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order.

    A hyphen between two parts of a word is no token ("top-10" is two words), but names keep theirs: "Stillwater-Pace".
    """
    pending: Token | None = None
    for one in _raw(text):
        if pending and _is_glue(text, one):
            continue
        if pending and _joins(text, pending, one):
            joined = text[pending.start : one.end]
            pending = Token(joined, _folded(joined), pending.start, one.end, "word")
            continue
        if pending:
            yield pending
        pending = one
    if pending:
        yield pending


def _raw(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        plain = found[0]
        word = kind in {"word", "short"}
        yield Token(plain, _folded(plain) if word else plain, found.start(), found.end(), "word" if word else kind)


def _is_glue(text: str, one: Token) -> bool:
    """Whether a mark is a hyphen with letters or digits on both sides."""
    return (
        one.text in _DASHES
        and one.start > 0
        and one.end < len(text)
        and (text[one.start - 1].isalnum() or text[one.start - 1] == ".")
        and text[one.end].isalnum()
    )


def _joins(text: str, before: Token, one: Token) -> bool:
    """Whether a hyphen makes one name of two words that both have a capital."""
    gap = text[before.end : one.start]
    return (
        len(gap) == 1
        and gap in _DASHES
        and before.kind == one.kind == "word"
        and before.is_capital
        and one.is_capital
        and len(one.text) > 1
    )
