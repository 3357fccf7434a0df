"""What the points of a championship are made of: the gap to the leader, stage points and playoff points."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import decimal
from bot.archive.queries.seasons import SeasonStandingRow
from bot.cards import Column, Table

__all__ = ["has_point_kinds", "points_table"]


def has_point_kinds(rows: Sequence[SeasonStandingRow]) -> bool:
    """Whether the article tells stage or playoff points of anybody."""
    return any(row.stage_points is not None or row.playoff_points is not None for row in rows)


def points_table(championship: str, rows: Sequence[SeasonStandingRow]) -> Table:
    """A row for each name: points, the gap to the leader, and stage and playoff points where anybody has some."""
    leader = rows[0].points
    has_stage = any(row.stage_points is not None for row in rows)
    has_playoff = any(row.playoff_points is not None for row in rows)
    columns = (
        Column("Pos", numeric=True),
        Column(championship.removesuffix("s").capitalize(), shrinks_first=True),
        Column("Pts", numeric=True),
        Column("Gap", numeric=True),
        *((Column("Stage", numeric=True),) if has_stage else ()),
        *((Column("PO", numeric=True),) if has_playoff else ()),
    )
    cells = tuple(
        (
            str(row.position or row.written_position or "–"),
            row.name,
            decimal(row.points) if row.points is not None else row.written_points or "–",
            "–" if number == 0 else _gap_text(row, leader),
            *((_count_text(row.stage_points),) if has_stage else ()),
            *((_count_text(row.playoff_points),) if has_playoff else ()),
        )
        for number, row in enumerate(rows)
    )
    derivations = tuple("the gap is the leader's points less these" if row.points is not None else "" for row in rows)
    sources = tuple(source_lines(row) for row in rows)
    note = " ".join(_legend(has_stage=has_stage, has_playoff=has_playoff))
    return with_short_names(Table(columns, cells, "", note, sources, derivations), columns[1].heading)


def _gap_text(row: SeasonStandingRow, leader: float | None) -> str:
    """The points behind the leader; "" where they are not told, or somebody does not count here."""
    if row.points is None or leader is None or row.ineligible:
        return ""
    return decimal(leader - row.points)


def _count_text(count: int | None) -> str:
    return "" if count is None else str(count)


def _legend(*, has_stage: bool, has_playoff: bool) -> Iterable[str]:
    yield "Gap: points behind the leader."
    if has_stage:
        yield "Stage: stage points."
    if has_playoff:
        yield "PO: playoff points."
