"""Rules over points: what a finish and the stages pay by the season's points system."""

from collections import Counter
from collections.abc import Iterator

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import SessionRow
from bot.loading.checks.race_data import Finding, RaceData, failed, passed, undecided
from bot.racing.points_systems import STAGE_POINTS, PointsScale, points_scale_of
from bot.racing.sessions import RACE_SESSION, session_title, stage_keys

__all__ = ["race_points", "stage_scale"]

CUP_ROUNDS = 36  # of a season since 2001
PAYING_STAGES = stage_keys(2)  # the last stage pays as the race; a race of four stages has a third that pays
FOUR_STAGES = stage_keys(4)


def race_points(race_data: RaceData) -> Iterator[Finding]:
    """Points of the race = points for the finish + stage points (+ what the season's bonus allows)."""
    scale = points_scale_of(race_data.race.series, race_data.race.season)
    if scale is None:
        return
    stage_points = _stage_points(race_data)
    # A driver who scores in another series has no points here; only some documents mark who that is.
    has_ineligible_marks = any(row.ineligible for row in race_data.table(RACE_SESSION))
    for row in race_data.table(RACE_SESSION):
        if row.points is None or row.position is None:
            continue
        missing = _missing_for_points(race_data, scale)
        if row.ineligible:
            if row.points:
                yield failed(row, f"{row.driver} is ineligible for points and is given {row.points}")
            else:
                yield passed(row, f"{row.driver} is ineligible for points and has none")
        elif missing:
            yield undecided(row, f"{row.driver}: {missing}")
        else:
            finding = _check_points_sum(
                row,
                scale,
                stage_points[row.driver],
                is_last_race=_is_last_race(race_data),
                has_ineligible_marks=has_ineligible_marks,
            )
            yield finding
            if finding.state == "holds":
                yield from _check_points_not_shown(race_data, row, scale, stage_points[row.driver])


def _check_points_not_shown(
    race_data: RaceData, row: SessionRow, scale: PointsScale, stage_points: int
) -> Iterator[Finding]:
    """What another document gives a driver, where that is no sum that the scale allows."""
    led = [other.laps_led for other in race_data.table(RACE_SESSION)]
    most_led = None if None in led else max(laps or 0 for laps in led)
    allowed = scale.allowed_points(row.position or 0, stage_points, row.laps_led, most_led)
    name = str(CellRef(RACE_SESSION, row.driver, "points"))
    for conflict in race_data.conflicts:
        value = conflict.other_value
        if conflict.value_name == name and value.isdecimal() and int(value) and int(value) not in allowed:
            text = f"{row.driver}: place {row.position} does not pay the {value} points that this document gives"
            yield Finding("fails", text, conflict.other_document, conflict.other_line)


def _is_last_race(race_data: RaceData) -> bool:
    """Whether this is the season's last race; the Cup series has had 36 since 2001."""
    rounds = race_data.race.rounds or (CUP_ROUNDS if race_data.race.series == "cup" else None)
    return rounds is not None and race_data.race.round == rounds


def _check_points_sum(
    row: SessionRow, scale: PointsScale, stage_points: int, *, is_last_race: bool, has_ineligible_marks: bool
) -> Finding:
    """Whether the points of one driver are a sum that the scale allows; `stage_points` are those of all stages."""
    finish_points = scale.points_for_finish(row.position or 0)
    bonus_sums = scale.winner_bonus_sums if row.position == 1 else scale.bonus_sums
    sum_text = f"{row.driver}: {finish_points} for place {row.position}" + (
        f" + {stage_points} in the stages" if scale.pays_stages else ""
    )
    if row.points in {finish_points + stage_points + extra for extra in bonus_sums}:
        return passed(row, f"{sum_text} = {row.points}")
    if row.points == 0 and not has_ineligible_marks:
        return undecided(row, f"{row.driver} has no points; the document does not mark who is ineligible")
    if is_last_race and row.points == finish_points:
        return undecided(row, f"{row.driver}: a finalist of the season's last race scores for the finish alone")
    return failed(row, f"{sum_text} = {finish_points + stage_points}, but the table says {row.points}")


def _missing_for_points(race_data: RaceData, scale: PointsScale) -> str:
    """What is missing to sum up points; "" where nothing is."""
    if not scale.pays_stages:
        return ""
    if len(race_data.race_sessions.keys() & set(FOUR_STAGES)) > len(PAYING_STAGES) + 1:
        if not all(race_data.table(stage) for stage in stage_keys(3)):
            return "a third stage pays points and its places are not all told"
    elif not all(race_data.table(stage) for stage in PAYING_STAGES):
        return "cannot be checked: the stage places are not told"
    return ""


def _stage_points(race_data: RaceData) -> Counter[str]:
    """Driver -> points in all stages that have tables."""
    points: Counter[str] = Counter()
    for stage in race_data.stage_keys:
        for row in race_data.table(stage):
            points[row.driver] += row.points or 0
    return points


def stage_scale(race_data: RaceData) -> Iterator[Finding]:
    """The first ten of a stage have 10 to 1 points."""
    scale = points_scale_of(race_data.race.series, race_data.race.season)
    if scale is None or not scale.pays_stages:
        return
    for stage in race_data.stage_keys:
        for row in race_data.table(stage):
            if row.points is None or row.position is None:
                continue
            expected = 0 if row.ineligible else max(0, STAGE_POINTS + 1 - row.position)
            text = f"{row.driver}: place {row.position} of {session_title(stage).lower()} pays {expected}"
            yield (
                passed(row, text) if row.points == expected else failed(row, f"{text}, but the table says {row.points}")
            )
