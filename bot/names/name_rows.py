"""Rows of text that a name is found by: its spellings, its nicknames, and all their words together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = [
    "ALTERNATIVE_ROW",
    "CANONICAL_ROW",
    "COMBINED_ROW",
    "NICKNAME_ROW",
    "SUFFIXES",
    "NameForms",
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
