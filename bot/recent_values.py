"""Values that were used lately, at most so many: the one that was not asked for the longest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["RecentValues"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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
