"""What programs answer on a table: texts, and the rows that they used."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.fold import fold
from bot.questions.programs.machine import COMPARISONS, TableMachine, rows_in
from bot.questions.programs.model import (
    AnswerProgram,
    Average,
    Cells,
    CellsOfTwo,
    Commonest,
    Count,
    CountBlocks,
    CountDifference,
    CountDistinct,
    CountGroups,
    CountRun,
    Difference,
    Exists,
    GroupsOf,
    Headings,
    LongestRun,
    Option,
    Percentage,
    SameValue,
    Side,
    Spread,
    Total,
)  # fmt: skip
from bot.questions.programs.row_sets import Contains, Direction
from bot.questions.tables.model import CellKind

__all__ = ["Outcome", "number_text", "run"]

_NO_OUTCOME_ROWS = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The texts of an answer, none where nothing follows, and the rows that it used, as a set of bits."""

    texts: tuple[str, ...]
    rows: int


NOTHING = Outcome((), _NO_OUTCOME_ROWS)


def run(machine: TableMachine, program: AnswerProgram) -> Outcome:
    """The outcome of a program on the machine's table."""
    match program:
        case Difference() | CountDifference() | SameValue():
            return _of_two_sets(machine, program, machine.rows(program.first), machine.rows(program.second))
        case Percentage(part, rows):
            return percentage(machine.rows(part), machine.rows(rows))
        case Side():
            second = machine.rows(program.second) if program.second else 0
            return side(machine, machine.rows(program.first), second, program)
        case Headings():
            return Outcome(tuple(column.heading for column in machine.table.columns), machine.all_rows)
        case _:
            return run_on(machine, program, machine.rows(program.rows))


def _of_two_sets(
    machine: TableMachine, program: Difference | CountDifference | SameValue, first: int, second: int
) -> Outcome:
    match program:
        case Difference(column=column):
            return difference(machine, first, second, column)
        case CountDifference():
            return count_difference(first, second)
        case SameValue(column=column, answers=answers):
            return same_value(machine, first, second, column, answers)


def run_on(machine: TableMachine, program: AnswerProgram, rows: int) -> Outcome:
    """The outcome of a program of one set of rows, which is given. Raises TypeError for a program of two sets."""
    match program:
        case Cells() | CellsOfTwo() | Option():
            return _of_cells(machine, rows, program)
        case Count() | CountDistinct() | CountBlocks() | CountRun():
            return Outcome((str(_number(machine, rows, program)),), rows)
        case CountGroups() | GroupsOf() | Commonest() | LongestRun():
            return _of_groups(machine, rows, program)
        case Total() | Average() | Spread():
            return _arithmetic(machine, program, rows)
        case Exists(answers=answers):
            return Outcome((answers[0 if rows else 1],), rows)
        case _:
            raise TypeError(f"{type(program).__name__} needs more than one set of rows")


def _number(machine: TableMachine, rows: int, program: Count | CountDistinct | CountBlocks | CountRun) -> int:
    match program:
        case Count():
            return rows.bit_count()
        case CountRun():
            return max((len(one) for one in f"{rows:b}".split("0")), default=0)
        case CountDistinct(column=column):
            return len(_groups(machine, rows, column))
        case CountBlocks(column=column):
            said = [machine.columns[column][row].words for row in rows_in(rows)]
            return sum(words != before for words, before in zip(said, [(), *said], strict=False) if words)


def _of_groups(machine: TableMachine, rows: int, program: CountGroups | GroupsOf | Commonest | LongestRun) -> Outcome:
    match program:
        case Commonest(column=column, direction=direction):
            return commonest(machine, rows, column, direction)
        case LongestRun(column=column):
            return longest_run(machine, rows, column)
        case _:
            return groups_of_size(machine, rows, program)


def number_text(value: float) -> str:
    """A number as people write it: no decimals where there are none, at most three."""
    return str(round(value)) if abs(value - round(value)) < 1e-6 else f"{value:.3f}".rstrip("0")


def cells(machine: TableMachine, rows: int, column: int) -> Outcome:
    """What the rows say in a column, each text once."""
    texts = (machine.columns[column][row].text.strip() for row in rows_in(rows))
    return Outcome(tuple(dict.fromkeys(text for text in texts if text)), rows)


def commonest(machine: TableMachine, rows: int, column: int, direction: Direction) -> Outcome:
    """What stands most often, or least often, in a column; all of them where several do."""
    groups = _groups(machine, rows, column)
    if not groups:
        return NOTHING
    best = (max if direction is Direction.UP else min)(map(len, groups.values()))
    chosen = [members for members in groups.values() if len(members) == best]
    texts = tuple(machine.columns[column][members[0]].text.strip() for members in chosen)
    return Outcome(texts, sum(1 << row for members in chosen for row in members))


def longest_run(machine: TableMachine, rows: int, column: int) -> Outcome:
    """What stands most often in a column in rows that follow one another."""
    runs: list[list[int]] = []
    said = machine.columns[column]
    for row in rows_in(rows):
        if runs and said[runs[-1][-1]].words == said[row].words:
            runs[-1].append(row)
        else:
            runs.append([row])
    runs = [one for one in runs if said[one[0]].words]
    longest = max(map(len, runs), default=0)
    best = [one for one in runs if len(one) == longest]
    texts = dict.fromkeys(machine.columns[column][one[0]].text.strip() for one in best)
    return Outcome(tuple(texts), sum(1 << row for row in {row for one in best for row in one}))


def _of_cells(machine: TableMachine, rows: int, program: Cells | CellsOfTwo | Option) -> Outcome:
    match program:
        case Cells(column=column):
            return cells(machine, rows, column)
        case CellsOfTwo(first=first, second=second):
            one, two = cells(machine, rows, first), cells(machine, rows, second)
            return Outcome((*one.texts, *two.texts), rows) if one.texts and two.texts else NOTHING
        case Option(column=column, options=options):
            return option(machine, rows, column, options)


def option(machine: TableMachine, rows: int, column: int, options: tuple[tuple[str, ...], ...]) -> Outcome:
    """Those of the options that stand in the column, as the cell writes them."""
    found: dict[tuple[str, ...], int] = {}
    for words in options:
        members = rows & machine.meets(Contains(column, words))
        if members:
            found[words] = members
    used = 0
    for members in found.values():
        used |= members
    return Outcome(tuple(_as_written(machine, column, members, words) for words, members in found.items()), used)


def _as_written(machine: TableMachine, column: int, rows: int, words: tuple[str, ...]) -> str:
    """The words as a cell writes them; plainly, where its spaces are others."""
    pieces = machine.columns[column][next(rows_in(rows))].text.split()
    for start in range(len(pieces)):
        for stop in range(start + 1, min(len(pieces), start + len(words)) + 1):
            if tuple(fold(" ".join(pieces[start:stop])).split()) == words:
                return " ".join(pieces[start:stop])
    return " ".join(words)


def groups_of_size(machine: TableMachine, rows: int, program: CountGroups | GroupsOf) -> Outcome:
    """Which of the things in a column stand in so many rows, or how many they are."""
    groups = _groups(machine, rows, program.column)
    wanted = COMPARISONS[program.comparison]
    chosen = [members for members in groups.values() if wanted(float(len(members)), float(program.amount))]
    if isinstance(program, CountGroups):
        return Outcome((str(len(chosen)),), rows)
    texts = tuple(machine.columns[program.column][members[0]].text.strip() for members in chosen)
    return Outcome(texts, sum(1 << row for members in chosen for row in members))


def difference(machine: TableMachine, first: int, second: int, column: int) -> Outcome:
    """By how much one row and another differ; nothing where either has no amount, or several."""
    amounts = [_amounts(machine, rows, column) or _nought(machine, rows, column) for rows in (first, second)]
    if any(len(set(found)) != 1 for found in amounts):
        return NOTHING
    return Outcome((number_text(abs(amounts[0][0] - amounts[1][0])),), first | second)


def count_difference(first: int, second: int) -> Outcome:
    """By how many rows two sets differ; nothing where one of them is empty."""
    if not first or not second:
        return NOTHING
    return Outcome((str(abs(first.bit_count() - second.bit_count())),), first | second)


def percentage(part: int, rows: int) -> Outcome:
    """How many of a hundred; nothing of no rows."""
    if not rows:
        return NOTHING
    return Outcome((number_text(100 * (part & rows).bit_count() / rows.bit_count()),), rows)


def same_value(machine: TableMachine, first: int, second: int, column: int, answers: tuple[str, str]) -> Outcome:
    """Whether two rows say the same."""
    said = [{machine.columns[column][row].words for row in rows_in(rows)} for rows in (first, second)]
    if not all(said):
        return NOTHING
    return Outcome((answers[0 if said[0] == said[1] else 1],), first | second)


def side(machine: TableMachine, first: int, second: int, program: Side) -> Outcome:
    """Which of two words holds of one row against another, or against an amount."""
    if program.column is None:
        here, there = list(rows_in(first)), list(rows_in(second))
        if not here or not there or here[0] == there[0]:
            return NOTHING
        return Outcome((program.answers[0 if here[0] < there[0] else 1],), first | second)
    mine = _amounts(machine, first, program.column)
    other = _amounts(machine, second, program.column) if program.second else [program.amount]
    if len(set(mine)) != 1 or len(set(other)) != 1 or mine[0] == other[0]:
        return NOTHING
    return Outcome((program.answers[0 if mine[0] > other[0] else 1],), first | second)


def _arithmetic(machine: TableMachine, program: Total | Average | Spread, rows: int) -> Outcome:
    amounts = _amounts(machine, rows, program.column)
    if not amounts:
        return NOTHING
    match program:
        case Total():
            value = sum(amounts)
        case Average():
            value = sum(amounts) / len(amounts)
        case Spread():
            value = max(amounts) - min(amounts)
    return Outcome((number_text(value),), rows)


def _amounts(machine: TableMachine, rows: int, column: int) -> list[float]:
    found = (machine.columns[column][row].amount for row in rows_in(rows))
    return [amount for amount in found if amount is not None]


def _nought(machine: TableMachine, rows: int, column: int) -> list[float]:
    """Nought for one row that says nothing where the others have numbers: who is given no points has none."""
    is_blank = rows.bit_count() == 1 and not machine.columns[column][rows.bit_length() - 1].text.strip()
    return [0.0] if is_blank and machine.table.columns[column].kind is CellKind.NUMBER else []


def _groups(machine: TableMachine, rows: int, column: int) -> dict[tuple[str, ...], Sequence[int]]:
    """The rows of each thing that stands in a column."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in rows_in(rows):
        key = machine.columns[column][row].words
        if key and machine.columns[column][row].text.strip() not in {"-", "–", "—"}:
            groups.setdefault(key, []).append(row)
    return dict(groups)
