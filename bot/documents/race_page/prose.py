"""Facts in the sentences of a race page: the opening paragraph, and who was fastest in practice and qualifying.

A sentence only adds what no table and no infobox line has said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.model import Claim, FactClaim, Moment, PassageClaim, RowClaim
from bot.documents.race_page.blocks import PageParagraph, PageSection
from bot.documents.race_page.columns import stage_number
from bot.documents.race_page.fact_values import FieldValues, series_facts
from bot.documents.text.days import read_day
from bot.documents.text.quantities import UnreadableValue, parse_decimal
from bot.documents.text.times import read_lap_time
from bot.language.months import MONTHS
from bot.language.patterns import Pattern
from bot.language.sentences import sentences

__all__ = [
    "OpeningDistance",
    "opening_distance",
    "opens_race_page",
    "passage_claims",
    "read_fastest",
    "read_opening",
    "read_track_places",
]

# Characters of a paragraph that can be an opening; the longest of the known pages has 492. Patterns with two open ends
# take the square of the length: without the cap a line of 80,000 characters took 36 s.
MAX_OPENING_LENGTH = 2000
_OPENING = Pattern(r"^The (?P<season>(?:19|20)[0-9]{2}) (?P<name>(?>.+?(?=,| was\b| is\b))).*? (?:race|event)\b")
_DATE = Pattern(rf"\b(?:{'|'.join(MONTHS)}) [0-9]{{1,2}},? [0-9]{{4}}\b")
_SEASON = Pattern(r"19(?!00)[0-9]{2}|20[0-9]{2}")
_SERIES = Pattern(
    r"\b(?:was|is) an? (?P<series>[A-Z][^.,]{0,80}? Series|Formula (?:One|E|1)|CART|Champ Car|IndyCar) "
    r"(?:stock car |motor )?(?:race|event)\b"
)
_ROUND = Pattern(
    r"\b(?P<round>[0-9]{1,3})(?:st|nd|rd|th)(?: and [a-z]+)? (?:race|event|round) of the (?P<season>[0-9]{4}) "
    r"(?P<series>[A-Z][^.,]{0,80}?) season\b"
)
_TRACK = Pattern(
    r"\bat (?:the )?(?P<track>[A-Z][^.,]{0,80}?),? in "
    r"(?P<place>[A-Z][\w .'’-]{0,60}, [A-Z][\w .]{0,60}?)(?:,|\.(?=\s|$)|$)"
)
_LAPS = Pattern(
    r"\b[Cc]ontested over (?P<laps>[0-9]{1,4}) laps"
    r"(?:\s{0,3}(?:[-–—,]\s{0,3})?(?:extended|shortened) from (?P<from>[0-9]{1,4}))?"
)
_LENGTH = Pattern(r"\bon the (?P<mi>[0-9][0-9.+/]*|one)[- ]miles?\b(?:\s\((?P<km>[0-9.]+)\skm\))?")
_RACE_WINNER = Pattern(
    r"(?:^|\. )(?P<driver>[A-Z][^.,]{0,80}?(?: Jr\.)?)(?: of (?P<team>[A-Z][^.]{0,80}?))? won the race\b"
)
_MOMENT = Pattern(r"\bon lap (?P<lap>[0-9]{1,3})\b|\bwith (?P<go>[0-9]{1,3}) (?:laps )?to go\b")
_LAP_TIME = Pattern(r"\b((?:[0-9]:)?[0-9]{2}\.[0-9]{3})\b(?!\s*(?:mph|miles))")
_MPH = Pattern(r"\b([0-9]{2,3}\.[0-9]{1,3})\s*(?:mph|miles per hour)\b")
_TOWN = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_LIES_IN = Pattern(rf"\b(?:located|situated|lies?|stands?) in ({_TOWN}), ([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
_STORY_PARTS = (
    ("after", r"post-race|comments|after the race|incident|aftermath|penalt|^media$|television|radio|standings"),
    ("finish", r"overtime|attempt|finish$|^final laps"),
    ("before", r"practice|qualifying|entry list|line-?up|starting grid"),
    ("", r"first half|second half|^race$|results|stages$|race summary|race report"),
    ("background", r"background|^report$|preview|format|schedule"),
)


@dataclass(frozen=True, slots=True)
class OpeningDistance:
    """The laps an opening paragraph tells: `laps`, and `scheduled` where it was extended or shortened from that."""

    laps: int
    scheduled: int | None


def opens_race_page(line: str) -> bool:
    """Whether a line reads like the opening of a race page: "The 2016 AAA Texas 500 was a ... race"."""
    return bool(_OPENING.match(line[:MAX_OPENING_LENGTH]))


def passage_claims(section: PageSection) -> list[Claim]:
    """Each paragraph of a section as a passage; one that stands twice is one passage with both lines."""
    part, stage = _story_part(section)
    lines_by_text: dict[str, list[int]] = {}
    for block in section.blocks:
        if isinstance(block, PageParagraph):
            lines_by_text.setdefault(block.text, []).append(block.line)
    return [
        PassageClaim(lines[0], text, tuple(lines), section.heading, part, stage, _passage_moments(text, part, stage))
        for text, lines in lines_by_text.items()
    ]


def read_track_places(section: PageSection, track: str | None) -> list[Claim]:
    """Where the background says the track lies; it is not always where the infobox puts it.

    Only a sentence that names the track first and then "in Town, State" is taken: a county is no town.
    """
    if track is None or _story_part(section)[0] != "background":
        return []
    claims: list[Claim] = []
    for block in section.blocks:
        for sentence in sentences(block.text) if isinstance(block, PageParagraph) else ():
            found = _LIES_IN.search(sentence)
            if found and track.lower() in sentence[: found.start()].lower() and not found[1].endswith("County"):
                claims.append(FactClaim(block.line, "place", f"{found[1]}, {found[2]}"))
    return claims


def _passage_moments(text: str, part: str, stage: int | None) -> tuple[Moment, ...]:
    """The laps that a passage of the race tells of; what was before or after the race has none."""
    if part in {"before", "after", "background"}:
        return ()
    found = _MOMENT.finditer(text)
    return tuple(
        Moment(lap=int(match["lap"]), stage=stage) if match["lap"] else Moment(laps_to_go=int(match["go"]), stage=stage)
        for match in found
    )


def _story_part(section: PageSection) -> tuple[str, int | None]:
    """Where in the story a section stands, and its stage. Halves are neither stages nor the finish: they have ""."""
    # The innermost heading that says it decides.
    for heading in reversed(section.path):
        stage = stage_number(heading)
        if stage:
            return f"stage {stage}", stage
        part = next((part for part, shape in _STORY_PARTS if re.search(shape, heading.lower())), None)
        if part is not None:
            return part, None
    return ("", None) if section.path else ("background", None)


def opening_distance(opening: PageParagraph | None) -> OpeningDistance | None:
    """What the opening paragraph says of the distance; None where it does not."""
    found = _LAPS.search(opening.text[:MAX_OPENING_LENGTH]) if opening else None
    return OpeningDistance(int(found["laps"]), int(found["from"]) if found["from"] else None) if found else None


def read_opening(opening: PageParagraph, known_fields: Iterable[str]) -> list[Claim]:
    """The facts of the opening paragraph, without the fields `known_fields` elsewhere."""
    used_fields = set(known_fields)
    text = opening.text[:MAX_OPENING_LENGTH]
    field_values = (*_name_facts(text), *_date_and_track_facts(text), *_round_facts(text))
    field_values += (*_distance_facts(opening), *_track_length_facts(text), *_winner_facts(text))
    claims: list[Claim] = []
    for field, value in field_values:
        if value is not None and field not in used_fields:
            used_fields.add(field)
            claims.append(FactClaim(opening.line, field, value))
    return claims


def _name_facts(text: str) -> FieldValues:
    found, series = _OPENING.match(text), _SERIES.search(text)
    facts: FieldValues = (("race_name", found["name"]), ("season", int(found["season"]))) if found else ()
    return (*facts, *series_facts(series["series"])) if series else facts


def _date_and_track_facts(text: str) -> FieldValues:
    found = _TRACK.search(text)
    where: FieldValues = (("track", found["track"]), ("place", found["place"].strip())) if found else ()
    try:
        days = [read_day(day[0]).day for day in _DATE.finditer(sentences(text)[0])]
    except UnreadableValue:  # a day that is in no calendar
        return where
    return (("date", days[-1] if days else None), *where)


def _round_facts(text: str) -> FieldValues:
    found = _ROUND.search(text)
    if not found or not int(found["round"]) or not _SEASON.fullmatch(found["season"]):
        return ()
    return ("round", int(found["round"])), ("season", int(found["season"])), *series_facts(found["series"])


def _distance_facts(opening: PageParagraph) -> FieldValues:
    distance = opening_distance(opening)
    if distance is None:
        return ()
    if distance.scheduled is None:
        return (("laps_scheduled", distance.laps or None),)
    return ("laps_scheduled", distance.scheduled or None), ("laps_run", distance.laps or None)


def _track_length_facts(text: str) -> FieldValues:
    found = _LENGTH.search(text)
    if not found:
        return ()
    try:
        miles = parse_decimal(found["mi"]) if found["mi"] != "one" else 1.0
        return ("track_length_mi", miles), ("track_length_km", float(found["km"]) if found["km"] else None)
    except (ValueError, ZeroDivisionError):  # "1.5.2"
        return ()


def _winner_facts(text: str) -> FieldValues:
    found = _RACE_WINNER.search(text)
    return (("winner", found["driver"]), ("winner_team", found["team"])) if found else ()


def read_fastest(section: PageSection, rows: Iterable[RowClaim], known_fields: Iterable[str]) -> list[Claim]:
    """Pole and fastest practice lap as a sentence states them, without the fields `known_fields` elsewhere.

    The driver is the one who leads that session's table: a sentence that names somebody else is left to the passages.
    """
    heading = section.heading.lower()
    qualifying = "qualif" in heading and not heading.startswith("practice")
    leaders = [
        row
        for row in rows
        if row.position == 1 and row.session in (_GRID_SESSIONS if qualifying else _PRACTICE_SESSIONS)
    ]
    prefix = "pole" if qualifying else "practice_fastest"
    used_fields = set(known_fields)
    for block in section.blocks:
        for sentence in sentences(block.text) if leaders and isinstance(block, PageParagraph) else ():
            if leaders[0].driver in sentence and (_POLE_WORDS if qualifying else _FASTEST_WORDS).search(sentence):
                field_values = _fastest_lap_facts(sentence, prefix, leaders[0].driver)
                return [
                    FactClaim(block.line, name, value)
                    for name, value in field_values
                    if value and name not in used_fields
                ]
    return []


_GRID_SESSIONS = frozenset({"qualifying", "lineup"})
_PRACTICE_SESSIONS = frozenset({"practice"})
_POLE_WORDS = Pattern(r"\bpole\b")
_FASTEST_WORDS = Pattern(r"\b(?:fastest|quickest|best|topped)\b", re.IGNORECASE)


def _fastest_lap_facts(sentence: str, prefix: str, driver: str) -> FieldValues:
    time, speed = _LAP_TIME.search(sentence), _MPH.search(sentence)
    try:
        time_s = read_lap_time(time[1]).time_s if time else None
    except UnreadableValue:  # 0.000
        time_s = None
    return (
        (f"{prefix}_driver", driver),
        (f"{prefix}_time_s", time_s),
        (f"{prefix}_speed_mph", float(speed[1]) if speed else None),
    )
