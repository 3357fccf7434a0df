"""The words that the names of one kind are made of, and which of them a typed word may mean."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Vocabulary", "digits", "slips"]

# A prefix counts the more, the more of the word is typed. Exact words always come before it.
PREFIX_FLOOR, PREFIX_SHARE = 0.87, 0.08
COMMONEST, LEAST = 10_000, 0.1  # names with a word that tells nothing, and the least that a word tells
# Slips cost more at the first letter: people rarely mistype it, and another letter there is mostly another name.
FIRST_LETTER = 0.06


class Vocabulary:
    """Distinct words in alphabetical order; a word is known by its number. Never changed once built."""

    __slots__ = ("_number", "weights", "words")

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many names a word stands: the rarer, the more it tells.

        What a word tells does not depend on how many names there are, so that a name without it changes nothing.
        """
        self.words = tuple(sorted(counts))
        self._number = {word: number for number, word in enumerate(self.words)}
        self.weights = tuple(max(LEAST, 1 - log(counts[word]) / log(COMMONEST)) for word in self.words)

    def weight(self, word: str) -> float:
        """How much a typed word tells, above 0 and at most 1; a word in no name tells the most."""
        number = self._number.get(word)
        return 1.0 if number is None else self.weights[number]

    def same(self, word: str) -> dict[int, float]:
        """The word itself, if a name has it."""
        number = self._number.get(word)
        return {} if number is None else {number: 1.0}

    def starting(self, prefix: str) -> dict[int, float]:
        """Every longer word that starts with `prefix`, and how well that fits."""
        if not prefix:
            return {}
        first = bisect_left(self.words, prefix)
        last = bisect_left(self.words, prefix + "\U0010ffff")
        size = len(prefix)
        return {
            number: PREFIX_FLOOR + PREFIX_SHARE * size / len(self.words[number])
            for number in range(first, last)
            if len(self.words[number]) > size
        }

    def near(self, word: str, *, alone: bool) -> dict[int, float]:
        """Every word that `word` is a slip of the keys away from, and how well that fits. A number is no slip.

        `alone` says that nothing else was typed: then a slip in three letters could be anybody.
        """
        fewest = 4 if alone else 3
        most = slips(len(word))
        if not most or len(word) < fewest or word.isdigit():
            return {}
        figures = digits(word)
        found = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=most, limit=None)
        return {
            number: 1 - distance / max(len(word), len(meant)) - (FIRST_LETTER if meant[0] != word[0] else 0)
            for meant, distance, number in found
            if distance and len(meant) >= fewest and distance <= slips(len(meant)) and digits(meant) == figures
        }

    def numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        """The numbers of words that all belong to the vocabulary."""
        return tuple(self._number[word] for word in words)


def digits(text: str) -> str:
    """The digits of a text: names with other digits are other names."""
    return "".join(letter for letter in text if letter.isdigit())


def slips(length: int) -> int:
    """How many slips of the keys a word of this length may have before it is another word."""
    if length <= 2:
        return 0
    return 1 if length <= 4 else 2 if length <= 8 else 3
