"""What in a report speaks of another race than its own: other years, other races, what is still to come.

A sentence is cut into parts at its commas, semicolons, colons, dashes and brackets. A word that names another time or
another race takes its part out of the race, and the parts that hang on it:

    Long, who won here last year, finished third.             only "who won here last year"
    Last year Long won, and Berry was second.                 all of it
    Long won at Dover last week, and on Sunday he did again.  what lies before "and on Sunday"

Precision comes first: a part that may speak of another race is out; a telling is lost rather than made up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from bot.documents.recap.identity.day_words import is_given_name, is_month, weekday_number
from bot.documents.recap.identity.phrase_table import FoundPhrase, PhraseTable, is_year, phrase_lists
from bot.documents.recap.identity.sentence_parts import (
    counted_from,
    counts_this_race,
    scope_phrases,
    sentence_parts,
)
from bot.language.fold import fold
from bot.language.months import month_number
from bot.language.words import Word, words

__all__ = ["RaceScope", "ScopedSentence"]

_CONJUNCTIONS = frozenset({"and", "but", "while"})
_PLACE_PREPOSITIONS = frozenset({"at", "in", "to"})
_MONTH_PREPOSITIONS = frozenset({"in", "of", "since", "until"})
_PEOPLE_TOO = frozenset({"busch"})  # "Kurt Busch wins": a sponsor's name that drivers have, too
_OWN_TIME, _OTHER_TIME = "this_race", ("earlier", "later", "support_race")


@dataclass(frozen=True, slots=True)
class ScopedSentence:
    """A sentence of a report, with the `(start, end)` in characters of what in it speaks of another race.

    `titles` are those of them that only say what somebody is called for what he did once.
    """

    text: str
    elsewhere: tuple[tuple[int, int], ...] = ()
    titles: tuple[tuple[int, int], ...] = ()

    def is_of_race(self, start: int, end: int) -> bool:
        """Whether none of the characters from `start` to before `end` speaks of another race."""
        return not any(start < stop and begin < end for begin, stop in self.elsewhere)

    def is_title(self, start: int, end: int) -> bool:
        """Whether what speaks of another race from `start` to before `end` is nothing but titles of people."""
        spans = [(begin, stop) for begin, stop in self.elsewhere if start < stop and begin < end]
        return bool(spans) and all(span in self.titles for span in spans)

    @property
    def is_elsewhere(self) -> bool:
        """Whether all of the sentence speaks of another race."""
        return any(begin == 0 and stop >= len(self.text) for begin, stop in self.elsewhere)


@dataclass(frozen=True)
class RaceScope:
    """The race that a text tells of, as far as the text says: what its sentences are compared with.

    `weekdays` are the days on which the race was run (0 is Monday), none where the text does not say. `other_places`
    and `other_races` are names of tracks and races in the text that are not its own, folded; `other_series` the words
    for other series, folded ("xfinity", "truck").
    """

    season: int | None = None
    day: date | None = None
    weekdays: frozenset[int] = frozenset()
    name: str | None = None
    other_places: tuple[str, ...] = ()
    other_races: tuple[str, ...] = ()
    other_series: tuple[str, ...] = ()

    def sentences(self, sentences: Iterable[str]) -> Iterator[ScopedSentence]:
        """The sentences of one paragraph in order, each with what in it speaks of another race.

        A sentence stays where the one before was, until one names this race or its day.
        """
        was_elsewhere = False
        for text in sentences:
            scoped = self.next_sentence(text, was_elsewhere=was_elsewhere)
            was_elsewhere = scoped.is_elsewhere
            yield scoped

    def next_sentence(self, text: str, *, was_elsewhere: bool) -> ScopedSentence:
        """A sentence behind one that speaks of another race as a whole, or does not."""
        scoped = self._scoped.get(text) or self._scoped.setdefault(text, self.scoped(text))
        if was_elsewhere and not self._comes_back(tuple(words(text))):
            return ScopedSentence(text, ((0, len(text)),))
        return scoped

    def _comes_back(self, part: Sequence[Word]) -> bool:
        """Whether a sentence behind one of another race speaks of this one again: its name, its day, or any day."""
        return self._names_race(part) or (not self.weekdays and any(weekday_number(word) is not None for word in part))

    def is_of_other(self, heading: str) -> bool:
        """Whether a heading is above the report of another race: it names one, or another series, and not this race."""
        part = tuple(words(heading))
        if self._has_own_name(part):
            return False
        is_series = any(word.folded in self.other_series and word.folded not in _PEOPLE_TOO for word in part)
        return is_series or any(one.group == "race" for one in self._names.find(part))

    def scoped(self, sentence: str) -> ScopedSentence:
        """One sentence by itself, with what in it speaks of another race."""
        parts = [self._part(part, found) for part, found in sentence_parts(sentence)]
        parts = [piece for part in parts for piece in (self._pieces(part) if part.contradicts else (part,))]
        if all(part.elsewhere_from is None and not part.attributes for part in parts):
            return ScopedSentence(sentence)
        spans = [span for part in parts for span in part.attributes]
        for number, is_out in enumerate(_spread(parts)):
            part = parts[number]
            end = parts[number + 1].start if number + 1 < len(parts) else len(sentence)
            if is_out:
                spans.append((part.start if number else 0, end))
            elif part.elsewhere_from is not None and (part.is_tail or not part.is_of_race):
                spans.append((part.elsewhere_from, end))
        titles = _joined(span for part in parts for span in part.attributes)
        return ScopedSentence(sentence, _joined(spans), titles)

    def _pieces(self, part: "_Part") -> Iterator["_Part"]:
        """A part that speaks of this race and of another, cut at its conjunctions."""
        begin = 0
        for number, word in enumerate(part.words):
            if word.folded in _CONJUNCTIONS and number > begin:
                yield self._part(part.words[begin:number])
                begin = number
        yield self._part(part.words[begin:])

    def _part(self, part: Sequence[Word], found: Sequence[FoundPhrase] | None = None) -> "_Part":
        found = tuple(scope_phrases().find(part)) if found is None else found
        starts = [*self._other_times(part, found), *self._other_names(part)]
        tails = [start for start, is_tail in starts if is_tail]
        whole = len(tails) < len(starts)
        attributes = tuple((part[one.first].start, part[one.end - 1].end) for one in found if one.group == "attributes")
        return _Part(
            tuple(part),
            None if not starts else part[0].start if whole else min(tails),
            is_tail=not whole,
            is_later=any(one.group == "later" for one in found),
            is_of_race=self._names_race(part, found),
            attributes=attributes,
        )

    def _other_times(self, part: Sequence[Word], found: Sequence[FoundPhrase]) -> Iterator[tuple[int, bool]]:
        """(where it begins, whether only what follows is meant) of each word for another time."""
        named = {number for one in found if one.group == "attributes" for number in range(one.first, one.end)}
        since = {one.end for one in found if one.group == "since"}
        begun = counted_from(part)
        is_weekend = any(one.group == "weekend" for one in found)
        # What comes after a word for the time to come is still to come; what stands before it may have been.
        for one in found:
            if (
                one.group in _OTHER_TIME
                and not is_given_name(part, one.first)
                and not counts_this_race(part, one.first)
            ):
                begin = min(begun, one.first)
                yield part[begin].start, one.group == "later" or begin < one.first
        for number, word in enumerate(part):
            before = part[number - 1].folded if number else ""
            is_other = number not in named and (
                (is_year(word.folded) and int(word.folded) != self.season)
                or (before in _MONTH_PREPOSITIONS and self._is_other_month(part, number))
                or (self._is_other_weekday(word) and not is_weekend)
            )
            if is_other:
                begin = min(begun, number - 1 if number in since else number)
                yield part[begin].start, begin < number

    def _other_names(self, part: Sequence[Word]) -> Iterator[tuple[int, bool]]:
        """The same of each name of another race or place, and of each race of another series."""
        for one in self._names.find(part):
            before = part[one.first - 1].folded if one.first else ""
            if one.group == "race" or before in _PLACE_PREPOSITIONS:
                begin = min(counted_from(part), one.first)
                yield part[begin].start, begin < one.first

    @cached_property
    def _scoped(self) -> dict[str, ScopedSentence]:
        """The sentences of a paragraph that were looked at: the statements in them are weighed once more."""
        return {}

    @cached_property
    def _names(self) -> PhraseTable:
        series = [f"{word} series? race|races|event|opener|finale|pole|qualifying" for word in self.other_series]
        return PhraseTable({"race": (*self.other_races, *series), "place": self.other_places})

    @cached_property
    def _own_name(self) -> tuple[str, ...]:
        """The last two words of the race's name, folded: "coffee 400" is enough to name it."""
        return tuple(fold(self.name or "").split()[-2:])

    def _names_race(self, part: Sequence[Word], found: Sequence[FoundPhrase] | None = None) -> bool:
        """Whether the words name this very race or the day it was run."""
        found = tuple(scope_phrases().find(part)) if found is None else found
        if any(one.group == _OWN_TIME for one in found):
            return True
        return self._has_own_name(part) or any(weekday_number(word) in self.weekdays for word in part)

    def _has_own_name(self, part: Sequence[Word]) -> bool:
        plain, length = tuple(word.folded for word in part), len(self._own_name)
        return length > 1 and any(plain[at : at + length] == self._own_name for at in range(len(plain)))

    def _is_other_weekday(self, word: Word) -> bool:
        weekday = weekday_number(word)
        return bool(self.weekdays) and weekday is not None and weekday not in self.weekdays

    def _is_other_month(self, part: Sequence[Word], number: int) -> bool:
        """Whether a month is told without a day, and is not the month of the race."""
        word = part[number]
        if not word.text[:1].isupper() or not is_month(word.folded):
            return False
        after = part[number + 1].folded if number + 1 < len(part) else ""
        is_day = after.isdecimal() and len(after) <= 2
        return not is_day and not (self.day and self.day.month == month_number(word.folded))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence. `elsewhere_from` is where it begins to speak of another race, None where it does not.

    `is_tail`: only the words from there on do. `is_later`: they speak of what is still to come, and the parts behind go
    on with it. `is_of_race`: it names this very race.
    """

    words: tuple[Word, ...]
    elsewhere_from: int | None
    is_tail: bool
    is_later: bool
    is_of_race: bool
    attributes: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """Where the first word begins."""
        return self.words[0].start

    @property
    def contradicts(self) -> bool:
        """Whether it speaks of this race and of another."""
        return self.is_of_race and self.elsewhere_from is not None and not self.is_tail

    @property
    def is_out(self) -> bool:
        """Whether all of it speaks of another race."""
        return self.elsewhere_from is not None and not self.is_tail and not self.is_of_race


def _spread(parts: Sequence[_Part]) -> list[bool]:
    """Which parts speak of another race as a whole: by their own words, or because they hang on one that does."""
    out: list[bool] = []
    in_main, in_aside = False, False
    for number, part in enumerate(parts):
        opener = part.words[0].folded
        is_aside = opener in _openers("clause_openers") or (number > 0 and opener in _openers("noun_openers"))
        is_aside = is_aside or (number == 0 and opener.endswith("ing"))  # "Driving the car of last year, Falk won"
        was_out = in_main or in_aside
        if part.is_of_race and not part.is_later:
            in_main = in_aside = False
        elif part.is_out or (part.is_later and part.is_tail):
            in_main, in_aside = in_main or not is_aside, is_aside
        elif in_aside and not in_main:
            in_aside = opener in _openers("continuations")
        out.append((in_main or in_aside) and not part.is_of_race and (was_out or not part.is_tail))
    return out


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@cache
def _openers(group: str) -> frozenset[str]:
    return frozenset(phrase_lists("scope.toml")[group])
