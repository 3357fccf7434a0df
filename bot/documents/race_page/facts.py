"""The single-valued facts of a race page: its infobox, its statistics and its opening sentences."""

import re
from collections.abc import Callable
from datetime import date

from bot.documents.model import Claim, Document, FactClaim, RawClaim
from bot.documents.race_page.blocks import Item, Section
from bot.documents.text.measures import (
    NO_VALUE,
    Spot,
    calendar_day,
    duration_s,
    iso_day,
    lap_time_s,
    number,
    whole,
    year,
)
from bot.racing.series import series_id

__all__ = ["is_statistic", "read_infobox_item", "read_statistic", "series_facts", "split_place"]

Value = str | int | float | date
Told = tuple[tuple[str, Value | None], ...]
Reader = Callable[[Spot, str], Told]

KM_PER_MILE = 1.609344
_DESCRIPTION = re.compile(r"^Race ([0-9]{1,3}) of ([0-9]{1,3}) (?:in|of) the ([0-9]{4}) (.+?)(?: season)?$")
_COUNT_FOR = re.compile(r"^([0-9]{1,4})(?: (?:for|/) ([0-9]{1,4})(?: laps?)?)?$")
_LEADS = re.compile(r"^([0-9]{1,4})(?: among (?:([0-9]{1,3}) )?(?:different )?(?:drivers|leaders))?$")
_RED_FLAGS = re.compile(r"^([0-9]{1,3})(?: for (.+))?$")


def series_facts(name: str) -> Told:
    """The series' name of the time and its neutral id."""
    return ("series_name", name), ("series", series_id(name))


def split_place(location: str) -> Told:
    """Track and place of "Nashville Superspeedway in Lebanon, Tennessee"; the track alone where no place follows."""
    track, _, place = location.partition(" in ")
    return (("track", track.rstrip(" ,")), ("place", place)) if place else (("track", track),)


def read_infobox_item(document: Document, section: Section, item: Item, distance: str) -> list[Claim]:
    """The facts of one infobox line; a key nobody knows is kept raw.

    `distance` is the field that "Distance Laps" fills: "laps_run" where the page gives the scheduled distance too.
    Raises BadDocument where a number, a date or a year must stand and does not.
    """
    key, colon, value = (part.strip() for part in item.text.partition(":"))
    reader = _INFOBOX.get(_plain(key)) if colon else None
    if _plain(key) == "distancelaps":
        reader = _whole(distance, least=1)
    return _claims(document, section, item, reader, value)


def is_statistic(item: Item) -> bool:
    """Whether a list item is a line of race statistics ("Lead changes: 21 among 12 different drivers")."""
    return _plain(item.text.partition(":")[0]) in _STATISTICS


def read_statistic(document: Document, section: Section, item: Item) -> list[Claim]:
    """The facts of one line of statistics; a blank value states nothing, and one in other words is kept raw."""
    key, _, value = (part.strip() for part in item.text.partition(":"))
    return _claims(document, section, item, _STATISTICS.get(_plain(key)), value)


def _claims(document: Document, section: Section, item: Item, reader: Reader | None, value: str) -> list[Claim]:
    if reader and value.lower() in NO_VALUE:
        return []
    told = reader(Spot(document, item.line), value) if reader else ()
    facts = [FactClaim(item.line, field, fact) for field, fact in told if fact is not None]
    return [*facts] if facts else [RawClaim(item.line, section.heading, item.text)]


def _plain(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _text(*fields: str) -> Reader:
    return lambda _, text: tuple((field, text) for field in fields)


def _whole(field: str, least: int = 0) -> Reader:
    return lambda spot, text: ((field, whole(spot, text, _words(field), least=least)),)


def _number(field: str) -> Reader:
    return lambda spot, text: ((field, number(spot, text, _words(field))),)


def _lap_time(field: str) -> Reader:
    return lambda spot, text: ((field, lap_time_s(spot, text, _words(field))),)


def _words(field: str) -> str:
    return field.replace("_", " ").removesuffix(" s")


def _speed(field: str) -> Reader:
    """A speed in mph; one in km/h is turned into mph, and one without a unit is mph, as the sport speaks."""

    def read(spot: Spot, text: str) -> Told:
        unit = re.search(r"\s*(mph|miles per hour|km/?h|kph)\b.*$", text, re.IGNORECASE)
        value = number(spot, text[: unit.start()] if unit else text, _words(field))
        metric = unit is not None and unit[1].lower().startswith("k")
        return ((field, round(value / KM_PER_MILE, 3) if metric else value),)

    return read


def _description(spot: Spot, text: str) -> Told:
    found = _DESCRIPTION.match(text)
    if not found:
        return (("description", text),)
    return (
        ("description", text),
        ("round", whole(spot, found[1], "the round", least=1)),
        ("rounds", whole(spot, found[2], "the number of rounds", least=1)),
        ("season", year(spot, found[3])),
        *series_facts(found[4]),
    )


def _location(_: Spot, text: str) -> Told:
    return (("location", text), *split_place(text))


def _day(field: str) -> Reader:
    """A day such as 2023-06-25 or June 25, 2023."""
    return lambda spot, text: ((field, calendar_day(spot, text) or iso_day(spot, text)),)


def _lead_changes(spot: Spot, text: str) -> Told:
    found = _LEADS.match(text)
    _insist_on_number(spot, text, "lead changes")
    return (("lead_changes", int(found[1])), ("leaders", int(found[2]) if found[2] else None)) if found else ()


def _cautions(spot: Spot, text: str) -> Told:
    found = _COUNT_FOR.match(text)
    _insist_on_number(spot, text, "cautions")
    return (("cautions", int(found[1])), ("caution_laps", int(found[2]) if found[2] else None)) if found else ()


def _red_flags(spot: Spot, text: str) -> Told:
    found = _RED_FLAGS.match(text)
    _insist_on_number(spot, text, "red flags")
    return (("red_flags", int(found[1])), ("red_flag_time_s", duration_s(found[2] or ""))) if found else ()


def _race_time(spot: Spot, text: str) -> Told:
    _insist_on_number(spot, text, "the time of the race")
    return (("race_time_s", duration_s(text)),)


def _insist_on_number(spot: Spot, text: str, what: str) -> None:
    if not re.match(r"[0-9]", text):
        raise spot.broken(f"{what} must begin with a number, not “{text[:40]}”")


def _margin(_: Spot, text: str) -> Told:
    """Seconds or laps; "under caution" is kept in its own words."""
    found = re.match(r"^([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(s|sec|secs|seconds?|laps?)\.?$", text)
    if not found:
        return ()
    if found[2].startswith("lap"):
        return (("margin_laps", int(found[1])),) if found[1].isdigit() else ()
    return (("margin_s", float(found[1])),)


_INFOBOX: dict[str, Reader] = {
    "type": _text("page_type"),
    "description": _description,
    "racename": _text("race_name"),
    "name": _text("race_name"),
    "fullname": _text("full_name"),
    "officialname": _text("full_name"),
    "fulldate": _day("date"),
    "date": _day("date"),
    "raceno": _whole("round", least=1),
    "seasonno": _whole("rounds", least=1),
    "year": lambda spot, text: (("season", year(spot, text)),),
    "location": _location,
    "coursemi": _number("track_length_mi"),
    "coursekm": _number("track_length_km"),
    "scheduledlaps": _whole("laps_scheduled", least=1),
    "lapsrun": _whole("laps_run", least=1),
    "distancemi": _number("distance_mi"),
    "distancekm": _number("distance_km"),
    "distancerunmi": _number("distance_run_mi"),
    "weather": _text("weather"),
    "attendance": _whole("attendance"),
    "avg": _speed("average_speed_mph"),
    "poledriver": _text("pole_driver"),
    "poleteam": _text("pole_team"),
    "poletime": _lap_time("pole_time_s"),
    "polespeed": _speed("pole_speed_mph"),
    "mostdriver": _text("most_laps_led_driver"),
    "mostteam": _text("most_laps_led_team"),
    "mostlaps": _whole("most_laps_led"),
    "car": _text("winner_car"),
    "firstdriver": _text("winner"),
    "firstteam": _text("winner_team"),
    "network": _text("network"),
    "announcers": _text("announcers"),
    "radio": _text("radio"),
    "boothann": _text("radio_booth"),
    "turnann": _text("radio_turns"),
}

_STATISTICS: dict[str, Reader] = {
    "leadchanges": _lead_changes,
    "cautions": _cautions,
    "cautionslaps": _cautions,
    "redflags": _red_flags,
    "timeofrace": _race_time,
    "averagespeed": _speed("average_speed_mph"),
    "polespeed": _speed("pole_speed_mph"),
    "marginofvictory": _margin,
    "attendance": _whole("attendance"),
}
