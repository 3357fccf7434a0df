"""The parts of a sentence between its commas, colons, dashes and brackets, with the phrases for other times in them."""

from collections.abc import Iterator
from functools import cache

from bot.documents.recap.identity.phrase_table import FoundPhrase, PhraseTable, phrase_lists
from bot.language.patterns import Pattern
from bot.language.words import Word, words
from bot.recent_values import RecentTexts

__all__ = ["scope_phrases", "sentence_parts"]

_PART_BOUNDARY = Pattern(r"[,;:()\[\]—–…]|(?<=\s)--?(?=\s)")


def sentence_parts(sentence: str) -> tuple[tuple[tuple[Word, ...], tuple[FoundPhrase, ...]], ...]:
    """The words of each part of a sentence in order, with the phrases in them that every scope asks for."""
    return _PARTS.value(sentence)


@cache
def scope_phrases() -> PhraseTable:
    """The phrases that say whether a part of a sentence speaks of another race."""
    return PhraseTable(
        {group: phrases for group, phrases in phrase_lists("scope.toml").items() if not group.endswith("_openers")}
    )


def _parts(sentence: str, _: frozenset[str]) -> tuple[tuple[tuple[Word, ...], tuple[FoundPhrase, ...]], ...]:
    return tuple((part, tuple(scope_phrases().find(part))) for part in _cut(sentence))


_PARTS = RecentTexts(_parts)


def _cut(sentence: str) -> Iterator[tuple[Word, ...]]:
    """The words of each part of a sentence, in order."""
    boundaries = [found.start() for found in _PART_BOUNDARY.finditer(sentence)]
    part: list[Word] = []
    at = 0
    for word in words(sentence):
        while at < len(boundaries) and boundaries[at] < word.start:
            if part:
                yield tuple(part)
                part = []
            at += 1
        part.append(word)
    if part:
        yield tuple(part)
