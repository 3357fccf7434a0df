"""Which passages of a race's story answer a few words best. Pure: passages and words in, passages and spans out.

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
from functools import lru_cache
from math import log

from rapidfuzz import fuzz, process

from bot.language.fold import fold

__all__ = ["Found", "Story", "Told", "rank"]

MOST = 5
CLOSE = 84  # of 100: "redick" is 92 from "reddick", "keslowski" 95 from "keselowski"; "wheel" is 53 from "wheeler"
WORDS_KEPT = 8192  # the words of some hundred stories; folding them anew was 3 of the 5 ms of an answer
LONGEST = 200  # characters of a question that are read
WORD = re.compile(r"\w+(?:['’]\w+)*")
STAGE = re.compile(
    r"\bstage (\d+|one|two|three|four)\b|\b(first|second|third|fourth|final|last|\d)(?:st|nd|rd|th)? stage\b"
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
COMMON = frozenset({
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "come", "did",
    "do", "does", "for", "from", "get", "go", "had", "happen", "happened", "has", "have", "he", "her", "him",
    "his", "how", "i", "in", "into", "is", "it", "its", "lap", "laps", "me", "no", "number", "of", "on", "or",
    "race", "s", "said", "say", "says", "she", "so", "story", "tell", "that", "the", "their", "them", "then",
    "they", "this", "to", "up", "us", "was", "were", "what", "when", "where", "which", "who", "whom", "why",
    "will", "with", "you",
})  # fmt: skip
SAME = {  # words of one meaning, by one of them: what a fan asks and what a reporter writes
    "spun": "spin", "won": "win", "led": "lead", "leader": "lead", "ran": "run", "hit": "crash", "wreck": "crash",
    "accident": "crash", "tyre": "tire", "yellow": "caution", "victory": "win", "quote": "interview", "broke": "break",
    "lost": "lose", "took": "take", "fell": "fall", "winner": "win", "weather": "rain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A passage: its text, the words it stands under, its stage and lap, and the people in it as (name, written)."""

    text: str
    heading: str
    stage: int | None
    lap: int | None
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that answers, by its place in the story, with the spans of its text that match."""

    place: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Passages in the order of the story, and the car numbers of the people in it."""

    passages: tuple[Told, ...]
    cars: Mapping[str, str]

    def people(self) -> tuple[str, ...]:
        """Everybody in the story, in order."""
        return tuple(dict.fromkeys(name for passage in self.passages for name, _ in passage.people))


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: `people` who may be meant, or a word by its stem."""

    people: frozenset[str] = frozenset()
    stem: str = ""


def rank(story: Story, about: str) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The passages that answer best, best first; and a note on each word that was read another way."""
    text = " ".join(about.casefold().split())[:LONGEST]
    stages = frozenset(_stages(story, text))
    terms, notes = _terms(story, STAGE.sub(" ", text) if stages else text)
    places = [n for n, told in enumerate(story.passages) if not stages or told.stage in stages]
    found = {place: _match(story.passages[place], terms) for place in places}
    if not terms:
        return tuple(Found(place, ()) for place in places), tuple(notes)
    holders = [sum(term in match for match in found.values()) for term in terms]
    rarity = {term: log(1 + len(places) / count) for term, count in zip(terms, holders, strict=True) if count}
    most = max((len(match) for match in found.values()), default=0)
    best = [place for place in places if most and len(found[place]) == most]
    best.sort(key=lambda place: (-sum(rarity[term] for term in found[place]), place))
    return tuple(Found(place, _merged(found[place].values())) for place in best[:MOST]), tuple(notes)


def _stages(story: Story, text: str) -> Iterable[int]:
    last = max((told.stage or 0 for told in story.passages), default=0)
    for after, before in STAGE.findall(text):
        word = after or before
        yield last if word in {"final", "last"} else NUMBERS.get(word) or int(word)


def _terms(story: Story, text: str) -> tuple[list[Term], list[str]]:
    """The terms of a question, each once, and notes on names that were read."""
    terms: list[Term] = []
    notes: list[str] = []
    bearers = _bearers(story)
    meant: frozenset[str] = frozenset()
    for number, word in re.findall(r"#(\w+)|([\w'’]+)", text):
        plain = _plain(word or number)
        who = _car(story, number, plain) or bearers.get(plain, frozenset())
        if not who and plain not in COMMON and not _in_story(story, plain):
            who, note = _near(bearers, plain)
            notes += [note] if note else []
        if who & meant:  # first and last name, one after the other, are one person
            meant = who & meant
            terms[-1] = Term(meant)
            continue
        meant = who
        if who or plain not in COMMON:
            terms.append(Term(who) if who else Term(stem=_stem(plain)))
    return list(dict.fromkeys(term for term in terms if term.people or term.stem)), notes


def _bearers(story: Story) -> dict[str, frozenset[str]]:
    """Each part of a name, and who bears it; “jr” is nobody's name."""
    bearers: dict[str, frozenset[str]] = {}
    for name in story.people():
        for part in fold(name).split():
            if part not in {"jr", "sr"}:
                bearers[part] = bearers.get(part, frozenset()) | {name}
    return bearers


def _car(story: Story, number: str, plain: str) -> frozenset[str]:
    """The driver of a car, where the number is written as one: “#45”."""
    driver = story.cars.get(number) if number else None
    return frozenset({driver}) if driver and plain else frozenset()


def _in_story(story: Story, plain: str) -> bool:
    stem = _stem(plain)
    return any(_stem(_plain(word)) == stem for told in story.passages for word in WORD.findall(told.text))


def _near(bearers: Mapping[str, frozenset[str]], plain: str) -> tuple[frozenset[str], str]:
    """Whose name is nearly this; nobody's where two names are equally near or the word is short."""
    if len(plain) < 4:
        return frozenset(), ""
    near = process.extract(plain, list(bearers), scorer=fuzz.ratio, limit=2, score_cutoff=CLOSE)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return frozenset(), ""
    who = bearers[near[0][0]]
    return who, f"reading “{plain}” as {' or '.join(sorted(who))}"


def _match(told: Told, terms: Sequence[Term]) -> dict[Term, tuple[tuple[int, int], ...]]:
    """The terms this passage has, each with its spans in the text."""
    words = [(match.start(), match.end(), _plain(match[0])) for match in WORD.finditer(told.text)]
    heading = {_stem(_plain(word)) for word in WORD.findall(told.heading)}
    found: dict[Term, tuple[tuple[int, int], ...]] = {}
    for term in terms:
        if term.people:
            named = [(name, written) for name, written in told.people if name in term.people]
            if named:
                found[term] = _name_spans(words, named)
            continue
        spans = tuple((start, end) for start, end, word in words if _stem(word) == term.stem)
        if spans or term.stem in heading or term.stem == str(told.lap):
            found[term] = spans
    return found


def _name_spans(words: Sequence[tuple[int, int, str]], named: Sequence[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
    """Every word of the text that is a part of these names, as written or in full."""
    parts = {part for name, written in named for part in (*fold(name).split(), *fold(written).split())}
    return tuple((start, end) for start, end, word in words if word in parts)


def _merged(groups: Iterable[Iterable[tuple[int, int]]]) -> tuple[tuple[int, int], ...]:
    """All spans in order; those that only a space parts become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({span for group in groups for span in group}):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=WORDS_KEPT)
def _plain(word: str) -> str:
    """A word without accents and without the owner's 's."""
    folded = fold(re.sub(r"['’]s$", "", word))
    return folded.replace(" ", "")


@lru_cache(maxsize=WORDS_KEPT)
def _stem(word: str) -> str:
    """What the forms of a word share: “spin”, “spins”, “spinning” and “spun”; “pit”, “pitted”; “tire”, “tires”."""
    word = SAME.get(word, word)
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    word = word.removesuffix("e") if len(word) > 3 else word
    return SAME.get(word, word)
