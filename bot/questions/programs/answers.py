"""What programs answer on a table: texts, and the rows that they used."""

from itertools import combinations
from typing import TypeAlias

from bot.language.fold import fold
from bot.language.months import MONTHS
from bot.questions.programs.groups import groups, of_groups
from bot.questions.programs.machine import TableMachine, rows_in
from bot.questions.programs.model import (
    AnswerProgram,
    Average,
    Cells,
    CellsOfTwo,
    Commonest,
    CommonestMonth,
    Count,
    CountBlocks,
    CountDifference,
    CountDistinct,
    CountGroups,
    CountRun,
    CountSide,
    Difference,
    Exists,
    GroupsOf,
    Headings,
    LongestRun,
    MonthsOf,
    Option,
    Percentage,
    RestOfCells,
    SameValue,
    Side,
    Spread,
    Total,
)  # fmt: skip
from bot.questions.programs.outcome import NOTHING, Outcome
from bot.questions.programs.row_sets import Contains
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["Outcome", "number_text", "run"]

CellProgram: TypeAlias = Cells | CellsOfTwo | MonthsOf | Option | RestOfCells
_BLANK_IS_NOUGHT = {ColumnRole.POINTS, ColumnRole.LAPS_LED, ColumnRole.MONEY}


def run(machine: TableMachine, program: AnswerProgram) -> Outcome:
    """The outcome of a program on the machine's table."""
    match program:
        case Difference() | CountDifference() | SameValue():
            return _of_two_sets(machine, program, machine.rows(program.first), machine.rows(program.second))
        case CountSide():
            return count_side(machine.rows(program.first), machine.rows(program.second), program.answers)
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
        case Cells() | CellsOfTwo() | MonthsOf() | Option() | RestOfCells():
            return _of_cells(machine, rows, program)
        case Count() | CountDistinct() | CountBlocks() | CountRun():
            return Outcome((str(_number(machine, rows, program)),), rows)
        case CountGroups() | GroupsOf() | Commonest() | CommonestMonth() | LongestRun():
            return of_groups(machine, rows, program)
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
            return len(groups(machine, rows, column))
        case CountBlocks(column=column):
            said = [machine.columns[column][row].words for row in rows_in(rows)]
            return sum(words != before for words, before in zip(said, [(), *said], strict=False) if words)


def number_text(value: float) -> str:
    """A number as people write it: no decimals where there are none, at most three."""
    return str(round(value)) if abs(value - round(value)) < 1e-6 else f"{value:.3f}".rstrip("0")


def cells(machine: TableMachine, rows: int, column: int) -> Outcome:
    """What the rows say in a column, each text once."""
    texts = (machine.columns[column][row].text.strip() for row in rows_in(rows))
    return Outcome(tuple(dict.fromkeys(text for text in texts if text)), rows)


def _of_cells(machine: TableMachine, rows: int, program: CellProgram) -> Outcome:
    match program:
        case Cells(column=column):
            return cells(machine, rows, column) if not _is_unpaid(machine, rows, column) else Outcome(("0",), rows)
        case CellsOfTwo(first=first, second=second):
            one, two = cells(machine, rows, first), cells(machine, rows, second)
            return Outcome((*one.texts, *two.texts), rows) if one.texts and two.texts else NOTHING
        case MonthsOf(column=column):
            months = (machine.columns[column][row].month for row in rows_in(rows))
            return Outcome(tuple(dict.fromkeys(MONTHS[month - 1] for month in months if month)), rows)
        case RestOfCells(column=column, words=words):
            return rest_of_cells(machine, rows, column, words)
        case Option(column=column, options=options):
            return option(machine, rows, column, options)


def rest_of_cells(machine: TableMachine, rows: int, column: int, words: tuple[str, ...]) -> Outcome:
    """What the cells of a column say beside some words: who else drove a car of several drivers."""
    texts = []
    for row in rows_in(rows):
        pieces = machine.columns[column][row].text.split()
        said = [tuple(fold(piece).split()) for piece in pieces]
        for start, stop in combinations(range(len(pieces) + 1), 2):
            if sum(said[start:stop], ()) == words:
                texts.append(" ".join(pieces[:start] + pieces[stop:]).strip(" ,&/"))
                break
    return Outcome(tuple(dict.fromkeys(text for text in texts if text)), rows)


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


def count_side(first: int, second: int, answers: tuple[str, str]) -> Outcome:
    """Whether one set has more rows than another; nothing where both are empty."""
    if not first | second:
        return NOTHING
    return Outcome((answers[0 if first.bit_count() > second.bit_count() else 1],), first | second)


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


def _is_unpaid(machine: TableMachine, rows: int, column: int) -> bool:
    """Whether one row is asked for points or laps led where it has none: tables leave that blank."""
    return machine.table.columns[column].role in _BLANK_IS_NOUGHT and bool(_nought(machine, rows, column))
