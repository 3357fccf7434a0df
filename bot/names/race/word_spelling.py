"""Words that a word nobody knows may be a slip, a beginning or two words of: "bristl", "martinsv", "lasvegas"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from rapidfuzz.distance import OSA

from bot.names.vocabulary import Vocabulary, digits

__all__ = ["WordSpelling"]

MIN_LETTERS = 4  # of a word that may be a slip or a beginning: three letters may be anything
MIN_SLIPPED_START = 5  # letters of a word whose first may be wrong
LONG_WORD = 8  # letters from which a word may have two slips
MAX_WORDS_TRIED = 3  # other words for one, and MAX_PHRASES for the whole phrase: every one is read
MAX_PHRASES = 6
MAX_SLIPPED_WORDS = 2  # of a phrase; with more, nobody can tell what is meant
_LETTERS_AND_DIGITS = re.compile(r"([a-z]{2,40})(\d{2,9})|(\d{2,9})([a-z]{3,40})")


class WordSpelling:
    """The words of all names, each with the number of races it is said of. Never changed once built."""

    __slots__ = ("_counts", "_vocabulary")

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says of how many races each word is said."""
        self._counts = counts
        self._vocabulary = Vocabulary(counts)

    def other_phrases(self, words: Sequence[str], unknown: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """The phrase with other words at these places; none where one of them is like no word at all."""
        if len(unknown) > MAX_SLIPPED_WORDS:
            return
        choices = [list(islice(self._other_words(words[place]), MAX_WORDS_TRIED)) for place in unknown]
        for chosen in islice(product(*choices), MAX_PHRASES):
            other = dict(zip(unknown, chosen, strict=True))
            yield tuple(part for place, word in enumerate(words) for part in other.get(place, (word,)))

    def _other_words(self, word: str) -> Iterator[tuple[str, ...]]:
        if parts := _LETTERS_AND_DIGITS.fullmatch(word):
            yield tuple(part for part in parts.groups() if part)
            return
        if len(word) < MIN_LETTERS or not word.isalpha():
            return
        for place in range(3, len(word) - 2):
            if word[:place] in self._counts and word[place:] in self._counts:
                yield word[:place], word[place:]
        beginnings = [self._vocabulary.words[number] for number in self._vocabulary.prefix_fits(word)]
        yield from ((other,) for other in self._commonest_first(beginnings))
        slips = self._vocabulary.typo_fits(word, single_word=False)
        near = [number for number in slips if _is_near(word, self._vocabulary.words[number])]
        best = max((slips[number] for number in near), default=0.0)
        words = [self._vocabulary.words[number] for number in near if slips[number] > best - 0.1]
        yield from ((other,) for other in self._commonest_first(words))

    def _commonest_first(self, words: Iterable[str]) -> list[str]:
        return sorted((word for word in words if not digits(word)), key=lambda word: (-self._counts[word], word))


def _is_near(word: str, other: str) -> bool:
    """Whether it takes one slip, or two in a long word whose first letter is right."""
    slips = OSA.distance(word, other)
    if word[0] != other[0]:
        return slips == 1 and len(word) >= MIN_SLIPPED_START
    return len(other) >= MIN_LETTERS and slips <= 1 + (len(word) >= LONG_WORD)
