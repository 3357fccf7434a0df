"""The statistics of a race: cautions, lead changes, red flags, its time, the margin, and how far it went.

They are numbers with words between them ("21 among 12 different drivers", "four for 24 laps"); numbers in words are
turned into digits first. A line in other words raises UnreadableValue, and is kept as it is written.
"""

import re

from bot.documents.race_page.fact_values import FactReading, ValueReader
from bot.documents.text.quantities import UnreadableValue, read_count, read_measure, with_digits, without_notes
from bot.documents.text.times import read_length_of_time
from bot.language.patterns import Pattern

__all__ = [
    "MOST_LAPS",
    "distance_reader",
    "read_cautions",
    "read_lead_changes",
    "read_margin",
    "read_race_time",
    "read_red_flags",
]

MOST_LAPS = 1500  # a race of 500 miles on a track of half a mile has 1,000
_NOTHING = frozenset({"none", "no", "zero", "0"})
_REMARK = r"(?:[ ,;]*\((?P<remark>[^()]{0,80})\))?\.?$"
_CAUTIONS = Pattern(
    r"^(?P<count>[0-9]{1,3})(?: (?:cautions?|caution (?:flags?|periods?)|yellows?|yellow flags?))?"
    rf"(?:(?: for| ?/|,| totall?ing)? ?\(?(?:for )?(?P<laps>[0-9]{{1,4}})(?: (?:caution )?laps?)?\)?)?{_REMARK}",
    re.IGNORECASE,
)
_LEAD_CHANGES = Pattern(
    r"^(?P<count>[0-9]{1,4})(?: (?:lead changes?|changes?|times?))?"
    r"(?:,? ?\(?(?:(?:among|amongst|between|by|with|from|/) ?)(?P<leaders>[0-9]{1,3})?(?: (?:different|separate))?"
    r"(?: (?:drivers|driver|leaders|leader|cars))?\)?"
    rf"| \((?P<other>[0-9]{{1,3}})(?: different)? (?:drivers|leaders)\))?{_REMARK}",
    re.IGNORECASE,
)
_RED_FLAGS = Pattern(
    r"^(?P<count>[0-9]{1,2})(?: red flags?)?(?:(?: for|,|:)? ?\(?(?P<time>[^()]{3,80})\)?)?$", re.IGNORECASE
)
_MARGIN = Pattern(
    r"^(?P<number>[0-9]{0,3}\.[0-9]{1,4}|[0-9]{1,3}) ?(?P<unit>s|secs?|seconds?|laps?)?\.?(?: \([^()0-9]{0,60}\))?$",
    re.IGNORECASE,
)
_LAPS = Pattern(
    r"(?<![\w.,-])([0-9]{1,4})(?![0-9]|[.,][0-9]|[%'’])(?: ?-?(laps?|miles?|mi|km|kilomet(?:er|re)s?)\b)?",
    re.IGNORECASE,
)
_LENGTH = Pattern(r"[,;/(]? ?[0-9][0-9.,]{0,8} ?(?:miles?|mi|km|kilomet(?:er|re)s?)\b\)?", re.IGNORECASE)
_SECOND_IS_SCHEDULED = Pattern(r"\b(?:from|of|instead|scheduled|planned|originally)\b|^ ?/ ?$", re.IGNORECASE)
_SECOND_IS_RUN = Pattern(
    r"\b(?:to|run|ran|completed|(?:shortened|extended|cut|reduced|lengthened) (?:to|at|after)|ended|called|stopped)\b",
    re.IGNORECASE,
)
_SCHEDULED = Pattern(r"\b(?:scheduled|planned|originally)\b", re.IGNORECASE)
# Right behind the first number, with nothing more to come: "500 (scheduled), 506".
_FIRST_IS_SCHEDULED = Pattern(
    r"^ ?(?:\((?:originally )?(?:scheduled|planned)\)|(?:scheduled|planned) ?[,;/])", re.IGNORECASE
)
_RUN = Pattern(r"\b(?:run|ran|completed|actual)\b", re.IGNORECASE)
_RUN_BEHIND = Pattern(r"(?: laps?)?,? (?:were |was )?(?:run|ran|completed)\b", re.IGNORECASE)
_LONGER = Pattern(r"\b(?:extended|lengthened|overtime|green.white.checkered|gwc)\b", re.IGNORECASE)
_SHORTER = Pattern(r"\b(?:shortened|reduced|cut|called|rain|stopped|darkness|curfew)\b", re.IGNORECASE)


def read_cautions(text: str) -> FactReading:
    """Cautions: "4 for 24 laps" as cautions and caution laps; "none" as 0."""
    plain = _with_digits(text)
    if plain.lower().rstrip(".") in _NOTHING:
        return FactReading((("cautions", 0),))
    found = _CAUTIONS.match(plain)
    if not found:
        raise UnreadableValue(text)
    laps = int(found["laps"]) if found["laps"] else None
    return FactReading((("cautions", int(found["count"])), ("caution_laps", laps)), not found["remark"])


def read_lead_changes(text: str) -> FactReading:
    """Lead changes: "21 among 12 different drivers" as changes and leaders; "none" as 0."""
    plain = _with_digits(text)
    if plain.lower().rstrip(".") in _NOTHING:
        return FactReading((("lead_changes", 0),))
    found = _LEAD_CHANGES.match(plain)
    if not found:
        raise UnreadableValue(text)
    leaders = found["leaders"] or found["other"]
    values = (("lead_changes", int(found["count"])), ("leaders", int(leaders) if leaders else None))
    return FactReading(values, not found["remark"])


def read_red_flags(text: str) -> FactReading:
    """Red flags: "1 for 31 minutes and 9 seconds" as a count and their time; "none" as 0."""
    plain = _with_digits(text)
    if plain.lower().rstrip(".") in _NOTHING:
        return FactReading((("red_flags", 0),))
    found = _RED_FLAGS.match(plain)
    if not found:
        raise UnreadableValue(text)
    try:
        time = read_length_of_time(found["time"], 1, 172_800).value if found["time"] else None
    except UnreadableValue:
        if any(character.isdigit() for character in found["time"]):
            raise
        return FactReading((("red_flags", int(found["count"])),), is_exact=False)
    return FactReading((("red_flags", int(found["count"])), ("red_flag_time_s", time)))


def read_race_time(text: str) -> FactReading:
    """The time of the race in seconds."""
    time = read_length_of_time(text)
    return FactReading((("race_time_s", time.value),), time.is_exact)


def read_margin(text: str) -> FactReading:
    """Seconds or laps; "under caution" is kept in its own words."""
    if not any(character.isdigit() for character in _with_digits(text)):
        return FactReading((("margin_note", without_notes(text)),))
    found = _MARGIN.match(_with_digits(text))
    if not found or (not found["unit"] and "." not in found["number"]):
        raise UnreadableValue(text)
    if (found["unit"] or "").lower().startswith("lap"):
        if not found["number"].isdigit():
            raise UnreadableValue(text)
        return FactReading((("margin_laps", int(found["number"])),))
    return FactReading((("margin_s", float(found["number"])),))


def distance_reader(field: str) -> ValueReader:
    """Reader of laps into `field`; where the words tell what was run from what was scheduled, into both."""

    def read(text: str) -> FactReading:
        plain = _with_digits(text)
        laps = [found for found in _LAPS.finditer(plain) if (found[2] or "lap").lower().startswith("lap")]
        if len(laps) == 2:
            run, scheduled = _run_and_scheduled(plain, laps[0], laps[1])
            return FactReading((("laps_scheduled", scheduled), ("laps_run", run)))
        miles, km = _length_of(text, "mi"), _length_of(text, "km")
        count = read_count(_LENGTH.sub(" ", plain), 1, MOST_LAPS)
        has_reason = _LONGER.search(plain) or _SHORTER.search(plain)
        values = (("laps_run" if has_reason else field, count.whole), ("distance_mi", miles), ("distance_km", km))
        return FactReading(values, count.is_exact)

    return read


def _length_of(text: str, unit: str) -> float | None:
    """The distance in this unit that stands beside the laps; None where none does."""
    if not _LENGTH.search(text):
        return None
    try:
        return float(read_measure(text, unit, 1, 1700).value)
    except UnreadableValue:
        return None


def _run_and_scheduled(text: str, first: re.Match[str], second: re.Match[str]) -> tuple[int, int]:
    """The laps run, and those scheduled. Raises UnreadableValue where no word says which is which."""
    before, between, behind = text[: first.start()], text[first.end() : second.start()], text[second.end() :]
    head = between.partition(",")[0] if "," in between else between
    first_is_scheduled = bool(_SCHEDULED.search(before) or (_SCHEDULED.search(head) and _RUN.search(between + behind)))
    first_is_scheduled |= _FIRST_IS_SCHEDULED.match(between) is not None
    second_is_run = bool(_SECOND_IS_RUN.search(between) and not _SECOND_IS_SCHEDULED.search(between)) or (
        first_is_scheduled and bool(_RUN.search(between + behind))
    )
    second_is_run |= _RUN_BEHIND.match(behind) is not None
    second_is_scheduled = bool(_SECOND_IS_SCHEDULED.search(between) or _SCHEDULED.search(behind))
    if second_is_run or first_is_scheduled:
        run, scheduled = int(second[1]), int(first[1])
    elif second_is_scheduled:
        run, scheduled = int(first[1]), int(second[1])
    else:
        raise UnreadableValue(text)
    is_wrong_way = (_LONGER.search(text) and run < scheduled) or (
        _SHORTER.search(text) and not _LONGER.search(text) and run > scheduled
    )
    if is_wrong_way or not 1 <= run <= MOST_LAPS or not 1 <= scheduled <= MOST_LAPS:
        raise UnreadableValue(text)
    return run, scheduled


def _with_digits(text: str) -> str:
    return with_digits(without_notes(text)).strip()
