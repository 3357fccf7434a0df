"""Spans of a phrase: for each of its words everything that the words from there on may say."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy

from bot.language.months import MONTHS
from bot.language.ordinals import ordinal, ordinal_words
from bot.names.race.phrase_book import PhraseBook
from bot.names.race.phrases import RacePhraseTable, load_phrases
from bot.names.race.race_sets import NO_RACES, RaceSets
from bot.names.race.spans import Detail, Span
from bot.names.race.winner_words import WinnerWords
from bot.racing.series import OTHER_SERIES_NAMES, series_phrase_at

__all__ = ["SpanFinder"]

FIRST_SHORT_YEAR = 49  # "49" is the first season of the Cup, "48" would be 2048
MAX_SEASON_ROUNDS = 62  # the Cup season of 1964 had the most races
# How far-fetched each is, beside the costs of names in phrase_book.py.
FILLER_COST, DETAIL_COST, SHORT_YEAR_COST, SPONSOR_COST, SINGLE_NUMBER_COST = 0.03, 0.05, 0.2, 0.2, 0.4
PLACE_WORD_COST, NAME_WORD_COST, NUMBER_COST = 0.3, 0.4, 0.45
FULL_WINNER_COST, WINNER_COST, DRIVER_COST = 0.25, 0.4, 0.8
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUND_WORDS = frozenset(["race", "round", "rd", "week", "event", "r"])
_NUMBER_WORDS = frozenset(["no", "number", "num", "nr"])
_ORDINALS = {form: number for number in range(1, 100) for form in (ordinal(number), ordinal_words(number))}
_MONTHS: Mapping[str, int] = {
    form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())
} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SpanFinder:
    """Finder of spans over the races, the names and the people of one archive. Never changed once built."""

    __slots__ = ("_book", "_details", "_longest_detail", "_sets", "_table", "_winners")

    def __init__(self, sets: RaceSets, book: PhraseBook, winners: WinnerWords) -> None:
        """`book` has the names of the races of `sets`, `winners` their people."""
        self._sets, self._book, self._winners = sets, book, winners
        self._table = load_phrases()
        self._details = {tuple(phrase.split()): detail for phrase, detail in _table_details(self._table)}
        self._longest_detail = max(map(len, self._details))

    def without_winners(self, races: Collection[str]) -> "SpanFinder":
        """The same finder, to which nobody has won the races of these keys."""
        other = copy(self)
        other._winners = self._winners.without(self._sets.of_keys(races))
        return other

    def spans_at(self, words: Sequence[str], start: int, *, is_question: bool) -> list[Span]:
        """Every span that begins at this word. `is_question` says that a driver need not have won."""
        spans = (
            *self._names(words, start),
            *self._details_at(words, start),
            *self._seasons(words, start),
            *self._rounds(words, start),
            *self._days(words, start),
            *self._series(words, start),
            *self._people(words, start, is_question=is_question),
            *self._single_word(words, start),
        )
        # "oreilly series" is no O'Reilly Raceway Park, and "busch series" no Busch.
        phrase = series_phrase_at(words, start)
        first_end = phrase.end if phrase is not None and phrase.certain else 0
        return [span for span in spans if span.end >= first_end or span.exact is not None]

    def without_parts(self, spans: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """The spans at each word without what stands within a whole name: single words of names, and other names.

        "lowes motor speedway" in a year in which there was no race is no race with "motor" in its name, and "like cola
        500" no Cola 500.
        """
        whole_names = [
            (start, end)
            for start, here in enumerate(spans)
            for end in {span.end for span in here if span.title and span.end > start + 1}
        ]

        def is_part(start: int, span: Span) -> bool:
            return any(
                (span.loose and first <= start < end) or (span.title and first < start and span.end <= end)
                for first, end in whole_names
            )

        return [[span for span in here if not is_part(start, span)] for start, here in enumerate(spans)]

    def _names(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """Names of races, and the longest of a place: "las vegas park" is no Las Vegas with a park behind it."""
        has_place = False
        for end in range(min(len(words), start + self._book.longest), start, -1):
            meanings = self._book.meanings(tuple(words[start:end]))
            for meaning in meanings:
                if meaning.kind != "place" or not has_place:
                    exact = meaning.exact if meaning.kind == "race" else None
                    yield Span(end, meaning.cost, meaning.races, exact, named=True, title=meaning.title)
            has_place = has_place or any(meaning.kind == "place" for meaning in meanings)

    def _details_at(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """The longest phrase of the table: "season finale", "first", "spring", "last year"."""
        for end in range(min(len(words), start + self._longest_detail), start, -1):
            found = self._details.get(tuple(words[start:end]))
            if found is None:
                continue
            detail, value = found
            if detail == "season":
                season = self._sets.latest_season - int(value)
                yield Span(end, DETAIL_COST, self._sets.by_season.get(season, NO_RACES), detail="season", value=season)
            else:
                # A bare number counts races there only where it is nothing else: "stage 2" is none.
                cost = SINGLE_NUMBER_COST if words[start] == str(value) else DETAIL_COST
                yield Span(end, cost, detail=detail, value=value)
            return

    def _seasons(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """Years in four digits, and in two where that is no other number."""
        word = words[start]
        if _YEAR.fullmatch(word):
            season, cost = int(word), 0.0
        elif len(word) == 2 and word.isdigit():
            season, cost = (1900 if int(word) >= FIRST_SHORT_YEAR else 2000) + int(word), SHORT_YEAR_COST
        else:
            return
        yield Span(start + 1, cost, self._sets.by_season.get(season, NO_RACES), detail="season", value=season)

    def _rounds(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """Rounds: "race 12", "round no 3", "race 12 of 36", "r12", "12th race"."""
        end, number = start, None
        if words[start] in _ROUND_WORDS:
            end = start + 1 + (start + 1 < len(words) and words[start + 1] in _NUMBER_WORDS)
            number = _small_number(words[end]) if end < len(words) else None
        elif words[start][:1] == "r" and words[start][1:].isdigit():
            number = _small_number(words[start][1:])
        elif words[start] in _ORDINALS and words[start] not in self._table.places_in_order:
            # The fifth race of a season, or the 25th running.
            yield Span(start + 1, DETAIL_COST, detail="order", value=_ORDINALS[words[start]])
        if number is None:
            return
        races = self._sets.by_round.get(number, NO_RACES)
        yield Span(end + 1, DETAIL_COST, races, detail="round", value=number)
        if end + 2 < len(words) and words[end + 1] == "of" and _small_number(words[end + 2]):
            yield Span(end + 3, DETAIL_COST, races, detail="round", value=number)

    def _days(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """Days and months; a race of which nobody wrote down the day may have been in any month."""
        month = _MONTHS.get(words[start])
        day = _day_number(words[start])
        rest = start + 1 + (day is not None and start + 1 < len(words) and words[start + 1] == "of")
        other = words[rest] if rest < len(words) else ""
        undated = self._sets.everything & ~self._sets.dated
        if month is not None:
            races = self._sets.by_month.get(month, NO_RACES) | undated
            yield Span(start + 1, DETAIL_COST * 2, races, detail="month", value=month)
            if (number := _day_number(other)) is not None:
                yield self._day(rest + 1, month, number)
        elif day is not None and other in _MONTHS:
            yield self._day(rest + 1, _MONTHS[other], day)
        elif words[start] in _WEEKDAYS:
            races = self._sets.by_weekday.get(_WEEKDAYS.index(words[start]), NO_RACES) | undated
            yield Span(start + 1, DETAIL_COST, races)

    def _day(self, end: int, month: int, day: int) -> Span:
        races = self._sets.by_day.get((month, day), NO_RACES)
        return Span(end, 0.0, races, detail="day", value=100 * month + day)

    def _series(self, words: Sequence[str], start: int) -> Iterator[Span]:
        phrase = series_phrase_at(words, start)
        if phrase is None:
            return
        races = self._sets.by_series.get(phrase.series, NO_RACES)
        if races or phrase.series not in OTHER_SERIES_NAMES:
            cost = 0.0 if phrase.certain else SPONSOR_COST
            yield Span(phrase.end, cost, races, detail="series", value=phrase.series)

    def _people(self, words: Sequence[str], start: int, *, is_question: bool) -> Iterator[Span]:
        """Winners and winning teams; and drivers who need not have won."""
        for end in range(start + 1, min(len(words), start + 5) + 1):
            text = " ".join(words[start:end])
            own = text.removesuffix("s")  # "earnhardts win"
            for name in dict.fromkeys((text, own)):
                driver = self._winners.is_driver(name)
                if driver:
                    yield Span(end, FILLER_COST if is_question else DRIVER_COST, detail="driver", value=name)
                if is_question and driver:
                    continue
                if races := self._winners.full(name):
                    yield Span(end, FULL_WINNER_COST, races, detail="winner", value=name, named=True)
                elif races := self._winners.short(name):
                    yield Span(end, WINNER_COST, races, detail="winner", value=name, named=True)

    def _single_word(self, words: Sequence[str], start: int) -> Iterator[Span]:
        """A word out of a name, and words that say nothing."""
        word = words[start]
        if word in self._table.filler:
            yield Span(start + 1, FILLER_COST)
        if word in self._table.counted and start + 1 < len(words) and words[start + 1].isdigit():
            yield Span(start + 2, 2 * FILLER_COST)
        if races := self._book.place_words.get(word, NO_RACES):
            yield Span(start + 1, PLACE_WORD_COST, races, named=word not in self._table.filler, loose=True)
        if races := self._book.name_words.get(word, NO_RACES):
            is_number = word.isdigit()
            cost = NUMBER_COST if is_number else NAME_WORD_COST
            yield Span(start + 1, cost, races, named=not is_number and word not in self._table.filler, loose=True)


def _table_details(table: RacePhraseTable) -> Iterator[tuple[str, tuple[Detail, int | str]]]:
    """Every phrase of the table with what it says."""
    yield from ((phrase, ("season_place", place)) for phrase, place in table.season_places.items())
    yield from ((phrase, ("order", place)) for phrase, place in table.places_in_order.items())
    yield from ((phrase, ("earliest", 1)) for phrase in table.earliest)
    yield from ((phrase, ("latest", 1)) for phrase in table.latest)
    yield from ((phrase, ("part", part)) for phrase, part in table.season_parts.items())
    yield from ((phrase, ("season", back)) for phrase, back in table.seasons_back.items())


def _small_number(word: str) -> int | None:
    """The round that a word counts; None for any other word."""
    number = int(word) if word.isdigit() and len(word) <= 2 else _ORDINALS.get(word)
    return number if number is not None and 1 <= number <= MAX_SEASON_ROUNDS else None


def _day_number(word: str) -> int | None:
    """The day of a month; None for any other word."""
    number = int(word) if word.isdigit() and len(word) <= 2 else _ORDINALS.get(word, 0) if word[:1].isdigit() else 0
    return number if 1 <= number <= 31 else None
