"""The tracks that a text names, and which of them its race was run on.

A track is a run of words with capitals that ends in a word for one ("Cedar Ridge Speedway"), or what people say for
one of the sport's tracks ("Talladega", "the Brickyard"), where "at" stands in front of it or a heading has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.documents.recap.identity.name_words import NameWord, name_words
from bot.documents.recap.identity.phrase_table import WEEKDAYS, PhraseTable, phrase_lists
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.documents.recap.identity.race_names import find_race_names
from bot.language.fold import fold
from bot.language.patterns import Pattern
from bot.language.words import Word
from bot.racing.tracks import track_phrase_at, track_sayings

__all__ = ["NamedTrack", "find_named_tracks"]

MAX_TRACK_WORDS = 7  # "World Wide Technology Raceway at Gateway" has six
# What a mention is worth, by where it stands; as in race_choice.py.
RACE_WORTH, HEAD_WORTH, LEAD_WORTH, FULL_NAME_WORTH, HOST_WORTH = 5, 3, 2, 2, 3
_HOST_GROUPS = ("won_before", "had_won_before", "away_races", "held_before")
MAX_STATE_CHARS = 6  # "Calif"
_BRACKET = Pattern(r"\s?\([^()]{1,8}\)\s?")
HOST_WORDS = 5  # in front of a track, in which the race is named that was held there


@dataclass(frozen=True, slots=True)
class NamedTrack:
    """A track that a text names: as written, in the longest form it uses; `worth` as that of a race."""

    name: str
    key: str
    line: int
    worth: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A track in the words of a sentence: from word `first` to before `end`. `is_full` has a word for a track."""

    first: int
    end: int
    is_full: bool


def find_named_tracks(sentences: Sequence[ReportSentence], race_sentences: Iterable[int]) -> tuple[NamedTrack, ...]:
    """The tracks that the sentences name, the likeliest of the race first.

    `race_sentences` are the numbers of the sentences that name the race or tell who won it.
    """
    of_race = frozenset(race_sentences)
    worth: defaultdict[str, int] = defaultdict(int)
    names: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        words = name_words(sentence.text)
        for place in _places(words, frozenset(_words_of_races(sentence.text, words))):
            start, stop = words[place.first].start, words[place.end - 1].end
            # "the race at Elm Speedway next month": what stands right behind the track is said of it
            behind = words[place.end].end if place.end < len(words) and not words[place.end - 1].closes else stop
            if not sentence.scoped.is_of_race(start, behind) or not _is_said(words, place, sentence):
                continue
            name = " ".join(_BRACKET.sub(" ", sentence.text[start:stop]).split()).removesuffix("’s").removesuffix("'s")
            key = _key(name)
            worth[key] += (
                RACE_WORTH * (number in of_race)
                + (HEAD_WORTH if sentence.is_head else LEAD_WORTH * (sentence.is_lead and not _is_away(words, place)))
                + FULL_NAME_WORTH * place.is_full
                + HOST_WORTH * (sentence.is_lead and _is_host(words, place))
            )
            names[key].append((name, sentence.line))
    tracks = []
    for key, told in names.items():
        name, line = max(told, key=_name_rank)
        tracks.append(NamedTrack(name, key, line, worth[key]))
    return tuple(sorted(tracks, key=lambda track: (-track.worth, track.line)))


def _key(name: str) -> str:
    """One key for all the ways a track is written: the track of the list, else its words that say which it is."""
    plain = tuple(fold(name).split())
    known = track_sayings().get(plain) or track_sayings().get(("the", *plain))
    if known:
        plain = tuple(fold(known).split())
    kept = [word for word in plain if word not in _list("generic_words")]
    short = track_sayings().get(tuple(kept))
    if short and not known:
        kept = [word for word in fold(short).split() if word not in _list("generic_words")]
    return " ".join(kept or plain)


def _name_rank(mention: tuple[str, int]) -> tuple[bool, int, bool, int]:
    """What is higher the better a name of a track is: its own before "the Paperclip", then the longest, the first."""
    name, line = mention
    return not name.lower().startswith("the "), len(name.split()), not name.isupper(), -line


def _is_said(words: Sequence[NameWord], place: _Place, sentence: ReportSentence) -> bool:
    """Whether a place is meant as where the race was: by a full name, behind "at", or in a heading.

    "A spot in the championship race at Elm Speedway" speaks of another.
    """
    if "away_races" in _groups_before(words, place):
        return False
    if place.is_full or sentence.is_head:
        return True
    before = words[place.first - 1] if place.first else None
    return before is not None and before.folded in _list("prepositions") and not before.closes


def _groups_before(words: Sequence[NameWord], place: _Place) -> frozenset[str]:
    """The lists of which a phrase ends right in front of a track."""
    window = words[max(0, place.first - HOST_WORDS) : place.first]
    told = tuple(Word(word.text, word.folded, word.start, word.end) for word in window)
    return frozenset(one.group for one in _host_phrases().find(told) if one.end == len(told))


def _is_host(words: Sequence[NameWord], place: _Place) -> bool:
    """Whether the words in front say that the race was held there: "the Xfinity Series race at Elm Speedway"."""
    groups = _groups_before(words, place)
    won = "won_before" in groups and "had_won_before" not in groups
    return won or (place.is_full and "held_before" in groups)


def _is_away(words: Sequence[NameWord], place: _Place) -> bool:
    """Whether the words in front speak of a place beside the race's own: "trips between Iowa and Elm Speedway"."""
    return place.first > 0 and words[place.first - 1].folded in _list("away_before")


def _words_of_races(text: str, words: Sequence[NameWord]) -> Iterator[int]:
    """The numbers of the words that are the name of a race: "Daytona 500" names no place."""
    for race in find_race_names(text, words):
        yield from range(race.first, race.end)


def _places(words: Sequence[NameWord], taken: frozenset[int]) -> Iterator[_Place]:
    """Every track in the words that are not `taken`, in order; none within another."""
    after = 0
    plain = [_without_possessive(word) for word in words]
    for number in range(len(words)):
        if number < after or number in taken:
            continue
        said = None if _goes_before(words, number) else track_phrase_at(plain, number)
        if said and words[said.end - 1].is_capital and not _runs_on(words, said.end):
            after = said.end
            yield _Place(number, said.end, is_full=said.end - number > 1 and _is_track_word(plain[said.end - 1]))
            continue
        length = _track_word_length(words, number)
        if length:
            first = _first_word(words, number, after)
            if first < number:
                after = number + length
                yield _Place(first, after, is_full=True)


def _without_possessive(word: NameWord) -> str:
    """The folded form of a word, "Darlington’s" as "darlington"."""
    return word.folded[:-1] if word.text[-2:] in {"'s", "’s"} else word.folded


def _goes_before(words: Sequence[NameWord], number: int) -> bool:
    """Whether the word before belongs to the same name: "Ironwood" in "Ironwood Raceway Park"."""
    if not number or words[number].opens:
        return False
    before = words[number - 1]
    is_begin = before.folded in _list("no_track_starts") or before.folded in phrase_lists("race_names.toml")["stops"]
    return before.is_capital and not (before.closes or is_begin or before.folded.removesuffix("s") in WEEKDAYS)


def _runs_on(words: Sequence[NameWord], end: int) -> bool:
    """Whether a name goes on behind a saying: "Texas" in "Texas Motor Speedway", "Daytona" in "Daytona 500"."""
    if end >= len(words) or words[end - 1].closes:
        return False
    following = words[end]
    if following.folded.removesuffix("s") in WEEKDAYS or following.folded in phrase_lists("race_names.toml")["stops"]:
        return _track_word_length(words, end) > 0
    return following.is_capital or _track_word_length(words, end) > 0


def _track_word_length(words: Sequence[NameWord], number: int) -> int:
    """How many words from here on are a word for a track; 0 where they are none."""
    first = words[number].folded
    for phrase in _track_phrases().get(first, ()):
        if tuple(word.folded for word in words[number : number + len(phrase)]) == phrase:
            return len(phrase)
    is_word = first in _list("track_words") and words[number].is_capital
    return 1 if is_word and not (number + 1 < len(words) and _goes_on(words, number)) else 0


def _goes_on(words: Sequence[NameWord], number: int) -> bool:
    """Whether a word for a track is followed by another: "International" in "International Speedway"."""
    return not words[number].closes and _track_word_length(words, number + 1) > 0


def _is_track_word(plain: str) -> bool:
    return plain in _list("track_words") or plain in _list("last_words")


def _is_bracketed_state(words: Sequence[NameWord], number: int) -> bool:
    """Whether a word is a state in brackets behind a town: "Dover (Del.) International Speedway"."""
    word = words[number]
    return (
        number > 0 and word.opens and word.closes and len(word.text) <= MAX_STATE_CHARS and words[number - 1].is_capital
    )


def _first_word(words: Sequence[NameWord], last: int, floor: int) -> int:
    first = last
    while first > floor and last - first < MAX_TRACK_WORDS and not words[first].opens:
        word = words[first - 1]
        if _is_bracketed_state(words, first - 1):
            first -= 2
            continue
        if word.closes or not word.is_capital or word.text[0].isdecimal() or word.folded in _list("no_track_starts"):
            break
        if word.text[-2:] in {"'s", "’s"} and word.folded[:-1] in _list("states"):
            break  # "Alabama's Talladega Superspeedway"
        first -= 1
    return first


@cache
def _list(group: str) -> frozenset[str]:
    return frozenset(phrase_lists("places.toml")[group])


@cache
def _host_phrases() -> PhraseTable:
    return PhraseTable({group: phrase_lists("places.toml")[group] for group in _HOST_GROUPS})


@cache
def _track_phrases() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The phrases for a track by their first word, the longest first."""
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    phrases = (tuple(phrase.split()) for phrase in phrase_lists("places.toml")["track_phrases"])
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first[phrase[0]].append(phrase)
    return dict(by_first)
