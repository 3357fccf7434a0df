"""Words of names: which words and phrases of a question may be part of the name of somebody or of a race."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.ask.story_search.paragraphs import story_words
from bot.answers.recap.passage_search import word_stem
from bot.language.fold import fold
from bot.names.aliases import load_aliases
from bot.names.entity import Entity
from bot.names.index import NameIndex
from bot.names.nobody import is_everyday_word
from bot.names.vocabulary import max_typos

__all__ = ["NameWords", "name_words_of"]

KINDS = ("driver", "team", "manufacturer", "race")
RACE = frozenset(["race"])
MAX_PHRASE_WORDS = 6  # of a name: "the whole name of a race with its sponsors" is found by its first words too
MIN_WORD_LETTERS = 3  # of a word that is a name by itself; initials and "jr" are none
MIN_SLIP_LETTERS = 5  # of a word that may be a name with a slip in it
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
# Parts of names of teams and races that are everyday words of the sport, and name none by themselves.
COMMON_PARTS = frozenset([
    "racing", "motorsports", "motorsport", "team", "enterprises", "inc", "llc", "and", "the", "of", "by", "with",
    "powered", "presented", "for", "race", "performance", "group", "club", "motor", "speedway", "international",
    "superspeedway", "raceway", "park", "course", "road", "street", "city", "series", "cup", "grand", "national",
    "championship", "chase", "playoffs", "sprint", "miles", "auto", "parts", "food", "fan", "first", "stock", "car",
    "nascar", "day", "night", "north", "south", "west", "east", "new", "men", "man", "home", "american", "america",
    "state", "united", "states", "engineering", "development", "company", "partners", "brothers", "front", "row",
])  # fmt: skip

NO_NAMES = SUFFIXES | COMMON_PARTS


@dataclass(frozen=True, slots=True)
class NameWords:
    """Phrases that are whole names, and single words out of names, each with the kinds of who bears it."""

    index: NameIndex
    phrases: Mapping[tuple[str, ...], frozenset[str]]
    words: Mapping[str, frozenset[str]]
    long_words: tuple[str, ...]

    def phrase_at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]] | None:
        """The end and the kinds of the longest name, or run of two parts of one, that begins here; None for none."""
        race_end = self.index.race_name_end(words, start)
        for end in range(min(len(words), start + MAX_PHRASE_WORDS), start, -1):
            kinds = self._kinds_of(words[start:end])
            if kinds is not None and end >= race_end:
                kinds |= self.words.get(words[start], frozenset()) if end == start + 1 else frozenset()
                return end, kinds | RACE if end == race_end else kinds
            if end == race_end:
                own = self.words.get(words[start], frozenset()) if end == start + 1 else frozenset()
                return end, own | RACE
        if race_end > start:
            return race_end, RACE
        kinds = self.words.get(words[start]) or self.words.get(_without_s(words[start]))
        return None if kinds is None else (start + 1, kinds)

    def _kinds_of(self, words: Sequence[str]) -> frozenset[str] | None:
        """The kinds of a whole name, also with the owner's s at its end: "jimmie johnsons"; None where it is none."""
        kinds = self.phrases.get(tuple(words))
        if kinds is None and len(words) > 1 and words[-1].endswith("s"):
            return self.phrases.get((*words[:-1], _without_s(words[-1])))
        return kinds

    def near_word(self, word: str) -> str | None:
        """The word of a name that this is with a slip in it; None where none is near or it is an everyday word."""
        if len(word) < MIN_SLIP_LETTERS or word.isdigit() or is_everyday_word(word) or _is_of_stories(word):
            return None
        forms = dict.fromkeys((word, _without_s(word)))
        near = [
            found
            for form in forms
            if (
                found := process.extractOne(
                    form, self.long_words, scorer=OSA.distance, score_cutoff=max_typos(len(form))
                )
            )
        ]
        best = min(near, key=lambda found: found[1], default=None)
        is_alike = best is not None and best[0][0] == word[0] and best[1] <= 1 + (len(word) > MIN_SLIP_LETTERS + 1)
        return str(best[0]) if best is not None and is_alike else None


def name_words_of(index: NameIndex) -> NameWords:
    """The words of all names of a data version; those of names that are hidden mean nobody in their index."""
    words = _all_name_words(index.whole)
    return words if words.index is index else replace(words, index=index)


@lru_cache(maxsize=2)  # the names in use, and those of the version that takes their place
def _all_name_words(index: NameIndex) -> NameWords:
    """The words of all names of a data version; made once for each."""
    # Thousands of words have a few sets of kinds between them, and phrases have the words of names: each is kept once,
    # which takes 2 MB instead of 10.
    phrases: dict[tuple[str, ...], frozenset[str]] = {}
    words: dict[str, frozenset[str]] = {}
    shared_kinds: dict[frozenset[str], frozenset[str]] = {}

    def with_kind(kinds: frozenset[str] | None, kind: str) -> frozenset[str]:
        both = frozenset((kind,)) if kinds is None else kinds | {kind}
        return shared_kinds.setdefault(both, both)

    for kind in KINDS:
        for name, is_own in _names(index, kind):
            parts = tuple(map(intern, name.split()))
            if parts and kind != "race":  # the reader of phrases knows what races and their places are called
                phrases[parts] = with_kind(phrases.get(parts), kind)
            for part in parts if is_own else ():
                if len(part) >= MIN_WORD_LETTERS and part.isalpha() and part not in NO_NAMES:
                    words[part] = with_kind(words.get(part), kind)
    return NameWords(index, phrases, words, tuple(word for word in words if len(word) >= MIN_SLIP_LETTERS))


def _names(index: NameIndex, kind: str) -> Iterator[tuple[str, bool]]:
    """Every folded name and spelling of a kind, and every nickname of who is there (False): each once."""
    entities = index.of_kind(kind)
    own = dict.fromkeys(fold(text) for one in entities for text in _texts(one))
    yield from ((name, True) for name in own)
    if kind == "race":
        return
    for canonical, others in load_aliases().of_kind(kind):
        if canonical in own:
            yield from ((one, False) for one in others if _is_telling(one))


def _texts(entity: Entity) -> Iterable[str]:
    event = entity.event
    if event is None:
        return entity.value, *entity.spellings
    place = (event.place or "").partition(",")[0]
    return (text for text in (entity.name, event.track or "", place) if text)


def _is_telling(nickname: str) -> bool:
    """Whether a nickname is no number and no everyday word: "the 9" and "happy" are said of more than one."""
    return not any(letter.isdigit() for letter in nickname) and not is_everyday_word(nickname)


def _is_of_stories(word: str) -> bool:
    """Whether stories of races have the word: "penalty" is no slip in a name."""
    own = story_words()
    return word_stem(word) in own.trouble | own.cause | own.soft


def _without_s(word: str) -> str:
    """A word without the owner's s, which folding leaves: "chastains"."""
    return word[:-1] if len(word) > MIN_WORD_LETTERS + 1 and word.endswith("s") and not word.endswith("ss") else word
