"""Rules over times, speeds and championship tables."""

import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot.archive.models.core import FactRecord, SessionRow, Standing
from bot.loading.checks.race_data import Finding, RaceData, Rule, failed, passed, undecided
from bot.loading.merge.standings_moves import move_sizes, solve_moves
from bot.racing.sessions import QUALIFYING_SESSION, RACE_SESSION, is_practice

__all__ = ["TIME_RULES"]

SECONDS_PER_HOUR = 3600
# Lengths are published to two or three places and speeds are computed from the shorter: 1.33 miles at a track given
# as 1.333. So a length may differ by half a hundredth, and speeds of one weekend must agree on it much closer.
LENGTH_ROUNDING_MI = 0.005
MIN_EXPLAINED_SHARE = 0.75  # of the moves; where points were set anew for the playoffs hardly any fits
MIN_LAP_TIMES = 10  # lap times, below which none is usual
# Of the median lap time; the pole of 2023 at Nashville is at 0.994, and on a track that dries the spread is wider.
MIN_SHARE_OF_MEDIAN = 0.95
SPEED_ROUNDING_MPH = 0.0015  # speeds are published to three places
RACE_TIME_ROUNDING_S = 1.0  # race times are published in whole seconds


def _average_speed(race_data: RaceData) -> Iterator[Finding]:
    """Average speed = distance / time, with the length of a lap as the sport rounds it."""
    fact = race_data.facts.get("average_speed_mph")
    time, length = race_data.fact_number("race_time_s"), race_data.fact_number("track_length_mi")
    laps = race_data.fact_number("laps_run") or race_data.fact_number("laps_scheduled")
    if fact is None or fact.number is None or not time or not length or not laps:
        return
    low = laps * (length - LENGTH_ROUNDING_MI) * SECONDS_PER_HOUR / (time + RACE_TIME_ROUNDING_S)
    high = laps * (length + LENGTH_ROUNDING_MI) * SECONDS_PER_HOUR / (time - RACE_TIME_ROUNDING_S)
    text = f"{laps:.0f} laps of {length:g} miles in {time:.0f} s is {low:.2f} to {high:.2f} mph; told is {fact.value}"
    yield passed(fact, text) if low <= fact.number <= high else failed(fact, text)


def _lap_speeds(race_data: RaceData) -> Iterator[Finding]:
    """Every lap time and its speed give the same length of a lap, close to the published one."""
    length = race_data.fact_number("track_length_mi")
    for session in race_data.session_rows:
        for row in race_data.table(session):
            if row.time_s is None or row.speed_mph is None or length is None:
                continue
            yield _lap_speed(row, row.time_s, row.speed_mph, length)


def _lap_speed(row: SessionRow, time: float, speed: float, length: float) -> Finding:
    """The finding of one lap: the length that it gives is the published one to three places or to two."""
    tolerance = SPEED_ROUNDING_MPH * time / SECONDS_PER_HOUR + speed * 0.0006 / SECONDS_PER_HOUR
    lap_length = speed * time / SECONDS_PER_HOUR
    lap = f"{time:.3f} s at {speed:.3f} mph is a lap of {lap_length:.4f} miles"
    text = f"{row.driver}: {lap}; the track is told as {length:g}"
    # Rounded to two places, or cut there: the sport has done both.
    published_lengths = {length, round(length, 2), int(length * 100) / 100}
    return (
        passed(row, text)
        if any(abs(lap_length - published) <= tolerance for published in published_lengths)
        else failed(row, text)
    )


def _qualifying_order(race_data: RaceData) -> Iterator[Finding]:
    """Qualifying is in the order of times: the last round first, then the round before; no time comes last."""
    rows = race_data.table(QUALIFYING_SESSION)
    if not any(row.round_1_s for row in rows):
        return
    # Two neighbours are compared by the last round that one of them drove, and by no earlier one.
    for ahead, behind in pairwise(rows):
        for number in (3, 2, 1):
            first, second = getattr(ahead, f"round_{number}_s"), getattr(behind, f"round_{number}_s")
            if first is None and second is None:
                continue
            yield _compare_round_times(ahead, behind, number, first, second)
            break


def _compare_round_times(
    ahead: SessionRow, behind: SessionRow, number: int, first: float | None, second: float | None
) -> Finding:
    """The finding of two neighbours of qualifying by their times in one round, in seconds, None for no time."""
    if behind.status:
        return undecided(behind, f"{behind.driver}: {behind.status}")
    if first is None and second is not None:
        return undecided(behind, f"{ahead.driver} is placed ahead of {behind.driver} without a time in round {number}")
    text = f"{ahead.driver} ({first} s) is placed ahead of {behind.driver} ({second or 'no'} s) in round {number}"
    wrong = first is not None and second is not None and first > second
    return failed(behind, text) if wrong else passed(behind, text)


def _last_round_drivers(race_data: RaceData) -> Iterator[Finding]:
    """Nobody drives the last round who was not among the fastest of the first."""
    rows = race_data.table(QUALIFYING_SESSION)
    advancing = [row for row in rows if row.round_2_s is not None and row.round_1_s is not None]
    eliminated = [row for row in rows if row.round_2_s is None and row.round_1_s is not None]
    if not advancing or not eliminated:
        return
    fastest_eliminated = min(eliminated[len(eliminated) > 1 :], key=lambda row: row.round_1_s or 0)
    for row in advancing:
        eliminated_text = f"{fastest_eliminated.driver} ({fastest_eliminated.round_1_s} s)"
        text = f"{row.driver} ({row.round_1_s} s) drove on and {eliminated_text} did not"
        yield failed(row, text) if (row.round_1_s or 0) > (fastest_eliminated.round_1_s or 0) else passed(row, text)


def _practice_order(race_data: RaceData) -> Iterator[Finding]:
    """Practice is in the order of times."""
    for session in race_data.session_rows:
        if is_practice(session):
            timed = [row for row in race_data.table(session) if row.time_s is not None]
            for ahead, behind in pairwise(timed):
                text = f"{session}: {ahead.driver} ({ahead.time_s} s) ahead of {behind.driver} ({behind.time_s} s)"
                yield passed(behind, text) if (ahead.time_s or 0) <= (behind.time_s or 0) else failed(behind, text)


def _pole_time(race_data: RaceData) -> Iterator[Finding]:
    """The time of the pole is the one that qualifying gives its first."""
    rows, fact = race_data.table(QUALIFYING_SESSION), race_data.facts.get("pole_time_s")
    if not rows or fact is None:
        return
    best = rows[0].time_s or rows[0].round_3_s or rows[0].round_2_s or rows[0].round_1_s
    if best is not None:
        text = f"the pole time is told as {fact.value} s; qualifying gives {rows[0].driver} {best} s"
        yield passed(fact, text) if fact.number == best else failed(fact, text)


def _points_gaps(race_data: RaceData) -> Iterator[Finding]:
    """A gap is the leader's points less one's own, and the table falls in points."""
    for rows in race_data.standings.values():
        leader = rows[0].points
        for row in rows:
            if row.gap is not None:
                text = f"{row.name}: {leader} - {row.points} = {leader - row.points}; the table says {row.gap}"
                yield passed(row, text) if leader - row.points == row.gap else failed(row, text)
        for ahead, behind in pairwise(rows):
            text = f"{ahead.name} ({ahead.points}) is ahead of {behind.name} ({behind.points})"
            yield passed(behind, text) if ahead.points >= behind.points else failed(behind, text)


def _standings_positions(race_data: RaceData) -> Iterator[Finding]:
    """Places in a championship run from 1, each once."""
    for rows in race_data.standings.values():
        for expected, row in enumerate(rows, 1):
            text = f"{row.name} has place {row.position}; place {expected} should follow"
            yield passed(row, text) if row.position == expected else failed(row, text)


def _possible_moves(race_data: RaceData) -> Iterator[Finding]:
    """The moves in a championship can come from an order before the race."""
    for championship, rows in race_data.standings.items():
        sizes = move_sizes(rows)
        if any(sizes) and not solve_moves(sizes).possible:
            yield failed(rows[0], f"no order before the race fits the moves in the {championship} table")
        elif any(sizes):
            yield passed(rows[0], f"an order before the race fits the moves in the {championship} table")


def _moves_by_points(race_data: RaceData) -> Iterator[Finding]:
    """A driver's points before the race are those after it less those of the race; that order gives the moves.

    Only where the championship table lists everybody who raced, and only where it explains nearly all moves: points
    are set anew for the playoffs.
    """
    rows = race_data.standings.get("drivers", ())
    race_points = {row.driver: row.points for row in race_data.table(RACE_SESSION)}
    sizes = move_sizes(rows)
    listed_drivers = {row.name for row in rows}
    if not any(sizes) or any(points and driver not in listed_drivers for driver, points in race_points.items()):
        return
    points_before = {row.name: row.points - (race_points.get(row.name) or 0) for row in rows}
    # Drivers of equal points shared a range of places before the race; which of them was where, the points do not say.
    drivers_ahead = {
        name: sum(other > points for other in points_before.values()) for name, points in points_before.items()
    }
    drivers_by_points = Counter(points_before.values())
    findings = [
        _check_move(
            row, size, drivers_ahead[row.name] + 1, drivers_ahead[row.name] + drivers_by_points[points_before[row.name]]
        )
        for row, size in zip(rows, sizes, strict=False)
    ]
    if sum(finding.state == "holds" for finding in findings) >= MIN_EXPLAINED_SHARE * len(findings):
        yield from findings


def _check_move(row: Standing, size: int, first: int, last: int) -> Finding:
    """The finding whether a move of `size` places fits a place before the race from `first` to `last`."""
    text = (
        f"{row.name} had place {first} before the race by points, has place {row.position}, and is told to move {size}"
    )
    fits = any(abs(row.position - place) == size for place in range(first, last + 1))
    return passed(row, text) if fits else failed(row, text)


def _possible_laps(race_data: RaceData) -> Iterator[Finding]:
    """Nobody laps much faster than the pole."""
    rows = race_data.table(QUALIFYING_SESSION)
    times = [(row, time) for row in rows for time in (row.time_s, row.round_1_s, row.round_2_s, row.round_3_s) if time]
    if len(times) < MIN_LAP_TIMES:
        return
    median_s = statistics.median(time for _, time in times)
    for row, time in times:
        text = f"{row.driver}’s {time} s is {median_s - time:+.3f} s against the usual {median_s:.3f} s"
        yield failed(row, text) if time < median_s * MIN_SHARE_OF_MEDIAN else passed(row, text)


def _leader_count(race_data: RaceData) -> Iterator[Finding]:
    """Whoever leads first leads without a change; every other leader comes by one."""
    leaders: FactRecord | None = race_data.facts.get("leaders")
    changes = race_data.facts.get("lead_changes")
    if leaders is not None and changes is not None and leaders.number is not None and changes.number is not None:
        text = f"{leaders.value} leaders and {changes.value} lead changes"
        yield passed(leaders, text) if leaders.number <= changes.number + 1 else failed(leaders, text)


TIMING_SOURCE = "how the sport times its sessions"
TIME_RULES: tuple[Rule, ...] = (
    Rule("average speed", "average speed = distance / time", "arithmetic", _average_speed),
    Rule("lap speeds", "a lap’s time and speed give the length of the track", "arithmetic", _lap_speeds),
    Rule("qualifying order", "qualifying is in the order of times", TIMING_SOURCE, _qualifying_order),
    Rule("last round", "only the fastest of the first round drive the last", TIMING_SOURCE, _last_round_drivers),
    Rule("practice order", "practice is in the order of times", TIMING_SOURCE, _practice_order),
    Rule("pole time", "the pole time is the best of qualifying", TIMING_SOURCE, _pole_time),
    Rule("gaps", "gap = the leader’s points - one’s own, and points fall", "arithmetic", _points_gaps),
    Rule("standings places", "championship places run from 1, each once", "arithmetic", _standings_positions),
    Rule("moves", "the moves come from an order before the race", "arithmetic", _possible_moves),
    Rule("moves by points", "points before the race give the places before it", "arithmetic", _moves_by_points),
    Rule("possible laps", "nobody laps much faster than everybody else", TIMING_SOURCE, _possible_laps),
    Rule("leaders", "there are at most as many leaders as lead changes and one", "arithmetic", _leader_count),
)
