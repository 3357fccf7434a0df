"""Values that were used lately, at most so many: the one that was not asked for the longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar

__all__ = ["RecentTexts", "RecentValues", "forget_texts"]

MAX_TEXTS = 800  # of one kind; 60 kB of prose have 600 sentences, and what is kept takes forty times their characters
LONGEST_TEXT = 1_500  # characters of a text that is kept; a sentence has 120

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
_FORGET: list[Callable[[], None]] = []


class RecentValues(Generic[K, V]):
    """The `size` values that were used last, by their keys. For one thread, or under a lock of its owner."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def find(self, key: K) -> V | None:
        """The value of a key, which counts as used; None where there is none."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def keep(self, key: K, value: V) -> V:
        """Keep a value, which counts as used; gives it back."""
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return value

    def values(self) -> tuple[V, ...]:
        """All values, the one that was used last at the end."""
        return tuple(self._values.values())

    def clear(self) -> None:
        """Drop all values."""
        self._values.clear()


class RecentTexts(Generic[T]):
    """A function of a text, and of a set of words beside it, whose last values are kept: `size` of them.

    The sentences of a document are gone through many times, and each is read once. Texts of more characters than
    `longest` are not kept, and nothing is when the document has been read: `forget_texts` is called then.
    """

    def __init__(
        self, make: Callable[[str, frozenset[str]], T], size: int = MAX_TEXTS, longest: int = LONGEST_TEXT
    ) -> None:
        self._make, self._longest = make, longest
        self._recall = lru_cache(maxsize=size)(make)
        _FORGET.append(self._recall.cache_clear)

    def value(self, text: str, words: frozenset[str] = frozenset()) -> T:
        """What is made of the text."""
        return self._recall(text, words) if len(text) <= self._longest else self._make(text, words)


def forget_texts() -> None:
    """Drop all that is kept."""
    for forget in _FORGET:
        forget()
