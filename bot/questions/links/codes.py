"""Words for which a table has a letter: "dunlop" where the column of tyres says "D"; from `codes.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.programs.row_sets import Contains
from bot.questions.tables.model import ColumnRole

__all__ = ["code_links"]

_FILE = Path(__file__).with_name("codes.toml")


@cache
def _codes() -> Mapping[ColumnRole, Mapping[str, str]]:
    return {ColumnRole(role): words for role, words in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}


def code_links(question: QuestionWords, index: TableIndex) -> tuple[ConditionLink, ...]:
    """The conditions of all words that stand in cells as a code."""
    return tuple(_links(question, index))


def _links(question: QuestionWords, index: TableIndex) -> Iterator[ConditionLink]:
    for column in index.table.columns:
        codes = _codes().get(column.role, {})
        for at, word in enumerate(question.words):
            code = codes.get(word)
            if code is None or any(one[0] == column.number for one in index.occurrences.get(word, ())):
                continue
            condition = Contains(column.number, (code,), whole=True)
            rows = index.machine.meets(condition)
            if rows:
                mask, features = span_mask(at, at + 1), ("cell:whole", "cell:code")
                yield ConditionLink(condition, column.number, at, at + 1, mask, rows, "text", 0.9, features)
