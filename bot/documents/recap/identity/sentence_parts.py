"""The parts of a sentence between its commas, colons, dashes and brackets, with the phrases for other times in them."""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.documents.recap.identity.phrase_table import FoundPhrase, PhraseTable, phrase_lists
from bot.language.ordinals import ORDINAL
from bot.language.patterns import Pattern
from bot.language.words import Word, words
from bot.recent_values import RecentTexts

__all__ = ["counted_from", "counts_this_race", "scope_phrases", "sentence_parts"]

MOST_COUNT_WORDS = 5  # between "third" and "in the last four races"
_ORDINAL = Pattern(rf"^{ORDINAL}$")
_PART_BOUNDARY = Pattern(r"[,;:()\[\]—–…]|(?<=\s)--?(?=\s)")


def counted_from(part: Sequence[Word]) -> int:
    """Where what was before begins: "his first win since last year", "his third after winning there"; else the end."""
    for number, word in enumerate(part):
        behind = part[number + 1].folded if number + 1 < len(part) else ""
        if word.folded == "since" or (number and word.folded == "after" and behind.endswith("ing")):
            return number
    return len(part)


def counts_this_race(part: Sequence[Word], number: int) -> bool:
    """Whether races of late are those in which this one is counted: "his third win in the last four races"."""
    before = part[max(0, number - MOST_COUNT_WORDS) : number]
    return part[number].folded in {"in", "of"} and any(_ORDINAL.search(word.folded) for word in before)


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
