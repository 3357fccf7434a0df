"""Rules over times, speeds and standings."""

import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot.archive.models.core import Fact, SessionRow, Standing
from bot.loading.checks.race_data import Finding, Rule, Weekend, fails, holds, unknown
from bot.loading.merge.standings_moves import moves, told_moves

__all__ = ["TIME_RULES"]

SECONDS_PER_HOUR = 3600
# Lengths are published to two or three places and speeds are computed from the shorter: 1.33 miles at a track told
# as 1.333. So a length may differ by half a hundredth, and speeds of one weekend must agree on it much closer.
LENGTH_ROUNDED_MI = 0.005
EXPLAINED = 0.75  # of the moves; where points were set anew for the playoffs hardly any fits
FEW = 10  # lap times, below which none is usual
FASTEST = 0.95  # of the median; the pole of 2023 at Nashville is at 0.994, on a track that dries the spread is wider
SPEED_ROUNDED_MPH = 0.0015  # speeds are published to three places
RACE_TIME_ROUNDED_S = 1.0  # race times are published in whole seconds


def _average_speed(weekend: Weekend) -> Iterator[Finding]:
    """Average speed = distance / time, with the length of a lap as the sport rounds it."""
    fact = weekend.facts.get("average_speed_mph")
    time, length = weekend.number("race_time_s"), weekend.number("track_length_mi")
    laps = weekend.number("laps_run") or weekend.number("laps_scheduled")
    if fact is None or fact.number is None or not time or not length or not laps:
        return
    low = laps * (length - LENGTH_ROUNDED_MI) * SECONDS_PER_HOUR / (time + RACE_TIME_ROUNDED_S)
    high = laps * (length + LENGTH_ROUNDED_MI) * SECONDS_PER_HOUR / (time - RACE_TIME_ROUNDED_S)
    says = f"{laps:.0f} laps of {length:g} miles in {time:.0f} s is {low:.2f} to {high:.2f} mph; told is {fact.value}"
    yield holds(fact, says) if low <= fact.number <= high else fails(fact, says)


def _lap_speeds(weekend: Weekend) -> Iterator[Finding]:
    """Every lap time and its speed give the same length of a lap, close to the one that is told."""
    length = weekend.number("track_length_mi")
    for session in weekend.sessions:
        for row in weekend.table(session):
            if row.time_s is None or row.speed_mph is None or length is None:
                continue
            yield _lap_speed(row, row.time_s, row.speed_mph, length)


def _lap_speed(row: SessionRow, time: float, speed: float, length: float) -> Finding:
    """One lap: the length it gives is the one told to three places or to two."""
    slack = SPEED_ROUNDED_MPH * time / SECONDS_PER_HOUR + speed * 0.0006 / SECONDS_PER_HOUR
    given = speed * time / SECONDS_PER_HOUR
    says = (
        f"{row.driver}: {time:.3f} s at {speed:.3f} mph is a lap of {given:.4f} miles; the track is told as {length:g}"
    )
    rounded = {length, round(length, 2), int(length * 100) / 100}
    return holds(row, says) if any(abs(given - one) <= slack for one in rounded) else fails(row, says)


def _qualifying_order(weekend: Weekend) -> Iterator[Finding]:
    """Qualifying is in the order of times: the last round first, then the round before; no time comes last."""
    rows = weekend.table("qualifying")
    if not any(row.round_1_s for row in rows):
        return
    for ahead, behind in pairwise(rows):
        for number in (3, 2, 1):
            first, second = getattr(ahead, f"round_{number}_s"), getattr(behind, f"round_{number}_s")
            if first is None and second is None:
                continue
            yield _faster(ahead, behind, number, first, second)
            break


def _faster(ahead: SessionRow, behind: SessionRow, number: int, first: float | None, second: float | None) -> Finding:
    if behind.status:
        return unknown(behind, f"{behind.driver}: {behind.status}")
    if first is None and second is not None:
        return unknown(behind, f"{ahead.driver} is placed ahead of {behind.driver} without a time in round {number}")
    says = f"{ahead.driver} ({first} s) is placed ahead of {behind.driver} ({second or 'no'} s) in round {number}"
    wrong = first is not None and second is not None and first > second
    return fails(behind, says) if wrong else holds(behind, says)


def _through_to_the_last_round(weekend: Weekend) -> Iterator[Finding]:
    """Nobody drives the last round who was not among the fastest of the first."""
    rows = weekend.table("qualifying")
    through = [row for row in rows if row.round_2_s is not None and row.round_1_s is not None]
    out = [row for row in rows if row.round_2_s is None and row.round_1_s is not None]
    if not through or not out:
        return
    limit = min(out[len(out) > 1 :], key=lambda row: row.round_1_s or 0)
    for row in through:
        says = f"{row.driver} ({row.round_1_s} s) drove on and {limit.driver} ({limit.round_1_s} s) did not"
        yield fails(row, says) if (row.round_1_s or 0) > (limit.round_1_s or 0) else holds(row, says)


def _fastest_first(weekend: Weekend) -> Iterator[Finding]:
    """Practice is in the order of times."""
    for session in weekend.sessions:
        if session.startswith("practice"):
            timed = [row for row in weekend.table(session) if row.time_s is not None]
            for ahead, behind in pairwise(timed):
                says = f"{session}: {ahead.driver} ({ahead.time_s} s) ahead of {behind.driver} ({behind.time_s} s)"
                yield holds(behind, says) if (ahead.time_s or 0) <= (behind.time_s or 0) else fails(behind, says)


def _pole_time(weekend: Weekend) -> Iterator[Finding]:
    """The time of the pole is the one that qualifying gives its first."""
    rows, fact = weekend.table("qualifying"), weekend.facts.get("pole_time_s")
    if not rows or fact is None:
        return
    best = rows[0].time_s or rows[0].round_3_s or rows[0].round_2_s or rows[0].round_1_s
    if best is not None:
        says = f"the pole time is told as {fact.value} s; qualifying gives {rows[0].driver} {best} s"
        yield holds(fact, says) if fact.number == best else fails(fact, says)


def _gaps(weekend: Weekend) -> Iterator[Finding]:
    """A gap is the leader's points less one's own, and the table falls in points."""
    for rows in weekend.standings.values():
        leader = rows[0].points
        for row in rows:
            if row.gap is not None:
                says = f"{row.name}: {leader} - {row.points} = {leader - row.points}; the table says {row.gap}"
                yield holds(row, says) if leader - row.points == row.gap else fails(row, says)
        for ahead, behind in pairwise(rows):
            says = f"{ahead.name} ({ahead.points}) is ahead of {behind.name} ({behind.points})"
            yield holds(behind, says) if ahead.points >= behind.points else fails(behind, says)


def _standings_places(weekend: Weekend) -> Iterator[Finding]:
    """Places in a championship run from 1, each once."""
    for rows in weekend.standings.values():
        for due, row in enumerate(rows, 1):
            says = f"{row.name} has place {row.position}; place {due} should follow"
            yield holds(row, says) if row.position == due else fails(row, says)


def _moves(weekend: Weekend) -> Iterator[Finding]:
    """The moves in a championship can come from an order before the race."""
    for championship, rows in weekend.standings.items():
        told = told_moves(rows)
        if any(told) and not moves(told).possible:
            yield fails(rows[0], f"no order before the race fits the moves in the {championship} table")
        elif any(told):
            yield holds(rows[0], f"an order before the race fits the moves in the {championship} table")


def _moves_by_points(weekend: Weekend) -> Iterator[Finding]:
    """A driver's points before the race are those after it less those of the race; that order gives the moves.

    Only where the championship table lists everybody who raced, and only where it explains nearly all moves: points
    are set anew for the playoffs.
    """
    rows = weekend.standings.get("drivers", ())
    scored = {row.driver: row.points for row in weekend.table("race")}
    told = told_moves(rows)
    known = {row.name for row in rows}
    if not any(told) or any(points and driver not in known for driver, points in scored.items()):
        return
    before = {row.name: row.points - (scored.get(row.name) or 0) for row in rows}
    ahead = {name: sum(other > points for other in before.values()) for name, points in before.items()}
    level = Counter(before.values())
    findings = [
        _move(row, size, ahead[row.name] + 1, ahead[row.name] + level[before[row.name]])
        for row, size in zip(rows, told, strict=False)
    ]
    if sum(one.state == "holds" for one in findings) >= EXPLAINED * len(findings):
        yield from findings


def _move(row: Standing, size: int, first: int, last: int) -> Finding:
    """Whether a move of `size` places fits a place before the race between `first` and `last`."""
    says = (
        f"{row.name} had place {first} before the race by points, has place {row.position}, and is told to move {size}"
    )
    fits = any(abs(row.position - place) == size for place in range(first, last + 1))
    return holds(row, says) if fits else fails(row, says)


def _possible_laps(weekend: Weekend) -> Iterator[Finding]:
    """Nobody laps much faster than the pole."""
    rows = weekend.table("qualifying")
    times = [(row, time) for row in rows for time in (row.time_s, row.round_1_s, row.round_2_s, row.round_3_s) if time]
    if len(times) < FEW:
        return
    usual = statistics.median(time for _, time in times)
    for row, time in times:
        says = f"{row.driver}’s {time} s is {usual - time:+.3f} s against the usual {usual:.3f} s"
        yield fails(row, says) if time < usual * FASTEST else holds(row, says)


def _leaders(weekend: Weekend) -> Iterator[Finding]:
    """Whoever leads first leads without a change; every other leader comes by one."""
    led: Fact | None = weekend.facts.get("leaders")
    changes = weekend.facts.get("lead_changes")
    if led is not None and changes is not None and led.number is not None and changes.number is not None:
        says = f"{led.value} leaders and {changes.value} lead changes"
        yield holds(led, says) if led.number <= changes.number + 1 else fails(led, says)


TIMING = "how the sport times its sessions"
TIME_RULES: tuple[Rule, ...] = (
    Rule("average speed", "average speed = distance / time", "arithmetic", _average_speed),
    Rule("lap speeds", "a lap’s time and speed give the length of the track", "arithmetic", _lap_speeds),
    Rule("qualifying order", "qualifying is in the order of times", TIMING, _qualifying_order),
    Rule("last round", "only the fastest of the first round drive the last", TIMING, _through_to_the_last_round),
    Rule("practice order", "practice is in the order of times", TIMING, _fastest_first),
    Rule("pole time", "the pole time is the best of qualifying", TIMING, _pole_time),
    Rule("gaps", "gap = the leader’s points - one’s own, and points fall", "arithmetic", _gaps),
    Rule("standings places", "championship places run from 1, each once", "arithmetic", _standings_places),
    Rule("moves", "the moves come from an order before the race", "arithmetic", _moves),
    Rule("moves by points", "points before the race give the places before it", "arithmetic", _moves_by_points),
    Rule("possible laps", "nobody laps much faster than everybody else", TIMING, _possible_laps),
    Rule("leaders", "there are at most as many leaders as lead changes and one", "arithmetic", _leaders),
)
