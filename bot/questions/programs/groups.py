"""What programs answer that put rows together by what stands in a column: the commonest, those of so many rows."""

from collections.abc import Sequence
from typing import TypeAlias

from bot.language.months import MONTHS
from bot.questions.programs.machine import COMPARISONS, TableMachine, rows_in
from bot.questions.programs.model import Commonest, CommonestMonth, CountGroups, GroupsOf, LongestRun
from bot.questions.programs.outcome import NOTHING, Outcome
from bot.questions.programs.row_sets import Direction
from bot.questions.tables.model import CellKind, TableCell

__all__ = ["GroupProgram", "groups", "of_groups"]

GroupProgram: TypeAlias = CountGroups | GroupsOf | Commonest | CommonestMonth | LongestRun
_LEAST_RUN = 2  # rows that are a run
_NO_THING = {"-", "–", "—"}


def of_groups(machine: TableMachine, rows: int, program: GroupProgram) -> Outcome:
    """The outcome of a program that groups rows by what stands in a column."""
    match program:
        case Commonest(column=column, direction=direction):
            return commonest(machine, rows, column, direction)
        case CommonestMonth(column=column, direction=direction):
            return commonest_month(machine, rows, column, direction)
        case LongestRun(column=column):
            return longest_run(machine, rows, column)
        case _:
            return groups_of_size(machine, rows, program)


def commonest(machine: TableMachine, rows: int, column: int, direction: Direction) -> Outcome:
    """What stands most often, or least often, in a column; all of them where several do."""
    found = groups(machine, rows, column)
    if not found:
        return NOTHING
    best = (max if direction is Direction.UP else min)(map(len, found.values()))
    chosen = [members for members in found.values() if len(members) == best]
    texts = tuple(machine.columns[column][members[0]].text.strip() for members in chosen)
    return Outcome(texts, sum(1 << row for members in chosen for row in members))


def commonest_month(machine: TableMachine, rows: int, column: int, direction: Direction) -> Outcome:
    """The months in which most of the days of a column lie, or fewest of them, by name."""
    months: dict[int, int] = {}
    for row in rows_in(rows):
        month = machine.columns[column][row].month
        if month:
            months[month] = months.get(month, 0) | 1 << row
    if not months:
        return NOTHING
    best = (max if direction is Direction.UP else min)(one.bit_count() for one in months.values())
    chosen = [month for month, members in months.items() if members.bit_count() == best]
    return Outcome(tuple(MONTHS[month - 1] for month in chosen), sum(months[month] for month in chosen))


def longest_run(machine: TableMachine, rows: int, column: int) -> Outcome:
    """What stands most often in a column in rows that follow one another; nothing where no two rows do."""
    runs: list[list[int]] = []
    said = machine.columns[column]
    for row in rows_in(rows):
        if runs and said[runs[-1][-1]].words == said[row].words:
            runs[-1].append(row)
        else:
            runs.append([row])
    runs = [one for one in runs if said[one[0]].words]
    longest = max(map(len, runs), default=0)
    if longest < _LEAST_RUN:
        return NOTHING
    best = [one for one in runs if len(one) == longest]
    texts = dict.fromkeys(machine.columns[column][one[0]].text.strip() for one in best)
    return Outcome(tuple(texts), sum(1 << row for row in {row for one in best for row in one}))


def groups_of_size(machine: TableMachine, rows: int, program: CountGroups | GroupsOf) -> Outcome:
    """Which of the things in a column stand in so many rows, or how many they are."""
    found = groups(machine, rows, program.column)
    wanted = COMPARISONS[program.comparison]
    chosen = [members for members in found.values() if wanted(float(len(members)), float(program.amount))]
    if isinstance(program, CountGroups):
        return Outcome((str(len(chosen)),), rows)
    texts = tuple(machine.columns[program.column][members[0]].text.strip() for members in chosen)
    return Outcome(texts, sum(1 << row for members in chosen for row in members))


def groups(machine: TableMachine, rows: int, column: int) -> dict[tuple[str, ...], Sequence[int]]:
    """The rows of each thing that stands in a column."""
    found: dict[tuple[str, ...], list[int]] = {}
    times = machine.table.columns[column].kind is CellKind.TIME
    for row in rows_in(rows):
        cell = machine.columns[column][row]
        if cell.words and cell.text.strip() not in _NO_THING and not (times and _is_time(cell)):
            found.setdefault(cell.words, []).append(row)
    return dict(found)


def _is_time(cell: TableCell) -> bool:
    """Whether a cell in a column of times is one, or laps behind: beside them stands why cars retired."""
    return cell.amount is not None or not {"lap", "laps"}.isdisjoint(cell.words)
