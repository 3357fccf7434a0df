"""What a story calls its race: the event, the track, the series and the season."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.recap.paragraphs import RecapParagraph
from bot.language.patterns import Pattern
from bot.racing.series import series_id

__all__ = ["EVENT", "RaceDescription", "describe_race"]

LEAD = 3  # paragraphs; a story names its race there, further down it names others

EVENT = (
    r"(?:(?:19|20)[0-9]{2}\s)?(?:(?!The\b|NASCAR\b|Stage\b|Turn\b|Lap\b|Round\b)[A-Z][\w'’./&-]*\s(?:at\sthe\s|at\s|of\s|the\s)?){1,6}"
    r"(?:[1-9][0-9]{2,3}(?![0-9%.,]*[0-9]|\s(?:points|laps|miles|starts|wins|fans))|Grand\sPrix)"
)
"""The name of a race as a text gives it: capitalised words that end in a distance, such as "Ally 400"."""
_EVENT = Pattern(rf"\b(?P<event>{EVENT})")
_RESULTS = Pattern(rf"^(?P<event>{EVENT})\s(?:[Rr]esults|[Ff]inal|[Ff]inishing|[Rr]unning)\b")
_WON_EVENT = Pattern(
    rf"\b(?:w(?:ins?|on|inning)|victorious\s(?:at|in)|victory\s(?:in|at)|dominated|conquered|captured)\s(?:the\s)(?P<event>{EVENT})"
)
_AFTER_EVENT = Pattern(rf"\bafter\s(?:the\s)?(?P<event>{EVENT})")
_NEXT = Pattern(
    r"(?i)\bnext\b|\b(?:heads?|returns?|travels?|moves?\son)\sto\b|\bupcoming\b|\blast\s(?:year|week|month|season)|\bwill\b|\bin\s(?:19|20)[0-9]{2}\b"
)
_PLACE = (
    r"(?P<track>(?:[A-Z][\w'’.-]*\s){1,4}?(?:Superspeedway|Motor\sSpeedway|International\sSpeedway|International\sRaceway|"
    r"Speedway|Raceway|Motorplex|Road\sCourse|Street\sCourse|International|Fairgrounds|Bowl|Autodrome)|Circuit\sof\s[Tt]he\sAmericas)"
)
_AT = Pattern(rf"\bat\s(?:the\s)?{_PLACE}")
_SERIES = Pattern(
    r"\b(?:NASCAR\s)?(?:Cup|Xfinity|Craftsman\sTruck|Camping\sWorld\sTruck|Truck|Winston\sCup|Nextel\sCup|Sprint\sCup|Busch|Nationwide)\sSeries\b"
)
_SEASON = Pattern(r"\b(?P<year>(?:19|20)[0-9]{2})\s(?:NASCAR\s)?(?:[A-Z]\w+\s){0,3}?(?:season|Series)\b")
_ROUND = Pattern(
    r"\b(?P<round>[0-9]{1,2})(?:st|nd|rd|th)?\s(?:NASCAR\s)?(?:[A-Z]\w+\s){0,3}?race\sof\sthe\s(?:[0-9]{4}\s)?season\b"
)


@dataclass(frozen=True, slots=True)
class RaceDescription:
    """What a text says of its race, each with the line it stands on; None where it does not say."""

    event: tuple[int, str] | None = None
    track: tuple[int, str] | None = None
    series: tuple[int, str] | None = None
    season: tuple[int, int] | None = None
    round: tuple[int, int] | None = None

    @property
    def series_id(self) -> str | None:
        """The neutral id of the series."""
        return series_id(self.series[1]) if self.series else None


def describe_race(paragraphs: Sequence[RecapParagraph]) -> RaceDescription:
    """What the paragraphs and their headings call the race."""
    event, year = _event(paragraphs)
    season = _first_year(paragraphs) or year
    return RaceDescription(
        event, _track(paragraphs, event[1] if event else None), _series(paragraphs), season, _round(paragraphs)
    )


def _event(paragraphs: Sequence[RecapParagraph]) -> tuple[tuple[int, str] | None, tuple[int, int] | None]:
    """The event and the season in front of its name: from a heading, a win in it, "after the ...", else the first."""
    for shape in (_RESULTS, _WON_EVENT, _AFTER_EVENT, _EVENT):
        for one in paragraphs[:LEAD] if shape is _EVENT else paragraphs:
            for text in (one.section, *one.report_sentences):
                found = shape.search(text)
                if found and not (shape is _EVENT and _NEXT.search(text)):
                    year = re.match(r"((?:19|20)[0-9]{2})\s", found["event"])
                    name = found["event"][5:] if year else found["event"]
                    return (one.line, name), ((one.line, int(year[1])) if year else None)
    return None, None


def _track(paragraphs: Sequence[RecapParagraph], event: str | None) -> tuple[int, str] | None:
    """The track in a sentence that names the event or tells a win, unless it speaks of another day."""
    for one in paragraphs:
        for text in one.report_sentences:
            found = _AT.search(text)
            if not found or _NEXT.search(text):
                continue
            if (event and event in text) or re.search(r"\bw(?:ins?|on|inning)\b", text):
                return one.line, found["track"]
    return None


def _series(paragraphs: Sequence[RecapParagraph]) -> tuple[int, str] | None:
    """The series that the text names, where it names one only or one far more often than others."""
    told = [
        (one.line, found[0]) for one in paragraphs for text in one.report_sentences for found in _SERIES.finditer(text)
    ]
    counts = Counter(series_id(name) for _, name in told)
    common = counts.most_common(2)
    if not common or (len(common) > 1 and common[0][1] < 3 * common[1][1]):
        return None
    of_it = [(line, name) for line, name in told if series_id(name) == common[0][0]]
    full = max((name for _, name in of_it), key=len)
    return next((line, name) for line, name in of_it if name == full)


def _first_year(paragraphs: Sequence[RecapParagraph]) -> tuple[int, int] | None:
    """The season, where the text names one only."""
    told = [
        (one.line, int(found["year"]))
        for one in paragraphs
        for text in one.report_sentences
        for found in _SEASON.finditer(text)
    ]
    return told[0] if told and len({year for _, year in told}) == 1 else None


def _round(paragraphs: Sequence[RecapParagraph]) -> tuple[int, int] | None:
    for one in paragraphs:
        for text in one.report_sentences:
            found = _ROUND.search(text)
            if found:
                return one.line, int(found["round"])
    return None
