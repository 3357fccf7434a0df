"""Reader of whole phrases: every word is explained by something, or the phrase is refused with the word that is not."""

import re
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass

from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.race.editions import race_date_order
from bot.names.race.phrase_book import PhraseBook, set_of_words
from bot.names.race.phrases import OutsidePhrase, load_phrases
from bot.names.race.race_sets import NO_RACES, RaceSets
from bot.names.race.reading_choice import chosen_races
from bot.names.race.span_finder import FIRST_SHORT_YEAR, SpanFinder
from bot.names.race.spans import Reading, Span
from bot.names.race.winner_words import WinnerWords
from bot.names.race.word_spelling import WordSpelling
from bot.racing.series import OTHER_SERIES_NAMES, series_phrases

__all__ = ["PhraseAnswer", "PhraseReader"]

MAX_WORDS = 24  # of a phrase; a sentence that is longer asks for more than a race
MAX_READINGS = 24  # kept at each word, the least far-fetched: more changed no answer of 2,000 drawn phrases
# Readings that are hardly more far-fetched than the best are meant as well: "xfinity martinsville" is the Xfinity 500
# there, and the race of the Xfinity Series.
READING_MARGIN = 0.25
_SHORT_YEAR = re.compile(r"(?<![\w])['’‘]\s?(\d\d)\b")
_ISO_DAY = re.compile(r"\b(19\d\d|20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b")
_AMERICAN_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(19\d\d|20\d\d))?\b")
_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhraseAnswer:
    """What a phrase means: `races` (several: it is asked which), or why none, in `reason`, with what is `near`.

    `reading` is the least far-fetched reading; None where there is none. `unknown_words` are those that
    say nothing here, `has_year` says that the phrase has a year in it.
    """

    races: tuple[Entity, ...] = ()
    reading: Reading | None = None
    reason: str = ""
    near: tuple[Entity, ...] = ()
    has_year: bool = False
    unknown_words: tuple[str, ...] = ()


class PhraseReader:
    """Reader of phrases over all races of an archive. Never changed once built."""

    __slots__ = ("_book", "_finder", "_outside", "_sets", "_spelling", "_table")

    def __init__(self, sets: RaceSets, book: PhraseBook, winners: WinnerWords) -> None:
        """`book` has the names of the races of `sets`, `winners` their people."""
        self._sets, self._book = sets, book
        self._finder = SpanFinder(sets, book, winners)
        self._table = load_phrases()
        self._spelling = WordSpelling(book.word_counts())
        # A famous race that this archive lacks is said to be lacking: another must not be guessed from its words.
        lacking = (famous.as_outside() for famous in self._table.famous if famous.key not in sets.place_of)
        outside_phrases = (
            (tuple(name.split()), outside) for outside in (*lacking, *self._table.outside) for name in outside.names
        )
        self._outside = {words: outside for words, outside in outside_phrases if not book.has_phrase(words)}

    def without_winners(self, races: Collection[str]) -> "PhraseReader":
        """The same reader, to which nobody has won the races of these keys."""
        other = copy(self)
        other._finder = self._finder.without_winners(races)
        return other

    def read(self, raw: str, *, series: str, season: int | None) -> PhraseAnswer:
        """What a phrase as typed means; `series` goes first where it names none, `season` where it tells none."""
        words = phrase_words(raw)
        if season is not None and not any(_is_year(word) for word in words):
            words = (*words, str(season))
        if not words or len(words) > MAX_WORDS:
            return PhraseAnswer(unknown_words=words)
        start = Reading(self._sets.everything, is_question=self._is_question(words))
        whole = self._whole_name(words, start)
        if whole is not None:
            return self._answer([whole], series, words)
        outside = self._outside_answer(words, series)
        return self._read_words(words, start, series) if outside is None else outside

    def name_end(self, words: Sequence[str], start: int) -> int:
        """The end of the longest phrase from this word on that names a race or its place; `start` where none does.

        A race that no archive of championship races has is named all the same: "the clash".
        """
        longest = max(self._book.longest, *(len(one) for one in self._outside), 1)
        for end in range(min(len(words), start + longest), start, -1):
            part = tuple(words[start:end])
            is_said = bool(self._book.meanings(part)) or part in self._outside
            if is_said and any(word.isalpha() and word not in self._table.filler for word in part):
                return end
        return start

    def _read_words(self, words: tuple[str, ...], start: Reading, series: str) -> PhraseAnswer:
        """What the words mean one by one; where one of them says nothing, what they mean with another for it."""
        spans = self._spans(words)
        readings = self._readings(spans, start)
        unknown = _unexplained(words, spans)
        if not readings and unknown:
            others = self._spelling.other_phrases(words, unknown)
            readings = sorted(
                (one._replace(corrected=True) for other in others for one in self._readings(self._spans(other), start)),
                key=lambda one: one.cost,
            )
            if not readings:
                rest = tuple(word for place, word in enumerate(words) if place not in unknown)
                unknown_words = tuple(words[place] for place in unknown)
                reason = f"“{unknown_words[0]}” says nothing about races here"
                near = self._near(rest, series)
                return PhraseAnswer((), None, reason, near, any(map(_is_year, words)), unknown_words)
        return self._answer(readings, series, words)

    def _whole_name(self, words: tuple[str, ...], start: Reading) -> Reading | None:
        """The reading in which all words are the very name of a race; a number in it is no year then."""
        for meaning in self._book.meanings(words):
            if meaning.kind == "race" and not meaning.cost:
                return start.with_span(
                    Span(len(words), 0.0, meaning.races, meaning.exact, named=True, title=meaning.title)
                )
        return None

    def _is_question(self, words: Sequence[str]) -> bool:
        """Whether a driver in it need not have won: "did chastain win at daytona"."""
        return any(word in self._table.questions for word in words)

    def _spans(self, words: Sequence[str]) -> list[list[Span]]:
        is_question = self._is_question(words)
        return self._finder.without_parts(
            [self._finder.spans_at(words, start, is_question=is_question) for start in range(len(words))]
        )

    def _readings(self, spans: Sequence[Sequence[Span]], start: Reading) -> list[Reading]:
        """The readings in which every word says something, the least far-fetched first."""
        readings_at: list[list[Reading]] = [[start], *([] for _ in spans)]
        for place, spans_here in enumerate(spans):
            readings = sorted(readings_at[place], key=lambda one: one.cost)[:MAX_READINGS]
            for reading in readings:
                for span in spans_here:
                    longer = reading.with_span(span)
                    if longer is not None:
                        readings_at[span.end].append(longer)
        return sorted((one for one in readings_at[-1] if one.says_something), key=lambda one: one.cost)

    def _answer(self, readings: Sequence[Reading], series: str, words: Sequence[str]) -> PhraseAnswer:
        """The races of the best reading that means any, and of those that are hardly more far-fetched."""
        best: Reading | None = None
        races: dict[str, Entity] = {}
        seen: set[tuple[object, ...]] = set()
        for reading in readings:
            if best is not None and reading.cost > best.cost + READING_MARGIN:
                break
            # A race by its very name is meant, whatever else single words of it could say.
            if best is not None and best.exact is not None and reading.loose:
                continue
            sameness = reading.races, reading.exact, frozenset(reading.details)
            if sameness in seen:
                continue
            seen.add(sameness)
            for race in chosen_races(reading, self._sets, series):
                best = best or reading
                races.setdefault(race.value, race)
        if best is None:
            return PhraseAnswer(reason="no race here fits all of that", near=self._near_in_time(words, series))
        answers = tuple(races.values())
        if len(answers) > 1 and best.has_time:
            answers = tuple(sorted(answers, key=lambda race: (race_date_order(race), race.value)))
        return PhraseAnswer(answers, best)

    def _outside_answer(self, words: Sequence[str], series: str) -> PhraseAnswer | None:
        """Why no archive of championship races has this; None where it may have."""
        longest = next(
            (
                self._outside[part]
                for size in range(min(len(words), 6), 0, -1)
                for place in range(len(words) - size + 1)
                if (part := tuple(words[place : place + size])) in self._outside and not self._is_name(part, words)
            ),
            None,
        )
        if longest is not None:
            return PhraseAnswer(reason=longest.reason, near=self._near_outside(longest, words, series))
        for phrase in series_phrases(words):
            if phrase.series in OTHER_SERIES_NAMES and phrase.series not in self._sets.by_series:
                name = OTHER_SERIES_NAMES[phrase.series]
                part = tuple(words[phrase.start : phrase.end])
                if not self._is_name(part, words):
                    return PhraseAnswer(reason=f"the archive holds no race of this series: {name}")
        return None

    def _is_name(self, part: tuple[str, ...], words: Sequence[str]) -> bool:
        """Whether a race of the archive is called so, or by more of the words with these among them."""
        if set_of_words(self._book.name_words, part) != NO_RACES:
            return True
        return any(
            self._book.has_phrase(tuple(words[start:end]))
            for start in range(len(words))
            for end in range(start + len(part) + 1, len(words) + 1)
            if " ".join(part) in " ".join(words[start:end])
        )

    def _near_outside(self, outside: OutsidePhrase, words: Sequence[str], series: str) -> tuple[Entity, ...]:
        years = tuple(word for word in words if _is_year(word))
        return self._near((*outside.near.split(), *years), series) if outside.near else ()

    def _near(self, words: Sequence[str], series: str) -> tuple[Entity, ...]:
        """The races that these words alone may mean."""
        readings = self._readings(self._spans(words), Reading(self._sets.everything)) if words else []
        return self._answer(readings, series, ()).races[:5] if readings else ()

    def _near_in_time(self, words: Sequence[str], series: str) -> tuple[Entity, ...]:
        """The races that the words without their year may mean, those of the nearest seasons first."""
        years = [int(word) for word in words if _is_year(word)]
        rest = [word for word in words if not _is_year(word)]
        readings = self._readings(self._spans(rest), Reading(self._sets.everything)) if years and rest else []
        if not readings:
            return ()
        races = self._sets.of_series(readings[0].races, str(readings[0].text("series") or series))
        members = sorted(
            self._sets.members(races), key=lambda race: abs((race.event.season or 0 if race.event else 0) - years[0])
        )
        return tuple(members[:5])


def phrase_words(raw: str) -> tuple[str, ...]:
    """The folded words of a phrase as typed, its dates and short years written out: "7/4/98" is "july 4 1998"."""
    text = _ISO_DAY.sub(lambda found: _day_text(found[1], found[2], found[3], found[0]), raw)
    text = _AMERICAN_DAY.sub(lambda found: _day_text(found[3] or "", found[1], found[2], found[0]), text)
    text = _SHORT_YEAR.sub(lambda found: f" {19 if int(found[1]) >= FIRST_SHORT_YEAR else 20}{found[1]} ", text)
    return tuple(fold(text).split())


def _day_text(year: str, month: str, day: str, typed: str) -> str:
    if not 1 <= int(month) <= 12:
        return typed
    return f" {_MONTH_NAMES[int(month) - 1]} {int(day)} {year} "


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"}


def _unexplained(words: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[int]:
    """The places of the words that no span covers."""
    covered = {place for start, here in enumerate(spans) for span in here for place in range(start, span.end)}
    return [place for place in range(len(words)) if place not in covered]
