"""One race of a history: its rows, column by column and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

__all__ = ["HistoryRace", "HistoryResult", "ResultColumns", "in_order_of_finish"]

UNPLACED_ORDER = 10**6  # behind every place a race has had


class HistoryResult(NamedTuple):
    """One row: `line` is where it stands; None means not told. `stages` are the places in stage 1, 2 ..., 0 for none.

    `grid` counts from 1; a start from place 0 is one that nobody knows.
    """

    line: int
    position: int | None
    grid: int | None
    car: str | None
    driver: str
    manufacturer: str | None
    points: int | None
    laps: int | None
    laps_led: int | None
    status: str | None
    team: str | None
    rating: float | None
    stages: tuple[int, ...]


class ResultColumns(NamedTuple):
    """The rows of one race column by column; the columns are those of `HistoryResult`."""

    lines: Sequence[int]
    positions: Sequence[int | None]
    grids: Sequence[int | None]
    cars: Sequence[str | None]
    drivers: Sequence[str]
    manufacturers: Sequence[str | None]
    points: Sequence[int | None]
    laps: Sequence[int | None]
    laps_led: Sequence[int | None]
    statuses: Sequence[str | None]
    teams: Sequence[str | None]
    ratings: Sequence[float | None]
    stages: Sequence[tuple[int, ...]]


@dataclass(frozen=True)
class HistoryRace:
    """One race of a history; its rows are in the order of the finish, those without a place last."""

    season: int
    round: int
    name: str
    track: str
    length_mi: float | None
    surface: str | None
    columns: ResultColumns

    @cached_property
    def results(self) -> tuple[HistoryResult, ...]:
        """The rows one by one, for where few are read: a history has a hundred thousand."""
        return tuple(map(HistoryResult._make, zip(*self.columns, strict=True)))

    @property
    def winner(self) -> str | None:
        """The driver in first place; None where nobody is."""
        return self.columns.drivers[0] if self.columns.positions[0] == 1 else None


def in_order_of_finish(columns: ResultColumns) -> ResultColumns:
    """The same rows by their places, as most histories have them already; those without one last, as they stand."""
    places = [position or UNPLACED_ORDER for position in columns.positions]
    if places == sorted(places):
        return columns
    order = sorted(range(len(places)), key=places.__getitem__)
    return ResultColumns._make([column[index] for index in order] for column in columns)
