"""Times as people write them into a value: laps, gaps and whole races, with a speed beside them or a reason instead."""

import re
from dataclasses import dataclass

from bot.documents.text.quantities import (
    DECIMAL,
    Quantity,
    UnreadableValue,
    check_words_before,
    check_words_behind,
    read_speed_mph,
    with_digits,
    without_notes,
)
from bot.language.patterns import Pattern

__all__ = ["NO_TIME_WORDS", "LapTime", "read_gap_s", "read_lap_time", "read_length_of_time"]

# What stands in the place of a time of who set none.
NO_TIME_WORDS = frozenset({
    "", "-", "–", "—", "--", "—-", "n/a", "na", "none", "tba", "tbd", "no time", "no speed", "dnf", "dnq", "dns", "nt",
    "no lap", "no time set", "did not qualify", "did not start", "did not run", "wd", "withdrew", "0", "0.0", "0.00",
    "0.000", "0.0000", "0:00.000", "00.000",
})  # fmt: skip
SHORTEST_LAP_S, LONGEST_LAP_S = 5.0, 900.0  # a quarter mile takes 12 s, the longest road course of a race 8 minutes
SHORTEST_RACE_S, LONGEST_RACE_S = 600.0, 43_200.0  # heats of ten minutes, 12 hours with all red flags

_CLOCK = Pattern(r"(?<![\w.:])(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2}(?:\.[0-9]{1,4})?)(?![0-9:])")
_SECONDS = Pattern(r"(?<![\w.:,/])([0-9]{0,3}\.[0-9]{1,4}|[0-9]{1,3})(?![0-9,]|\.[0-9]) ?(seconds?\b|secs?\b\.?|s\b)?")
_MINUTES_AND_SECONDS = Pattern(
    r"(?<![\w.])([0-9]{1,2}) ?(?:minutes?|mins?\.?|m),? (?:and )?([0-9]{1,2}(?:\.[0-9]{1,4})?) ?(?:seconds?|secs?|s)\b"
)
_SPEED = Pattern(
    rf"\(?(?:at )?(?<![\w.,/])(?:{DECIMAL}) ?(?:mph|m\.p\.h\.|miles (?:per|an) hour|mi/h|km/?h|kph)\)?", re.IGNORECASE
)
_TIME_PART = Pattern(
    r"(?<![\w.])([0-9]{1,5}(?:\.[0-9]{1,4})?) ?(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])\.?",
    re.IGNORECASE,
)
_PART_SECONDS = {"h": 3600, "m": 60, "s": 1}
_GAP = Pattern(r"^[+−–-]? ?(?:([0-9]{1,2}):)?([0-9]{1,3}\.[0-9]{1,4}) ?(?:s|secs?|seconds?)?\.?(?: (?:behind|back))?$")


@dataclass(frozen=True, slots=True)
class LapTime:
    """A lap in seconds, and the speed that stands beside it; either may be missing, not both."""

    time_s: float | None
    speed_mph: float | None
    is_exact: bool = True


def read_lap_time(text: str) -> LapTime:
    """A lap such as "29.797", "1:02.345", "19.502 (97.098 mph)" or "97.098 mph".

    Raises UnreadableValue where it is none, or the words around it say something else ("Set by owner's points").
    """
    plain = without_notes(text)
    speeds = [found[0] for found in _SPEED.finditer(plain)]
    speed = read_speed_mph(" ".join(speeds)).value if speeds else None
    rest = _SPEED.sub(" ", plain).strip(" ,;/|·–-")
    if speed is not None and not rest:
        return LapTime(None, speed)
    time, is_exact = _lap_s(rest)
    if not SHORTEST_LAP_S <= time <= LONGEST_LAP_S:
        raise UnreadableValue(text)
    return LapTime(time, speed, is_exact)


def _lap_s(text: str) -> tuple[float, bool]:
    """(seconds, whether nothing stands beside them)."""
    clock, both = _CLOCK.search(text), _MINUTES_AND_SECONDS.search(text)
    found = clock or both or _SECONDS.search(text)
    if found is None:
        raise UnreadableValue(text)
    is_exact = check_words_before(text[: found.start()])
    is_exact &= check_words_behind(text[found.end() :])
    if clock:
        return _clock_s(clock), is_exact
    if both:
        return round(int(both[1]) * 60 + float(both[2]), 4), is_exact
    # A bare whole number may be anything else: a car, a count of laps.
    if "." not in found[1] and not found[2] and not is_exact:
        raise UnreadableValue(text)
    return float(found[1]), is_exact


def _clock_s(clock: re.Match[str]) -> float:
    minutes, seconds = int(clock[2]), float(clock[3])
    if seconds >= 60 or (clock[1] and minutes >= 60):
        raise UnreadableValue(clock[0])
    return round(int(clock[1] or 0) * 3600 + minutes * 60 + seconds, 4)


def read_length_of_time(text: str, low: float = SHORTEST_RACE_S, high: float = LONGEST_RACE_S) -> Quantity:
    """Seconds of "3 hours, 0 minutes, and 7 seconds", "3h 0m 7s" or "4:33:48". Raises UnreadableValue otherwise."""
    plain = with_digits(without_notes(text))
    clock = _CLOCK.search(plain)
    parts = list(_TIME_PART.finditer(plain))
    if clock and not parts:
        is_exact = check_words_before(plain[: clock.start()]) and check_words_behind(plain[clock.end() :])
        value = _clock_s(clock)
    elif parts and not clock and len({part[2][0].lower() for part in parts}) == len(parts):
        is_exact = check_words_before(plain[: parts[0].start()]) and check_words_behind(plain[parts[-1].end() :])
        value = sum(float(part[1]) * _PART_SECONDS[part[2][0].lower()] for part in parts)
    else:
        raise UnreadableValue(text)
    if not low <= value <= high:
        raise UnreadableValue(text)
    return Quantity(round(value, 4), is_exact)


def read_gap_s(text: str) -> float:
    """Seconds behind, of "+1.234", "1.234 s" or "+1:02.345". Raises UnreadableValue where it is no gap in seconds."""
    found = _GAP.match(without_notes(text))
    if not found:
        raise UnreadableValue(text)
    return round(int(found[1] or 0) * 60 + float(found[2]), 4)
