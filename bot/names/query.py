"""What a person typed, cleaned: no markup, no mentions, not too long; car numbers and years read out of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language.fold import fold

__all__ = ["LONGEST", "CarAsked", "Typed", "car_asked", "series_of", "typed", "without_noise"]

LONGEST = 2000  # characters of a message; all beyond is cut
LONGEST_NAME = 120  # characters of a name: labels have at most 100, and letters of some scripts fold to many
MOST_WORDS = 8  # a ninth word tells no more about a name, and time is short
LONGEST_WORD = 40

_MENTION = re.compile(r"<(?:@[!&]?|#|/|a?:\w{1,40}:|t:|id:)[^<>]{0,120}>|@everyone|@here|https?://\S+", re.IGNORECASE)
_MARK = re.compile(r"\((?:r|i|p|c|w|rookie)\)", re.IGNORECASE)
_SUFFIX = {
    "junior": "jr",
    "jnr": "jr",
    "jun": "jr",
    "senior": "sr",
    "snr": "sr",
    "2nd": "ii",
    "3rd": "iii",
    "4th": "iv",
}
_YEAR = re.compile(r"(?:19[3-9]|20[0-9])\d")
_CAR = re.compile(r"(?:(?:car|no|number|num) ?)*(\d{1,3})(?: (?:car|team|driver|truck|machine))*")

# Words that surround a name and are no part of it.
_ANY = (
    "the", "a", "an", "of", "in", "at", "for", "on", "by", "to", "and", "nascar", "stats", "stat", "statistics",
    "results", "result", "profile", "career", "history", "record",
)  # fmt: skip
_NOISE = {
    kind: frozenset((*_ANY, *words))
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
_SERIES = {
    "cup": "cup", "winston": "cup", "nextel": "cup", "sprint": "cup", "ncs": "cup", "xfinity": "nxs", "nxs": "nxs",
    "busch": "nxs", "nationwide": "nxs", "oreilly": "nxs", "truck": "truck", "trucks": "truck", "craftsman": "truck",
    "ncts": "truck",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """`raw` is the text without mentions, `folded` its one form, `words` those that may belong to a name."""

    raw: str
    folded: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarAsked:
    """A car number as text, with the season and series that were typed beside it."""

    car: str
    season: int | None = None
    series: str | None = None


def typed(text: str, kind: str) -> Typed:
    """Read what was typed for a name of `kind`. Text that is only mentions and marks has no words."""
    raw, folded = _cleaned(text[:LONGEST])
    every = [word[:LONGEST_WORD] for word in folded.split()[: 2 * MOST_WORDS] if word.isalnum()]
    if len(every) > 1:
        every = [*every[:1], *(_SUFFIX.get(word, word) for word in every[1:])]
    words = list(without_noise(" ".join(every), kind)) or every
    if kind == "driver" and any(word.isalpha() for word in words):
        words = [word for word in words if not word.isdigit()]
    return Typed(raw, folded, tuple(words[:MOST_WORDS]))


@lru_cache(maxsize=8)  # a text of unknown kind is read as every kind, one after the other
def _cleaned(text: str) -> tuple[str, str]:
    """The text without mentions and marks, and the same folded."""
    raw = " ".join(_MARK.sub(" ", _MENTION.sub(" ", text)).split())[:LONGEST_NAME]
    return raw, fold(raw)[: 2 * LONGEST_NAME]


def without_noise(words: str, kind: str) -> tuple[str, ...]:
    """The words of a folded text that may belong to a name of `kind`."""
    noise = _NOISE.get(kind, frozenset(_ANY))
    return tuple(word[:LONGEST_WORD] for word in words.split()[: 2 * MOST_WORDS] if word not in noise)[:MOST_WORDS]


def car_asked(folded: str) -> CarAsked | None:
    """The car number meant by "#45", "no. 48", "the 5 car", "cup 24 in 2015"; None where no number is asked for."""
    if not any(c.isdigit() for c in folded[:60]) or len(folded) > 60:
        return None
    season = series = None
    rest = []
    for word in folded.split():
        if _YEAR.fullmatch(word):
            season = int(word)
        elif word in _SERIES:
            series = _SERIES[word]
        elif word not in _ANY and word != "series":
            rest.append(word)
    found = _CAR.fullmatch(" ".join(rest))
    return CarAsked(found[1], season, series) if found else None


def series_of(word: str) -> str | None:
    """The id of the series that a word stands for; None where it stands for none."""
    return _SERIES.get(word)
