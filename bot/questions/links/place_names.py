"""Names of places in a race: the pole, the podium, the runner-up."""

from collections.abc import Iterator

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.programs.row_sets import Comparison, IsAmount
from bot.questions.tables.model import ColumnRole

__all__ = ["named_places"]

_PLACE_NAMES = (  # a grid of 0 is a start from the pits, and no pole
    (("pole", "position"), ColumnRole.GRID, Comparison.EQUAL, 1.0), (("pole",), ColumnRole.GRID, Comparison.EQUAL, 1.0),
    (("polesitter",), ColumnRole.GRID, Comparison.EQUAL, 1.0),
    (("podium",), ColumnRole.PLACE, Comparison.AT_MOST, 3.0),
    (("runner", "up"), ColumnRole.PLACE, Comparison.EQUAL, 2.0),
    (("runnerup",), ColumnRole.PLACE, Comparison.EQUAL, 2.0), (("winner",), ColumnRole.PLACE, Comparison.EQUAL, 1.0),
    (("race", "leader"), ColumnRole.PLACE, Comparison.EQUAL, 1.0),
)  # fmt: skip


def named_places(question: QuestionWords, index: TableIndex) -> Iterator[ConditionLink]:
    """The pole as the first place of the grid, the podium as the first three; where no column is called so."""
    taken = 0
    for words, role, comparison, amount in _PLACE_NAMES:
        column = index.table.column_of(role)
        if column is None or words[0] in index.phrases:
            continue
        for at in range(len(question.stems)):
            end = at + len(words)
            mask = span_mask(at, end)
            if question.stems[at:end] != words or mask & taken:
                continue
            taken |= mask
            condition = IsAmount(column.number, comparison, amount)
            rows = index.machine.meets(condition)
            kind = "number" if comparison is Comparison.EQUAL else "top"
            yield ConditionLink(condition, column.number, at, end, mask, rows, kind, 0.9, ("number:place name",))
