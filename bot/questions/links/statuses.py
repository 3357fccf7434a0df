"""What people write for how a car's race ended: lists of `statuses.toml` as conditions."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.language.fold import fold
from bot.questions.links.index import TableIndex
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.programs.row_sets import Comparison, Condition, Contains, Finished, IsAmount, Negated
from bot.questions.tables.model import ColumnRole

__all__ = ["status_links"]

_FILE = Path(__file__).with_name("statuses.toml")
_PLACES = (ColumnRole.PLACE, ColumnRole.TIME, ColumnRole.STATUS)


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    entries = {name: lists[name]["phrases"] for name in ("unfinished", "finished")} | lists["cells"]
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, phrases in entries.items():
        for phrase in phrases:
            key = tuple(fold(phrase).split())
            found[key] = (*found.get(key, ()), meaning)
    return found


def status_links(question: QuestionWords, index: TableIndex) -> tuple[ConditionLink, ...]:
    """The conditions of every status in the question; of phrases that lie in one another, the longest."""
    found: list[ConditionLink] = []
    taken = 0
    for width in (5, 4, 3, 2, 1):
        for start in range(len(question.words) - width + 1):
            mask = span_mask(start, start + width)
            meanings = _phrases().get(question.words[start : start + width], ())
            counted = any(number.start in {start + width, start + width + 1} for number in question.numbers)
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
        for column in index.table.columns:
            if column.role in _PLACES:
                finished = Finished(column.number)
                condition: Condition = finished if meaning == "finished" else Negated(finished)
                yield column.number, condition, f"{meaning}:{column.role}"
        yield from _full_distance(meaning, index)
        return
    for number in sorted({column for column, _, _ in index.occurrences.get(meaning, ())}):
        yield number, Contains(number, (meaning,)), "code"


def _full_distance(meaning: str, index: TableIndex) -> Iterator[tuple[int, Condition, str]]:
    """Whoever ran as many laps as the first row did, or fewer."""
    laps = index.table.column_of(ColumnRole.LAPS)
    if laps is None or not index.table.rows:
        return
    most = index.machine.columns[laps.number][0].amount
    if most is None:
        return
    if meaning == "finished":
        yield laps.number, IsAmount(laps.number, Comparison.AT_LEAST, most), "finished:laps"
    else:
        yield laps.number, Negated(IsAmount(laps.number, Comparison.AT_LEAST, most)), "unfinished:laps"
