"""What a text says about which running of a race is meant: season, round, date, series, part of the season."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.language.months import MONTH, month_number
from bot.language.ordinals import ordinal, ordinal_words
from bot.names.query import series_of_word

__all__ = ["RaceHints", "parse_hints"]

_YEAR = re.compile(r"\b(19[3-9]\d|20\d\d)\b")
_SHORT_YEAR = re.compile(r"['’]\s?(\d\d)\b")
_ISO = re.compile(r"\b(19\d\d|20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b")
_AMERICAN = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})(?:[-/.](19\d\d|20\d\d))?\b")
_ROUND = re.compile(
    r"\b(?:race|round|rd|week) ?(?:no|number)? ?(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th) (?:race|round)\b"
)
_MONTH_DAY = re.compile(
    rf"\b({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b|\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH})\b", re.IGNORECASE
)
_LATEST = re.compile(
    r"\b(?:(?:the )?last (?:week|weekend|weeks|race|time|sunday|saturday)|latest|most recent|newest|current)\b"
)
_SEASON_WORD = re.compile(r"\b(last|this|previous) (?:year|season)s?\b")
_SEASON_PARTS = {"spring": "spring", "fall": "fall", "autumn": "fall", "summer": "summer", "night": "night"}
_ORDINALS = {form: number for number in (1, 2, 3) for form in (ordinal_words(number), ordinal(number))}
_ORDINALS |= {"last": -1, "opener": 1, "finale": -1}


@dataclass(frozen=True, slots=True)
class RaceHints:
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
    def has_hints(self) -> bool:
        """Whether something is said beyond a name."""
        return self != RaceHints(self.words)

    def in_season(self, season: int | None) -> "RaceHints":
        """The same hints in that season, where they tell none."""
        has_season = self.season is not None or self.back is not None
        return self if has_season or season is None else replace(self, season=season)


def parse_hints(raw: str, folded: str) -> tuple[RaceHints, ...]:
    """Hints of a typed text: first those that can hardly belong to a name, then ever more of the ones that can.

    The first has years and days, the second rounds too, the last everything. A year or a date is no part of a name,
    and a round seldom is ("Qualifying Race 2"); "spring", "night" or "second" can be, and more often "busch" is.
    """
    # Each reading takes more words for hints and leaves fewer to the name; who asks takes the first that finds a race.
    date_hints = _with_dates(raw, RaceHints(folded))
    number_hints = _with_numbers(date_hints)
    return (
        date_hints,
        number_hints,
        _with_words(date_hints, series=False),
        _with_words(number_hints, series=False),
        _with_words(number_hints),
    )


def _with_dates(raw: str, hints: RaceHints) -> RaceHints:
    """Years and days, read from the text as typed, since folding takes the strokes between numbers away."""
    if iso_date := _ISO.search(raw):
        hints = _with_day(hints, int(iso_date[1]), int(iso_date[2]), int(iso_date[3]), " ".join(iso_date.groups()))
    elif (american_date := _AMERICAN.search(raw)) and int(american_date[1]) <= 12 and "/" in american_date[0]:
        year = int(american_date[3]) if american_date[3] else None
        hints = _with_day(
            hints, year, int(american_date[1]), int(american_date[2]), " ".join(p for p in american_date.groups() if p)
        )
    elif short_year := _SHORT_YEAR.search(raw):
        season = 1900 + int(short_year[1]) if int(short_year[1]) >= 49 else 2000 + int(short_year[1])
        hints = replace(hints, season=season, words=_without_text(hints.words, short_year[1]))
    if hints.season is None and (year_of := _YEAR.search(hints.words)):
        hints = replace(hints, season=int(year_of[1]), words=_without_text(hints.words, year_of[1]))
    if hints.day is None and (month_day := _MONTH_DAY.search(hints.words)):
        month = month_number(month_day[1] or month_day[4])
        hints = _with_day(hints, hints.season, month, int(month_day[2] or month_day[3]), month_day[0])
    return hints


def _with_day(hints: RaceHints, season: int | None, month: int, day: int, hint_text: str) -> RaceHints:
    """The hints with that day; unchanged where there is no such day."""
    try:
        date(season or 2024, month, day)
    except ValueError:
        return hints
    return replace(hints, season=season, month=month, day=day, words=_without_text(hints.words, hint_text))


def _with_numbers(hints: RaceHints) -> RaceHints:
    if hint_match := _ROUND.search(hints.words):
        hints = replace(
            hints, round=int(hint_match[1] or hint_match[2]), words=_without_text(hints.words, hint_match[0])
        )
    if hint_match := _SEASON_WORD.search(hints.words):
        back = 0 if hint_match[1] == "this" else 1
        hints = replace(hints, back=back, words=_without_text(hints.words, hint_match[0]))
    if hint_match := _LATEST.search(hints.words):
        hints = replace(hints, latest=True, words=_without_text(hints.words, hint_match[0]))
    return hints


def _with_words(hints: RaceHints, *, series: bool = True) -> RaceHints:
    """The hints with words that may be part of a name; those that stand for a series only where `series` is true."""
    other_words = []
    for word in hints.words.split():
        if series and hints.series is None and series_of_word(word):
            hints = replace(hints, series=series_of_word(word))
        elif hints.part is None and word in _SEASON_PARTS:
            hints = replace(hints, part=_SEASON_PARTS[word])
        elif hints.ordinal is None and word in _ORDINALS:
            hints = replace(hints, ordinal=_ORDINALS[word])
        else:
            other_words.append(word)
    return replace(hints, words=" ".join(other_words))


def _without_text(words: str, hint_text: str) -> str:
    return " ".join(re.sub(rf"\b{re.escape(hint_text)}\b", " ", words, count=1).split())
