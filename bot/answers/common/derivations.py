"""Derivations: how a number that no line states follows from numbers that are stated, for a reader to check."""

import re
from collections.abc import Sequence

from bot.answers.common.text import plural
from bot.archive.queries.results import ResultRow
from bot.archive.queries.standings import StandingRow
from bot.archive.queries.story import PassageRow
from bot.language.ordinals import ordinal, ordinal_words, parse_ordinal
from bot.racing.points_systems import points_scale_of

__all__ = ["explain_move", "explain_race_points", "moves_in_passages", "places_gained", "points_sum"]

PLACE_WORDS = "|".join(ordinal_words(place) for place in range(1, 11))
MOVE_PATTERN = re.compile(rf"from ({PLACE_WORDS}) to ({PLACE_WORDS})\b")


def explain_race_points(row: ResultRow, stages: Sequence[ResultRow], series: str | None, season: int | None) -> str:
    """“57 = 40 for the win + 9 + 8 stage points”; "" where the season's system is not known or the sum is another."""
    scale = points_scale_of(series, season)
    if scale is None or row.points is None or row.position is None or not scale.pays_stages:
        return ""
    if row.ineligible:
        return "0: ineligible for points in this series" if row.points == 0 else ""
    stage_points = [stage.points for stage in stages if stage.points]
    finish_points = scale.points_for_finish(row.position)
    if finish_points + sum(stage_points) != row.points:
        return ""
    finish_text = "the win" if row.position == 1 else ordinal(row.position)
    parts = [f"{finish_points} for {finish_text}", *map(str, stage_points)]
    ending = "" if not stage_points else " stage points" if sum(stage_points) > 1 else " stage point"
    return f"{row.points} = {' + '.join(parts)}{ending}"


def places_gained(row: ResultRow) -> tuple[str, str] | None:
    """Places gained or lost from grid to finish, and how that is worked out; None where one of them is not told."""
    if not row.grid or not row.position:
        return None
    change = row.grid - row.position
    derivation = f"started {ordinal(row.grid)}, finished {ordinal(row.position)}"
    if change == 0:
        return "none: finished where the start was", derivation
    return f"{'gained' if change > 0 else 'lost'} {plural(abs(change), 'place')}", derivation


def points_sum(rows: Sequence[ResultRow]) -> str:
    """“81 = 57 + 24” over the rows that tell points."""
    points = [row.points for row in rows if row.points is not None]
    return f"{sum(points)} = {' + '.join(map(str, points))}"


def explain_move(row: StandingRow) -> str:
    """How the direction of a move in a championship is known; "" where it is not."""
    if row.before is None or not row.change:
        return ""
    return f"from {ordinal(row.before)}, for the table tells {plural(row.change, 'place')} and only one order fits"


def moves_in_passages(rows: Sequence[StandingRow], passages: Sequence[PassageRow]) -> dict[str, PassageRow]:
    """Who is said to have moved "from fourth to third": name -> the passage, where exactly one row fits it."""
    moves: dict[str, PassageRow] = {}
    for passage in passages:
        for move in MOVE_PATTERN.finditer(passage.text):
            before, position = parse_ordinal(move[1]), parse_ordinal(move[2])
            for row in rows:
                if row.position == position and abs(before - position) == row.change:
                    moves.setdefault(row.name, passage)
    return moves
