"""The words of a text, each with its place in it."""

from dataclasses import dataclass

from bot.language.fold import fold
from bot.language.patterns import Pattern
from bot.recent_values import RecentTexts

__all__ = ["Word", "words"]

# Letters and digits; an apostrophe or an invisible mark inside belongs to the word, as `fold` has it ("O'Reilly").
_WORD = Pattern("[^\\W_]+(?:['’‘`´ʼ\u00ad\u200b-\u200f\u2060\ufeff]+[^\\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` as written, `folded` in the one form of `fold`, `start` and `end` its place in characters."""

    text: str
    folded: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order. What lies between two of them holds no letter and no digit.

    A hyphen or a full stop parts words: "van-load" and "A.J." are two each.
    """
    return _WORDS.value(text)


def _words(text: str, _: frozenset[str]) -> tuple[Word, ...]:
    return tuple(Word(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))


_WORDS = RecentTexts(_words)
