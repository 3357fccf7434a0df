"""How a number that no line states follows from numbers that are stated, in words a reader can check."""

import re
from collections.abc import Sequence

from bot.answers.common.text import ordinal, plural
from bot.archive.queries.results import ResultRow
from bot.archive.queries.standings import StandingRow
from bot.archive.queries.story import PassageRow
from bot.racing.points_systems import scale_of

__all__ = ["came_from", "gained", "points_sum", "race_points", "stated_moves"]

PLACES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MOVED = re.compile(rf"from ({'|'.join(PLACES[1:])}) to ({'|'.join(PLACES[1:])})\b")


def race_points(row: ResultRow, stages: Sequence[ResultRow], series: str | None, season: int | None) -> str:
    """“57 = 40 for the win + 9 + 8 stage points”; "" where the season's system is not known or the sum is another."""
    scale = scale_of(series, season)
    if scale is None or row.points is None or row.position is None or not scale.stages:
        return ""
    if row.ineligible:
        return "0: ineligible for points in this series" if row.points == 0 else ""
    scored = [stage.points for stage in stages if stage.points]
    finish = scale.for_finish(row.position)
    if finish + sum(scored) != row.points:
        return ""
    place = "the win" if row.position == 1 else ordinal(row.position)
    parts = [f"{finish} for {place}", *map(str, scored)]
    of_stages = "" if not scored else " stage points" if sum(scored) > 1 else " stage point"
    return f"{row.points} = {' + '.join(parts)}{of_stages}"


def gained(row: ResultRow) -> tuple[str, str] | None:
    """Places gained or lost from grid to finish, and how that is worked out; None where one of them is not told."""
    if not row.grid or not row.position:
        return None
    places = row.grid - row.position
    how = f"started {ordinal(row.grid)}, finished {ordinal(row.position)}"
    if places == 0:
        return "none: finished where the start was", how
    return f"{'gained' if places > 0 else 'lost'} {plural(abs(places), 'place')}", how


def points_sum(rows: Sequence[ResultRow]) -> str:
    """“81 = 57 + 24” over the rows that tell points."""
    scored = [row.points for row in rows if row.points is not None]
    return f"{sum(scored)} = {' + '.join(map(str, scored))}"


def came_from(row: StandingRow) -> str:
    """How the direction of a move in a championship is known; "" where it is not."""
    if row.before is None or not row.change:
        return ""
    return f"from {ordinal(row.before)}, for the table tells {plural(row.change, 'place')} and only one order fits"


def stated_moves(rows: Sequence[StandingRow], passages: Sequence[PassageRow]) -> dict[str, PassageRow]:
    """Who is said to have moved "from fourth to third": name -> the passage, where exactly one row fits it."""
    stated: dict[str, PassageRow] = {}
    for passage in passages:
        for move in MOVED.finditer(passage.text):
            before, position = PLACES.index(move[1]), PLACES.index(move[2])
            for row in rows:
                if row.position == position and abs(before - position) == row.change:
                    stated.setdefault(row.name, passage)
    return stated
