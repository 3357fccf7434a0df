"""Rows of text that a name is found by: its spellings, its nicknames, and all their words together; rows of numbers."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = [
    "ALTERNATIVE_ROW",
    "CANONICAL_ROW",
    "COMBINED_ROW",
    "NICKNAME_ROW",
    "SUFFIXES",
    "NameForms",
    "NumberLists",
    "family_name_position",
    "name_rows",
]

CANONICAL_ROW, ALTERNATIVE_ROW, COMBINED_ROW, NICKNAME_ROW = 0, 1, 2, 3
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class NameForms:
    """The folded spellings of one name, the canonical one first, and its nicknames."""

    spellings: tuple[str, ...]
    nicknames: tuple[str, ...]
    likelihood: float


def name_rows(names: Sequence[NameForms]) -> Iterator[tuple[int, str, int]]:
    """(number, text, kind of row) of every distinct spelling of every name, the canonical one first.

    A combined row holds all words of a name and its nicknames, for those who mix them: "smoke stewart".
    """
    for number, name in enumerate(names):
        spellings = dict.fromkeys(name.spellings)
        nicknames = [text for text in dict.fromkeys(name.nicknames) if text not in spellings]
        for place, text in enumerate(spellings):
            yield number, text, ALTERNATIVE_ROW if place else CANONICAL_ROW
        for text in nicknames:
            yield number, text, NICKNAME_ROW
        if nicknames or len(spellings) > 1:
            yield number, " ".join(dict.fromkeys(" ".join((*spellings, *nicknames)).split())), COMBINED_ROW


def family_name_position(words: Sequence[str]) -> int:
    """Where the family name stands: the last word that is no suffix."""
    place = len(words) - 1
    while place > 0 and words[place] in SUFFIXES:
        place -= 1
    return place


class NumberLists:
    """Lists of numbers below 2 to the 32nd, by their place, in two arrays. Never changed once built.

    As tuples each list and each number would be an object: of the whole history 4 MB, here 0.3.
    """

    __slots__ = ("_numbers", "_starts")

    def __init__(self, lists: Iterable[Sequence[int]]) -> None:
        self._numbers, self._starts = array("I"), array("I", [0])
        for numbers in lists:
            self._numbers.extend(numbers)
            self._starts.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> "array[int]":
        return self._numbers[self._starts[place] : self._starts[place + 1]]

    def at(self, place: int, index: int) -> int:
        """One number of a list, counted from 0; `index` is below its length."""
        return self._numbers[self._starts[place] + index]

    def length(self, place: int) -> int:
        """How many numbers a list has."""
        return self._starts[place + 1] - self._starts[place]
