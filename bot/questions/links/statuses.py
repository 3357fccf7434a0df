"""What people write for how a car's race ended: lists of `statuses.toml` as conditions."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.language.fold import fold
from bot.questions.links.index import TableIndex
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.programs.row_sets import (
    AnyOf,
    Comparison,
    Condition,
    Contains,
    Empty,
    Finished,
    IsAmount,
    Negated,
)  # fmt: skip
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["status_links"]

_FILE = Path(__file__).with_name("statuses.toml")
_PLACES = (ColumnRole.PLACE, ColumnRole.TIME, ColumnRole.STATUS)
_CAUSES = (ColumnRole.TIME, ColumnRole.GAP, ColumnRole.STATUS, ColumnRole.PLACE, ColumnRole.OTHER)
_BY_LAPS = ("lead_lap", "lapped", "one_lap_down")
_BY_POINTS = ("in_points", "out_of_points")


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    """Each status with its phrases and, of a cause, the words of cells that mean it."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    codes = {name: {"phrases": phrases} for name, phrases in lists.pop("cells").items()}
    causes: Mapping[str, Mapping[str, list[str]]] = lists.pop("causes")
    return {**lists, **codes, **causes}


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, entry in _lists().items():
        for phrase in entry["phrases"]:
            key = tuple(fold(phrase).split())
            found[key] = (*found.get(key, ()), meaning)
    return found


@cache
def _longest() -> int:
    return max(map(len, _phrases()))


def status_links(question: QuestionWords, index: TableIndex) -> tuple[ConditionLink, ...]:
    """The conditions of every status in the question; of phrases that lie in one another, the longest."""
    found: list[ConditionLink] = []
    taken = 0
    for width in range(_longest(), 0, -1):
        for start in range(len(question.words) - width + 1):
            mask = span_mask(start, start + width)
            meanings = _phrases().get(question.words[start : start + width], ())
            counted = any(one.start - start - width in {0, 1} and one.kind == "count" for one in question.numbers)
            if not meanings or taken & mask or counted:
                continue
            first = start - 1 if "finished" in meanings and _is_denied(question, start) else start
            if first < start:
                meanings, mask = ("unfinished",), span_mask(first, start + width)
            links = [link for meaning in meanings for link in _links(meaning, index, first, start + width)]
            taken |= mask if links else 0
            found.extend(links)
    return tuple(found)


def _is_denied(question: QuestionWords, start: int) -> bool:
    """Whether the word before a phrase turns it round: "didn't finish the race"."""
    return start > 0 and bool(question.triggers.get("not", 0) >> (start - 1) & 1)


def _links(meaning: str, index: TableIndex, start: int, end: int) -> Iterator[ConditionLink]:
    for column, condition, feature in _conditions(meaning, index):
        rows = index.machine.meets(condition)
        if rows and rows != index.machine.all_rows:
            mask = span_mask(start, end)
            yield ConditionLink(condition, column, start, end, mask, rows, "status", 0.5, (f"status:{feature}",))


def _conditions(meaning: str, index: TableIndex) -> Iterator[tuple[int, Condition, str]]:
    if meaning in {"finished", "unfinished"}:
        yield from _finishes(meaning, index)
        yield from _distance(meaning, index)
    elif meaning in _BY_LAPS:
        yield from _distance(meaning, index)
    elif meaning in _BY_POINTS:
        points = index.table.column_of(ColumnRole.POINTS)
        if points:
            blank = Empty(points.number)
            yield points.number, Negated(blank) if meaning == "in_points" else blank, "points"
    elif "cells" in _lists()[meaning]:
        yield from _cause(meaning, index)
    else:
        for number in sorted({column for column, _, _ in index.occurrences.get(meaning, ())}):
            yield number, Contains(number, (meaning,)), "code"


def _finishes(meaning: str, index: TableIndex) -> Iterator[tuple[int, Condition, str]]:
    """Whether a place, a time or a status says that a row finished."""
    for column in index.table.columns:
        if column.role in _PLACES:
            finished = Finished(column.number)
            condition: Condition = finished if meaning == "finished" else Negated(finished)
            yield column.number, condition, f"{meaning}:{column.role}"


def _cause(meaning: str, index: TableIndex) -> Iterator[tuple[int, Condition, str]]:
    """What ended a race, in a column that tells it."""
    cells = [tuple(fold(cell).split()) for cell in _lists()[meaning]["cells"]]
    for column in index.table.columns:
        if column.role not in _CAUSES or (column.kind is CellKind.NUMBER and column.role is not ColumnRole.PLACE):
            continue
        said = tuple(
            Contains(column.number, words)
            for words in cells
            if words[0] in index.occurrences and index.machine.meets(Contains(column.number, words))
        )
        if said:
            yield column.number, AnyOf(said), "cause"


def _distance(meaning: str, index: TableIndex) -> Iterator[tuple[int, Condition, str]]:
    """Whoever ran as many laps as the first row did, or fewer, or one fewer; laps behind where times are so written."""
    behind = _laps_behind(meaning, index)
    if behind:
        yield behind
        return
    laps = index.table.column_of(ColumnRole.LAPS)
    most = index.machine.columns[laps.number][0].amount if laps and index.table.rows else None
    if laps is None or most is None:
        return
    full = IsAmount(laps.number, Comparison.AT_LEAST, most)
    if meaning in {"finished", "lead_lap"}:
        yield laps.number, full, f"{meaning}:laps"
    elif meaning == "one_lap_down":
        yield laps.number, IsAmount(laps.number, Comparison.EQUAL, most - 1), meaning
    else:
        yield laps.number, Negated(full), f"{meaning}:laps"


def _laps_behind(meaning: str, index: TableIndex) -> tuple[int, Condition, str] | None:
    """The condition on a time that is written as laps behind; None where none is, or something else is meant."""
    time = index.table.column_of(ColumnRole.TIME, ColumnRole.GAP, ColumnRole.STATUS)
    counts = {"lapped": ("lap", "laps"), "one_lap_down": ("1 lap", "one lap")}.get(meaning, ())
    said = {one[0] for word in ("lap", "laps") for one in index.occurrences.get(word, ())}
    if time is None or time.number not in said or not counts:
        return None
    return time.number, AnyOf(tuple(Contains(time.number, tuple(one.split())) for one in counts)), meaning
