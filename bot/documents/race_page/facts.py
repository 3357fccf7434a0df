"""The single-valued facts of a race page: the lines of its infobox and of its statistics.

A value that cannot be read costs nothing else: its words are the fact's text where a card can show them, and the line
is kept raw, so that the report of a load names it. Words that say more than the number that was read ("approximately
43,000") are a note.
"""

import re
from dataclasses import dataclass

from bot.documents.model import Claim, FactClaim, FootnoteClaim, RawClaim
from bot.documents.race_page.blocks import ListItem, PageSection
from bot.documents.race_page.fact_values import (
    FactReading,
    FieldValues,
    ValueReader,
    car_reader,
    count_reader,
    date_reader,
    lap_time_reader,
    length_reader,
    name_reader,
    part_reader,
    read_location,
    series_facts,
    speed_reader,
    text_reader,
    year_reader,
)
from bot.documents.race_page.statistics import (
    MOST_LAPS,
    distance_reader,
    read_cautions,
    read_lead_changes,
    read_margin,
    read_race_time,
    read_red_flags,
)
from bot.documents.text.document_line import EMPTY_VALUES
from bot.documents.text.quantities import UnreadableValue
from bot.language.patterns import Pattern

__all__ = ["is_statistic", "read_infobox_item", "read_statistic"]

_SEASON_OF_SERIES = r"(?:in|of) (?:the )?(?P<season>[0-9]{4}) (?P<series>[^0-9].{0,100}?)(?: season)?(?: schedule)?\.?$"
_ROUND_DESCRIPTIONS = (
    Pattern(rf"^(?:Race|Round) (?P<round>[0-9]{{1,3}}) of (?P<rounds>[0-9]{{1,3}}) {_SEASON_OF_SERIES}"),
    Pattern(
        r"^(?:The )?(?P<round>[0-9]{1,3})(?:st|nd|rd|th)? (?:race )?of (?P<rounds>[0-9]{1,3}) "
        r"(?:scheduled |points )?(?:races|rounds) " + _SEASON_OF_SERIES
    ),
    Pattern(r"^(?:The )?(?:Race|Round) (?:no\.?|number|#) ?(?P<round>[0-9]{1,3}) " + _SEASON_OF_SERIES, re.IGNORECASE),
    Pattern(r"^(?:The )?(?P<round>[0-9]{1,3})(?:st|nd|rd|th) (?:race|round) " + _SEASON_OF_SERIES),
)


@dataclass(frozen=True, slots=True)
class FactReader:
    """How a line is read, and the `words_field` that shows its words where it cannot be; "" where no card would."""

    read: ValueReader
    words_field: str = ""


def read_infobox_item(section: PageSection, item: ListItem, distance: str) -> list[Claim]:
    """The facts of one infobox line; a key nobody knows is kept raw.

    `distance` is the field that "Distance Laps" fills: "laps_run" where the page gives the scheduled distance too.
    """
    key, colon, value = (part.strip() for part in item.text.partition(":"))
    plain_key = _plain_key(key)
    reader = _INFOBOX_READERS.get(plain_key) or _STATISTIC_READERS.get(plain_key) if colon else None
    if colon and plain_key in _DISTANCE_KEYS:
        reader = FactReader(distance_reader(distance), distance)
    return _fact_claims(section, item, reader, value)


def is_statistic(item: ListItem) -> bool:
    """Whether a list item is a line of race statistics ("Lead changes: 21 among 12 different drivers")."""
    return _plain_key(item.text.partition(":")[0]) in _STATISTIC_READERS


def read_statistic(section: PageSection, item: ListItem) -> list[Claim]:
    """The facts of one line of statistics; a blank value states nothing."""
    key, _, value = (part.strip() for part in item.text.partition(":"))
    return _fact_claims(section, item, _STATISTIC_READERS.get(_plain_key(key)), value)


def _fact_claims(section: PageSection, item: ListItem, reader: FactReader | None, value: str) -> list[Claim]:
    raw = RawClaim(item.line, section.heading, item.text)
    if reader is None:
        return [raw]
    if value.lower() in EMPTY_VALUES and value.lower() not in _NUMBER_WORDS.get(reader.words_field, ()):
        return []
    try:
        reading = reader.read(value)
    except UnreadableValue:
        return [*([FactClaim(item.line, reader.words_field, value)] if reader.words_field else []), raw]
    facts = [FactClaim(item.line, field, fact) for field, fact in reading.values if fact is not None]
    note = [] if reading.is_exact else [FootnoteClaim(item.line, item.text, section.heading)]
    return [*facts, *note]


def _plain_key(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _read_description(text: str) -> FactReading:
    found = next((found for shape in _ROUND_DESCRIPTIONS if (found := shape.match(text))), None)
    values: FieldValues = (("description", text),)
    counts = {name: int(count) for name, count in found.groupdict().items() if name.startswith("r")} if found else {}
    if found and all(counts.values()):
        season = year_reader("season")(found["season"]).values
        values += (*counts.items(), *season, *series_facts(found["series"]))
    return FactReading(values)


def _read_series(text: str) -> FactReading:
    return FactReading(series_facts(text))


# "None" is no cautions where it stands for a number, and nothing where it stands for a name.
_NUMBER_WORDS = dict.fromkeys(("cautions", "lead_changes", "red_flags"), ("none",))
_DISTANCE_KEYS = frozenset({"distancelaps", "laps", "distance"})
MOST_MILES, MOST_KM = 1000.0, 1700.0  # endurance races apart, the longest race of the sport has 600 miles
LONGEST_TRACK_MI, LONGEST_TRACK_KM = 40.0, 65.0  # the longest circuits of early road races had 30 miles
MOST_PEOPLE = 500_000  # the most that ever watched a race of a day is put at 400,000

_INFOBOX_READERS: dict[str, FactReader] = {
    "type": FactReader(text_reader("page_type")),
    "series": FactReader(_read_series),
    "description": FactReader(_read_description),
    **dict.fromkeys(("racename", "name", "race"), FactReader(text_reader("race_name"))),
    **dict.fromkeys(("fullname", "officialname"), FactReader(text_reader("full_name"))),
    **dict.fromkeys(("fulldate", "date", "racedate"), FactReader(date_reader("date"), "date")),
    **dict.fromkeys(("raceno", "round", "racenumber"), FactReader(part_reader("round", 1, 99))),
    **dict.fromkeys(("seasonno", "rounds"), FactReader(count_reader("rounds", 1, 99))),
    **dict.fromkeys(("year", "season"), FactReader(year_reader("season"))),
    "location": FactReader(read_location),
    **dict.fromkeys(("track", "venue", "circuit"), FactReader(read_location)),
    "coursemi": FactReader(length_reader("track_length_mi", "mi", LONGEST_TRACK_MI), "track_length_mi"),
    "coursekm": FactReader(length_reader("track_length_km", "km", LONGEST_TRACK_KM), "track_length_km"),
    "scheduledlaps": FactReader(count_reader("laps_scheduled", 1, MOST_LAPS), "laps_scheduled"),
    "lapsrun": FactReader(count_reader("laps_run", 1, MOST_LAPS), "laps_run"),
    "distancemi": FactReader(length_reader("distance_mi", "mi", MOST_MILES), "distance_mi"),
    "distancekm": FactReader(length_reader("distance_km", "km", MOST_KM), "distance_km"),
    "distancerunmi": FactReader(length_reader("distance_run_mi", "mi", MOST_MILES), "distance_run_mi"),
    "weather": FactReader(text_reader("weather")),
    "avg": FactReader(speed_reader("average_speed_mph"), "average_speed_mph"),
    "poledriver": FactReader(name_reader("pole_driver", "pole_team"), "pole_note"),
    "poleposition": FactReader(name_reader("pole_driver", "pole_team"), "pole_note"),
    "poleteam": FactReader(text_reader("pole_team")),
    "poletime": FactReader(lap_time_reader("pole_time_s", "pole_speed_mph"), "pole_time_s"),
    "mostdriver": FactReader(name_reader("most_laps_led_driver", "most_laps_led_team"), "most_laps_led"),
    "mostteam": FactReader(text_reader("most_laps_led_team")),
    "mostlaps": FactReader(part_reader("most_laps_led", 0, MOST_LAPS), "most_laps_led"),
    **dict.fromkeys(("car", "winningcar", "carnumber"), FactReader(car_reader("winner_car"))),
    **dict.fromkeys(
        ("firstdriver", "winner", "winningdriver"), FactReader(name_reader("winner", "winner_team", "winner_car"))
    ),
    **dict.fromkeys(("firstteam", "winningteam"), FactReader(text_reader("winner_team"))),
    **dict.fromkeys(("network", "television", "tv"), FactReader(text_reader("network"))),
    "announcers": FactReader(text_reader("announcers")),
    "radio": FactReader(text_reader("radio")),
    "boothann": FactReader(text_reader("radio_booth")),
    "turnann": FactReader(text_reader("radio_turns")),
}

_STATISTIC_READERS: dict[str, FactReader] = {
    **dict.fromkeys(("leadchanges", "numberofleadchanges"), FactReader(read_lead_changes, "lead_changes")),
    **dict.fromkeys(("leaders", "numberofleaders"), FactReader(count_reader("leaders", 1, 99), "leaders")),
    **dict.fromkeys(
        ("cautions", "cautionslaps", "cautionflags", "numberofcautions", "caution"),
        FactReader(read_cautions, "cautions"),
    ),
    "cautionlaps": FactReader(count_reader("caution_laps", 0, MOST_LAPS), "caution_laps"),
    **dict.fromkeys(("redflags", "redflag", "numberofredflags"), FactReader(read_red_flags, "red_flags")),
    **dict.fromkeys(
        ("timeofrace", "racetime", "totaltime", "time", "duration"), FactReader(read_race_time, "race_time_s")
    ),
    **dict.fromkeys(
        ("averagespeed", "avgspeed", "averageracespeed"),
        FactReader(speed_reader("average_speed_mph"), "average_speed_mph"),
    ),
    "polespeed": FactReader(speed_reader("pole_speed_mph"), "pole_speed_mph"),
    **dict.fromkeys(("marginofvictory", "margin", "winningmargin"), FactReader(read_margin, "margin_s")),
    **dict.fromkeys(
        ("attendance", "crowd"), FactReader(count_reader("attendance", 0, MOST_PEOPLE, spaced=True), "attendance")
    ),
}
