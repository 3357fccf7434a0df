"""Comparison of names of races, tracks and people as different documents write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.language.fold import fold
from bot.racing.race_names import OTHER_EVENT_WORDS, PLAIN_WORDS, SPONSOR_FORMS
from bot.racing.renamings import TRACK_RENAMINGS

__all__ = ["RaceNameWords", "place_words", "race_name_words", "same_person", "same_track"]

MAX_NAMES_IN_MEMORY = 20_000  # names of the whole history are 1,500; a load with more works some out twice
MIN_SWAPPED = 6  # letters of a word that may have two swapped; shorter ones are often two words
_SPONSOR_TAIL = re.compile(r"\b(?:presented|powered|sponsored|fueled|benefiting|benefitting) (?:by )?.*")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_DISTANCE = re.compile(r"([1-9][0-9]{2,3})(?:k|km)?")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Words that many tracks have in their names: "Kansas" is the Kansas Speedway.
_VENUE_WORDS = frozenset({
    "autodrome", "circuit", "course", "fairgrounds", "international", "motor", "motorplex", "motorsports", "park",
    "raceway", "road", "speedway", "street", "superspeedway",
})  # fmt: skip
_TRACK_FILLERS = frozenset({"and", "at", "in", "of", "the"})
ROVAL_WORDS = {"roval": ("road", "course")}


@dataclass(frozen=True, slots=True)
class RaceNameWords:
    """A race's name as what tells it from others: words, distance, and words of an event beside the race."""

    words: frozenset[str]
    distances: frozenset[str]
    events: frozenset[str]

    def likeness(self, other: "RaceNameWords", place: frozenset[str] = frozenset()) -> str:
        """How the name of a race is alike: "same", "part" (all words of one in the other), "other", or "" for neither.

        `place` are the words of its track: the "Nashville 400" may be any race of 400 miles there ("by its place").
        """
        if self.events != other.events or (self.distances and other.distances and self.distances != other.distances):
            return "other"
        if self.words == other.words and self.distances == other.distances:
            return "same"
        if self.words and self.words <= place:
            return "by its place" if self.distances and self.distances == other.distances else ""
        if not self.words or not other.words:
            return ""
        if other.words <= place:
            return "" if self.distances == other.distances else "other"  # the "Sprint Special" is no "Daytona 500"
        return self._partly(other, place)

    def _partly(self, other: "RaceNameWords", place: frozenset[str]) -> str:
        """How names of several words are alike, of which neither is only that of the place."""
        shorter, longer = sorted((self.words, other.words), key=len)
        if shorter <= longer and longer - shorter <= place and self.distances == other.distances:
            return "same"  # "Iowa John Deere 250" at Iowa Speedway
        is_part = all(_has_word(longer, word) for word in shorter) or 2 * len(shorter & longer) > len(longer)
        return "part" if is_part else "other"


def _has_word(words: frozenset[str], word: str) -> bool:
    """Whether a word is one of several, or one of them with two letters swapped: "Siruis" is "Sirius"."""
    if word in words or len(word) < MIN_SWAPPED:
        return word in words
    return any(word[0] == other[0] and sorted(word) == sorted(other) for other in words)


@dataclass(frozen=True, slots=True)
class TrackName:
    """One name of a track in words, all of them and those that are its own."""

    all_words: frozenset[str]
    own_words: frozenset[str]

    def is_same(self, other: "TrackName") -> bool | None:
        """Whether another name is that of the same track; None where it may be that of a neighbour."""
        shorter, longer = sorted((self, other), key=lambda name: len(name.all_words))
        if shorter.all_words <= longer.all_words:
            return True
        own_shorter, own_longer = sorted((self.own_words, other.own_words), key=len)
        return None if own_shorter and own_shorter <= own_longer else False


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def race_name_words(name: str) -> RaceNameWords:
    """The words of a race's name, without year, sponsor's tail and words that say nothing."""
    words = _with_common_forms(tuple(_SPONSOR_TAIL.sub("", fold(name)).split()) or tuple(fold(name).split()))
    kept = [word for word in words if word not in PLAIN_WORDS and not _YEAR.fullmatch(word)]
    distances = frozenset(found[1] for word in kept if (found := _DISTANCE.fullmatch(word)))
    events = frozenset(event for event in OTHER_EVENT_WORDS if f" {event} " in f" {' '.join(words)} ")
    return RaceNameWords(
        frozenset(word for word in kept if not _DISTANCE.fullmatch(word)),
        distances,
        frozenset(event.replace(" ", "") for event in events),
    )


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def same_track(name: str, other: str) -> bool | None:
    """Whether two names are those of one track, under any name it ever had; None where it may be a neighbour."""
    answers = {one.is_same(another) for one in _track_names(name) for another in _track_names(other)}
    return True if True in answers else None if None in answers else False


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def place_words(track: str) -> frozenset[str]:
    """The words by which a track is called, under any name it ever had."""
    return frozenset(word for name in _track_names(track) for word in name.own_words)


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def _track_names(name: str) -> tuple[TrackName, ...]:
    """A track's name, and all others that it had or has."""
    return tuple(_track_name(one) for one in dict.fromkeys((fold(name), *_renamings().get(fold(name), ()))))


@cache
def _renamings() -> dict[str, tuple[str, ...]]:
    """Each folded name of a track that was renamed, with all its names."""
    groups = (tuple(fold(name) for name in group) for group in TRACK_RENAMINGS)
    return {name: group for group in groups for name in group}


def _track_name(folded: str) -> TrackName:
    words = frozenset(
        part for word in folded.split() if word not in _TRACK_FILLERS for part in ROVAL_WORDS.get(word, (word,))
    )
    return TrackName(words, words - _VENUE_WORDS)


def same_person(one: str, other: str) -> bool | None:
    """Whether two names are one person's; None where one may be the father of the other, or nobody's name."""
    (first, last, suffix), (other_first, other_last, other_suffix) = _person(one), _person(other)
    if not last or not other_last:
        return None
    if last != other_last:
        return False
    if first and other_first and first != other_first and not _is_short_form(first, other_first):
        return False
    if suffix and other_suffix and suffix != other_suffix:
        return False
    # A last name alone leaves the suffix away as it does the first name; a full name without one may be the father's.
    return None if suffix != other_suffix and first and other_first else True


def _is_short_form(first: str, other: str) -> bool:
    """Whether one first name is the beginning of the other: "J" and "Joey", "Geoff" and "Geoffrey"."""
    shorter, longer = sorted((first, other), key=len)
    return len(shorter) != 2 and longer.startswith(shorter)


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def _person(name: str) -> tuple[str, str, str]:
    """First name, last name and suffix, each "" where there is none."""
    words = fold(name).split()
    if words == ["junior"]:
        return "", "", "jr"  # many are called so
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    return (words[0] if len(words) > 1 else "", words[-1] if words else "", suffix)


@cache
def _forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of each form of a sponsor, with the words of the form that all are compared by."""
    return {tuple(form.split()): tuple(group[0].split()) for group in SPONSOR_FORMS for form in group}


def _with_common_forms(words: Sequence[str]) -> list[str]:
    """The words with each sponsor in the one form, the longest form at each place."""
    forms = _forms()
    longest = max(map(len, forms))
    common: list[str] = []
    position = 0
    while position < len(words):
        sizes = range(min(longest, len(words) - position), 0, -1)
        size = next((size for size in sizes if tuple(words[position : position + size]) in forms), 0)
        common += forms[tuple(words[position : position + size])] if size else words[position : position + 1]
        position += size or 1
    return common
