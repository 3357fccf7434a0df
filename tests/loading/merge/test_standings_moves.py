"""Which way everybody moved, where only one order fits."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.loading.merge.standings_moves import Moves, solve_moves


def brute(sizes: tuple[int, ...]) -> Moves:
    """Every order there is, tried one by one."""
    options = [{place + size, place - size} for place, size in enumerate(sizes, 1)]
    fitting = [
        order
        for order in itertools.product(*[sorted(one) for one in options])
        if len(set(order)) == len(order) and min(order, default=1) >= 1
    ]
    if not fitting:
        return Moves(possible=False)
    return Moves(True, tuple(row[0] if len(set(row)) == 1 else None for row in zip(*fitting, strict=True)))


def test_the_table_after_the_seventeenth_race_of_2023_has_one_solution() -> None:
    found = solve_moves((0, 0, 1, 3, 1, 1, 1, 5, 1, 1, 1, 1, 0, 0, 0, 1))
    assert found.places_before == (1, 2, 4, 7, 6, 5, 8, 3, 10, 9, 12, 11, 13, 14, 15, 17)


def test_a_swap_that_could_go_either_way_is_not_decided() -> None:
    assert solve_moves((0, 0, 3)).places_before == (1, 2, 6)
    assert solve_moves((0, 1)).places_before == (1, 3)
    assert solve_moves((0, 0, 0, 2, 0, 0)).possible is False
    assert solve_moves((1, 0, 2)) == Moves(possible=False)
    assert solve_moves((9, 0, 0, 1)).places_before == (10, 2, 3, 5)
    assert solve_moves((5, 5, 1)).places_before == (6, 7, None)


def test_moves_that_no_order_fits_are_said_to_be_impossible() -> None:
    assert not solve_moves((0, 1, 0)).possible


@given(st.lists(st.integers(0, 6), max_size=9).map(tuple))
def test_it_agrees_with_trying_every_order(sizes: tuple[int, ...]) -> None:
    assert solve_moves(sizes) == brute(sizes)


@given(st.permutations(range(1, 12)))
def test_the_true_order_is_never_contradicted(before: list[int]) -> None:
    sizes = [abs(place - was) for place, was in enumerate(before, 1)]
    found = solve_moves(sizes)
    assert found.possible
    assert all(one in (None, was) for one, was in zip(found.places_before, before, strict=True))
