"""A machine that runs programs on one table: sets of rows are whole numbers, with a bit for each row."""

from collections.abc import Callable, Iterator

from bot.questions.programs.row_sets import (
    AllRows,
    AnyOf,
    Beside,
    Beyond,
    Comparison,
    Condition,
    Contains,
    Direction,
    Empty,
    End,
    Extreme,
    Finished,
    InMonth,
    IsAmount,
    Negated,
    RowSet,
    SameAs,
    SameCells,
    Than,
    Where,
)  # fmt: skip
from bot.questions.tables.model import CellKind, TableCell, TypedTable

__all__ = ["COMPARISONS", "TableMachine", "beside", "beyond", "end", "rows_in"]

_NOTHING = {"", "-", "–", "—", "0", "n/a", "none"}
_LAPS_BEHIND = frozenset({"lap", "laps"})  # of a car that was running at the end
_EPSILON = 1e-6  # amounts that differ by less are the same: they were added as floats

COMPARISONS: dict[Comparison, Callable[[float, float], bool]] = {
    Comparison.EQUAL: lambda amount, other: abs(amount - other) < _EPSILON,
    Comparison.MORE: lambda amount, other: amount > other + _EPSILON,
    Comparison.LESS: lambda amount, other: amount < other - _EPSILON,
    Comparison.AT_LEAST: lambda amount, other: amount > other - _EPSILON,
    Comparison.AT_MOST: lambda amount, other: amount < other + _EPSILON,
}


def rows_in(mask: int) -> Iterator[int]:
    """The numbers of the rows of a set, from the first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class TableMachine:
    """Runs sets of rows and their conditions on a table. `all_rows` has a bit for each row."""

    def __init__(self, table: TypedTable) -> None:
        self.table = table
        self.all_rows = (1 << len(table.rows)) - 1
        self.columns: tuple[tuple[TableCell, ...], ...] = tuple(
            tuple(row.cells[column.number] for row in table.rows) for column in table.columns
        )

    def mask(self, column: int, test: Callable[[TableCell], bool]) -> int:
        """The rows whose cell in a column passes a test."""
        return sum(1 << row for row, cell in enumerate(self.columns[column]) if test(cell))

    def meets(self, condition: Condition) -> int:
        """The rows that meet a condition."""
        match condition:
            case Negated(inner):
                return self.all_rows & ~self.meets(inner)
            case AnyOf(conditions):
                return self._any(conditions)
            case _:
                return self.mask(condition.column, _test(condition))

    def rows(self, wanted: RowSet) -> int:
        """The rows of a set."""
        match wanted:
            case AllRows():
                return self.all_rows
            case Where(rows, condition):
                return self.rows(rows) & self.meets(condition)
            case End(rows, direction, count):
                return end(self.rows(rows), direction, count)
            case Extreme(rows, column, direction):
                return self.extreme(self.rows(rows), column, direction)
            case SameCells(rows, first, second):
                return self.same_cells(self.rows(rows), first, second)
            case _:
                return self._by_anchor(wanted)

    def extreme(self, mask: int, column: int, direction: Direction) -> int:
        """The rows of a set with the most or the least in a column; none where no cell has an amount."""
        cells = self.columns[column]
        amounts = [(amount, row) for row in rows_in(mask) if (amount := cells[row].amount) is not None]
        if not amounts:
            return 0
        best = (max if direction is Direction.UP else min)(amount for amount, _ in amounts)
        return sum(1 << row for amount, row in amounts if abs(amount - best) < _EPSILON)

    def same_as(self, mask: int, anchor: int, column: int) -> int:
        """The rows of a set that say in a column what the anchor says, without the anchor."""
        cells = self.columns[column]
        keys = {_key(cells[row]) for row in rows_in(anchor)} - {()}
        return sum(1 << row for row in rows_in(mask & ~anchor) if _key(cells[row]) in keys)

    def same_cells(self, mask: int, first: int, second: int) -> int:
        """The rows of a set that say the same in two columns."""
        one, two = self.columns[first], self.columns[second]
        return sum(1 << row for row in rows_in(mask) if _key(one[row]) and _key(one[row]) == _key(two[row]))

    def than(self, mask: int, anchor: int, column: int, direction: Direction) -> int:
        """The rows of a set with more or less in a column than every row of the anchor."""
        cells = self.columns[column]
        amounts = [amount for row in rows_in(anchor) if (amount := cells[row].amount) is not None]
        if not amounts:
            return 0
        comparison = Comparison.MORE if direction is Direction.UP else Comparison.LESS
        bound = max(amounts) if direction is Direction.UP else min(amounts)
        compare = COMPARISONS[comparison]
        return sum(1 << row for row in rows_in(mask) if (one := cells[row].amount) is not None and compare(one, bound))

    def _any(self, conditions: tuple[Condition, ...]) -> int:
        mask = 0
        for condition in conditions:
            mask |= self.meets(condition)
        return mask

    def _by_anchor(self, wanted: Beside | Beyond | SameAs | Than) -> int:
        rows, anchor = self.rows(wanted.rows), self.rows(wanted.anchor)
        match wanted:
            case Beside(direction=direction):
                return beside(rows, anchor, direction)
            case Beyond(direction=direction):
                return beyond(rows, anchor, direction)
            case SameAs(column=column):
                return self.same_as(rows, anchor, column)
            case Than(column=column, direction=direction):
                return self.than(rows, anchor, column, direction)


def _test(condition: Contains | IsAmount | InMonth | Finished | Empty) -> Callable[[TableCell], bool]:
    """The test of one cell that a condition makes."""
    match condition:
        case Contains(_, words, whole):
            return lambda cell: _has_words(cell, words, whole=whole)
        case IsAmount(_, comparison, amount):
            compare = COMPARISONS[comparison]
            return lambda cell: cell.amount is not None and compare(cell.amount, amount)
        case InMonth():
            return lambda cell: _is_day(cell, condition)
        case Finished():
            return _is_finish
        case Empty():
            return lambda cell: cell.text.strip().lower() in _NOTHING


def end(mask: int, direction: Direction, count: int) -> int:
    """The first rows of a set, or its last ones."""
    if direction is Direction.UP:
        first = 0
        for row in list(rows_in(mask))[:count]:
            first |= 1 << row
        return first
    last = 0
    for _ in range(count):
        if not mask:
            break
        highest = 1 << (mask.bit_length() - 1)
        last |= highest
        mask ^= highest
    return last


def beyond(mask: int, anchor: int, direction: Direction) -> int:
    """Of a set, all rows before the first row of the anchor, or after its last one; none without an anchor."""
    if not anchor:
        return 0
    if direction is Direction.UP:
        return mask & ((anchor & -anchor) - 1)
    return mask >> anchor.bit_length() << anchor.bit_length()


def beside(mask: int, anchor: int, direction: Direction) -> int:
    """Of a set, the row next to the anchor."""
    opposite = Direction.DOWN if direction is Direction.UP else Direction.UP
    return end(beyond(mask, anchor, direction), opposite, 1)


def _key(cell: TableCell) -> tuple[str, ...] | tuple[float]:
    return (cell.amount,) if cell.amount is not None else cell.words


def _is_finish(cell: TableCell) -> bool:
    return cell.amount is not None or not _LAPS_BEHIND.isdisjoint(cell.words)


def _has_words(cell: TableCell, words: tuple[str, ...], *, whole: bool) -> bool:
    if whole or len(words) >= len(cell.words):
        return cell.words == words
    width = len(words)
    return any(cell.words[start : start + width] == words for start in range(len(cell.words) - width + 1))


def _is_day(cell: TableCell, wanted: InMonth) -> bool:
    if cell.kind is not CellKind.DAY or cell.amount is None:
        return False
    return (
        wanted.month in {0, cell.month}
        and wanted.year in {0, cell.year}
        and (wanted.day == 0 or (int(cell.amount) - 31 * cell.month) % 372 == wanted.day % 372)
    )
