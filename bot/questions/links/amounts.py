"""The numbers, places, days and blanks of a question as conditions on columns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ColumnLink, ConditionLink
from bot.questions.links.place_names import named_places
from bot.questions.links.question import NumberMention, QuestionWords, span_mask
from bot.questions.programs.row_sets import Comparison, Condition, Empty, InMonth, IsAmount, Negated
from bot.questions.tables.model import CellKind, ColumnRole, TableColumn

__all__ = ["ROW_NOUNS", "amount_links"]

_NEAR = 4  # words between a number and the name of its column
_MOST_BEHIND = 0.4  # strength by which a column may be behind the likeliest one of a number
_AMOUNT_KINDS = {CellKind.NUMBER, CellKind.TIME}
_PLACE_WORDS = {
    "position", "place", "placed", "finish", "finished", "finisher", "came", "rank", "ranked", "spot", "finishing",
    "positions", "places", "finishers", "drivers", "riders", "placing", "come", "winner", "racers", "teams", "scorer",
    "in", "pos",
}  # fmt: skip
_OFTEN = {"once", "twice", "thrice"}  # how many rows something stands in, and no amount of a row
_START_WORDS = {"start", "started", "starting", "starter", "qualified", "qualify", "qualifying", "grid"}
_RANGES = {("between", ("and",)), ("from", ("to",)), ("from", ("through",)), ("from", ("until",))}
_TIME_WORDS = {
    "before": Comparison.LESS, "after": Comparison.MORE, "since": Comparison.AT_LEAST, "until": Comparison.AT_MOST,
    "through": Comparison.AT_MOST, "by": Comparison.AT_MOST,
}  # fmt: skip
_FINISHED = {"finished", "finish", "finishing", "placed", "came"}
ROW_NOUNS = {
    "car", "vehicle", "entry", "starter", "participant", "competitor", "finisher", "race", "driver", "rider", "team",
    "truck", "time", "win", "round", "start", "person", "racer", "victory", "retirement",
}  # fmt: skip
_GAINED = {"received", "scored", "receive", "earned", "got", "score", "earn", "scoring", "get"}
_UNIT_WORDS = {"lap", "laps", "point", "points", "pts"}
_FIGURE_ROLES = (ColumnRole.CAR_NUMBER, ColumnRole.GRID, ColumnRole.ROUND, ColumnRole.YEAR)


def amount_links(
    question: QuestionWords, index: TableIndex, columns: Sequence[ColumnLink], taken: int
) -> tuple[ConditionLink, ...]:
    """The conditions of all numbers that are no part of a cell's words (`taken`), and of "no points"."""
    found: list[ConditionLink] = []
    for number in question.numbers:
        is_asked_for = question.asks == "order" and number.start == question.asks_at + 1  # "name 3"
        is_often = question.words[number.start] in _OFTEN
        if not span_mask(number.start, number.end) & taken and not is_asked_for and not is_often:
            found.extend(_of_number(question, index, columns, number))
    found.extend(_blanks(question, index, columns))
    found.extend(named_places(question, index))
    return tuple(found)


def _of_number(
    question: QuestionWords, index: TableIndex, columns: Sequence[ColumnLink], number: NumberMention
) -> Iterator[ConditionLink]:
    if number.kind == "month":
        yield from _days(question, index, number)
        return
    top = _end_comparison(question, number)
    ends = tuple(_top(question, index, number, top)) if top else ()
    if ends:
        yield from ends
        return
    found = tuple(_in_columns(question, index, columns, number))
    best = max((link.strength for link in found), default=0.0)
    yield from (link for link in found if link.strength >= best - _MOST_BEHIND)


def _in_columns(
    question: QuestionWords, index: TableIndex, columns: Sequence[ColumnLink], number: NumberMention
) -> Iterator[ConditionLink]:
    """A number as one of each column in which it may be."""
    words, comparison = _comparison(question, number)
    mask = span_mask(number.start, number.end) | words
    start = min(number.start, (mask & -mask).bit_length() - 1)
    others = number.kind == "count" and _counts_others(question, index, number)
    kind = "number" if comparison is Comparison.EQUAL else "compared"
    for column in index.table.columns:
        condition = _condition(column, comparison, number)
        near = _mention(columns, column, number)
        if condition is None or (others and not near) or _is_of_other(question, index, column, number):
            continue
        strength = _strength(question, column, number, near, compared=comparison is not Comparison.EQUAL)
        if strength > 0:
            rows = index.machine.meets(condition)
            features = (f"number:{_how(column, number, near)}", *(("number:no row",) if not rows else ()))
            named = near.words if near else 0
            yield ConditionLink(
                condition, column.number, start, number.end, mask, rows, kind, strength, features, named
            )


def _condition(column: TableColumn, comparison: Comparison, number: NumberMention) -> Condition | None:
    """The condition that a number makes in a column; None where the column has no amounts."""
    if number.kind == "year" and column.kind is CellKind.DAY:
        return InMonth(column.number, 0, 0, int(number.value))
    return IsAmount(column.number, comparison, number.value) if column.kind in _AMOUNT_KINDS else None


def _is_of_other(question: QuestionWords, index: TableIndex, column: TableColumn, number: NumberMention) -> bool:
    """Whether a number is plainly one of another column: a year, or “finished second” and no grid."""
    at = number.start - 1
    verb = question.words[at - 1] if at and question.words[at] == "in" else question.words[at] if at >= 0 else ""
    is_finish = number.kind == "ordinal" and verb in _FINISHED
    return (is_finish and column.role is ColumnRole.GRID) or _is_year_elsewhere(index, column, number)


def _is_year_elsewhere(index: TableIndex, column: TableColumn, number: NumberMention) -> bool:
    """Whether a year is looked for in a column of amounts, where another one has the years."""
    years = index.table.column_of(ColumnRole.YEAR)
    return number.kind == "year" and years is not None and column.kind is not CellKind.DAY and column != years


def _counts_others(question: QuestionWords, index: TableIndex, number: NumberMention) -> bool:
    """Whether the word behind a number is what it counts: "two drivers"."""
    stem = question.stems[number.end] if number.end < len(question.stems) else ""
    return stem in index.phrases or stem in ROW_NOUNS


def _mention(columns: Sequence[ColumnLink], column: TableColumn, number: NumberMention) -> ColumnLink | None:
    """The name of a column that stands next to a number: the nearest; None where there is none."""
    behind = [link for link in columns if link.column == column.number and 0 <= link.start - number.end < _NEAR]
    before = [link for link in columns if link.column == column.number and 0 <= number.start - link.end < _NEAR]
    if behind:
        return min(behind, key=lambda link: link.start)
    return max(before, key=lambda link: link.end) if before else None


def _strength(
    question: QuestionWords, column: TableColumn, number: NumberMention, near: ColumnLink | None, *, compared: bool
) -> float:
    """How sure it is that a number is one of a column; 0 where it cannot be."""
    if column.role is ColumnRole.CAR_NUMBER and compared and not near:
        return 0
    if column.role is ColumnRole.YEAR and number.kind == "year":
        return 1.0
    if column.kind is CellKind.TIME or number.kind == "time":
        both = column.kind is CellKind.TIME and number.kind == "time"
        return 0.9 if both else 0.4 if near and number.kind != "time" else 0
    if number.kind == "ordinal" and column.role is ColumnRole.PLACE:
        return 0.9
    if near:
        gap = min(abs(near.start - number.end), abs(number.start - near.end))
        return 1.0 - 0.15 * gap - (0.2 if near.strength == 1 else 0)
    return _unnamed(question, column, number)


def _unnamed(question: QuestionWords, column: TableColumn, number: NumberMention) -> float:
    """How sure it is that a number is one of a column that is not named beside it."""
    if number.kind == "ordinal":
        return 0.3 if column.role in _FIGURE_ROLES else 0
    following = question.words[number.end] if number.end < len(question.words) else ""
    before = question.words[number.start - 1] if number.start else ""
    if following in _UNIT_WORDS:
        return 0
    if column.role is ColumnRole.PLACE:
        return 0.5 if before in _PLACE_WORDS else 0.2
    return 0.15


def _how(column: TableColumn, number: NumberMention, near: ColumnLink | None) -> str:
    named = "named" if near else "unnamed"
    role = column.role if column.role in {ColumnRole.PLACE, *_FIGURE_ROLES} else "amount"
    return f"{number.kind}:{role}:{named}"


def _comparison(question: QuestionWords, number: NumberMention) -> tuple[int, Comparison]:
    """The words that compare a number, before or behind it, and how; EQUAL where none do."""
    special = _range(question, number) or (_time_word(question, number) if number.kind == "year" else None)
    if special:
        return special
    best: tuple[int, int, Comparison] | None = None
    for start, end, meaning in question.comparisons:
        if meaning in {"top", "bottom"}:
            continue
        before = 0 <= number.start - end <= 2 and not _number_between(question, end, number.start)
        behind = start in {number.end, number.end + 1} and meaning in {"at least", "at most"}
        if (before or behind) and (best is None or end - start > best[0]):
            best = (end - start, span_mask(start, end), Comparison(meaning))
    return (best[1], best[2]) if best else (0, Comparison.EQUAL)


def _range(question: QuestionWords, number: NumberMention) -> tuple[int, Comparison] | None:
    """The end of a range that a number is: “between 10 and 20”, “from 1999 to 2001”; None where it is none."""
    words = question.words
    for low, high in pairwise(question.numbers):
        between = words[low.end : high.start]
        opening = words[low.start - 1] if low.start else ""
        if low.kind == high.kind and (opening, between) in _RANGES:
            mask = span_mask(low.start - 1, low.start) | span_mask(low.end, high.start)
            if number == low:
                return mask, Comparison.AT_LEAST
            if number == high:
                return 0, Comparison.AT_MOST
    return None


def _time_word(question: QuestionWords, year: NumberMention) -> tuple[int, Comparison] | None:
    """The word before a year that means all years before it or after it; None where there is none."""
    comparison = _TIME_WORDS.get(question.words[year.start - 1]) if year.start else None
    return (span_mask(year.start - 1, year.start), comparison) if comparison else None


def _number_between(question: QuestionWords, start: int, end: int) -> bool:
    return any(start <= one.start < end for one in question.numbers)


def _end_comparison(question: QuestionWords, number: NumberMention) -> tuple[str, int] | None:
    """The word “top” or “bottom” before a number, with its place; None where there is none."""
    for start, end, meaning in question.comparisons:
        if meaning in {"top", "bottom"} and end == number.start and number.kind in {"count", "ordinal"}:
            return meaning, span_mask(start, end)
    return None


def _top(
    question: QuestionWords, index: TableIndex, number: NumberMention, top: tuple[str, int]
) -> Iterator[ConditionLink]:
    meaning, words = top
    if meaning == "bottom" or number.value < 1:
        return
    mask = words | span_mask(number.start, number.end)
    start = (mask & -mask).bit_length() - 1
    outside = next((at for at in range(max(0, start - 3), start) if question.words[at] in {"outside", "below"}), -1)
    comparison = Comparison.AT_MOST if outside < 0 else Comparison.MORE
    mask |= span_mask(outside, start) if outside >= 0 else 0
    for role in (ColumnRole.PLACE, ColumnRole.GRID):
        place = index.table.column_of(role)
        named = _started(question, start, number.end) if role is ColumnRole.GRID else 0
        if place is None or (role is ColumnRole.GRID and not named):
            continue
        condition = IsAmount(place.number, comparison, number.value)
        rows, features = index.machine.meets(condition), ("number:top", *(("number:top:grid",) if named else ()))
        yield ConditionLink(
            condition, place.number, start, number.end, mask, rows, "top", 0.95 + bool(named) / 50, features, named
        )


def _started(question: QuestionWords, start: int, end: int) -> int:
    """The words of starting near a place, which make it one of the grid; 0 where there are none."""
    near = range(max(0, start - _NEAR), min(len(question.words), end + _NEAR))
    return sum(1 << at for at in near if question.words[at] in _START_WORDS)


def _days(question: QuestionWords, index: TableIndex, month: NumberMention) -> Iterator[ConditionLink]:
    """A day, or a month, in each column of days."""
    start, end, day = month.start, month.end, 0
    for number in question.numbers:
        if number.kind in {"count", "ordinal"} and 1 <= number.value <= 31:
            if number.start == month.end:
                end, day = number.end, int(number.value)
            elif number.end == month.start and not day:
                start, day = number.start, int(number.value)
    mask = span_mask(start, end)
    for column in index.table.columns:
        if column.kind is CellKind.DAY:
            condition = InMonth(column.number, int(month.value), day)
            rows = index.machine.meets(condition)
            if rows:
                yield ConditionLink(condition, column.number, start, end, mask, rows, "day", 0.95, ("day",))


def _blanks(question: QuestionWords, index: TableIndex, columns: Sequence[ColumnLink]) -> Iterator[ConditionLink]:
    """Whether a cell says anything: “no points”, “did not get a point”, “received points”."""
    denials = question.triggers.get("not", 0)
    for link in columns:
        if index.table.columns[link.column].kind is not CellKind.NUMBER:
            continue
        before = span_mask(max(0, link.start - _NEAR), link.start)
        counts = [number for number in question.numbers if span_mask(number.start, number.end) & before]
        nought = sum(span_mask(one.start, one.end) for one in counts if not one.value and one.end == link.start)
        near = nought or (0 if counts else before & denials)
        empty = Empty(link.column)
        if near:
            rows = index.machine.meets(empty)
            mask = near | link.words
            yield ConditionLink(empty, link.column, link.start, link.end, mask, rows, "empty", 0.6, ("blank:empty",))
        elif not question.numbers and link.start and question.words[link.start - 1] in _GAINED:
            rows = index.machine.meets(Negated(empty))
            yield ConditionLink(
                Negated(empty), link.column, link.start, link.end, link.words, rows, "filled", 0.05, ("blank:filled",)
            )
