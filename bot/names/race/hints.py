"""What a text says about which running of a race is meant: season, round, date, series, part of the season."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.names.query import series_of

__all__ = ["Clues", "clues"]

_YEAR = re.compile(r"\b(19[3-9]\d|20\d\d)\b")
_SHORT_YEAR = re.compile(r"['’]\s?(\d\d)\b")
_ISO = re.compile(r"\b(19\d\d|20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b")
_AMERICAN = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})(?:[-/.](19\d\d|20\d\d))?\b")
_ROUND = re.compile(
    r"\b(?:race|round|rd|week) ?(?:no|number)? ?(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th) (?:race|round)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b|\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b")
_LATEST = re.compile(
    r"\b(?:(?:the )?last (?:week|weekend|weeks|race|time|sunday|saturday)|latest|most recent|newest|current)\b"
)
_SEASON_WORD = re.compile(r"\b(last|this|previous) (?:year|season)s?\b")
_PARTS = {"spring": "spring", "fall": "fall", "autumn": "fall", "summer": "summer", "night": "night"}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "last": -1, "opener": 1, "finale": -1}


@dataclass(frozen=True, slots=True)
class Clues:
    """What the text says; None where it says nothing. `words` is the text without what was understood.

    `ordinal` counts the races of a season at one track from 1, -1 being the last. `back` counts seasons before the
    latest one ("last year" is 1). `day` has no year where none was typed; then `season` is None too.
    """

    words: str
    season: int | None = None
    back: int | None = None
    round: int | None = None
    month: int | None = None
    day: int | None = None
    series: str | None = None
    part: str | None = None
    ordinal: int | None = None
    latest: bool = False

    @property
    def any(self) -> bool:
        """Something is said beyond a name."""
        return self != Clues(self.words)

    def within(self, season: int | None) -> "Clues":
        """The same in that season, where none is told."""
        told = self.season is not None or self.back is not None
        return self if told or season is None else replace(self, season=season)


def clues(raw: str, folded: str) -> tuple[Clues, ...]:
    """Clues of a typed text: first those that can hardly belong to a name, then ever more of the ones that can.

    The first has years and days, the second rounds too, the last everything. A year or a date is no part of a name,
    and a round seldom is ("Qualifying Race 2"); "spring", "night" or "second" can be, and more often "busch" is.
    """
    dated = _dated(raw, Clues(folded))
    numbered = _numbered(dated)
    return dated, numbered, _worded(dated, series=False), _worded(numbered, series=False), _worded(numbered)


def _dated(raw: str, found: Clues) -> Clues:
    """Years and days, read from the text as typed, since folding takes the strokes between numbers away."""
    if whole := _ISO.search(raw):
        found = _on(found, int(whole[1]), int(whole[2]), int(whole[3]), " ".join(whole.groups()))
    elif (american := _AMERICAN.search(raw)) and int(american[1]) <= 12 and "/" in american[0]:
        year = int(american[3]) if american[3] else None
        found = _on(found, year, int(american[1]), int(american[2]), " ".join(p for p in american.groups() if p))
    elif short := _SHORT_YEAR.search(raw):
        season = 1900 + int(short[1]) if int(short[1]) >= 49 else 2000 + int(short[1])
        found = replace(found, season=season, words=_without(found.words, short[1]))
    if found.season is None and (year_of := _YEAR.search(found.words)):
        found = replace(found, season=int(year_of[1]), words=_without(found.words, year_of[1]))
    if found.day is None and (told := _MONTH_DAY.search(found.words)):
        month = _MONTHS.index((told[1] or told[4])[:3]) + 1
        found = _on(found, found.season, month, int(told[2] or told[3]), told[0])
    return found


def _on(found: Clues, season: int | None, month: int, day: int, said: str) -> Clues:
    """With that day, if there is such a day."""
    try:
        date(season or 2024, month, day)
    except ValueError:
        return found
    return replace(found, season=season, month=month, day=day, words=_without(found.words, said))


def _numbered(found: Clues) -> Clues:
    if told := _ROUND.search(found.words):
        found = replace(found, round=int(told[1] or told[2]), words=_without(found.words, told[0]))
    if told := _SEASON_WORD.search(found.words):
        back = 0 if told[1] == "this" else 1
        found = replace(found, back=back, words=_without(found.words, told[0]))
    if told := _LATEST.search(found.words):
        found = replace(found, latest=True, words=_without(found.words, told[0]))
    return found


def _worded(found: Clues, *, series: bool = True) -> Clues:
    """Words that may be part of a name are taken as clues, those that stand for a series only where it is asked."""
    rest = []
    for word in found.words.split():
        if series and found.series is None and series_of(word):
            found = replace(found, series=series_of(word))
        elif found.part is None and word in _PARTS:
            found = replace(found, part=_PARTS[word])
        elif found.ordinal is None and word in _ORDINALS:
            found = replace(found, ordinal=_ORDINALS[word])
        else:
            rest.append(word)
    return replace(found, words=" ".join(rest))


def _without(words: str, said: str) -> str:
    return " ".join(re.sub(rf"\b{re.escape(said)}\b", " ", words, count=1).split())
