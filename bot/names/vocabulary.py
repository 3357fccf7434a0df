"""The words that the names of one kind are made of, and which of them a typed word may mean."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from math import log
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Vocabulary", "digits", "max_typos"]

# A prefix counts the more, the more of the word is typed. Exact words always come before it.
PREFIX_FLOOR, PREFIX_SHARE = 0.87, 0.08
COMMONEST_WORD_COUNT, MIN_WORD_WEIGHT = (
    10_000,
    0.1,
)  # names with a word that tells nothing, and the least that a word tells
DOUBLED_LETTER_FIT = 0.95  # what is spelled with one letter of two is hardly a slip
# Slips cost more at the first letter: people rarely mistype it, and another letter there is mostly another name.
FIRST_LETTER_PENALTY = 0.06


class Vocabulary:
    """Distinct words in alphabetical order; a word is known by its number. Never changed once built."""

    __slots__ = ("_doubled", "_number", "weights", "words")

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many names a word stands: the rarer, the more it tells.

        What a word tells does not depend on how many names there are, so that a name without it changes nothing.
        """
        self.words = tuple(sorted(map(intern, counts)))
        self._number = {word: number for number, word in enumerate(self.words)}
        doubled: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            if (single := _single_letters(word)) != word:
                doubled[single].append(number)
        self._doubled = {single: tuple(numbers) for single, numbers in doubled.items()}
        self.weights = array(
            "d", (max(MIN_WORD_WEIGHT, 1 - log(counts[word]) / log(COMMONEST_WORD_COUNT)) for word in self.words)
        )

    def weight(self, word: str) -> float:
        """How much a typed word tells, above 0 and at most 1; a word in no name tells the most."""
        number = self._number.get(word)
        return 1.0 if number is None else self.weights[number]

    def exact_fit(self, word: str) -> dict[int, float]:
        """The word itself, if a name has it."""
        number = self._number.get(word)
        return {} if number is None else {number: 1.0}

    def doubled_letter_fits(self, word: str) -> dict[int, float]:
        """Other words that differ in doubled letters only: "rathmann" and "rathman"."""
        single = _single_letters(word)
        numbers = (*self._doubled.get(single, ()), *self.exact_fit(single))
        return {number: DOUBLED_LETTER_FIT for number in numbers if self.words[number] != word}

    def prefix_fits(self, prefix: str) -> dict[int, float]:
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

    def typo_fits(self, word: str, *, single_word: bool) -> dict[int, float]:
        """Every word that `word` is a slip of the keys away from, and how well that fits. A number is no slip.

        `single_word` says that nothing else was typed: then a slip in three letters could be anybody.
        """
        min_length = 4 if single_word else 3
        max_distance = max_typos(len(word))
        if not max_distance or len(word) < min_length or word.isdigit():
            return {}
        word_digits = digits(word)
        similar_words = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=max_distance, limit=None)
        return {
            number: 1
            - distance / max(len(word), len(similar_word))
            - (FIRST_LETTER_PENALTY if similar_word[0] != word[0] else 0)
            for similar_word, distance, number in similar_words
            if distance
            and len(similar_word) >= min_length
            and distance <= max_typos(len(similar_word))
            and digits(similar_word) == word_digits
        }

    def numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        """The numbers of words that all belong to the vocabulary."""
        return tuple(self._number[word] for word in words)


def _single_letters(word: str) -> str:
    """A word with every letter once where it stands several times in a row."""
    return "".join(letter for letter, _ in groupby(word))


def digits(text: str) -> str:
    """The digits of a text: names with other digits are other names."""
    return "".join(letter for letter in text if letter.isdigit())


def max_typos(length: int) -> int:
    """How many slips of the keys a word of this length may have before it is another word."""
    if length <= 2:
        return 0
    return 1 if length <= 4 else 2 if length <= 8 else 3
