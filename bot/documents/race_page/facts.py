"""The single-valued facts of a race page: its infobox, its statistics and its opening sentences."""

import re
from collections.abc import Callable
from datetime import date

from bot.documents.model import Claim, Document, FactClaim, RawClaim
from bot.documents.race_page.blocks import ListItem, PageSection
from bot.documents.text.measures import (
    EMPTY_VALUES,
    DocumentLine,
    parse_duration_s,
    parse_integer,
    parse_iso_date,
    parse_lap_time_s,
    parse_number,
    parse_written_date,
    parse_year,
)
from bot.language.patterns import Pattern
from bot.racing.series import series_id

__all__ = ["is_statistic", "read_infobox_item", "read_statistic", "series_facts", "split_place"]

FactValue = str | int | float | date
FieldValues = tuple[tuple[str, FactValue | None], ...]
FactReader = Callable[[DocumentLine, str], FieldValues]

KM_PER_MILE = 1.609344
_ROUND_DESCRIPTION = Pattern(r"^Race ([0-9]{1,3}) of ([0-9]{1,3}) (?:in|of) the ([0-9]{4}) (.+?)(?: season)?$")
_COUNT_AND_LAPS = Pattern(r"^([0-9]{1,4})(?: (?:for|/) ([0-9]{1,4})(?: laps?)?)?$")
_LEAD_CHANGES_AND_LEADERS = Pattern(r"^([0-9]{1,4})(?: among (?:([0-9]{1,3}) )?(?:different )?(?:drivers|leaders))?$")
_RED_FLAGS = Pattern(r"^([0-9]{1,3})(?: for (.+))?$")


def series_facts(name: str) -> FieldValues:
    """The series' name of the time and its neutral id."""
    return ("series_name", name), ("series", series_id(name))


def split_place(location: str) -> FieldValues:
    """Track and place of "Nashville Superspeedway in Lebanon, Tennessee"; the track alone where no place follows."""
    track, _, place = location.partition(" in ")
    return (("track", track.rstrip(" ,")), ("place", place)) if place else (("track", track),)


def read_infobox_item(document: Document, section: PageSection, item: ListItem, distance: str) -> list[Claim]:
    """The facts of one infobox line; a key nobody knows is kept raw.

    `distance` is the field that "Distance Laps" fills: "laps_run" where the page gives the scheduled distance too.
    Raises BadDocument where a number, a date or a year must stand and does not.
    """
    key, colon, value = (part.strip() for part in item.text.partition(":"))
    reader = _INFOBOX_READERS.get(_plain_key(key)) if colon else None
    if _plain_key(key) == "distancelaps":
        reader = _integer_reader(distance, minimum=1)
    return _fact_claims(document, section, item, reader, value)


def is_statistic(item: ListItem) -> bool:
    """Whether a list item is a line of race statistics ("Lead changes: 21 among 12 different drivers")."""
    return _plain_key(item.text.partition(":")[0]) in _STATISTIC_READERS


def read_statistic(document: Document, section: PageSection, item: ListItem) -> list[Claim]:
    """The facts of one line of statistics; a blank value states nothing, and one in other words is kept raw."""
    key, _, value = (part.strip() for part in item.text.partition(":"))
    return _fact_claims(document, section, item, _STATISTIC_READERS.get(_plain_key(key)), value)


def _fact_claims(
    document: Document, section: PageSection, item: ListItem, reader: FactReader | None, value: str
) -> list[Claim]:
    if reader and value.lower() in EMPTY_VALUES:
        return []
    field_values = reader(DocumentLine(document, item.line), value) if reader else ()
    facts = [FactClaim(item.line, field, fact) for field, fact in field_values if fact is not None]
    return [*facts] if facts else [RawClaim(item.line, section.heading, item.text)]


def _plain_key(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _text_reader(*fields: str) -> FactReader:
    return lambda _, text: tuple((field, text) for field in fields)


def _integer_reader(field: str, minimum: int = 0) -> FactReader:
    return lambda source, text: ((field, parse_integer(source, text, _field_label(field), minimum=minimum)),)


def _number_reader(field: str) -> FactReader:
    return lambda source, text: ((field, parse_number(source, text, _field_label(field))),)


def _lap_time_reader(field: str) -> FactReader:
    return lambda source, text: ((field, parse_lap_time_s(source, text, _field_label(field))),)


def _field_label(field: str) -> str:
    return field.replace("_", " ").removesuffix(" s")


def _speed_reader(field: str) -> FactReader:
    """A speed in mph; one in km/h is turned into mph, and one without a unit is mph, as the sport speaks."""

    def read(source: DocumentLine, text: str) -> FieldValues:
        unit = re.search(r"\s*(mph|miles per hour|km/?h|kph)\b.*$", text, re.IGNORECASE)
        value = parse_number(source, text[: unit.start()] if unit else text, _field_label(field))
        metric = unit is not None and unit[1].lower().startswith("k")
        return ((field, round(value / KM_PER_MILE, 3) if metric else value),)

    return read


def _read_description(source: DocumentLine, text: str) -> FieldValues:
    found = _ROUND_DESCRIPTION.match(text)
    if not found:
        return (("description", text),)
    return (
        ("description", text),
        ("round", parse_integer(source, found[1], "the round", minimum=1)),
        ("rounds", parse_integer(source, found[2], "the number of rounds", minimum=1)),
        ("season", parse_year(source, found[3])),
        *series_facts(found[4]),
    )


def _read_location(_: DocumentLine, text: str) -> FieldValues:
    return (("location", text), *split_place(text))


def _date_reader(field: str) -> FactReader:
    """A day such as 2023-06-25 or June 25, 2023."""
    return lambda source, text: ((field, parse_written_date(source, text) or parse_iso_date(source, text)),)


def _read_lead_changes(source: DocumentLine, text: str) -> FieldValues:
    found = _LEAD_CHANGES_AND_LEADERS.match(text)
    _check_leading_number(source, text, "lead changes")
    return (("lead_changes", int(found[1])), ("leaders", int(found[2]) if found[2] else None)) if found else ()


def _read_cautions(source: DocumentLine, text: str) -> FieldValues:
    found = _COUNT_AND_LAPS.match(text)
    _check_leading_number(source, text, "cautions")
    return (("cautions", int(found[1])), ("caution_laps", int(found[2]) if found[2] else None)) if found else ()


def _read_red_flags(source: DocumentLine, text: str) -> FieldValues:
    found = _RED_FLAGS.match(text)
    _check_leading_number(source, text, "red flags")
    return (("red_flags", int(found[1])), ("red_flag_time_s", parse_duration_s(found[2] or ""))) if found else ()


def _read_race_time(source: DocumentLine, text: str) -> FieldValues:
    _check_leading_number(source, text, "the time of the race")
    return (("race_time_s", parse_duration_s(text)),)


def _check_leading_number(source: DocumentLine, text: str, label: str) -> None:
    if not re.match(r"[0-9]", text):
        raise source.error(f"{label} must begin with a number, not “{text[:40]}”")


def _read_margin(_: DocumentLine, text: str) -> FieldValues:
    """Seconds or laps; "under caution" is kept in its own words."""
    found = re.match(r"^([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(s|sec|secs|seconds?|laps?)\.?$", text)
    if not found:
        return ()
    if found[2].startswith("lap"):
        return (("margin_laps", int(found[1])),) if found[1].isdigit() else ()
    return (("margin_s", float(found[1])),)


_INFOBOX_READERS: dict[str, FactReader] = {
    "type": _text_reader("page_type"),
    "description": _read_description,
    "racename": _text_reader("race_name"),
    "name": _text_reader("race_name"),
    "fullname": _text_reader("full_name"),
    "officialname": _text_reader("full_name"),
    "fulldate": _date_reader("date"),
    "date": _date_reader("date"),
    "raceno": _integer_reader("round", minimum=1),
    "seasonno": _integer_reader("rounds", minimum=1),
    "year": lambda source, text: (("season", parse_year(source, text)),),
    "location": _read_location,
    "coursemi": _number_reader("track_length_mi"),
    "coursekm": _number_reader("track_length_km"),
    "scheduledlaps": _integer_reader("laps_scheduled", minimum=1),
    "lapsrun": _integer_reader("laps_run", minimum=1),
    "distancemi": _number_reader("distance_mi"),
    "distancekm": _number_reader("distance_km"),
    "distancerunmi": _number_reader("distance_run_mi"),
    "weather": _text_reader("weather"),
    "attendance": _integer_reader("attendance"),
    "avg": _speed_reader("average_speed_mph"),
    "poledriver": _text_reader("pole_driver"),
    "poleteam": _text_reader("pole_team"),
    "poletime": _lap_time_reader("pole_time_s"),
    "polespeed": _speed_reader("pole_speed_mph"),
    "mostdriver": _text_reader("most_laps_led_driver"),
    "mostteam": _text_reader("most_laps_led_team"),
    "mostlaps": _integer_reader("most_laps_led"),
    "car": _text_reader("winner_car"),
    "firstdriver": _text_reader("winner"),
    "firstteam": _text_reader("winner_team"),
    "network": _text_reader("network"),
    "announcers": _text_reader("announcers"),
    "radio": _text_reader("radio"),
    "boothann": _text_reader("radio_booth"),
    "turnann": _text_reader("radio_turns"),
}

_STATISTIC_READERS: dict[str, FactReader] = {
    "leadchanges": _read_lead_changes,
    "cautions": _read_cautions,
    "cautionslaps": _read_cautions,
    "redflags": _read_red_flags,
    "timeofrace": _read_race_time,
    "averagespeed": _speed_reader("average_speed_mph"),
    "polespeed": _speed_reader("pole_speed_mph"),
    "marginofvictory": _read_margin,
    "attendance": _integer_reader("attendance"),
}
