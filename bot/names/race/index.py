"""Races: named by sponsor, by plain name, by track or place, with whatever says which running is meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from bot.language.fold import fold
from bot.names.aliases import Aliases
from bot.names.entity import Entity
from bot.names.match import MAX_CHOICES, Candidate, MatchResult, reading_note
from bot.names.matcher import NameHit
from bot.names.prior import likelihood
from bot.names.query import ParsedQuery, name_words
from bot.names.race.editions import hinted_season, latest_first, matching_editions, series_first
from bot.names.race.hints import RaceHints
from bot.names.race.phrase_book import PhraseBook
from bot.names.race.phrase_reader import PhraseReader
from bot.names.race.phrase_result import is_whole_answer, phrase_result, word_is_in
from bot.names.race.query_parser import ParsedRaceQuery, RaceQueryParser
from bot.names.race.race_sets import RaceSets
from bot.names.race.race_texts import RaceTexts
from bot.names.race.title_index import RaceTitleIndex
from bot.names.race.titles import RaceTitle, all_race_titles, nicknames_of, title_likelihood
from bot.names.race.winner_words import WinnerWords
from bot.names.race.words import RaceWordIndex

__all__ = ["RaceIndex"]

PREFERRED_SERIES_BONUS = (
    0.08  # what being of the preferred series is worth where names are equally alike: fitted with the prior
)
MAX_EDITIONS_TO_COMPARE = 20  # runnings among which it is quickly seen of which the words tell most


class RaceIndex:
    """All runnings of all races, latest first, and how to find them. Never changed once built."""

    __slots__ = (
        "_default_series",
        "_latest",
        "_latest_first",
        "_nicknames",
        "_parser",
        "_reader",
        "_sets",
        "_texts",
        "_titles",
        "_word_index",
        "entities",
    )  # fmt: skip

    def __init__(
        self,
        entities: Sequence[Entity],
        alias_table: Aliases,
        latest_season: int,
        default_series: str,
        driver_names: Iterable[str] = (),
    ) -> None:
        """`latest_season` is the last season any entity of the index was seen in; `driver_names` are all drivers."""
        self._default_series, self._latest = default_series, latest_season
        self._latest_first = tuple(latest_first(entities))
        self.entities = series_ordered = tuple(series_first(self._latest_first, default_series))
        if not any(race.event for race in entities):
            self.entities = _likeliest_first(entities, latest_season)
        self._texts = RaceTexts(self.entities, series_ordered)
        titles_with_spellings = sorted(
            all_race_titles(self.entities, self._latest_first),
            key=lambda pair: (-title_likelihood(pair[0], latest_season), pair[0].kind, pair[0].title),
        )
        nicknames, absent_names = nicknames_of(
            [(title.kind, spellings) for title, spellings in titles_with_spellings], alias_table
        )
        self._titles = RaceTitleIndex(titles_with_spellings, nicknames, absent_names, latest_season)
        self._word_index = RaceWordIndex(self._latest_first, titles_with_spellings, nicknames)
        self._parser = RaceQueryParser(self._titles, self._word_index, latest_season)
        self._sets = RaceSets(self._latest_first, latest_season)
        self._nicknames = _nicknames_by_race(titles_with_spellings, nicknames)
        book = PhraseBook(self._sets, titles_with_spellings, nicknames, alias_table)
        reader = PhraseReader(self._sets, book, WinnerWords(self._sets, driver_names, alias_table))
        # A catalogue of names alone has no runnings to choose from.
        self._reader = reader if self._sets.by_season else None

    def preferring(self, series: str) -> "RaceIndex":
        """The same index with another default series; it shares with this one whatever does not depend on that."""
        if not any(race.event for race in self._latest_first):
            return self
        index = copy(self)
        index._default_series, index.entities = series, tuple(series_first(self._latest_first, series))
        index._texts = self._texts.in_order(index.entities)
        return index

    def without_winners(self, races: Collection[str]) -> "RaceIndex":
        """The same races, of which those of these keys are found by no winner."""
        other = copy(self)
        other._reader = self._reader.without_winners(races) if self._reader else None
        return other

    def match(self, query: ParsedQuery, *, series: str | None, season: int | None, limit: int = 8) -> MatchResult:
        """The races that a typed text may mean, best first."""
        exact_race = self._texts.find(query.folded)
        if exact_race is not None and (exact_race.event is not None or exact_race.name == exact_race.value):
            return MatchResult((Candidate(exact_race, 1.0, 1.0),), exact=True, certain=True)
        series = series or self._default_series
        if self._reader is None:
            return self._match_names(query, series, season, limit)
        answer = self._reader.read(query.raw, series=series, season=season)
        result = phrase_result(query, answer, self._sets, series)
        if is_whole_answer(answer):
            return result
        # Beside a year the words of names are corrected one by one; without one, names as a whole may be alike.
        if answer.has_year:
            return result
        named = self._match_names(query, series, season, limit)
        if named.is_clear if answer.races else named.has_likely:
            race = named.candidates[0].entity
            if all(word_is_in(word, race, self._nicknames.get(race.value, ())) for word in answer.unknown_words):
                return named
        return result

    def name_end(self, words: Sequence[str], start: int) -> int:
        """The end of the longest phrase from this word on that names a race or its place; `start` where none does."""
        return self._reader.name_end(words, start) if self._reader else start

    def _match_names(self, query: ParsedQuery, series: str, season: int | None, limit: int) -> MatchResult:
        """The races whose names are like what was typed."""
        race_query = self._parser.parse(query, season, series, limit)
        hints, names = race_query.hints, race_query.names
        if names is None:
            return self._match_by_hints(hints, series)
        candidates = self._candidates(names, hints, series)
        if not candidates and not race_query.season_races:
            unhinted_candidates = self._candidates(names, RaceHints(hints.words), series)
            nearest = {
                candidate.entity.value: replace(candidate, likeness=0.5) for candidate, _, _ in unhinted_candidates
            }
            return MatchResult(tuple(nearest.values()))
        if hinted_season(hints, self._latest) is not None:
            season_result = self._match_in_season(query, race_query, candidates)
            if season_result:
                return season_result
        return self._result(query, hints, candidates, exact=race_query.exact)

    def _match_in_season(
        self,
        query: ParsedQuery,
        race_query: ParsedRaceQuery,
        candidates: Sequence[tuple[Candidate, RaceTitle, Sequence[Entity]]],
    ) -> MatchResult | None:
        """The one race of a season that is told, or all that fit equally well, the first of them first.

        None where the season leaves one running, and only the name is in doubt: then the candidates decide.
        """
        hints, likeness, races = race_query.hints, 1.0, race_query.season_races
        if not races:
            races, likeness = candidates[0][2], candidates[0][0].likeness
        races = latest_first(races)
        races = [race for race in races if fold(race.name) == hints.words] or races
        if hints.latest:
            del races[1:]
        if len(races) > 1:
            return MatchResult(tuple(Candidate(race, likeness, likeness) for race in reversed(races)))
        if not race_query.season_races:
            return None
        others = tuple(candidate for candidate, _, _ in candidates if candidate.entity.value != races[0].value)
        note = reading_note(query.raw, races[0])
        return MatchResult((Candidate(races[0], 1.0, 1.0), *others), certain=True, note=note)

    def suggest(self, query: ParsedQuery, limit: int) -> list[Candidate]:
        """The runnings that may be meant so far, best first; nothing typed means the latest."""
        if not query.folded:
            return [Candidate(race, 0.0, 0.0) for race in self.entities[:limit]]
        series = self._default_series
        race_query = self._parser.parse(query, None, series, limit)
        hints, names = race_query.hints, race_query.names
        if names is None:
            return [
                *self._phrase_candidates(query, limit),
                *(Candidate(race, 1.0, 1.0) for race in self._matching_races(hints, series)[:limit]),
            ]
        first = self._phrase_candidates(query, limit)
        first += [
            Candidate(race, 1.0, 1.0) for race in series_first(race_query.season_races, hints.series or series)[:limit]
        ]
        first += [candidate for candidate, _, _ in self._candidates(names, hints, series)[:1]]
        first += [Candidate(race, 1.0, 1.0) for race in self._texts.with_prefix(query.folded, limit)]
        used_labels = {candidate.entity.label for candidate in first}
        for hit in names:
            if len(used_labels) >= limit:
                break
            editions = matching_editions(self._titles.title_of(hit).races, hints, self._latest)
            races = series_first(editions, hints.series or series)[:limit]
            first += [Candidate(race, hit.likeness, hit.score) for race in races]
            used_labels.update(race.label for race in races)
        return first

    def _phrase_candidates(self, query: ParsedQuery, limit: int) -> list[Candidate]:
        """The races that the whole phrase means so far, where it says enough to mean few."""
        answer = self._reader.read(query.raw, series=self._default_series, season=None) if self._reader else None
        if answer is None or answer.reading is None or not is_whole_answer(answer) or len(answer.races) > MAX_CHOICES:
            return []
        if not answer.reading.chooses:
            return []
        return [Candidate(race, 1.0, 1.0) for race in answer.races[:limit]]

    def _candidates(
        self, names: Iterable[NameHit], hints: RaceHints, series: str
    ) -> list[tuple[Candidate, RaceTitle, Sequence[Entity]]]:
        """(candidate, title, editions) for each name: its likeliest edition, its title, and the editions there are."""
        preferred_series = hints.series or series
        words = name_words(hints.words, "race")
        candidates = []
        for place, hit in enumerate(names):
            # Counting words costs time with every running: the best name is worth it, the others where they are few.
            race_title = self._titles.title_of(hit)
            races: Sequence[Entity] = series_first(
                matching_editions(race_title.races, hints, self._latest), preferred_series
            )
            if races and (not place or len(races) <= MAX_EDITIONS_TO_COMPARE):
                races = self._word_index.races_with_most_words(races, words)
            if races:
                first = races[0].event
                same_series_races = [
                    race for race in races if first is None or (race.event and race.event.series == first.series)
                ]
                bonus = PREFERRED_SERIES_BONUS if first is not None and first.series == preferred_series else 0.0
                season = hinted_season(hints, self._latest)
                editions = same_series_races if season is None or bonus else races
                candidates.append((Candidate(races[0], hit.likeness, hit.score + bonus), race_title, editions))
        return sorted(candidates, key=lambda each: -each[0].score)

    def _result(
        self,
        query: ParsedQuery,
        hints: RaceHints,
        matches: Sequence[tuple[Candidate, RaceTitle, Sequence[Entity]]],
        *,
        exact: bool,
    ) -> MatchResult:
        candidate, race_title, editions = matches[0]
        edition_count = len(editions)
        candidates = list({other.entity.value: other for other, _, _ in reversed(matches)}.values())
        candidates.sort(key=lambda other: -other.score)
        note = ""
        if edition_count > 1:
            place_phrase = f"at {race_title.title}" if race_title.kind == "track" else f"in {race_title.title}"
            edition_phrase = f"runnings of the {race_title.title}" if race_title.kind == "race" else place_phrase
            note = f"the latest of {edition_count} {edition_phrase}; add a year for another"
        note = reading_note(query.raw, candidate.entity, note)
        is_single = len(candidates) == 1
        return MatchResult(
            tuple(candidates),
            exact=exact and not hints.has_hints and race_title.kind == "race",
            certain=is_single,
            note=note,
        )

    def _matching_races(self, hints: RaceHints, series: str) -> list[Entity]:
        return series_first(matching_editions(self._latest_first, hints, self._latest), hints.series or series)

    def _match_by_hints(self, hints: RaceHints, series: str) -> MatchResult:
        """A race told by its season, round or day alone, or as the latest."""
        races = self._matching_races(hints, series)
        if hints.day is None and hints.round is None and hints.ordinal is None and not hints.latest:
            return MatchResult(tuple(Candidate(race, 0.9, 0.9) for race in races[:8]), certain=len(races) == 1)
        candidates = tuple(Candidate(race, 1.0, 1.0) for race in races[:8])
        return MatchResult(candidates, certain=True)


def _likeliest_first(races: Iterable[Entity], latest_season: int) -> tuple[Entity, ...]:
    return tuple(sorted(races, key=lambda race: (-likelihood(race, latest_season), race.label)))


def _nicknames_by_race(
    titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]], nicknames: Mapping[int, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """The nicknames of each race by its value, where its name, track or place has any."""
    return {
        race.value: nicknames[number]
        for number, (title, _) in enumerate(titles_with_spellings)
        if number in nicknames
        for race in title.races
    }
