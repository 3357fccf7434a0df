"""Cut-off of the playoffs in a table of a season: where the article draws it, and how far everybody is from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.common.text import decimal
from bot.archive.queries.seasons import SeasonStandingRow

__all__ = ["CUT_CELL", "CutLine"]

CUT_CELL = "– cut-off –"  # in place of a name, where the line is


@dataclass(frozen=True, slots=True)
class CutLine:
    """The line below the row before `place`: the points of the last who is in, and of the first who is not."""

    place: int
    last_in: float
    first_out: float

    @classmethod
    def of(cls, rows: Sequence[SeasonStandingRow]) -> "CutLine | None":
        """The line of a table; None where the article draws none, or the points beside it are not told."""
        place = next((number for number, row in enumerate(rows, 1) if row.above_cut), None)
        if place is None or place >= len(rows):
            return None
        last_in, first_out = rows[place - 1].points, rows[place].points
        return None if last_in is None or first_out is None else cls(place, last_in, first_out)

    @property
    def has_gaps(self) -> bool:
        """Whether points decide who is in: where wins do, the last in may have fewer than the first out."""
        return self.last_in >= self.first_out

    def gap_text(self, number: int, row: SeasonStandingRow) -> str:
        """“+12” above the first who is out, “−5” below the last who is in; "" where no points are told."""
        if row.points is None or row.ineligible:
            return ""
        gap = row.points - (self.first_out if number < self.place else self.last_in)
        return f"{'+' if gap >= 0 else '−'}{decimal(abs(gap))}"
