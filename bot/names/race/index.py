"""Races: named by sponsor, by plain name, by track or place, with whatever says which running is meant."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest

from bot.language.fold import fold
from bot.language.shortening import one_line
from bot.names.aliases import Aliases
from bot.names.entity import Entity
from bot.names.match import MAX_QUERY_LENGTH, Candidate, MatchResult
from bot.names.matcher import PRIOR_WEIGHT, NameHit, NameMatcher
from bot.names.name_rows import NameForms
from bot.names.prior import likelihood
from bot.names.query import ParsedQuery, name_words
from bot.names.race.editions import hinted_season, latest_first, matching_editions, series_first
from bot.names.race.hints import RaceHints, parse_hints
from bot.names.race.titles import RaceTitle, all_race_titles, nicknames_of, short_titles, title_likelihood
from bot.names.race.words import ParsedRaceQuery, RaceWordIndex

__all__ = ["RaceIndex"]

FULL_NAME_LIKENESS = 0.97  # every word belongs to the name: what else a word might say is not looked for
PREFERRED_SERIES_BONUS = (
    0.08  # what being of the preferred series is worth where names are equally alike: fitted with the prior
)
MAX_EDITIONS_TO_COMPARE = 20  # runnings among which it is quickly seen of which the words tell most


class RaceIndex:
    """All runnings of all races, latest first, and how to find them. Never changed once built."""

    __slots__ = (
        "_absent",
        "_default_series",
        "_full_titles",
        "_latest",
        "_latest_first",
        "_matcher",
        "_places",
        "_race_by_text",
        "_race_texts",
        "_short_titles",
        "_titles",
        "_word_index",
        "entities",
    )  # fmt: skip

    def __init__(
        self, entities: Sequence[Entity], alias_table: Aliases, latest_season: int, default_series: str
    ) -> None:
        """`latest_season` is the last season any entity of the index was seen in."""
        self._default_series = default_series
        self._latest_first = tuple(latest_first(entities))
        self.entities = series_ordered = tuple(series_first(self._latest_first, default_series))
        if not any(race.event for race in entities):
            self.entities = tuple(sorted(entities, key=lambda race: (-likelihood(race, latest_season), race.label)))
        self._latest = latest_season
        self._race_by_text = {fold(text): race for race in reversed(self.entities) for text in (race.label, race.value)}
        self._race_texts = sorted(self._race_by_text)
        places = {race.value: place for place, race in enumerate(series_ordered)}
        self._places = [places[self._race_by_text[words].value] for words in self._race_texts]
        titles_with_spellings = sorted(
            all_race_titles(self.entities, self._latest_first),
            key=lambda one: (-title_likelihood(one[0], latest_season), one[0].kind, one[0].title),
        )
        nicknames, self._absent = nicknames_of(
            [(one.kind, spellings) for one, spellings in titles_with_spellings], alias_table
        )
        self._matcher = NameMatcher(
            [
                NameForms(tuple(spellings), tuple(nicknames.get(number, ())), title_likelihood(one, latest_season))
                for number, (one, spellings) in enumerate(titles_with_spellings)
            ],
            people=False,
        )
        self._word_index = RaceWordIndex(self._latest_first, titles_with_spellings, nicknames)
        short_name_titles = tuple(short_titles(titles_with_spellings))
        self._short_titles = {
            short: len(titles_with_spellings) + number for number, (short, _) in enumerate(short_name_titles)
        }
        self._full_titles = {
            number: self._short_titles[text]
            for number, (one, spellings) in enumerate(titles_with_spellings)
            if one.kind == "race"
            for text in spellings
            if text in self._short_titles
        }
        self._titles = (*(one for one, _ in titles_with_spellings), *(one for _, one in short_name_titles))

    def match(self, query: ParsedQuery, *, series: str | None, season: int | None, limit: int = 8) -> MatchResult:
        """The races that a typed text may mean, best first."""
        exact_race = self._race_by_text.get(query.folded)
        if exact_race is not None and (exact_race.event is not None or exact_race.name == exact_race.value):
            return MatchResult((Candidate(exact_race, 1.0, 1.0),), exact=True, certain=True)
        series = series or self._default_series
        race_query = self._parse_race_query(query, season, series, limit)
        hints, names = race_query.hints, race_query.names
        if names is None:
            return self._match_by_hints(hints, series)
        candidates = self._candidates(names, hints, series)
        if not candidates and not race_query.season_races:
            unhinted_candidates = self._candidates(names, RaceHints(hints.words), series)
            nearest = {one.entity.value: replace(one, likeness=0.5) for one, _, _ in unhinted_candidates}
            return MatchResult(tuple(nearest.values()))
        if self._hinted_season(hints) is not None:
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
        others = tuple(one for one, _, _ in candidates if one.entity.value != races[0].value)
        note = f"showing {races[0].label} for “{one_line(query.raw, MAX_QUERY_LENGTH)}”"
        return MatchResult((Candidate(races[0], 1.0, 1.0), *others), certain=True, note=note)

    def suggest(self, query: ParsedQuery, limit: int) -> list[Candidate]:
        """The runnings that may be meant so far, best first; nothing typed means the latest."""
        if not query.folded:
            return [Candidate(race, 0.0, 0.0) for race in self.entities[:limit]]
        series = self._default_series
        race_query = self._parse_race_query(query, None, series, limit)
        hints, names = race_query.hints, race_query.names
        if names is None:
            return [Candidate(race, 1.0, 1.0) for race in self._matching_races(hints, series)[:limit]]
        first = [
            Candidate(race, 1.0, 1.0) for race in series_first(race_query.season_races, hints.series or series)[:limit]
        ]
        first += [one for one, _, _ in self._candidates(names, hints, series)[:1]]
        first += [Candidate(race, 1.0, 1.0) for race in self._races_with_prefix(query.folded, limit)]
        used_labels = {one.entity.label for one in first}
        for hit in names:
            if len(used_labels) >= limit:
                break
            editions = matching_editions(self._title_of(hit).races, hints, self._latest)
            races = series_first(editions, hints.series or series)[:limit]
            first += [Candidate(race, hit.likeness, hit.score) for race in races]
            used_labels.update(race.label for race in races)
        return first

    def _races_with_prefix(self, folded: str, limit: int) -> list[Entity]:
        """The first of the races whose label or value begins like this, the default series before the others."""
        first = bisect_left(self._race_texts, folded)
        last = bisect_left(self._race_texts, folded + "\U0010ffff")
        words = nsmallest(limit, range(first, last), key=self._places.__getitem__)
        return [self._race_by_text[self._race_texts[number]] for number in words]

    def _parse_race_query(self, query: ParsedQuery, season: int | None, series: str, limit: int) -> ParsedRaceQuery:
        """What is said about the running, and the names that may be meant; `season` where the text tells none.

        The whole text is tried as a name first; then years and dates are taken out of it, then words like "fall". A
        name that has no running then is no answer as long as another reading has one.
        """
        all_hints = dict.fromkeys((RaceHints(query.folded), *parse_hints(query.raw, query.folded)))
        hint_sets = [hints.in_season(season) for hints in all_hints]
        query_without_edition: ParsedRaceQuery | None = None
        # The first reading whose rest is exactly a name that has a running decides. A name without a running in that
        # season is remembered, and loses against a race of the season of which every word is told.
        for position, hints in enumerate(hint_sets):
            exact_hits = self._exact_names(hints.words) or self._exact_names(" ".join(name_words(hints.words, "race")))
            editions = [
                race for one in exact_hits for race in matching_editions(self._title_of(one).races, hints, self._latest)
            ]
            if editions:
                season_races = self._races_of_exact_name(
                    hints, exact_hits, editions, series
                ) + self._races_with_every_word(hint_sets[:position], hints, series)
                return ParsedRaceQuery(
                    hints,
                    exact_hits,
                    exact=True,
                    season_races=season_races if self._hinted_season(hints) is not None else (),
                )
            if exact_hits and query_without_edition is None:
                query_without_edition = ParsedRaceQuery(hints, exact_hits, exact=True)
        is_race_name = query_without_edition is not None and any(
            self._title_of(one).kind == "race" for one in query_without_edition.names or ()
        )
        season_races = self._races_with_every_word(hint_sets, hint_sets[-1], series, strict=is_race_name)
        if season_races:
            return ParsedRaceQuery(hint_sets[-1], (), season_races=season_races)
        return query_without_edition or self._similar_names(hint_sets, limit)

    def _races_of_exact_name(
        self, hints: RaceHints, exact_hits: Sequence[NameHit], editions: Sequence[Entity], series: str
    ) -> tuple[Entity, ...]:
        """The races of a season that an exact name tells, and what else its words tell where it is a nickname.

        "charlotte" is the oval and the roval.
        """
        titles = [title for one in exact_hits for title in (self._title_of(one).title, *self._title_of(one).spellings)]
        if not any(fold(title) == hints.words for title in titles):
            editions = (*editions, *self._season_races_with_words(hints))
        return self._prefer_series({race.value: race for race in editions}.values(), hints, series)

    def _races_with_every_word(
        self, hint_sets: Iterable[RaceHints], last_hints: RaceHints, series: str, *, strict: bool = False
    ) -> tuple[Entity, ...]:
        """The races of a season of which every word is told, in one reading or another.

        "xfinity martinsville 2025" is the Xfinity 500 there, and the races of the Xfinity Series. Which race is the
        first or in spring is counted once it is known in which series, which the `last_hints` reading knows.
        """
        races_by_key: dict[str, Entity] = {}
        for hints in hint_sets:
            if hints.series == last_hints.series or not (hints.part or hints.ordinal):
                races = self._season_races_with_words(hints, strict=strict)
                races_by_key |= {race.value: race for race in self._prefer_series(races, hints, series)}
        return tuple(races_by_key.values())

    def _season_races_with_words(self, hints: RaceHints, *, strict: bool = False) -> Sequence[Entity]:
        """The races of the season that is told, of which every word is."""
        season, words = self._hinted_season(hints), name_words(hints.words, "race")
        if season is None or not words:
            return ()
        season_races = self._word_index.races_with_all_words(self._word_index.of_season(season), words, strict=strict)
        editions = {race.value: race for race in matching_editions(season_races, hints, self._latest)}
        # "The last" may be the last of all that are told, or the last at its track: both are taken.
        if season_races and (hints.part or hints.ordinal):
            for track in dict.fromkeys(race.event.track for race in season_races if race.event):
                track_races = [race for race in season_races if race.event and race.event.track == track]
                editions |= {
                    race.value: race
                    for race in matching_editions(track_races, hints, self._latest)
                    if len(track_races) > 1
                }
        return tuple(editions.values())

    def _prefer_series(self, races: Iterable[Entity], hints: RaceHints, series: str) -> tuple[Entity, ...]:
        """The races of the preferred series where it has any, and those at a track of that name where it had none."""
        races = tuple(races)
        preferred_series = hints.series or series
        series_races = tuple(race for race in races if race.event is not None and race.event.series == preferred_series)
        if not series_races or len(series_races) == len(races):
            return races
        place_races = self._word_index.at_place(races, name_words(hints.words, "race"))
        return series_races if any(race in series_races for race in place_races) else (*series_races, *place_races)

    def _hinted_season(self, hints: RaceHints) -> int | None:
        return hinted_season(hints, self._latest)

    def _similar_names(self, hint_sets: Sequence[RaceHints], limit: int) -> ParsedRaceQuery:
        """The names that are like what was typed; with a year in it, it is like no name but for the year."""
        best_query = ParsedRaceQuery(hint_sets[0], ())
        for hints in hint_sets[1 if len(hint_sets) > 1 and hint_sets[1].season is not None else 0 :]:
            words = name_words(hints.words, "race")
            if not words and hints.has_hints:
                return ParsedRaceQuery(hints, None)
            if hints.has_hints and all(map(str.isdigit, words)):
                continue  # "1971 race 2" is round 2 before it is any name with a 2
            hits = self._rank_names(hints.words, words, limit)
            if hits and (not best_query.names or hits[0].likeness > best_query.names[0].likeness):
                best_query = ParsedRaceQuery(hints, hits)
            if hits and hits[0].likeness >= FULL_NAME_LIKENESS:
                break
        return best_query

    def _exact_names(self, folded: str) -> list[NameHit]:
        """The names that are exactly this, or go on with a sponsor after it."""
        hits = [NameHit(n, 1.0, 1.0 + PRIOR_WEIGHT * self._matcher.likelihood(n)) for n in self._matcher.exact(folded)]
        short_title_number = self._short_titles.get(folded)
        if short_title_number is None:
            return hits
        return [
            NameHit(short_title_number, 1.0, 1.0),
            *(one for one in hits if self._titles[one.number].kind != "race"),
        ]

    def _title_of(self, hit: NameHit) -> RaceTitle:
        """What a name stands for; with the runnings whose name goes on where it does not."""
        return self._titles[self._full_titles.get(hit.number, hit.number)]

    def _rank_names(self, folded: str, words: Sequence[str], limit: int) -> list[NameHit]:
        """The names that are like this; none that is clear where it is the name of a race the archive lacks."""
        hits = self._matcher.rank(words, limit=limit)
        if folded in self._absent:
            return [replace(one, likeness=min(one.likeness, 0.5)) for one in hits]
        return hits

    def _candidates(
        self, names: Iterable[NameHit], hints: RaceHints, series: str
    ) -> list[tuple[Candidate, RaceTitle, Sequence[Entity]]]:
        """(candidate, title, editions) for each name: its likeliest edition, its title, and the editions there are."""
        preferred_series = hints.series or series
        words = name_words(hints.words, "race")
        candidates = []
        for place, hit in enumerate(names):
            # Counting words costs time with every running: the best name is worth it, the others where they are few.
            race_title = self._title_of(hit)
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
                season = self._hinted_season(hints)
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
        candidates = list({one.entity.value: one for one, _, _ in reversed(matches)}.values())
        candidates.sort(key=lambda one: -one.score)
        note = ""
        if edition_count > 1:
            place_phrase = f"at {race_title.title}" if race_title.kind == "track" else f"in {race_title.title}"
            edition_phrase = f"runnings of the {race_title.title}" if race_title.kind == "race" else place_phrase
            note = f"the latest of {edition_count} {edition_phrase}; add a year for another"
        label = candidate.entity.label if candidate.entity.event else candidate.entity.name
        if not exact or hints.has_hints or race_title.kind != "race":
            note = f"showing {label} for “{one_line(query.raw, MAX_QUERY_LENGTH)}”" + (f": {note}" if note else "")
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
        return MatchResult(candidates, certain=True, note=f"showing {races[0].label}" if races else "")
