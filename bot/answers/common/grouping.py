"""Rows by what they share."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

__all__ = ["group"]

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def group(rows: Iterable[Row], key_of: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """The rows of each key, keys and rows in the order in which they come."""
    rows_by_key: dict[Key, list[Row]] = {}
    for row in rows:
        rows_by_key.setdefault(key_of(row), []).append(row)
    return rows_by_key
