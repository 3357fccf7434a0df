"""Directions of moves in a championship table that gives only their sizes.

Before the race each place had one driver. A row at place 4 that moved 3 places was 1st or 7th, and no two rows had the
same place. A direction is certain exactly where every order that fits agrees on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.archive.models.core import Standing

__all__ = ["Moves", "move_sizes", "solve_moves"]


@dataclass(frozen=True, slots=True)
class Moves:
    """`possible`: some order fits. `places_before` is each row's place before the race, None where orders differ."""

    possible: bool
    places_before: tuple[int | None, ...] = ()


def solve_moves(sizes: Sequence[int]) -> Moves:
    """From the sizes of the moves of places 1, 2, 3 ... of a table; it may be only the top of a longer one.

    Every row has at most two places to have come from, so this is satisfiability with two literals a clause: following
    what an assumption forces decides it without search.
    """
    choices = tuple(_possible_places(place, size) for place, size in enumerate(sizes, 1))
    solution = _solve(choices, {})
    if solution is None:
        return Moves(possible=False)
    places_before: list[int | None] = []
    # A place is certain where no order fits that has the row come from its other place.
    for row, options in enumerate(choices):
        others = [place for place in options if place != solution[row]]
        is_open = any(_solve(choices, {row: place}) is not None for place in others)
        places_before.append(None if is_open else solution[row])
    return Moves(possible=True, places_before=tuple(places_before))


def move_sizes(rows: Sequence[Standing]) -> tuple[int, ...]:
    """The sizes of the moves of a championship, as far down as the table that gives them goes; none where none does.

    In such a table an empty cell is no move.
    """
    tables = [row.document for row in rows if row.change]
    if not tables:
        return ()
    # Rows further down stand in other documents, and there an empty cell does not mean that nobody moved.
    last = max(number for number, row in enumerate(rows, 1) if row.document == tables[0])
    return tuple(row.change or 0 for row in rows[:last])


def _possible_places(place: int, size: int) -> tuple[int, ...]:
    """The places before the race from which a move of this size ends at `place`."""
    return (place,) if size == 0 else tuple(before for before in (place + size, place - size) if before >= 1)


def _solve(choices: Sequence[tuple[int, ...]], assumed: Mapping[int, int]) -> dict[int, int] | None:
    """Places before the race for every row, with `assumed` among them; None where no order fits."""
    taken: dict[int, int] = {}
    for row, place in assumed.items():
        if not _propagate(choices, taken, row, place):
            return None
    for row, options in enumerate(choices):
        if row in taken:
            continue
        # In satisfiability with two literals an attempt that does not fail never has to be taken back.
        for place in options:
            attempt = dict(taken)
            if _propagate(choices, attempt, row, place):
                taken = attempt
                break
        else:
            return None
    return taken


def _propagate(choices: Sequence[tuple[int, ...]], taken: dict[int, int], row: int, place: int) -> bool:
    """Give a row its place and every other row what that forces; False where it cannot be."""
    pending = [(row, place)]
    while pending:
        row, place = pending.pop()
        if row in taken:
            if taken[row] != place:
                return False
            continue
        taken[row] = place
        for other, options in enumerate(choices):
            if other != row and place in options:
                remaining = [option for option in options if option != place]
                if not remaining:
                    return False
                pending.append((other, remaining[0]))
    return True
