"""Queries: what a person typed, without markup and mentions and not too long; car numbers and years read out of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.fold import fold
from bot.names.readings import SUFFIX_SPELLINGS, name_readings
from bot.racing.series import SERIES_BY_WORD

__all__ = [
    "MAX_MESSAGE_LENGTH",
    "CarQuery",
    "ParsedQuery",
    "name_words",
    "parse_car_query",
    "parse_query",
    "series_of_word",
]

MAX_MESSAGE_LENGTH = 2000  # characters of a message; all beyond is cut
MAX_NAME_LENGTH = 120  # characters of a name: labels have at most 100, and letters of some scripts fold to many
MAX_QUERY_WORDS = 8  # a ninth word tells no more about a name, and time is short
MAX_WORD_LENGTH = 40
FIRST_SHORT_YEAR = 49  # "'49" is 1949, the first season there was; "'48" would be 2048
KINDS_WITH_SEASONS = ("driver", "team")  # a year beside a name of these says which of its seasons is meant

_MENTION = re.compile(r"<(?:@[!&]?|#|/|a?:\w{1,40}:|t:|id:)[^<>]{0,120}>|@everyone|@here|https?://\S+", re.IGNORECASE)
_ENTRY_MARK = re.compile(r"\((?:r|i|p|c|w|rookie)\)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[3-9]|20[0-9])\d")
_SHORT_YEAR = re.compile(r"(?<!\w)['’‘](\d\d)(?!\w)")
_CAR_NUMBER = re.compile(r"(?:(?:car|no|number|num) ?){0,4}(\d{1,3})(?: (?:car|team|driver|truck|machine)){0,4}")

# Words that surround a name and are no part of it.
_NOISE_WORDS = (
    "the", "a", "an", "of", "in", "at", "for", "on", "by", "to", "and", "nascar", "stats", "stat", "statistics",
    "results", "result", "profile", "career", "history", "record",
)  # fmt: skip
_NOISE_BY_KIND = {
    # The "a" of "A. Petty" is an initial.
    kind: frozenset((*_NOISE_WORDS, *words)) - ({"a"} if kind == "driver" else frozenset())
    for kind, words in {
        "driver": (
            "driver",
            "drivers",
            "racer",
            "racing",
            "car",
            "mr",
            "mister",
            "rookie",
            "wins",
            "champion",
            "points",
        ),
        "track": ("track", "race", "races", "layout", "venue", "oval", "map"),
        "race": ("race", "races", "winner", "finish", "running"),
        "team": ("team", "owner", "drivers", "cars", "organization"),
        "manufacturer": ("car", "cars", "make", "manufacturer", "manufacturers", "brand", "team"),
    }.items()
}


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`raw` is the text without mentions, `folded` its one form, `words` those that may belong to a name.

    `readings` are other forms of the whole text, the likeliest first: without a possessive, in the common order.
    `season` is the year that was typed beside a name: "larson 2021".
    """

    raw: str
    folded: str
    words: tuple[str, ...]
    readings: tuple[str, ...] = ()
    season: int | None = None


@dataclass(frozen=True, slots=True)
class CarQuery:
    """A car number as text, with the season and series that were typed beside it."""

    car: str
    season: int | None = None
    series: str | None = None


def parse_query(text: str, kind: str) -> ParsedQuery:
    """Read what was typed for a name of `kind`. Text that is only mentions and marks has no words."""
    raw, folded = _clean_text(text[:MAX_MESSAGE_LENGTH])
    plain, readings = name_readings(raw, folded, kind)
    all_words = [word[:MAX_WORD_LENGTH] for word in plain.split()[: 2 * MAX_QUERY_WORDS] if word.isalnum()]
    if len(all_words) > 1:
        all_words = [*all_words[:1], *(SUFFIX_SPELLINGS.get(word, word) for word in all_words[1:])]
    words = list(name_words(" ".join(all_words), kind)) or all_words
    season = None
    if kind in KINDS_WITH_SEASONS and any(word.isalpha() for word in words):
        season = _typed_season(raw, words)
        words = [word for word in words if not (word.isdigit() and (kind == "driver" or word == str(season)))]
    return ParsedQuery(raw, folded, tuple(words[:MAX_QUERY_WORDS]), readings, season)


def _typed_season(raw: str, words: Sequence[str]) -> int | None:
    """The year among these words, or in two figures behind an apostrophe; None where there is none, or several."""
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    years += [(1900 if short >= FIRST_SHORT_YEAR else 2000) + short for short in map(int, _SHORT_YEAR.findall(raw))]
    return years[0] if len(years) == 1 else None


@lru_cache(maxsize=8)  # a text of unknown kind is read as every kind, one after the other
def _clean_text(text: str) -> tuple[str, str]:
    """The text without mentions and marks, and the same folded."""
    raw = " ".join(_ENTRY_MARK.sub(" ", _MENTION.sub(" ", text)).split())[:MAX_NAME_LENGTH]
    return raw, fold(raw)[: 2 * MAX_NAME_LENGTH]


def name_words(words: str, kind: str) -> tuple[str, ...]:
    """The words of a folded text that may belong to a name of `kind`."""
    noise = _NOISE_BY_KIND.get(kind, frozenset(_NOISE_WORDS))
    return tuple(word[:MAX_WORD_LENGTH] for word in words.split()[: 2 * MAX_QUERY_WORDS] if word not in noise)[
        :MAX_QUERY_WORDS
    ]


def parse_car_query(folded: str) -> CarQuery | None:
    """The car number meant by "#45", "no. 48", "the 5 car", "cup 24 in 2015"; None where no number is asked for."""
    if not any(c.isdigit() for c in folded[:60]) or len(folded) > 60:
        return None
    season = series = None
    other_words = []
    for word in folded.split():
        if _YEAR.fullmatch(word):
            season = int(word)
        elif word in SERIES_BY_WORD:
            series = SERIES_BY_WORD[word]
        elif word not in _NOISE_WORDS and word != "series":
            other_words.append(word)
    car_match = _CAR_NUMBER.fullmatch(" ".join(other_words))
    return CarQuery(car_match[1], season, series) if car_match else None


def series_of_word(word: str) -> str | None:
    """The id of the series that a word stands for; None where it stands for none."""
    return SERIES_BY_WORD.get(word)
