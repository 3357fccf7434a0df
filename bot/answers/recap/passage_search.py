"""Search in a race's story: the passages that answer a few words best. Pure: words in, passages and spans out.

How it ranks. The question is cut into terms: a stage ("stage 2", "second stage", "final stage") is a filter, a name
or car number of somebody in the story is one term that every passage naming that person has (so "#45" finds
"Reddick"), and any other word is a term that a passage has when a word of the same stem is in its text or in the
heading it stands under; common words are no terms. Passages are ordered by how many terms they have, then by how rare
those terms are in the story, then by the order of the story. Only those that have as many terms as the best are
given: half an answer beside a whole one is noise. A question without terms asks for everything.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from rapidfuzz import fuzz, process

from bot.answers.recap.topic_words import near_words, same_words
from bot.language.fold import fold
from bot.language.numbers import parse_count
from bot.language.ordinals import parse_ordinal

__all__ = ["IndexedPassage", "IndexedRecap", "PassageMatch", "fold_word", "rank_passages", "word_stem"]

MAX_MATCHES = 5  # passages of one answer
MIN_NAME_SCORE = (
    84  # of 100: "redick" is 92 from "reddick", "keslowski" 95 from "keselowski"; "wheel" is 53 from "wheeler"
)
WORD_CACHE_SIZE = 8192  # the words of some hundred stories; folding them anew was 3 of the 5 ms of an answer
MAX_QUESTION_CHARS = 200  # characters of a question that are read
WORD_PATTERN = re.compile(r"\w+(?:['’]\w+)*")
STAGE_PATTERN = re.compile(
    r"\bstage (\d+|one|two|three|four)\b|\b(first|second|third|fourth|final|last|\d)(?:st|nd|rd|th)? stage\b"
)
COMMON_WORDS = frozenset({
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "come", "did",
    "do", "does", "for", "from", "get", "go", "had", "happen", "happened", "has", "have", "he", "her", "him",
    "his", "how", "i", "in", "into", "is", "it", "its", "lap", "laps", "me", "no", "number", "of", "on", "or",
    "race", "s", "said", "say", "says", "she", "so", "story", "tell", "that", "the", "their", "them", "then",
    "they", "this", "to", "up", "us", "was", "were", "what", "when", "where", "which", "who", "whom", "why",
    "will", "with", "you",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage: its text, the words it stands under, its stage and lap, and the people in it as (name, written)."""

    text: str
    heading: str
    stage: int | None
    lap: int | None
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """A passage that answers, by its place in the story, with the spans of its text that match."""

    index: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class IndexedRecap:
    """Passages in the order of the story, and the car numbers of the people in it."""

    passages: tuple[IndexedPassage, ...]
    driver_by_car: Mapping[str, str]

    def people(self) -> tuple[str, ...]:
        """Everybody in the story, in order."""
        return tuple(dict.fromkeys(name for passage in self.passages for name, _ in passage.people))


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One thing asked for: `people` who may be meant, or a word by its stem."""

    people: frozenset[str] = frozenset()
    stem: str = ""

    @property
    def stems(self) -> frozenset[str]:
        """The stem of the word and those of words near it; none for people."""
        return frozenset({self.stem, *map(word_stem, near_words().get(self.stem, ()))}) if self.stem else frozenset()


@dataclass(frozen=True, slots=True)
class TermMatch:
    """What a passage has of one term: the spans of its words, and whether it is the very word and not one near it."""

    spans: tuple[tuple[int, int], ...]
    is_exact: bool


def rank_passages(recap: IndexedRecap, about: str) -> tuple[tuple[PassageMatch, ...], tuple[str, ...]]:
    """The passages that answer best, best first; and a note on each word that was read another way."""
    text = " ".join(about.casefold().split())[:MAX_QUESTION_CHARS]
    stages = frozenset(_stages_asked(recap, text))
    terms, notes = _terms(recap, STAGE_PATTERN.sub(" ", text) if stages else text)
    indexes = [n for n, passage in enumerate(recap.passages) if not stages or passage.stage in stages]
    matches = {place: _matching_terms(recap.passages[place], terms) for place in indexes}
    if not terms:
        return tuple(PassageMatch(place, ()) for place in indexes), tuple(notes)
    passage_counts = [sum(term in match for match in matches.values()) for term in terms]
    rarity = {term: log(1 + len(indexes) / count) for term, count in zip(terms, passage_counts, strict=True) if count}
    most_terms = max((len(match) for match in matches.values()), default=0)
    best = [place for place in indexes if most_terms and len(matches[place]) == most_terms]
    # The very words go before words near them, and rare words tell more: the only “wheel” of a story is meant rather
    # than one “lap” of many.
    exact = {place: sum(match.is_exact for match in matches[place].values()) for place in best}
    best.sort(key=lambda place: (-exact[place], -sum(rarity[term] for term in matches[place]), place))
    return tuple(
        PassageMatch(place, _merge_spans(match.spans for match in matches[place].values()))
        for place in best[:MAX_MATCHES]
    ), tuple(notes)


def _stages_asked(recap: IndexedRecap, text: str) -> Iterable[int]:
    last = max((passage.stage or 0 for passage in recap.passages), default=0)
    for after, before in STAGE_PATTERN.findall(text):
        if after:
            yield parse_count(after)
        else:
            yield last if before in {"final", "last"} else parse_ordinal(before)


def _terms(recap: IndexedRecap, text: str) -> tuple[list[SearchTerm], list[str]]:
    """The terms of a question, each once, and notes on names that were read."""
    terms: list[SearchTerm] = []
    notes: list[str] = []
    people_by_part = _people_by_name_part(recap)
    last_people: frozenset[str] = frozenset()
    for number, word in re.findall(r"#(\w+)|([\w'’]+)", text):
        folded = fold_word(word or number)
        people = _driver_of_car(recap, number, folded) or people_by_part.get(folded, frozenset())
        if not people and folded not in COMMON_WORDS and not _has_word(recap, folded):
            people, note = _near_name(people_by_part, folded)
            notes += [note] if note else []
        if people & last_people:  # first and last name, one after the other, are one person
            last_people = people & last_people
            terms[-1] = SearchTerm(last_people)
            continue
        last_people = people
        if people or folded not in COMMON_WORDS:
            terms.append(SearchTerm(people) if people else SearchTerm(stem=word_stem(folded)))
    return list(dict.fromkeys(term for term in terms if term.people or term.stem)), notes


def _people_by_name_part(recap: IndexedRecap) -> dict[str, frozenset[str]]:
    """Each part of a name, and who bears it; “jr” is nobody's name."""
    people_by_part: dict[str, frozenset[str]] = {}
    for name in recap.people():
        for part in fold(name).split():
            if part not in {"jr", "sr"}:
                people_by_part[part] = people_by_part.get(part, frozenset()) | {name}
    return people_by_part


def _driver_of_car(recap: IndexedRecap, number: str, folded: str) -> frozenset[str]:
    """The driver of a car, where the number is written as one: “#45”."""
    driver = recap.driver_by_car.get(number) if number else None
    return frozenset({driver}) if driver and folded else frozenset()


def _has_word(recap: IndexedRecap, folded: str) -> bool:
    """Whether a word is one that a story may have; such a word is nobody's name with a slip in it."""
    stem = word_stem(folded)
    return stem in near_words() or any(
        word_stem(fold_word(word)) == stem for passage in recap.passages for word in WORD_PATTERN.findall(passage.text)
    )


def _near_name(people_by_part: Mapping[str, frozenset[str]], folded: str) -> tuple[frozenset[str], str]:
    """Whose name is nearly this; nobody's where two names are equally near or the word is short."""
    if len(folded) < 4:
        return frozenset(), ""
    candidates = process.extract(folded, list(people_by_part), scorer=fuzz.ratio, limit=2, score_cutoff=MIN_NAME_SCORE)
    # Of two names equally near, either guess may be the wrong person.
    if not candidates or (len(candidates) > 1 and candidates[0][1] == candidates[1][1]):
        return frozenset(), ""
    people = people_by_part[candidates[0][0]]
    return people, f"“{folded}” read as {' or '.join(sorted(people))}."


def _matching_terms(passage: IndexedPassage, terms: Sequence[SearchTerm]) -> dict[SearchTerm, TermMatch]:
    """The terms this passage has, each with its spans in the text."""
    words = [(match.start(), match.end(), fold_word(match[0])) for match in WORD_PATTERN.finditer(passage.text)]
    heading = {word_stem(fold_word(word)) for word in WORD_PATTERN.findall(passage.heading)}
    stems = {word_stem(word) for _, _, word in words}
    matches: dict[SearchTerm, TermMatch] = {}
    for term in terms:
        if term.people:
            mentions = [(name, written) for name, written in passage.people if name in term.people]
            if mentions:
                matches[term] = TermMatch(_name_spans(words, mentions), is_exact=True)
            continue
        is_exact = term.stem in stems or term.stem in heading or term.stem == str(passage.lap)
        wanted = frozenset({term.stem}) if is_exact else term.stems
        spans = tuple((start, end) for start, end, word in words if word_stem(word) in wanted)
        if spans or is_exact:
            matches[term] = TermMatch(spans, is_exact)
    return matches


def _name_spans(
    words: Sequence[tuple[int, int, str]], mentions: Sequence[tuple[str, str]]
) -> tuple[tuple[int, int], ...]:
    """Every word of the text that is a part of these names, as written or in full."""
    parts = {part for name, written in mentions for part in (*fold(name).split(), *fold(written).split())}
    return tuple((start, end) for start, end, word in words if word in parts)


def _merge_spans(groups: Iterable[Iterable[tuple[int, int]]]) -> tuple[tuple[int, int], ...]:
    """All spans in order; those that only a space parts become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({span for group in groups for span in group}):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def fold_word(word: str) -> str:
    """A word without accents and without the owner's 's."""
    folded = fold(re.sub(r"['’]s$", "", word))
    return folded.replace(" ", "")


@lru_cache(maxsize=WORD_CACHE_SIZE)
def word_stem(word: str) -> str:
    """What the forms of a word share: “spin”, “spins”, “spinning” and “spun”; “pit”, “pitted”; “tire”, “tyres”."""
    stem = _without_ending(same_words().get(word, word))
    return _same_stems().get(stem, stem)


@cache
def _same_stems() -> Mapping[str, str]:
    """The stem of each word that another stands for, with the stem of that: “tyr” -> “tir”."""
    return {_without_ending(word): _without_ending(meaning) for word, meaning in same_words().items()}


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
