"""Book of the phrases that mean races: names, tracks, places, winners, and the words they are made of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.language.fold import fold
from bot.names.aliases import Aliases
from bot.names.race.phrases import load_phrases
from bot.names.race.race_sets import NO_RACES, RaceSets, event_of, folded_words, set_of, sets_by
from bot.names.race.titles import RaceTitle
from bot.racing.renamings import RACE_RENAMINGS, TRACK_RENAMINGS
from bot.racing.series import series_phrase_at

__all__ = ["TRACK_KIND_WORDS", "PhraseBook", "PhraseMeaning"]

# Words that say what kind of place a track is; what stands before them is what people call it.
TRACK_KIND_WORDS = frozenset(
    ["international", "motor", "speedway", "superspeedway", "raceway", "motorplex", "motorsports", "fairgrounds",
     "stadium", "park", "road", "course", "track", "race", "dirt", "complex", "circuit", "street", "sports", "car",
     "beach", "and", "super", "speedrome", "the", "state", "agriculture"]
)  # fmt: skip
# Words that say which running of a race is meant.
RUNNING_WORDS = frozenset(["first", "second", "last", "final", "inaugural", "original"])
# How far-fetched a meaning is; readings of nearly the same cost are a question (READING_MARGIN in phrase_reader.py).
NAME_COST, NICKNAME_COST, PLACE_COST, RENAMED_COST = 0.0, 0.05, 0.1, 0.3


@dataclass(frozen=True, slots=True)
class PhraseMeaning:
    """One meaning of a phrase: `kind` is "race", "place" or "renamed", `exact` those races that have this very name."""

    kind: str
    cost: float
    races: int
    exact: int
    title: str

    def __post_init__(self) -> None:
        if self.exact == self.races:
            object.__setattr__(self, "exact", self.races)  # one number of 600 bytes instead of two


class PhraseBook:
    """Folded phrases, as tuples of words, and what they mean. Never changed once built."""

    __slots__ = ("_meanings", "_sets", "longest", "name_words", "place_words")

    def __init__(
        self,
        sets: RaceSets,
        titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]],
        nicknames: Mapping[int, Sequence[str]],
        alias_table: Aliases,
    ) -> None:
        """`titles_with_spellings` are names with their folded spellings, `nicknames` those of each by its number."""
        self._sets = sets
        self._meanings: defaultdict[tuple[str, ...], list[PhraseMeaning]] = defaultdict(list)
        words_of: dict[str | None, tuple[str, ...]] = {None: ()}

        def words(text: str | None) -> tuple[str, ...]:
            if text not in words_of:
                words_of[text] = folded_words(text)
            return words_of[text]

        self.name_words = sets_by(sets.races, lambda race: dict.fromkeys(words(race.name)))
        self.place_words = sets_by(
            sets.races, lambda race: dict.fromkeys((*words(event_of(race).track), *words(event_of(race).place)))
        )
        self._add_races(titles_with_spellings, nicknames)
        self._add_renamed()
        self._add_places(titles_with_spellings, nicknames, dict(alias_table.of_kind("track")))
        self._add_famous()
        self.longest = max(map(len, self._meanings), default=0)

    def meanings(self, words: tuple[str, ...]) -> Sequence[PhraseMeaning]:
        """What exactly these words may mean; nothing where they are no phrase."""
        return self._meanings.get(words, ())

    def has_phrase(self, words: tuple[str, ...]) -> bool:
        """Whether a race is called so: these words stand in its name in this order."""
        return any(meaning.kind == "race" for meaning in self.meanings(words))

    def word_counts(self) -> dict[str, int]:
        """Of how many races each word is said, in their own name or place or in what people call them."""
        counts: Counter[str] = Counter()
        for words in (self.name_words, self.place_words):
            counts.update({word: races.bit_count() for word, races in words.items()})
        for phrase, meanings in self._meanings.items():
            for word in phrase:
                counts[word] += max(meaning.races.bit_count() for meaning in meanings) if word not in counts else 0
        return {word: count for word, count in counts.items() if word.isalpha()}

    def _add(self, text: str, meaning: PhraseMeaning) -> None:
        words = tuple(text.split())
        if words and meaning.races:
            self._meanings[words].append(meaning)

    def _add_races(
        self, titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]], nicknames: Mapping[int, Sequence[str]]
    ) -> None:
        """Names of races; one that others go on with a sponsor before or behind it means those too, at its tracks."""
        races_by_text: dict[str, int] = {}
        title_by_text: dict[str, str] = {}
        for title, texts in titles_with_spellings:
            if title.kind == "race":
                for text in texts:
                    races_by_text[text] = races_by_text.get(text, 0) | self._set_of(title)
                    title_by_text.setdefault(text, title.title)
        longer = _names_around(races_by_text)
        for text, exact in races_by_text.items():
            races = exact | self._at_same_tracks(exact, (races_by_text[other] for other in longer.get(text, ())))
            races_by_text[text] = races
            self._add(text, PhraseMeaning("race", NAME_COST, races, exact, title_by_text[text]))
        for number, (title, texts) in enumerate(titles_with_spellings):
            if title.kind == "race":
                races = races_by_text[texts[0]]
                # "inaugural brickyard 400" says which running, and the reader knows what that means.
                for nickname in (own for own in nicknames.get(number, ()) if own.split()[0] not in RUNNING_WORDS):
                    self._add(nickname, PhraseMeaning("race", NICKNAME_COST, races, self._set_of(title), title.title))
        self._add_cores(races_by_text, longer)

    def _add_cores(self, races_by_text: Mapping[str, int], longer: Mapping[str, Sequence[str]]) -> None:
        """Names that no race has by itself, but that several have with their sponsors ("Texas 500")."""
        for text, others in longer.items():
            if text not in races_by_text:
                races = NO_RACES
                for other in others:
                    races |= races_by_text[other]
                self._add(text, PhraseMeaning("race", NICKNAME_COST, races, races, text.title()))

    def _at_same_tracks(self, exact: int, others: Iterable[int]) -> int:
        """Those of the others that were run where the exact ones were, in the same series."""
        places = {(event_of(race).track, event_of(race).series) for race in self._sets.members(exact)}
        races = NO_RACES
        for other in others:
            races |= other
        return set_of(
            sorted(
                self._sets.place_of[race.value]
                for race in self._sets.members(races)
                if (event_of(race).track, event_of(race).series) in places
            )
        )

    def _add_renamed(self) -> None:
        """Races under the names they had before and after, in the years in which they had another."""
        tracks = sets_by(self._sets.races, lambda race: folded_words(event_of(race).track)[:1])
        for renaming in RACE_RENAMINGS:
            texts = [fold(name) for name in renaming.names]
            races = NO_RACES
            for text in texts:
                for meaning in self.meanings(tuple(text.split())):
                    races |= meaning.races if meaning.kind == "race" else NO_RACES
            races &= self._sets.by_series.get(renaming.series, NO_RACES)
            races &= set_of_words(tracks, [fold(renaming.track).split()[0]])
            for text, name in zip(texts, renaming.names, strict=True):
                self._add(text, PhraseMeaning("renamed", RENAMED_COST, races, NO_RACES, name))

    def _add_places(
        self,
        titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]],
        nicknames: Mapping[int, Sequence[str]],
        track_aliases: Mapping[str, Sequence[str]],
    ) -> None:
        """Tracks and towns: whole names mean one of them, what people call it all that are called so."""
        whole: defaultdict[str, int] = defaultdict(int)
        short: defaultdict[str, int] = defaultdict(int)
        titles: dict[str, str] = {}
        for number, (title, texts) in enumerate(titles_with_spellings):
            if title.kind == "race":
                continue
            races = self._set_of(title)
            names = (*texts, *_former_names(texts))
            aliases = (alias for name in names for alias in track_aliases.get(name, ()))
            for text in (*names, *nicknames.get(number, ()), *aliases, *map(_short_name, names)):
                is_whole = text in names and len(text.split()) > 1
                (whole if is_whole else short)[text] |= races
                titles.setdefault(text, title.title)
        for text, races in whole.items():
            self._add(text, PhraseMeaning("place", PLACE_COST, races, NO_RACES, titles[text]))
        # "ncs" is the Cup Series before it is North Carolina Speedway.
        for text in short.keys() - whole.keys():
            if not _is_series(text):
                races = short[text] | set_of_words(self.place_words, text.split())
                self._add(text, PhraseMeaning("place", PLACE_COST, races, NO_RACES, titles[text]))

    def _add_famous(self) -> None:
        for famous in load_phrases().famous:
            place = self._sets.place_of.get(famous.key)
            if place is not None:
                races = 1 << place
                for name in famous.names:
                    self._add(name, PhraseMeaning("race", NAME_COST, races, races, self._sets.races[place].name))

    def _set_of(self, title: RaceTitle) -> int:
        return set_of(sorted(self._sets.place_of[race.value] for race in title.races))


def set_of_words(sets: Mapping[str, int], words: Sequence[str]) -> int:
    """The races that every one of the words is said of; none where there is no word."""
    races = sets.get(words[0], NO_RACES) if words else NO_RACES
    for word in words[1:]:
        races &= sets.get(word, NO_RACES)
    return races


def _names_around(names: Iterable[str]) -> dict[str, list[str]]:
    """The part of a name up to a number, or the whole of another, to the names that have it within them in one run.

    "southern 500" stands within "cook out southern 500", and "texas 500" within "dickies texas 500".
    """
    names = set(names)
    around: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        words = name.split()
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                part = " ".join(words[start:end])
                is_core = words[end - 1].isdigit() and any(word.isalpha() for word in words[start : end - 1])
                if part != name and (part in names or is_core) and not _is_qualifier(words):
                    around[part].append(name)
    return around


def _is_qualifier(words: Sequence[str]) -> bool:
    """Whether it is a race that qualifies for another: it is not that other race."""
    return any(word.startswith("qualif") for word in words)


@cache
def _track_groups() -> tuple[frozenset[str], ...]:
    """The names of each renamed track, folded."""
    return tuple(frozenset(map(fold, group)) for group in TRACK_RENAMINGS)


def _former_names(texts: Iterable[str]) -> Iterator[str]:
    """The names that a track has had, or has now, folded."""
    own = frozenset(texts)
    for names in _track_groups():
        if own & names:
            yield from sorted(names - own)


def _is_series(text: str) -> bool:
    """Whether a text is a phrase for a series and for nothing else."""
    words = text.split()
    phrase = series_phrase_at(words, 0)
    return phrase is not None and phrase.certain and phrase.end == len(words)


def _short_name(text: str) -> str:
    """What is left of the name of a track before the words that say what kind of place it is."""
    words = text.split()
    start = 1 if words[0] == "the" else 0
    end = next((place for place in range(start + 1, len(words)) if words[place] in TRACK_KIND_WORDS), len(words))
    return " ".join(words[start:end])
