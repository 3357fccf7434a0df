"""Rules over the results: points, places, grid, laps, and one car to each driver."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from bot.archive.models.core import Entry, SessionRow
from bot.loading.checks.points_rules import race_points, stage_scale
from bot.loading.checks.race_data import Finding, RaceData, Rule, failed, passed, undecided
from bot.racing.sessions import QUALIFYING_SESSION, RACE_SESSION, is_stage, session_rank, stage_keys

__all__ = ["RESULT_RULES"]

FEWEST_STAGES = 3  # of a race: two that pay points and the one that ends it, since stages came in 2017
SAME_PERSON_SIMILARITY = 0.87  # "Josh Gase" is Joey Gase 0.88, "David Regan" David Ragan 0.94; Kurt and Kyle Busch 0.82


def _finish_positions(race_data: RaceData) -> Iterator[Finding]:
    """Places run from 1 to the number of rows, each once."""
    for session in race_data.session_rows:
        rows = race_data.table(session)
        for expected, row in enumerate(rows, 1):
            if row.position == expected:
                yield passed(row, f"{session}: place {expected}")
            else:
                yield failed(row, f"{session}: place {expected} should follow, but {row.driver} has {row.position}")


def _grid_by_qualifying(race_data: RaceData) -> Iterator[Finding]:
    """The grid is the order of qualifying, where there are tables of both."""
    qualifying_positions = {row.driver: row.position for row in race_data.table(QUALIFYING_SESSION)}
    rows = race_data.table(RACE_SESSION)
    # Without a single place the table has no column of the grid, so none is missing.
    if not any(row.grid for row in rows):
        return
    for row in rows:
        if row.driver in qualifying_positions:
            grid = row.grid or "from no place told"
            text = f"{row.driver} qualified {qualifying_positions[row.driver]} and started {grid}"
            yield passed(row, text) if row.grid == qualifying_positions[row.driver] else failed(row, text)


def _unique_grid_positions(race_data: RaceData) -> Iterator[Finding]:
    """No two cars start from one place."""
    driver_by_grid: dict[int, str] = {}
    for row in race_data.table(RACE_SESSION):
        if row.grid and driver_by_grid.setdefault(row.grid, row.driver) != row.driver:
            yield failed(row, f"{row.driver} and {driver_by_grid[row.grid]} both start from place {row.grid}")
        elif row.grid:
            yield passed(row, f"{row.driver} starts from place {row.grid}")


def _laps_descend(race_data: RaceData) -> Iterator[Finding]:
    """No car is placed ahead of one that ran more laps, and none runs more than the race had."""
    rows = [row for row in race_data.table(RACE_SESSION) if row.laps is not None]
    laps_run = race_data.fact_number("laps_run") or race_data.fact_number("laps_scheduled")
    if rows and laps_run is not None:
        winner = rows[0]
        text = f"the race had {laps_run:.0f} laps and {winner.driver} ran {winner.laps}"
        yield passed(winner, text) if winner.laps == laps_run else failed(winner, text)
    # Each with the next is enough: a row that breaks the order breaks it against its neighbour.
    for ahead, behind in pairwise(rows):
        text = f"{ahead.driver} ({ahead.laps} laps) is placed ahead of {behind.driver} ({behind.laps} laps)"
        yield failed(behind, text) if (ahead.laps or 0) < (behind.laps or 0) else passed(behind, text)


def _laps_led(race_data: RaceData) -> Iterator[Finding]:
    """Nobody leads more laps than were run, and all laps led together are not more."""
    laps_run = race_data.fact_number("laps_run") or race_data.fact_number("laps_scheduled")
    most_laps_led = race_data.facts.get("most_laps_led")
    if laps_run is None:
        return
    if most_laps_led is not None and most_laps_led.number is not None:
        text = f"the most laps led are {most_laps_led.value} of {laps_run:.0f}"
        yield passed(most_laps_led, text) if most_laps_led.number <= laps_run else failed(most_laps_led, text)
    for row in race_data.table(RACE_SESSION):
        if row.laps_led is not None and row.laps is not None:
            text = f"{row.driver} led {row.laps_led} of {row.laps} laps"
            yield passed(row, text) if row.laps_led <= row.laps else failed(row, text)


def _one_car_per_driver(race_data: RaceData) -> Iterator[Finding]:
    """A driver has the same car number, team and manufacturer in every table of the weekend."""
    rows_by_driver: defaultdict[str, list[Entry | SessionRow]] = defaultdict(list)
    for entry in race_data.entries:
        rows_by_driver[entry.driver].append(entry)
    for session in race_data.session_rows:
        for row in race_data.table(session):
            rows_by_driver[row.driver].append(row)
    for driver, rows in rows_by_driver.items():
        for column in ("car", "team", "manufacturer"):
            yield from _check_same_value(driver, column, [row for row in rows if getattr(row, column)])


def _check_same_value(driver: str, column: str, rows: Sequence[Entry | SessionRow]) -> Iterator[Finding]:
    """Findings whether every row gives a driver the same car, team or manufacturer; the usual one counts as right."""
    values = Counter(str(getattr(row, column)) for row in rows)
    # The value itself comes last in the key: of two equally usual ones it is always the same that is called right.
    usual_value = max(values, key=lambda value: (values[value], value), default="")
    for row in rows:
        value = str(getattr(row, column))
        if value != usual_value:
            yield failed(row, f"{driver}’s {column} is {value} here and {usual_value} elsewhere")
        else:
            yield passed(row, f"{driver}: {column} {value}")


def _one_driver_per_car(race_data: RaceData) -> Iterator[Finding]:
    """A car number belongs to one car of a table."""
    tables: list[tuple[str, tuple[Entry | SessionRow, ...]]] = [("the entry list", race_data.entries)]
    tables += [(session, race_data.table(session)) for session in race_data.session_rows]
    for title, rows in tables:
        driver_by_car: dict[str, str] = {}
        for row in rows:
            if row.car and driver_by_car.setdefault(row.car, row.driver) != row.driver:
                yield failed(row, f"{row.driver} and {driver_by_car[row.car]} both have number {row.car} in {title}")


def _racers_entered(race_data: RaceData) -> Iterator[Finding]:
    """Everybody who raced was entered; a car may have been entered for somebody else, or not have qualified."""
    race_rows = {row.driver: row for row in race_data.table(RACE_SESSION)}
    entry_rows = {entry.driver: entry for entry in race_data.entries}
    if not race_rows or not entry_rows:
        return
    for driver, row in race_rows.items():
        yield (
            passed(row, f"{driver} raced and is entered")
            if driver in entry_rows
            else _not_entered(row, race_data.entries)
        )
    for driver, entry in entry_rows.items():
        if driver not in race_rows:
            yield undecided(entry, f"{driver} was entered and is not in the results")


def _not_entered(row: SessionRow, entries: Sequence[Entry]) -> Finding:
    """The finding about somebody who raced and is not on the entry list: misspelt, a substitute, or a stranger."""
    entered_driver = next((entry.driver for entry in entries if entry.car == row.car), None)
    if entered_driver is None:
        return failed(row, f"{row.driver} raced with number {row.car}, and neither is on the entry list")
    if JaroWinkler.normalized_similarity(entered_driver, row.driver) >= SAME_PERSON_SIMILARITY:
        return failed(row, f"{row.driver} raced with number {row.car}; the entry list writes {entered_driver}")
    return undecided(row, f"{row.driver} raced with number {row.car}, which was entered for {entered_driver}")


def _winner(race_data: RaceData) -> Iterator[Finding]:
    """The winner as a fact is the first of the results, and so are the winning car and team."""
    rows = race_data.table(RACE_SESSION)
    if not rows:
        return
    for field, value in (("winner", rows[0].driver), ("winner_car", rows[0].car), ("winner_team", rows[0].team)):
        fact = race_data.facts.get(field)
        if fact is not None and value is not None:
            text = f"the {field.replace('_', '’s ')} is told as {fact.value}; the results begin with {value}"
            yield passed(fact, text) if fact.value == value else failed(fact, text)


def _pole(race_data: RaceData) -> Iterator[Finding]:
    """The pole belongs to the first of qualifying."""
    rows, fact = race_data.table(QUALIFYING_SESSION), race_data.facts.get("pole_driver")
    if rows and fact is not None:
        text = f"the pole is told as {fact.value}’s; qualifying begins with {rows[0].driver}"
        yield passed(fact, text) if fact.value == rows[0].driver else failed(fact, text)


def _stage_laps(race_data: RaceData) -> Iterator[Finding]:
    """The laps of the stages sum to the scheduled laps of the race, where every stage is told; never to more."""
    stages = {key: session for key, session in race_data.race_sessions.items() if is_stage(key)}
    scheduled = race_data.facts.get("laps_scheduled")
    if not stages or scheduled is None or any(stage.laps is None for stage in stages.values()):
        return
    total = sum(stage.laps or 0 for stage in stages.values())
    text = f"stages of {' + '.join(str(stage.laps) for stage in stages.values())} = {total} laps"
    if total == scheduled.number:
        yield passed(scheduled, f"{text}; scheduled are {scheduled.value}")
    elif total > (scheduled.number or 0) or _tells_every_stage(race_data, tuple(stages)):
        yield failed(scheduled, f"{text}; scheduled are {scheduled.value}")
    else:
        yield undecided(scheduled, f"{text} of {scheduled.value}; the stage that ends the race is not told")


def _tells_every_stage(race_data: RaceData, stages: Sequence[str]) -> bool:
    """Whether the stages told are all that a race has: the last of them ends with it, and so has no table of its own.

    A results table may tell the two stages that pay points, and leave out the one that ends the race.
    """
    in_order = sorted(stages, key=session_rank)
    has_gap = tuple(in_order) != stage_keys(len(in_order))
    return not has_gap and len(in_order) >= FEWEST_STAGES and not race_data.table(in_order[-1])


# What a person reads as the source of a rule.
SPORT_SOURCE = "how the series scores its races"
RESULT_RULES: tuple[Rule, ...] = (
    Rule(
        "points",
        "points of the race = points for the finish + stage points",
        "the season’s points system",
        race_points,
    ),
    Rule(
        "stage points",
        "a stage pays 10 points to the first, 1 to the tenth",
        "the season’s points system",
        stage_scale,
    ),
    Rule("places", "places run from 1 to the last, each once", SPORT_SOURCE, _finish_positions),
    Rule("grid", "the grid is the order of qualifying", SPORT_SOURCE, _grid_by_qualifying),
    Rule("grid places", "no two cars start from one place", SPORT_SOURCE, _unique_grid_positions),
    Rule("laps", "nobody is placed ahead of a car that ran more laps", SPORT_SOURCE, _laps_descend),
    Rule("laps led", "laps led are at most the laps run", "arithmetic", _laps_led),
    Rule("one car", "one driver, one car number, team and make all weekend", "the entry list", _one_car_per_driver),
    Rule("one driver", "one car number, one driver", "the entry list", _one_driver_per_car),
    Rule("field", "who raced was entered", "the entry list", _racers_entered),
    Rule("winner", "the winner told is the first of the results", "arithmetic", _winner),
    Rule("pole", "the pole is the first of qualifying", "arithmetic", _pole),
    Rule("stage laps", "the stages sum to the scheduled laps", "arithmetic", _stage_laps),
)
