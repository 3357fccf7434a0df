"""Tables that lost their lines: each cell stands on a line of its own, "1", "Abel Quist", "2,110"."""

from collections.abc import Iterator, Sequence

from bot.language.patterns import Pattern

__all__ = ["cells_on_lines", "lone_rank", "rank_over_cells"]

MIN_ROWS = 3  # rows that make a table
MAX_LONE_RANK_LENGTH = 12  # characters of a line that says a place and nothing else
MAX_CELL_CHARS = 60
MAX_CELL_LINES = 12  # lines of one row, where each cell stands on a line of its own
_LONE_RANK = Pattern(r"\s{0,12}(?:[-•*]\s)?(?:No\.\s?)?(?P<rank>[0-9]{1,2})(?:st|nd|rd|th|[.):])?\s{0,12}")
_RANK_AND_NAME = Pattern(r"\s{0,12}(?:[-•*]\s)?(?:No\.\s?|#)?(?P<rank>[0-9]{1,2})[.):]\s+(?=[A-Z#*])")


def lone_rank(line: str) -> int:
    """The place that is all a line says; 0 where it says anything else."""
    found = _LONE_RANK.fullmatch(line) if len(line) <= MAX_LONE_RANK_LENGTH else None
    return int(found["rank"]) if found else 0


def rank_over_cells(line: str) -> int:
    """The place of a line with a name and no number behind it, which may stand in lines of their own below."""
    found = _RANK_AND_NAME.match(line) if len(line) <= MAX_CELL_CHARS else None
    return int(found["rank"]) if found and not any(sign.isdigit() for sign in line[found.end() :]) else 0


def cells_on_lines(lines: Sequence[str], ranks: Sequence[int], start: int) -> list[tuple[int, str]] | None:
    """(index of its first line, its cells in one text) of each row of a table that lost its lines: "1", "A", "500".

    None where the next places do not follow at equal distances. `ranks` are the places that lines say alone.
    """
    is_lone = lone_rank(lines[start]) > 0
    for stride in range(3 if is_lone else 2, MAX_CELL_LINES + 1):
        if start + 2 * stride < len(lines) and (ranks[start + stride], ranks[start + 2 * stride]) == (2, 3):
            rows = list(_strided_rows(lines, ranks, start, stride))
            if len(rows) >= MIN_ROWS:
                return rows
    return None


def _strided_rows(lines: Sequence[str], ranks: Sequence[int], start: int, stride: int) -> Iterator[tuple[int, str]]:
    rank, filled = 1, sum(bool(line.strip(" |")) for line in lines[start : start + stride])
    while start < len(lines):
        cells = [cell.strip(" |") for cell in lines[start : start + stride]]
        # The blank lines behind the last row may be missing.
        is_short = len(cells) < stride and sum(map(bool, cells)) < filled
        if ranks[start] != rank or is_short or any(len(cell) > MAX_CELL_CHARS for cell in cells):
            return
        first = _RANK_AND_NAME.sub("", cells[0]) if not lone_rank(cells[0]) else ""
        yield start, f"{rank}. " + " | ".join(cell for cell in (first, *cells[1:]) if cell)
        rank, start = rank + 1, start + stride
