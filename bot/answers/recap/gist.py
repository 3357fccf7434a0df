"""Gist of a story: three to five of its own sentences, which say how it began, where it turned and how it ended.

Nothing is written anew: every sentence is the reporter's, with its line. What somebody said after the race is left out.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.archive.queries.story import PassageRow
from bot.language.fold import fold
from bot.language.sentences import sentences

__all__ = ["GistSentence", "gist_of"]

MIN_SENTENCES, MAX_SENTENCES = 3, 5
MIN_CHARS, MAX_CHARS = 30, 320  # shorter is a heading, longer is a paragraph
MAX_READ_SENTENCES = 200  # of one story; the longest that was seen has 120
QUOTE_MARKS = ("“", "”", '"')
OUT_OF_RACE = frozenset({"before", "after", "background"})
WINNER_WEIGHT = 2  # in a sentence about a turn: the winner's is more often the one that decided
LATE_WEIGHT = 1.5  # of two turns that sound alike the later one decides


@dataclass(frozen=True, slots=True)
class GistSentence:
    """A sentence of a passage, what it tells ("start", "turn" or "finish"), and its place among all sentences."""

    passage: PassageRow
    text: str
    tells: str
    place: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of the race itself, its words folded."""

    passage: PassageRow
    text: str
    words: str
    place: int

    def count(self, kind: str) -> int:
        """How many of the words of a kind are in it."""
        return sum(f" {word}" in self.words for word in _words()[kind])


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(files("bot.answers.recap").joinpath("gist_words.toml").read_text(encoding="utf-8"))
    return {kind: tuple(map(fold, words)) for kind, words in table.items()}


def gist_of(passages: Sequence[PassageRow], winner: str | None) -> tuple[GistSentence, ...]:
    """The gist of passages in the order of the story; none where it has no start, turn and finish of its own.

    `winner` is the winner of the race: without one no sentence can be told to be the finish.
    """
    candidates = tuple(_candidates(passages))
    last_name = fold(winner or "").removesuffix(" jr").removesuffix(" sr").rpartition(" ")[2]
    finish = _finish(candidates, last_name)
    if finish is None:
        return ()
    before = [one for one in candidates if one.place != finish.place and one.passage.part != "finish"]
    start = max(before, key=lambda one: (_start_score(one), -one.place), default=None)
    if start is None or not _start_score(start):
        return ()
    turns = _turns([one for one in before if one.place != start.place], start, last_name)
    chosen = [(start, "start"), *((turn, "turn") for turn in turns), (finish, "finish")]
    if len(chosen) < MIN_SENTENCES:
        return ()
    return tuple(GistSentence(one.passage, one.text, tells, one.place) for one, tells in chosen)


def _candidates(passages: Sequence[PassageRow]) -> Iterator[_Candidate]:
    """The sentences about the race itself that stand alone: none that quotes, and each wording once."""
    seen: set[str] = set()
    for passage in passages:
        if passage.speaker or passage.part in OUT_OF_RACE:
            continue
        for text in sentences(passage.text):
            words = f" {fold(text)} "
            is_whole = MIN_CHARS <= len(text) <= MAX_CHARS and text.endswith((".", "!"))
            if is_whole and words not in seen and not any(mark in text for mark in QUOTE_MARKS):
                seen.add(words)
                yield _Candidate(passage, text, words, len(seen))
            if len(seen) >= MAX_READ_SENTENCES:
                return


def _finish(candidates: Sequence[_Candidate], last_name: str) -> _Candidate | None:
    """The sentence that says best that the winner won: of the part about the finish, then of whoever tells most."""
    if not last_name:
        return None
    told = Counter(one.passage.document for one in candidates)
    naming = [one for one in candidates if f" {last_name} " in one.words and one.count("finish")]
    return max(
        naming,
        key=lambda one: (
            one.passage.part == "finish",
            told[one.passage.document],
            one.passage.stage is None,
            one.count("finish"),
            -one.place,
        ),
        default=None,
    )


def _start_score(candidate: _Candidate) -> int:
    in_first_stage = 2 if candidate.passage.stage == 1 else 0
    is_later = candidate.passage.stage is not None and candidate.passage.stage > 1
    return 0 if is_later else candidate.count("start") + (in_first_stage if candidate.count("start") else 0)


def _turns(candidates: Sequence[_Candidate], start: _Candidate, last_name: str) -> list[_Candidate]:
    """Up to three sentences after the start, from different passages, that tell most of what changed the race."""
    later = [one for one in candidates if one.place > start.place and one.count("turn")]
    count = max((one.place for one in candidates), default=1)

    def score(one: _Candidate) -> float:
        names_winner = bool(last_name) and f" {last_name} " in one.words
        return one.count("turn") + WINNER_WEIGHT * names_winner + LATE_WEIGHT * one.place / count

    best: dict[int, _Candidate] = {}
    for one in sorted(later, key=lambda one: (-score(one), one.place)):
        best.setdefault(one.passage.number, one)
    return sorted(list(best.values())[: MAX_SENTENCES - 2], key=lambda one: one.place)
