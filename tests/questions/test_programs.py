"""Each program runs on a table, uses the rows it says, and says itself in words."""

import pytest

from bot.questions.programs.answers import run
from bot.questions.programs.machine import TableMachine, rows_in
from bot.questions.programs.model import (
    AnswerProgram,
    Average,
    Cells,
    CellsOfTwo,
    Commonest,
    Count,
    CountBlocks,
    CountDistinct,
    CountGroups,
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
from bot.questions.programs.row_sets import (
    AllRows,
    AnyOf,
    Beside,
    Beyond,
    Comparison,
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
from bot.questions.programs.words import program_words
from bot.questions.tables.model import TypedTable
from tests.questions.tables_by_hand import race_table, season_table, table_of

UP, DOWN = Direction.UP, Direction.DOWN
POS, NO, DRIVER, TEAM, MAKE, LAPS, TIME, GRID, POINTS = range(9)
ROUND, DATE, RACE, CIRCUIT, PLACE, POLE, WINNER, WINNERS_TEAM = range(8)
ALL = AllRows()


def driver(*words: str) -> RowSet:
    """The rows of a driver."""
    return Where(ALL, Contains(DRIVER, words))


ADA, CORA, DELL, FINN = driver("ada"), driver("cora"), driver("dell"), driver("finn", "okoro")
TOYOTAS = Where(ALL, Contains(MAKE, ("toyota",)))

ROW_SETS = [
    (TOYOTAS, [0, 2, 6]),
    (Where(ALL, Negated(Contains(MAKE, ("toyota",)))), [1, 3, 4, 5, 7, 8]),
    (Where(ALL, AnyOf((Contains(NO, ("24",)), Contains(NO, ("07",))))), [0, 1]),
    (Where(ALL, IsAmount(LAPS, Comparison.LESS, 187)), [6, 7]),
    (Where(ALL, IsAmount(POINTS, Comparison.AT_LEAST, 41)), [0, 1, 2, 3]),
    (Where(ALL, IsAmount(TIME, Comparison.AT_MOST, 7805.7)), [0, 1]),
    (Where(ALL, Finished(POS)), [0, 1, 2, 3, 4, 5, 6]),
    (Where(ALL, Finished(TIME)), [0, 1, 2, 3, 4]),
    (Where(ALL, Empty(POINTS)), [6, 7, 8]),
    (End(ALL, UP), [0]),
    (End(ALL, DOWN, 2), [7, 8]),
    (End(TOYOTAS, DOWN), [6]),
    (Extreme(ALL, LAPS, DOWN), [7]),
    (Extreme(ALL, LAPS, UP), [0, 1, 2, 3]),
    (Extreme(ALL, DRIVER, UP), []),
    (Beside(ALL, CORA, DOWN), [3]),
    (Beside(TOYOTAS, CORA, UP), [0]),
    (Beside(ALL, ADA, UP), []),
    (Beyond(ALL, DELL, UP), [0, 1, 2]),
    (Beyond(TOYOTAS, DELL, DOWN), [6]),
    (SameAs(ALL, CORA, POINTS), [3]),
    (SameAs(ALL, CORA, TEAM), [0, 6]),
    (Than(ALL, DELL, POINTS, UP), [0, 1]),
    (Than(ALL, CORA, TIME, DOWN), [0, 1]),
    (SameCells(ALL, POS, GRID), []),
]
ANSWERS: list[tuple[AnswerProgram, tuple[str, ...]]] = [
    (Cells(ADA, TEAM), ("Harrow Racing",)),
    (Cells(TOYOTAS, MAKE), ("Toyota",)),
    (CellsOfTwo(End(ALL, UP), DRIVER, MAKE), ("Ada Quillfeather", "Toyota")),
    (Option(ADA, MAKE, (("ford",), ("toyota",))), ("Toyota",)),
    (Count(TOYOTAS), ("3",)),
    (CountDistinct(ALL, MAKE), ("3",)),
    (CountGroups(ALL, TEAM, Comparison.AT_LEAST, 3), ("1",)),
    (GroupsOf(ALL, TEAM, Comparison.EQUAL, 3), ("Harrow Racing",)),
    (Total(Where(ALL, IsAmount(POS, Comparison.AT_MOST, 3)), POINTS), ("131",)),
    (Average(Where(ALL, IsAmount(POS, Comparison.AT_MOST, 2)), POINTS), ("45",)),
    (Difference(ADA, FINN, POINTS), ("17",)),
    (Difference(ADA, driver("greta"), POINTS), ("47",)),
    (Spread(ALL, POINTS), ("17",)),
    (Percentage(Where(ALL, IsAmount(POS, Comparison.AT_MOST, 3)), ALL), ("33.333",)),
    (Commonest(ALL, MAKE, UP), ("Ford",)),
    (Commonest(ALL, TEAM, DOWN), ("Pinecrest Motorsports", "Tidewater Racing", "Lone Oak Racing")),
    (Exists(Where(ALL, IsAmount(LAPS, Comparison.EQUAL, 0))), ("no",)),
    (SameValue(CORA, DELL, POINTS), ("yes",)),
    (SameValue(ADA, DELL, POINTS, ("no", "yes")), ("yes",)),
    (Side(ADA, FINN, None, ("above", "below")), ("above",)),
    (Side(FINN, ADA, POINTS, ("more", "less")), ("less",)),
    (Side(ADA, None, LAPS, ("above", "below"), 150.0), ("above",)),
]
NOTHING: list[AnswerProgram] = [
    Cells(driver("nobody"), TEAM), Total(driver("hugo"), POINTS), Difference(TOYOTAS, ADA, LAPS),
    SameValue(driver("nobody"), ADA, LAPS), Side(ADA, ADA, None, ("above", "below")), Spread(ALL, DRIVER),
    Percentage(ALL, driver("nobody")), Commonest(driver("nobody"), TEAM, UP),
]  # fmt: skip


def answer(table: TypedTable, program: AnswerProgram) -> tuple[str, ...]:
    """The texts of a program."""
    return run(TableMachine(table), program).texts


@pytest.mark.parametrize(("rows", "numbers"), ROW_SETS)
def test_a_set_of_rows_has_the_rows_it_says(rows: RowSet, numbers: list[int]) -> None:
    assert list(rows_in(TableMachine(race_table()).rows(rows))) == numbers


@pytest.mark.parametrize(("program", "texts"), ANSWERS)
def test_a_program_answers_from_its_rows(program: AnswerProgram, texts: tuple[str, ...]) -> None:
    assert answer(race_table(), program) == texts


@pytest.mark.parametrize("program", NOTHING)
def test_what_follows_from_no_row_is_not_answered(program: AnswerProgram) -> None:
    assert answer(race_table(), program) == ()


@pytest.mark.parametrize("program", [*(program for program, _ in ANSWERS), *NOTHING, Headings()])
def test_a_program_says_itself_in_words(program: AnswerProgram) -> None:
    said = program_words(program, race_table())
    assert said
    assert "{" not in said
    assert "column " not in said


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (Cells(Where(ALL, InMonth(DATE, 3, 19)), RACE), "Race of the rows where Date is 19 March"),
        (Count(Where(ALL, Negated(Contains(PLACE, ("galveston",))))),
         "how many rows there are: the rows where not: Location says “galveston”"),
        (Cells(Beside(ALL, Where(ALL, Contains(RACE, ("harbor", "200"))), UP), WINNER),
         "Winning driver of the row right before the rows where Race says “Harbor 200”"),
        (Cells(End(End(ALL, UP, 3), DOWN), CIRCUIT), "Circuit of the 3rd row"),
    ],
)  # fmt: skip
def test_the_words_of_a_program_name_columns_and_cells(program: AnswerProgram, said: str) -> None:
    assert program_words(program, season_table()) == said


def test_a_day_is_found_by_month_and_by_day() -> None:
    machine = TableMachine(season_table())
    assert list(rows_in(machine.meets(InMonth(DATE, 3)))) == [0, 1]
    assert list(rows_in(machine.meets(InMonth(DATE, 3, 19)))) == [1]


def test_the_longest_run_is_of_rows_that_follow_one_another() -> None:
    assert answer(season_table(), LongestRun(ALL, WINNER)) == ("Ada Quillfeather",)


def test_blocks_are_counted_where_a_cell_is_printed_for_several_rows() -> None:
    table = table_of("Race | Driver\nCoastal | Ada\nCoastal | Boone\nGranite | Ada\nCoastal | Cora", "heats")
    assert answer(table, CountBlocks(ALL, 0)) == ("3",)
    assert answer(table, CountDistinct(ALL, 0)) == ("2",)


def test_the_headings_are_an_answer() -> None:
    assert answer(table_of("Driver | Points\nAda | 3", "points"), Headings()) == ("Driver", "Points")
