"""All candidates of a question in a table: what each set of rows may be asked for."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.questions.candidates.candidate import candidate
from bot.questions.candidates.comparisons import comparisons
from bot.questions.candidates.counts import counts, groups_of
from bot.questions.candidates.groups import groups
from bot.questions.candidates.parts import QuestionScene, RowPart, TableCandidate, TargetPart, names_several
from bot.questions.candidates.rows import row_parts
from bot.questions.candidates.scene import link_sets
from bot.questions.candidates.targets import targets
from bot.questions.links.question import span_mask
from bot.questions.programs.answers import run
from bot.questions.programs.model import (
    Average,
    Cells,
    CellsOfTwo,
    Exists,
    Headings,
    MonthsOf,
    Option,
    Percentage,
    RestOfCells,
    Spread,
    Total,
)  # fmt: skip
from bot.questions.programs.row_sets import AllRows, Contains, SameAs
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["MOST_WORK", "candidates"]

# In rows that are looked at; a candidate costs as much as _FIXED_WORK of them beside its own. 30,000 are some 15 ms;
# with 60,000 one more of 617 questions is answered right.
MOST_WORK, _FIXED_WORK = 30_000, 25
_PARTS_SHARE, _LEAST_PARTS = 4, 8  # a set of rows has some four candidates; the plainest eight are always tried

_HEAD_WORDS = 4  # words from "which" to the first of two columns
_PEOPLE = {ColumnRole.PERSON, ColumnRole.SECOND_PERSON, ColumnRole.WINNER, ColumnRole.POLE, ColumnRole.FASTEST_LAP}
_NO_PERSON = {
    ColumnRole.TRACK, ColumnRole.RACE, ColumnRole.ENGINE, ColumnRole.CHASSIS, ColumnRole.TYRE, ColumnRole.CLASS,
    ColumnRole.PLACE_NAME, ColumnRole.STATUS, ColumnRole.DAY, ColumnRole.MAKE, ColumnRole.CAR, ColumnRole.ROUND,
    ColumnRole.COUNTRY,
}  # fmt: skip
_MAKING = {
    "made", "make", "makes", "built", "builds", "build", "manufactured", "manufactures", "manufacture", "constructed",
    "constructs", "produced", "produces", "supplied", "supplies", "maker", "manufacturer", "constructor", "builder",
}  # fmt: skip
_MADE = {ColumnRole.MAKE, ColumnRole.CAR, ColumnRole.CHASSIS, ColumnRole.ENGINE, ColumnRole.TYRE}  # by somebody
_AND = {("and",), ("and", "the"), ("and", "what"), ("and", "which"), ("and", "their"), ("and", "his"), ("and", "her")}
_ROLES_OF = {
    "day": (ColumnRole.DAY, ColumnRole.YEAR),
    "where": (ColumnRole.PLACE_NAME, ColumnRole.TRACK, ColumnRole.COUNTRY, ColumnRole.RACE),
    "time": (ColumnRole.TIME, ColumnRole.GAP, ColumnRole.SPEED),
}
_NO_ECHO = {"either", "cell:part", "denied:not", "denied:except"}  # what a cell says there was not said whole
_NO_NUMBER = {"person", "day", "where"}  # who asks so asks for no sum
_NO_AVERAGE = {ColumnRole.CAR_NUMBER, ColumnRole.ROUND, ColumnRole.YEAR}
_NO_SUM = {ColumnRole.PLACE, ColumnRole.GRID, *_NO_AVERAGE}


def candidates(scene: QuestionScene, tables: int = 1) -> Iterator[TableCandidate]:
    """The candidates that answer something, those of the likeliest links first, as far as MOST_WORK goes.

    `tables` is how many tables are looked at for the question: they share the work.
    """
    work, each = MOST_WORK // tables, _FIXED_WORK + len(scene.index.table.rows)
    for one in _all(scene, max(_LEAST_PARTS, work // (_PARTS_SHARE * each))):
        work -= _FIXED_WORK + one.outcome.rows.bit_count() if one.outcome.texts else each
        if one.outcome.texts:
            yield one
        if work <= 0:
            return


def _all(scene: QuestionScene, most_parts: int) -> Iterator[TableCandidate]:
    sets = link_sets(scene)
    parts = row_parts(scene, sets, most_parts)
    columns = targets(scene)
    for part in parts:
        yield from _of_rows(scene, part, columns)
    yield from comparisons(scene, sets, columns)
    if scene.trigger("headings"):
        program = Headings()
        yield TableCandidate(program, run(scene.index.machine, program), scene.trigger("headings"), ("op:headings",))


def _of_rows(scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    for target in columns:
        if _may_answer(scene, part, target):
            yield candidate(scene, part, target, Cells(part.expression, target.column), "cells")
    yield from _of_two_columns(scene, part)
    yield from _one_of_both(scene, part)
    yield from _others(scene, part)
    if part.shape in {"beside", "end", "extreme"}:
        yield from _existence(scene, part)
        return
    if scene.question.asks == "number" or (scene.question.asks in {"none", "time"} and scene.trigger("total")):
        yield from counts(scene, part, columns)
    yield from groups(scene, part, columns)
    yield from _options(scene, part)
    yield from groups_of(scene, part, columns)
    yield from _sums(scene, part, columns)
    yield from _existence(scene, part)


def _others(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    """Who stands in a cell beside the one who is named: “who drove with A”, “A's teammate”; and the month of a day."""
    trigger = scene.trigger("other") | scene.trigger("with")
    for link in scene.conditions if trigger and "cell:part" in part.features else ():
        role = scene.column(link.column).role
        if role not in _PEOPLE or not names_several(scene, link.column, link.rows):
            continue
        if isinstance(link.condition, Contains) and not link.words & ~part.words:
            program = RestOfCells(part.expression, link.column, link.condition.words)
            target = TargetPart(link.column, near_names(scene, link.column), ())
            yield candidate(scene, part, target, program, "rest of cell", trigger)
    head = range(scene.question.asks_at, min(scene.question.asks_at + _HEAD_WORDS, len(scene.question.stems)))
    month = sum(1 << at for at in head if scene.question.stems[at] == "month")
    days = scene.index.table.column_of(ColumnRole.DAY)
    if month and days and days.kind is CellKind.DAY and scene.question.asks != "number":
        target = TargetPart(days.number, month, ("months",))
        yield candidate(scene, part, target, MonthsOf(part.expression, days.number), "months")


def _may_answer(scene: QuestionScene, part: RowPart, target: TargetPart) -> bool:
    """Whether cells of a column are of the kind that is asked for: a number for "how many", a day for "when"."""
    column, asks = scene.column(target.column), scene.question.asks
    if (asks == "whether" and "or" not in scene.question.words) or _is_echo(part, target):
        return False
    if asks == "number":
        return column.kind is not CellKind.TEXT and target.words != 0 and column.role is not ColumnRole.CAR_NUMBER
    if asks == "person":
        is_named = column.role in _MADE and not _MAKING.isdisjoint(scene.question.words)
        return column.kind is CellKind.TEXT and (column.role not in _NO_PERSON or is_named)
    wanted = _ROLES_OF.get(asks, ())
    return not wanted or column.role in wanted or not scene.index.table.column_of(*wanted)


def _is_echo(part: RowPart, target: TargetPart) -> bool:
    """Whether an answer would only say what the question has named already."""
    if isinstance(part.expression, SameAs) and part.expression.column == target.column:
        return True
    if part.shape != "filter" or target.column not in part.columns:
        return False
    return not _NO_ECHO & set(part.features)


def _of_two_columns(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    """Two columns that are asked for at once: which driver and co-driver, what chassis and engine, who and what car."""
    for one, two in combinations(scene.columns, 2):
        between = scene.question.words[one.end : two.start]
        head = one.start <= scene.question.asks_at + _HEAD_WORDS
        if head and one.column != two.column and between in _AND:
            program = CellsOfTwo(part.expression, one.column, two.column)
            target = TargetPart(one.column, one.words | two.words, (f"pair:strength{one.strength + two.strength}",))
            yield candidate(scene, part, target, program, "two columns")
    person = scene.index.table.column_of(ColumnRole.PERSON, ColumnRole.WINNER)
    for link in scene.columns:
        before = scene.question.words[max(0, link.start - 2) : link.start]
        if person and scene.question.asks == "person" and before in _AND and link.column != person.number:
            program = CellsOfTwo(part.expression, person.number, link.column)
            yield candidate(scene, part, TargetPart(link.column, link.words, ("pair:person",)), program, "two columns")


def _options(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    """Programs for "a v6 or a v8": two words of one column with an "or" between them."""
    words = scene.question.words
    texts = sorted((link for link in scene.conditions if link.kind == "text"), key=lambda link: link.start)
    for one, two in combinations(texts, 2):
        if one.column != two.column or one.words & two.words or "or" not in words[one.end : two.start]:
            continue
        if {"cell:whole"} & {*one.features, *two.features} or scene.column(one.column).role in _PEOPLE:
            continue
        if two.start - one.end > 3 or part.words & (one.words | two.words):
            continue
        options = (words[one.start : one.end], words[two.start : two.end])
        program = Option(part.expression, one.column, options)
        mask = one.words | two.words | near_names(scene, one.column)
        yield candidate(scene, part, TargetPart(one.column, mask, ("option",)), program, "option")


def _one_of_both(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    """Of two names that stand in cells with others, the one whose row it is: “who ran more laps, A or B”."""
    if "either" not in part.features or "cell:part" not in part.features:
        return
    for column in sorted(part.columns):
        links = [link for link in scene.conditions if link.kind == "text" and link.column == column]
        options = tuple(
            link.condition.words
            for link in links
            if isinstance(link.condition, Contains) and not link.words & ~part.words
        )
        if len(options) > 1 and names_several(scene, column, part.rows):
            target = TargetPart(column, 0, ("option", "target:alternatives"))
            yield candidate(scene, part, target, Option(part.expression, column, options), "option of both")


def near_names(scene: QuestionScene, column: int) -> int:
    return next((link.words for link in scene.columns if link.column == column), 0)


def _sums(scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    if part.rows.bit_count() < 2 or scene.question.asks in _NO_NUMBER:
        return
    for target in columns:
        column = scene.column(target.column)
        if column.kind not in {CellKind.NUMBER, CellKind.TIME} or column.role in _NO_AVERAGE:
            continue
        if target.column in part.columns and part.shape == "filter":
            continue
        total = scene.trigger("total") | scene.trigger("count")
        if total and column.role not in _NO_SUM:
            words = total | scene.trigger("each")
            one = candidate(scene, part, target, Total(part.expression, target.column), "total", words)
            yield TableCandidate(one.program, one.outcome, one.words, (*one.features, _how_total(scene, target)))
        average = scene.trigger("average")
        if average:
            yield candidate(
                scene,
                part,
                target,
                Average(part.expression, target.column),
                "average",
                average | scene.trigger("count"),
            )
        spread = scene.trigger("difference")
        both = (scene.trigger("most") and scene.trigger("least")) or (scene.trigger("first") and scene.trigger("last"))
        if spread and both:
            words = (
                spread
                | scene.trigger("total")
                | scene.trigger("count")
                | scene.trigger("most")
                | scene.trigger("least")
                | scene.trigger("first")
                | scene.trigger("last")
            )
            yield candidate(scene, part, target, Spread(part.expression, target.column), "spread", words)


def _is_certain(part: RowPart) -> bool:
    """Whether there is such a row wherever there are any: the first of two that are named."""
    return part.shape in {"end", "extreme"} and "either" in part.features


def _how_total(scene: QuestionScene, target: TargetPart) -> str:
    """The feature of how a sum is asked for: “total points”, “points in total”, or only “how many points”."""
    said = scene.trigger("total")
    first = (target.words & -target.words).bit_length() - 1
    near = "close" if target.words and said & span_mask(max(0, first - 2), first) else "far"
    return f"total:said:{near}" if said else "total:unsaid"


def _existence(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    if scene.question.asks == "whether" and part.shape != "all" and not _is_certain(part):
        words = scene.trigger("any")
        answers = ("true", "false") if scene.question.words[0] == "true" else ("yes", "no")
        yield candidate(scene, part, None, Exists(part.expression, answers), "exists", words)
    share = scene.trigger("percent")
    if share and part.shape in {"filter", "many"}:
        program = Percentage(part.expression, AllRows())
        outcome = run(scene.index.machine, program)
        yield TableCandidate(program, outcome, part.words | share, (*part.features, "op:percentage"))
