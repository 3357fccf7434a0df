"""Memo of rows of one data version: small answers of the database that nearly every card asks for again.

Which seasons a series has, or what a document is called, is the same for every question until the next load.
"""

from collections.abc import Hashable, Sequence
from typing import Any

__all__ = ["MAX_MEMO_ROWS", "RowMemo"]

MAX_MEMO_ROWS = 4_000  # rows of all answers, some 0.8 MB; when there are more the memo begins anew


class RowMemo:
    """Rows by who asked for them with which values. For any thread: what two work out at once is the same."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[Any, ...]] = {}
        self._row_count = 0

    def find(self, key: Hashable) -> tuple[Any, ...] | None:
        """The rows of an answer; None where it was not asked for yet."""
        return self._answers.get(key)

    def keep(self, key: Hashable, rows: Sequence[Any]) -> None:
        """Keep the rows of an answer."""
        if self._row_count + len(rows) >= MAX_MEMO_ROWS:
            self._answers, self._row_count = {}, 0
        self._row_count += 1 + len(rows)
        self._answers[key] = tuple(rows)
