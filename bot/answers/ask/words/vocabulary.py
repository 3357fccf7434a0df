"""Words of questions: what each phrase of `question_words.toml` says, and the nearest phrase of a word with a slip."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["FILLER", "QuestionVocabulary", "vocabulary"]

FILLER = "words"  # the name of the list of words that say nothing
ASKING = frozenset(["what", "which"])  # what a longer phrase keeps of its first word: "what number"
LONG_WORD_LETTERS = 8
MIN_SLIP_LETTERS = (
    5  # letters of a word that may have a slip in it: "pole" is one letter from "pale", "poll" and "role"
)


@dataclass(frozen=True, slots=True)
class QuestionVocabulary:
    """Every phrase with the names of the lists it stands in, and the single words of five letters or more."""

    meanings: Mapping[tuple[str, ...], frozenset[str]]
    longest: int
    words: tuple[str, ...]

    def phrase_at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]] | None:
        """The end and the meanings of the longest phrase that begins at this word; None where none does."""
        for end in range(min(len(words), start + self.longest), start, -1):
            meaning = self.meanings.get(tuple(words[start:end]))
            if meaning is not None:
                return end, meaning | (self.meanings.get((words[start],), frozenset()) & ASKING)
        return None

    def near_word(self, word: str) -> str | None:
        """The one word that this is with a slip in it: "manufacterer"; None where none is near, or two are."""
        if len(word) < MIN_SLIP_LETTERS or word.isdigit():
            return None
        near = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=_max_slips(word), limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return None
        return str(near[0][0])


def _max_slips(word: str) -> int:
    """One slip of the keys in a short word, two in a long one: "riley" is no "miles"."""
    return 1 if len(word) < LONG_WORD_LETTERS else 2


@cache
def vocabulary() -> QuestionVocabulary:
    """The words of `question_words.toml`, read once."""
    text = files("bot.answers.ask.words").joinpath("question_words.toml").read_text(encoding="utf-8")
    meanings: dict[tuple[str, ...], set[str]] = {}
    for group in tomllib.loads(text).values():
        for name, phrases in group.items():
            for phrase in phrases:
                meanings.setdefault(tuple(phrase.split()), set()).add(name)
    words = sorted({word for phrase in meanings for word in phrase if len(word) >= MIN_SLIP_LETTERS})
    frozen = {phrase: frozenset(names) for phrase, names in meanings.items()}
    return QuestionVocabulary(frozen, max(map(len, frozen)), tuple(words))
