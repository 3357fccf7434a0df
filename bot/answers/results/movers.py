"""Movers of a race: who gained and who lost the most places from the grid to the finish, and the best of each make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.text import join, plural
from bot.answers.results.row_sources import RowSources
from bot.archive.queries.results import ResultRow
from bot.cards import Fact
from bot.language.ordinals import ordinal
from bot.racing.statuses import NO_START_STATUSES

__all__ = ["Move", "best_of_makes", "moves_of", "top_movers"]

MAX_LISTED = 3  # on each side: more than three biggest movers are a table


@dataclass(frozen=True, slots=True)
class Move:
    """Way of one car from its place on the grid to its finish."""

    row: ResultRow
    grid: int
    position: int

    @property
    def gained(self) -> int:
        """Places gained; less than 0 for places lost."""
        return self.grid - self.position

    @property
    def text(self) -> str:
        """“Kyle Larson 27 (32nd to 5th)”."""
        return f"{self.row.driver} {abs(self.gained)} ({ordinal(self.grid)} to {ordinal(self.position)})"


def moves_of(rows: Iterable[ResultRow]) -> tuple[Move, ...]:
    """The cars that started and whose two places are known, the one that gained most first."""
    moves = [
        Move(row, row.grid, row.position)
        for row in rows
        if row.grid and row.position and row.status not in NO_START_STATUSES
    ]
    return tuple(sorted(moves, key=lambda move: (-move.gained, move.position)))


def top_movers(moves: Sequence[Move], sources: RowSources) -> tuple[Fact, ...]:
    """Who gained most and who lost most, at most three each; nothing where nobody moved."""
    gainers = [move for move in moves if move.gained > 0][:MAX_LISTED]
    losers = [move for move in reversed(moves) if move.gained < 0][:MAX_LISTED]
    return (*_move_facts("Gained most", gainers, sources), *_move_facts("Lost most", losers, sources))


def _move_facts(label: str, moves: Sequence[Move], sources: RowSources) -> Iterable[Fact]:
    if not moves:
        return
    lines = dict.fromkeys(line for move in moves for line in sources.row_lines(move.row))
    sums = [f"{abs(move.gained)} = {max(move.grid, move.position)} - {min(move.grid, move.position)}" for move in moves]
    yield Fact(label, ", ".join(move.text for move in moves), tuple(lines), derivation=", ".join(sums))


def best_of_makes(rows: Sequence[ResultRow], sources: RowSources) -> tuple[Fact, ...]:
    """The best finish of each make, best make first; nothing for a race of one make, or without makes."""
    best: dict[str, list[ResultRow]] = {}
    for row in sorted((row for row in rows if row.position), key=lambda row: row.position or 0):
        if row.manufacturer and row.status not in NO_START_STATUSES:
            best.setdefault(row.manufacturer, []).append(row)
    if len(best) < 2:
        return ()
    return tuple(_make_fact(make, own, sources) for make, own in best.items())


def _make_fact(make: str, rows: Sequence[ResultRow], sources: RowSources) -> Fact:
    first = rows[0]
    tens = sum((row.position or 0) <= 10 for row in rows)
    count = join([plural(tens, "top ten")] if tens else [])
    return Fact(
        make,
        f"{first.driver}, {ordinal(first.position or 0)}" + (f" ({count})" if count else ""),
        tuple(dict.fromkeys(line for row in (first, *rows[1:tens]) for line in sources.row_lines(row))),
        derivation=f"the best of {plural(len(rows), 'car')} in the order of the finish",
    )
