"""Whole names: who is called exactly so, by a real name or a nickname, in whatever order, and who bears one word."""

from collections import defaultdict
from collections.abc import Sequence
from sys import intern

from bot.names.name_rows import SUFFIXES, NameForms

__all__ = ["ExactNames"]


class _NumbersByText(defaultdict[str, dict[int, None]]):
    """Texts with the numbers of names, each once, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__(dict)


class ExactNames:
    """Whole names of one kind, numbered from the most likely to the least. Never changed once built."""

    __slots__ = ("_bearers", "_namesakes", "_nicknames", "_orders", "_spellings")

    def __init__(self, names: Sequence[NameForms], *, people: bool) -> None:
        """Only names of `people` are found in any order, by one word of them, or without their suffix."""
        spellings, nicknames, bearers, namesakes = (_NumbersByText() for _ in range(4))
        orders: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        for number, name in enumerate(names):
            for text in name.spellings:
                spellings[text][number] = None
                if not people:
                    continue
                words = list(map(intern, text.split()))  # the vocabulary has the same words
                orders[tuple(sorted(words))][number] = None
                if words[-1] in SUFFIXES:
                    namesakes[" ".join(words[:-1])][number] = None
                for word in words:
                    bearers[word][number] = None
            for text in name.nicknames:
                nicknames[text][number] = None
        # Most texts are of one name alone: the tables share these tuples, which are half of them (1 MB).
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._spellings, self._nicknames, self._bearers, self._namesakes, self._orders = (
            {
                key: shared.setdefault(numbers, numbers)
                for key, numbers in zip(table, map(tuple, table.values()), strict=True)
            }
            for table in (spellings, nicknames, bearers, namesakes, orders)
        )

    def spelled(self, folded: str) -> tuple[int, ...]:
        """Whose real name this is, most likely first."""
        return tuple(self._spellings.get(folded, ()))

    def nicknamed(self, folded: str) -> tuple[int, ...]:
        """Whose nickname this is."""
        return tuple(self._nicknames.get(folded, ()))

    def called(self, folded: str) -> tuple[int, ...]:
        """Whose real name or nickname this is, most likely first."""
        spelled, nicknamed = self.spelled(folded), self.nicknamed(folded)
        return tuple(sorted({*spelled, *nicknamed})) if spelled and nicknamed else spelled or nicknamed

    def in_any_order(self, words: Sequence[str]) -> tuple[int, ...]:
        """Whose real name has these words and no others: "champion bill"."""
        return tuple(self._orders.get(tuple(sorted(words)), ()))

    def bearers(self, word: str) -> tuple[int, ...]:
        """Whose real name has this word."""
        return tuple(self._bearers.get(word, ()))

    def namesakes(self, folded: str) -> tuple[int, ...]:
        """Whose real name is this one and a suffix: "ron hornaday" started 17 races, "ron hornaday jr" 590."""
        return tuple(self._namesakes.get(folded, ()))
