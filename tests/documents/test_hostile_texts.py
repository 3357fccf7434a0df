"""Every kind of document with a flood of lines, or one long line, in it: four times the flood, four times the work.

The floods are those that stopped a reader once, and what any text is full of that somebody has broken.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from bot.documents.model import Document
from bot.documents.templates.model import DocumentTemplate
from bot.documents.templates.registry import TEMPLATES
from bot.errors import BadDocument
from bot.loading.read.reader import read_document
from tests.support.calls import calls_of

LINES, TIMES = 20, 4
MOST_TIMES = 5.0  # what is proportional to the flood comes to 4 at most; what is so to its square to 16
FEW_CALLS_A_LINE = 25  # below which what is done once weighs more than what is done for every line
FLOODS = (
    "a", "Aa Bb", "Aa Aa Aa Aa", '"a"', "''a''", "== A ==", "# A", "- Aa", "1. Aa Bb - 5", "| a | b |", "|-", "{| a",
    "{{a", "[[a", "((((", "a,b,c", "x\ty", "No. 1 Aa Bb", "Ross Chastain won Stage 1.", "Aa Bb, Cc Dd,", '{"a": [',
    "<ref>", "<!--", "June 25, 2023", "said “we won”", "5 laps to go", " " * 40, "",
)  # fmt: skip


def read(lines: tuple[str, ...], name: str) -> None:
    """Read a document as far as it can be read."""
    with suppress(BadDocument):
        read_document(Document(name, "", lines))


def lines_of(flood: str, count: int) -> tuple[str, ...]:
    """So many lines."""
    return (flood,) * count


def one_line(flood: str, count: int) -> tuple[str, ...]:
    """A line that is so many times as long."""
    return (f"{flood} " * count,)


def is_steep(size: int, first: int, second: int) -> bool:
    """Whether TIMES a flood of `size` costs more than its length says."""
    return second > MOST_TIMES * max(first, FEW_CALLS_A_LINE * size)


@pytest.mark.slow  # ten kinds, each with 28 floods of two shapes
@pytest.mark.parametrize("shape", [lines_of, one_line])
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.file_name)
def test_a_flood_costs_what_its_length_says(
    template: DocumentTemplate, shape: Callable[[str, int], tuple[str, ...]]
) -> None:
    head = tuple(template.text.splitlines())
    read(head, template.file_name)  # what is made once and kept is made now
    base = calls_of(partial(read, head, template.file_name))

    def work(flood: str, count: int) -> int:
        """The calls that a flood of so many lines, or so long a line, costs above its document."""
        return calls_of(partial(read, head + shape(flood, count), template.file_name)) - base

    slow = []
    for flood in FLOODS:
        first, second = work(flood, LINES), work(flood, LINES * TIMES)
        if not is_steep(LINES, first, second):
            continue
        # A flood may make the text one of another kind, whose other parts cost more or less, once. So what is
        # compared next is what each flood costs above the one before it: there that sum is gone.
        third = work(flood, LINES * TIMES * TIMES)
        if is_steep(LINES * (TIMES - 1), second - first, third - second):
            slow.append((flood, first, second, third))
    assert slow == []
