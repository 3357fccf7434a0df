"""Points of a race that two documents tell differently: where the season's rule decides, what fits it is shown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import Conflict
from bot.loading.merge.conflicts import Evidence, Ruling
from bot.loading.merge.merged_rows import MergedRow
from bot.loading.merge.sourced_claims import CORRECTIONS, TABLE_TRUST
from bot.racing.points_systems import PointsScale, points_scale_of
from bot.racing.race_key import RaceKey
from bot.racing.sessions import RACE_SESSION, is_stage, stage_keys

__all__ = ["POINTS_COLUMN", "points_rulings"]

POINTS_COLUMN = "points"
PAYING_STAGES = stage_keys(2)  # the last stage pays as the race


def points_rulings(race: str, sessions: Mapping[str, Sequence[MergedRow]]) -> Mapping[tuple[str, str], Ruling]:
    """(driver, "points") -> the points that fit the season's rule, where two documents differ and just one fits.

    `sessions` are the merged rows of a race by session. Whom somebody gives 0 points may be ineligible: no rule decides
    that. A race of more than three stages, or of one whose stages are not told, is left as it is.
    """
    key = RaceKey.find(race)
    scale = points_scale_of(key.series, key.season) if key else None
    rows = sessions.get(RACE_SESSION, ())
    if scale is None or not any(_points_conflicts(row) for row in rows):
        return {}
    stages = {session for session in sessions if is_stage(session)}
    if scale.pays_stages and (len(stages) > len(PAYING_STAGES) + 1 or not stages.issuperset(PAYING_STAGES)):
        return {}
    stage_points = Counter[str]()
    for session in stages if scale.pays_stages else ():
        for row in sessions[session]:
            stage_points[row.subject] += _whole_number(row, POINTS_COLUMN) or 0
    led = [_whole_number(row, "laps_led") for row in rows]
    most_led = max((laps for laps in led if laps is not None), default=None) if None not in led else None
    return {
        (row.subject, POINTS_COLUMN): ruling
        for row in rows
        for ruling in _rulings(row, scale, stage_points[row.subject], most_led)
    }


def _rulings(row: MergedRow, scale: PointsScale, stage_points: int, most_led: int | None) -> Iterator[Ruling]:
    """The ruling on the points of one driver, where there is one."""
    conflicts = _points_conflicts(row)
    shown = _whole_number(row, POINTS_COLUMN)
    if not conflicts or not row.position or not shown or conflicts[0].document == CORRECTIONS:
        return
    allowed = scale.allowed_points(row.position, stage_points, _whole_number(row, "laps_led"), most_led)
    others = [(int(one.other_value), one) for one in conflicts if one.other_value.isdecimal()]
    fitting = {value for value, _ in others if value in allowed}
    if shown in allowed or len(fitting) != 1 or any(value == 0 for value, _ in others):
        return
    value, conflict = next(pair for pair in others if pair[0] in fitting)
    evidence = Evidence(value, conflict.other_document, conflict.other_line, TABLE_TRUST)
    yield Ruling(evidence, f"it fits the season's points system: {scale.description}")


def _points_conflicts(row: MergedRow) -> list[Conflict]:
    name = str(CellRef(RACE_SESSION, row.subject, POINTS_COLUMN))
    return [conflict for conflict in row.conflicts if conflict.value_name == name]


def _whole_number(row: MergedRow, column: str) -> int | None:
    value = row.values.get(column)
    return value if isinstance(value, int) else None
