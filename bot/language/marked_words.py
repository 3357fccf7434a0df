"""The words of a text, each marked by what it is: driver-shaped name, team, car number, stage, place, verb of winning.

Marks come from the lists of `word_lists` and from the shapes of numbers and names. What they come to is for others to
say: nothing here knows a race, a recap or a question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.language.measures import measure_at
from bot.language.proper_names import proper_name_at
from bot.language.tokens import Token, tokens
from bot.language.word_lists import word_lists
from bot.recent_values import RecentTexts

__all__ = ["MarkedText", "MarkedWord", "mark_words"]

_SENTENCE_OPENERS = {".", "!", "?", ":", "“", '"', "‘", "(", "—", "–", "…", "•"}


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """One word, or several that are one thing ("Clay Berry", "0.5 seconds", "the opening stage").

    `text` is as written, `folded` without capitals and marks, `start` and `end` its characters, `marks` what it is.
    `value` is the number it says: a place, a count, seconds, a year; `stages` are the stages it means, -1 for the last.
    `car` is the text of a car number.
    """

    text: str
    folded: str
    start: int
    end: int
    marks: frozenset[str]
    value: float | None = None
    stages: tuple[int, ...] = ()
    car: str | None = None

    def has(self, *marks: str) -> bool:
        """Whether it has one of the marks."""
        return not self.marks.isdisjoint(marks)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text as marked words in order. `phrases` has, for the place of a word, (mark, end) of each phrase there."""

    text: str
    words: tuple[MarkedWord, ...]
    phrases: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def marks_at(self, place: int) -> Iterator[tuple[str, int]]:
        """(mark, end) of every word or phrase that begins at a place; the longest phrase first."""
        yield from self.phrases.get(place, ())
        for mark in self.words[place].marks:
            yield mark, place + 1

    def has(self, place: int, *marks: str) -> bool:
        """Whether a word or phrase with one of the marks begins at a place."""
        return self.words[place].has(*marks) or any(mark in marks for mark, _ in self.phrases.get(place, ()))


def mark_words(text: str, surnames: frozenset[str] = frozenset()) -> MarkedText:
    """The marked words of a text. `surnames` are folded last names that are known to be people's."""
    return _MARKED.value(text, surnames)


def _mark_words(text: str, surnames: frozenset[str]) -> MarkedText:
    found = tuple(tokens(text))
    lists = word_lists()
    marked: list[MarkedWord] = []
    phrases: dict[int, tuple[tuple[str, int], ...]] = {}
    spans: list[tuple[int, int]] = []  # the tokens of each marked word
    at, opens = 0, True
    while at < len(found):
        word, end = _word_at(text, found, at, opens, surnames)
        spans.append((at, end))
        marked.append(word)
        opens = found[at].kind == "mark" and found[at].text[-1] in _SENTENCE_OPENERS
        at = end
    places = {first: place for place, (first, _) in enumerate(spans)}
    ends = {last: place + 1 for place, (_, last) in enumerate(spans)}
    for place, (first, _) in enumerate(spans):
        begun = lists.phrases_at(found, first) if "name" not in marked[place].marks else ()
        kept = [(name, ends[first + length]) for name, length in begun if first + length in ends]
        if kept:
            phrases[places[first]] = tuple(kept)
    return MarkedText(text, tuple(marked), phrases)


_MARKED = RecentTexts(_mark_words)


def _word_at(
    text: str, found: Sequence[Token], at: int, opens: bool, surnames: frozenset[str]
) -> tuple[MarkedWord, int]:
    """The marked word that begins at a token, and the token behind it."""
    one = found[at]
    measure = measure_at(found, at)
    if measure:
        word = _joined(text, found, at, measure.end, frozenset({measure.kind, *measure.marks}))
        return MarkedWord(
            word.text, word.folded, word.start, word.end, word.marks, measure.value, measure.stages, measure.car
        ), measure.end
    proper = proper_name_at(found, at, opens, surnames)
    if proper:
        marks = {proper.kind, *({"opening"} if opens else ())}
        if proper.kind == "proper" and proper.end == at + 1:
            marks |= word_lists().marks_of(one.text, one.folded)  # "OT"
        return _joined(text, found, at, proper.end, frozenset(marks)), proper.end
    marks_of = word_lists().marks_of(one.text, one.folded) if one.kind == "word" else frozenset()
    extra = {one.kind} if one.kind != "mark" else {"mark", one.text}
    if one.kind == "word" and one.folded.endswith("ly"):
        extra.add("adverb")
    return MarkedWord(one.text, one.folded, one.start, one.end, marks_of | extra), at + 1


def _joined(text: str, found: Sequence[Token], at: int, end: int, marks: frozenset[str]) -> MarkedWord:
    first, last = found[at], found[end - 1]
    folded = " ".join(one.folded for one in found[at:end])
    return MarkedWord(text[first.start : last.end], folded, first.start, last.end, marks)
