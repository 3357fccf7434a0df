"""The order of a table of results: which of its positions cannot be, and when nothing of it can be believed."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["wrong_positions"]

# One row of ten may be out of place; where more are, nobody can say which are right.
MOST_WRONG_ROWS = 10


def wrong_positions(positions: Sequence[int | None], *, has_single_winner: bool) -> frozenset[int] | None:
    """The places in `positions` (from 0) of those that contradict the others; None where the order is beyond repair.

    A table in order counts 1, 2, 3, a tie sharing its place (1, 2, 2, 4). Rows may be left out, and may stand in
    another order, as long as no position stands twice. `has_single_winner` says that nobody ties for the first.
    """
    ranked = [(index, position) for index, position in enumerate(positions) if position is not None]
    numbers = [position for _, position in ranked]
    is_rising = all(earlier < later for earlier, later in pairwise(numbers))
    if is_rising or sorted(numbers) == list(range(1, len(numbers) + 1)):
        return frozenset()
    for wrong in (_against_the_count(positions, has_single_winner), _against_each_other(ranked)):
        if len(wrong) <= max(1, len(ranked) // MOST_WRONG_ROWS):
            return wrong
    return None


def _against_the_count(positions: Sequence[int | None], has_single_winner: bool) -> frozenset[int]:
    """The rows whose position is neither the number of the row nor tied with a right one above."""
    wrong: list[int] = []
    tied: int | None = None
    for index, position in enumerate(positions):
        is_tie = position is not None and position == tied and not (position == 1 and has_single_winner)
        if position is None or is_tie:
            continue
        if position == index + 1:
            tied = position
        else:
            wrong.append(index)
            tied = None
    return frozenset(wrong)


def _against_each_other(ranked: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The rows that are not in the longest row of rising positions: the fewest that have to go."""
    tails: list[int] = []
    lengths: list[int] = []
    for _, position in ranked:
        length = bisect_left(tails, position)
        tails[length : length + 1] = [position]
        lengths.append(length)
    wanted = len(tails) - 1
    wrong: list[int] = []
    for (index, _), length in zip(reversed(ranked), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            wrong.append(index)
    return frozenset(wrong)
