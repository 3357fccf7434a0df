"""Rules over the results: points, places, grid, laps, and one car to each driver."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from bot.archive.models.core import Entry, SessionRow
from bot.loading.checks.race_data import Finding, Rule, Weekend, fails, holds, unknown
from bot.racing.points_systems import STAGE_POINTS, Scale, scale_of

__all__ = ["RESULT_RULES"]

CUP_ROUNDS = 36
SAME_PERSON = 0.87  # "Josh Gase" is Joey Gase 0.88, "David Regan" David Ragan 0.94; Kurt and Kyle Busch 0.82
PAYING_STAGES = ("stage-1", "stage-2")  # the last stage pays as the race; a race of four stages has a third that pays


def _race_points(weekend: Weekend) -> Iterator[Finding]:
    """Points of the race = points for the finish + stage points (+ what the season's bonus allows)."""
    scale = scale_of(weekend.race.series, weekend.race.season)
    if scale is None:
        return
    stage_points = _stage_points(weekend)
    marks = any(row.ineligible for row in weekend.table("race"))
    for row in weekend.table("race"):
        if row.points is None or row.position is None:
            continue
        missing = _cannot_tell(weekend, scale)
        if row.ineligible:
            if row.points:
                yield fails(row, f"{row.driver} is ineligible for points and is given {row.points}")
            else:
                yield holds(row, f"{row.driver} is ineligible for points and has none")
        elif missing:
            yield unknown(row, f"{row.driver}: {missing}")
        else:
            yield _sum(row, scale, stage_points[row.driver], last=_is_last(weekend), marks=marks)


def _is_last(weekend: Weekend) -> bool:
    """Whether this is the season's last race; the Cup series has had 36 since 2001."""
    rounds = weekend.race.rounds or (CUP_ROUNDS if weekend.race.series == "cup" else None)
    return rounds is not None and weekend.race.round == rounds


def _sum(row: SessionRow, scale: Scale, stages: int, *, last: bool, marks: bool) -> Finding:
    finish = scale.for_finish(row.position or 0)
    bonus = scale.winner_bonus if row.position == 1 else scale.bonus
    told = f"{row.driver}: {finish} for place {row.position}" + (f" + {stages} in the stages" if scale.stages else "")
    if row.points in {finish + stages + extra for extra in bonus}:
        return holds(row, f"{told} = {row.points}")
    if row.points == 0 and not marks:
        return unknown(row, f"{row.driver} has no points; the document does not mark who is ineligible")
    if last and row.points == finish:
        return unknown(row, f"{row.driver}: a finalist of the season's last race scores for the finish alone")
    return fails(row, f"{told} = {finish + stages}, but the table says {row.points}")


def _cannot_tell(weekend: Weekend, scale: Scale) -> str:
    """What is missing to sum up points; "" where nothing is."""
    if not scale.stages:
        return ""
    if len(weekend.lengths.keys() & {"stage-1", "stage-2", "stage-3", "stage-4"}) > len(PAYING_STAGES) + 1:
        if not all(weekend.table(stage) for stage in (*PAYING_STAGES, "stage-3")):
            return "a third stage pays points and its places are not all told"
    elif not all(weekend.table(stage) for stage in PAYING_STAGES):
        return "cannot be checked: the stage places are not told"
    return ""


def _stage_points(weekend: Weekend) -> Counter[str]:
    points: Counter[str] = Counter()
    for stage in weekend.stages:
        for row in weekend.table(stage):
            points[row.driver] += row.points or 0
    return points


def _stage_scale(weekend: Weekend) -> Iterator[Finding]:
    """The first ten of a stage have 10 to 1 points."""
    scale = scale_of(weekend.race.series, weekend.race.season)
    if scale is None or not scale.stages:
        return
    for stage in weekend.stages:
        for row in weekend.table(stage):
            if row.points is None or row.position is None:
                continue
            due = 0 if row.ineligible else max(0, STAGE_POINTS + 1 - row.position)
            says = f"{row.driver}: place {row.position} of {stage.replace('-', ' ')} pays {due}"
            yield holds(row, says) if row.points == due else fails(row, f"{says}, but the table says {row.points}")


def _places(weekend: Weekend) -> Iterator[Finding]:
    """Places run from 1 to the number of rows, each once."""
    for session in weekend.sessions:
        rows = weekend.table(session)
        for due, row in enumerate(rows, 1):
            if row.position == due:
                yield holds(row, f"{session}: place {due}")
            else:
                yield fails(row, f"{session}: place {due} should follow, but {row.driver} has {row.position}")


def _grid(weekend: Weekend) -> Iterator[Finding]:
    """The grid is the order of qualifying, where both are told."""
    qualified = {row.driver: row.position for row in weekend.table("qualifying")}
    rows = weekend.table("race")
    if not any(row.grid for row in rows):
        return
    for row in rows:
        if row.driver in qualified:
            says = f"{row.driver} qualified {qualified[row.driver]} and started {row.grid or 'from no place told'}"
            yield holds(row, says) if row.grid == qualified[row.driver] else fails(row, says)


def _grid_places(weekend: Weekend) -> Iterator[Finding]:
    """No two cars start from one place."""
    first: dict[int, str] = {}
    for row in weekend.table("race"):
        if row.grid and first.setdefault(row.grid, row.driver) != row.driver:
            yield fails(row, f"{row.driver} and {first[row.grid]} both start from place {row.grid}")
        elif row.grid:
            yield holds(row, f"{row.driver} starts from place {row.grid}")


def _laps_fall(weekend: Weekend) -> Iterator[Finding]:
    """No car is placed ahead of one that ran more laps, and none runs more than the race had."""
    rows = [row for row in weekend.table("race") if row.laps is not None]
    run = weekend.number("laps_run") or weekend.number("laps_scheduled")
    if rows and run is not None:
        winner = rows[0]
        says = f"the race had {run:.0f} laps and {winner.driver} ran {winner.laps}"
        yield holds(winner, says) if winner.laps == run else fails(winner, says)
    for ahead, behind in pairwise(rows):
        says = f"{ahead.driver} ({ahead.laps} laps) is placed ahead of {behind.driver} ({behind.laps} laps)"
        yield fails(behind, says) if (ahead.laps or 0) < (behind.laps or 0) else holds(behind, says)


def _laps_led(weekend: Weekend) -> Iterator[Finding]:
    """Nobody leads more laps than were run, and all laps led together are not more."""
    run = weekend.number("laps_run") or weekend.number("laps_scheduled")
    most = weekend.facts.get("most_laps_led")
    if run is None:
        return
    if most is not None and most.number is not None:
        says = f"the most laps led are {most.value} of {run:.0f}"
        yield holds(most, says) if most.number <= run else fails(most, says)
    for row in weekend.table("race"):
        if row.laps_led is not None and row.laps is not None:
            says = f"{row.driver} led {row.laps_led} of {row.laps} laps"
            yield holds(row, says) if row.laps_led <= row.laps else fails(row, says)


def _one_car_each(weekend: Weekend) -> Iterator[Finding]:
    """A driver has the same car number, team and manufacturer in every table of the weekend."""
    told: defaultdict[str, list[Entry | SessionRow]] = defaultdict(list)
    for entry in weekend.entries:
        told[entry.driver].append(entry)
    for session in weekend.sessions:
        for row in weekend.table(session):
            told[row.driver].append(row)
    for driver, rows in told.items():
        for what in ("car", "team", "manufacturer"):
            yield from _alike(driver, what, [row for row in rows if getattr(row, what)])


def _alike(driver: str, what: str, rows: Sequence[Entry | SessionRow]) -> Iterator[Finding]:
    """Whether every row gives a driver the same car, team or manufacturer; the usual one is taken for right."""
    values = Counter(str(getattr(row, what)) for row in rows)
    usual = max(values, key=lambda value: (values[value], value), default="")
    for row in rows:
        value = str(getattr(row, what))
        if value != usual:
            yield fails(row, f"{driver}’s {what} is {value} here and {usual} elsewhere")
        else:
            yield holds(row, f"{driver}: {what} {value}")


def _one_driver_each(weekend: Weekend) -> Iterator[Finding]:
    """A car number belongs to one car of a table."""
    tables: list[tuple[str, tuple[Entry | SessionRow, ...]]] = [("the entry list", weekend.entries)]
    tables += [(session, weekend.table(session)) for session in weekend.sessions]
    for title, rows in tables:
        first: dict[str, str] = {}
        for row in rows:
            if row.car and first.setdefault(row.car, row.driver) != row.driver:
                yield fails(row, f"{row.driver} and {first[row.car]} both have number {row.car} in {title}")


def _field(weekend: Weekend) -> Iterator[Finding]:
    """Everybody who raced was entered; a car may have been entered for somebody else, or not have qualified."""
    raced = {row.driver: row for row in weekend.table("race")}
    entered = {entry.driver: entry for entry in weekend.entries}
    if not raced or not entered:
        return
    for driver, row in raced.items():
        yield holds(row, f"{driver} raced and is entered") if driver in entered else _not_entered(row, weekend.entries)
    for driver, entry in entered.items():
        if driver not in raced:
            yield unknown(entry, f"{driver} was entered and is not in the results")


def _not_entered(row: SessionRow, entries: Sequence[Entry]) -> Finding:
    """Somebody raced who is not on the entry list: a slip of the pen, a substitute, or a stranger."""
    meant = next((entry.driver for entry in entries if entry.car == row.car), None)
    if meant is None:
        return fails(row, f"{row.driver} raced with number {row.car}, and neither is on the entry list")
    if JaroWinkler.normalized_similarity(meant, row.driver) >= SAME_PERSON:
        return fails(row, f"{row.driver} raced with number {row.car}; the entry list writes {meant}")
    return unknown(row, f"{row.driver} raced with number {row.car}, which was entered for {meant}")


def _winner(weekend: Weekend) -> Iterator[Finding]:
    """The winner told is the first of the results, and so are the winning car and team."""
    rows = weekend.table("race")
    if not rows:
        return
    for field, value in (("winner", rows[0].driver), ("winner_car", rows[0].car), ("winner_team", rows[0].team)):
        fact = weekend.facts.get(field)
        if fact is not None and value is not None:
            says = f"the {field.replace('_', '’s ')} is told as {fact.value}; the results begin with {value}"
            yield holds(fact, says) if fact.value == value else fails(fact, says)


def _pole(weekend: Weekend) -> Iterator[Finding]:
    """The pole belongs to the first of qualifying."""
    rows, fact = weekend.table("qualifying"), weekend.facts.get("pole_driver")
    if rows and fact is not None:
        says = f"the pole is told as {fact.value}’s; qualifying begins with {rows[0].driver}"
        yield holds(fact, says) if fact.value == rows[0].driver else fails(fact, says)


def _stage_laps(weekend: Weekend) -> Iterator[Finding]:
    """The laps of the stages sum to the scheduled laps of the race."""
    stages = [one for key, one in weekend.lengths.items() if key.startswith("stage-")]
    scheduled = weekend.facts.get("laps_scheduled")
    if not stages or scheduled is None or any(stage.laps is None for stage in stages):
        return
    total = sum(stage.laps or 0 for stage in stages)
    says = (
        f"stages of {' + '.join(str(stage.laps) for stage in stages)} = {total} laps; scheduled are {scheduled.value}"
    )
    yield holds(scheduled, says) if total == scheduled.number else fails(scheduled, says)


SPORT = "how the series scores its races"
RESULT_RULES: tuple[Rule, ...] = (
    Rule(
        "points",
        "points of the race = points for the finish + stage points",
        "the season’s points system",
        _race_points,
    ),
    Rule(
        "stage points",
        "a stage pays 10 points to the first, 1 to the tenth",
        "the season’s points system",
        _stage_scale,
    ),
    Rule("places", "places run from 1 to the last, each once", SPORT, _places),
    Rule("grid", "the grid is the order of qualifying", SPORT, _grid),
    Rule("grid places", "no two cars start from one place", SPORT, _grid_places),
    Rule("laps", "nobody is placed ahead of a car that ran more laps", SPORT, _laps_fall),
    Rule("laps led", "laps led are at most the laps run", "arithmetic", _laps_led),
    Rule("one car", "one driver, one car number, team and make all weekend", "the entry list", _one_car_each),
    Rule("one driver", "one car number, one driver", "the entry list", _one_driver_each),
    Rule("field", "who raced was entered", "the entry list", _field),
    Rule("winner", "the winner told is the first of the results", "arithmetic", _winner),
    Rule("pole", "the pole is the first of qualifying", "arithmetic", _pole),
    Rule("stage laps", "the stages sum to the scheduled laps", "arithmetic", _stage_laps),
)
