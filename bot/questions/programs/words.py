"""Programs said in words, for the person who asked: "the driver of the rows where points are at least 10"."""

from bot.language.months import MONTHS
from bot.language.ordinals import ordinal
from bot.questions.programs.answers import number_text
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
from bot.questions.tables.model import CellKind, TypedTable

__all__ = ["program_words"]

_COMPARED = {
    Comparison.EQUAL: "is", Comparison.MORE: "is more than", Comparison.LESS: "is less than",
    Comparison.AT_LEAST: "is at least", Comparison.AT_MOST: "is at most",
}  # fmt: skip
_TIMES = {
    Comparison.EQUAL: "", Comparison.MORE: "more than ", Comparison.LESS: "fewer than ",
    Comparison.AT_LEAST: "at least ", Comparison.AT_MOST: "at most ",
}  # fmt: skip


def program_words(program: AnswerProgram, table: TypedTable) -> str:
    """The program in words, with the headings of the table."""
    return _Words(table).answer(program)


class _Words:
    """Says parts of programs with the headings of one table."""

    def __init__(self, table: TypedTable) -> None:
        self.table = table

    def answer(self, program: AnswerProgram) -> str:
        """What is answered."""
        match program:
            case CommonestMonth() | MonthsOf() | RestOfCells():
                return self.pieces(program)
            case Cells() | CellsOfTwo() | Option() | Exists() | Headings():
                return self.cells(program)
            case Count() | CountDistinct() | CountBlocks() | CountGroups() | GroupsOf() | Percentage():
                return self.count(program)
            case Difference() | CountDifference() | CountSide() | SameValue() | Side():
                return self.comparison(program)
            case _:
                return self.arithmetic(program)

    def cells(self, program: Cells | CellsOfTwo | Option | Exists | Headings) -> str:
        """What is read."""
        match program:
            case Cells(rows, column):
                return f"{self.heading(column)} of {self.rows(rows)}"
            case CellsOfTwo(rows, first, second):
                return f"{self.heading(first)} and {self.heading(second)} of {self.rows(rows)}"
            case Option(rows, column, options):
                named = " or ".join(" ".join(words) for words in options)
                return f"which of {named} is in {self.heading(column)} of {self.rows(rows)}"
            case Exists(rows):
                return f"whether there are {self.rows(rows)}"
            case Headings():
                return "the headings of the table"

    def pieces(self, program: CommonestMonth | MonthsOf | RestOfCells) -> str:
        """What is read off a part of a cell."""
        rows = self.rows(program.rows)
        match program:
            case CommonestMonth(direction=direction):
                return f"the month with the {'most' if direction is Direction.UP else 'fewest'} of {rows}"
            case MonthsOf(column=column):
                return f"the month of {self.heading(column)} of {rows}"
            case RestOfCells(column=column, words=said):
                return f"{self.heading(column)} of {rows}, without “{' '.join(said)}”"

    def count(self, program: Count | CountDistinct | CountBlocks | CountGroups | GroupsOf | Percentage) -> str:
        """What is counted."""
        match program:
            case Count(rows):
                return f"how many rows there are{self.among(rows)}"
            case CountDistinct(rows, column):
                return f"how many different {self.heading(column)} there are in {self.rows(rows)}"
            case CountBlocks(rows, column):
                return f"how many {self.heading(column)} there are one below another in {self.rows(rows)}"
            case CountGroups(rows, column, comparison, amount):
                return f"how many {self.heading(column)} stand in {_TIMES[comparison]}{amount} of {self.rows(rows)}"
            case GroupsOf(rows, column, comparison, amount):
                return f"which {self.heading(column)} stands in {_TIMES[comparison]}{amount} of {self.rows(rows)}"
            case Percentage(part, rows):
                return f"how many of a hundred of {self.rows(rows)} are {self.rows(part)}"

    def comparison(self, program: Difference | CountDifference | CountSide | SameValue | Side) -> str:
        """What is compared."""
        match program:
            case Difference(first, second, column):
                return f"the difference in {self.heading(column)} between {self.rows(first)} and {self.rows(second)}"
            case CountDifference(first, second):
                return f"the difference in number between {self.rows(first)} and {self.rows(second)}"
            case CountSide(first, second):
                return f"whether there are more of {self.rows(first)} than of {self.rows(second)}"
            case SameValue(first, second, column):
                return f"whether {self.heading(column)} is the same for {self.rows(first)} and {self.rows(second)}"
            case Side(first, second, column, answers, amount):
                other = self.rows(second) if second else number_text(amount)
                what = self.heading(column) if column is not None else "the order of the rows"
                return f"{answers[0]} or {answers[1]}, by {what}: {self.rows(first)} against {other}"

    def arithmetic(self, program: Total | Average | Spread | Commonest | LongestRun | CountRun) -> str:
        """What is worked out."""
        rows = self.rows(program.rows)
        if isinstance(program, CountRun):
            return f"how many of {rows} follow one another"
        column = self.heading(program.column)
        match program:
            case Total():
                return f"the sum of {column} of {rows}"
            case Average():
                return f"the average of {column} of {rows}"
            case Spread():
                return f"the difference between the most and the least {column} of {rows}"
            case Commonest(direction=direction):
                return f"the {column} that stands in the {'most' if direction is Direction.UP else 'fewest'} of {rows}"
            case LongestRun():
                return f"the {column} that stands in the most of {rows} one after another"

    def rows(self, rows: RowSet) -> str:
        """A set of rows."""
        match rows:
            case AllRows():
                return "all rows"
            case Where(inner, condition):
                conditions, base = [condition], inner
                while isinstance(base, Where):
                    conditions.append(base.condition)
                    base = base.rows
                said = " and ".join(self.condition(one) for one in reversed(conditions))
                start = "the rows" if isinstance(base, AllRows) else f"those of {self.rows(base)}"
                return f"{start} where {said}"
            case End(inner, direction, count):
                return self.end(inner, direction, count)
            case Extreme(inner, column, direction):
                most = "most" if direction is Direction.UP else "least"
                return f"the row with the {most} {self.heading(column)}{self.of(inner)}"
            case _:
                return self.by_anchor(rows)

    def end(self, inner: RowSet, direction: Direction, count: int) -> str:
        """The first or last of some rows; the last of the first five is "the 5th"."""
        if count == 1 and direction is Direction.DOWN and isinstance(inner, End) and inner.count > 1:
            return f"the {ordinal(inner.count)} row{self.of(inner.rows)}"
        place = "first" if direction is Direction.UP else "last"
        return f"the {place} row{self.of(inner)}" if count == 1 else f"the {place} {count} rows{self.of(inner)}"

    def by_anchor(self, rows: Beside | Beyond | SameAs | Than | SameCells) -> str:
        """Rows that are found from other rows."""
        inner = self.of(rows.rows)
        match rows:
            case Beside(anchor=anchor, direction=direction):
                side = "before" if direction is Direction.UP else "after"
                return f"the row{inner} right {side} {self.rows(anchor)}"
            case Beyond(anchor=anchor, direction=direction):
                return f"all rows{inner} {'before' if direction is Direction.UP else 'after'} {self.rows(anchor)}"
            case SameAs(anchor=anchor, column=column):
                return f"the other rows{inner} with the same {self.heading(column)} as {self.rows(anchor)}"
            case Than(anchor=anchor, column=column, direction=direction):
                more = "more" if direction is Direction.UP else "less"
                return f"the rows{inner} with {more} {self.heading(column)} than {self.rows(anchor)}"
            case SameCells(first=first, second=second):
                return f"the rows{inner} where {self.heading(first)} and {self.heading(second)} are the same"

    def among(self, rows: RowSet) -> str:
        """The rows that are counted, behind "how many rows there are"; "" for all of them."""
        said = self.rows(rows)
        return "" if isinstance(rows, AllRows) else f": {said}"

    def of(self, rows: RowSet) -> str:
        """The set that others are taken from; "" for all rows."""
        return "" if isinstance(rows, AllRows) else f" of {self.rows(rows)}"

    def condition(self, condition: Condition) -> str:
        """A condition on a row."""
        match condition:
            case Negated(Finished(column)):
                return f"{self.heading(column)} says that it did not finish"
            case Negated(inner):
                return f"not: {self.condition(inner)}"
            case AnyOf(conditions):
                return " or ".join(self.condition(one) for one in conditions)
            case _:
                return f"{self.heading(condition.column)} {self.says(condition)}"

    def says(self, condition: Contains | IsAmount | InMonth | Finished | Empty) -> str:
        """What a condition wants a cell to say."""
        match condition:
            case Contains(column, words):
                return f"says “{self.spelling(column, words)}”"
            case IsAmount(column, comparison, amount):
                return f"{_COMPARED[comparison]} {self.amount(column, amount)}"
            case InMonth():
                return f"is {_day_words(condition)}"
            case Finished():
                return "says that it finished"
            case Empty():
                return "is empty"

    def heading(self, column: int) -> str:
        """What a column is called."""
        return self.table.columns[column].heading or f"column {column + 1}"

    def spelling(self, column: int, words: tuple[str, ...]) -> str:
        """The words as the first cell that is nothing else writes them, or plainly."""
        for row in self.table.rows:
            if row.cells[column].words == words:
                return row.cells[column].text
        return " ".join(words)

    def amount(self, column: int, amount: float) -> str:
        """An amount as a number, or as a time."""
        if self.table.columns[column].kind is not CellKind.TIME:
            return number_text(amount)
        minutes, seconds = divmod(amount, 60)
        hours, minutes = divmod(int(minutes), 60)
        clock = f"{seconds:06.3f}".rstrip("0").rstrip(".")
        return f"{hours}:{minutes:02d}:{clock}" if hours else f"{minutes}:{clock}"


def _day_words(condition: InMonth) -> str:
    month = MONTHS[condition.month - 1] if condition.month else ""
    return " ".join(str(one) for one in (condition.day, month, condition.year) if one)
