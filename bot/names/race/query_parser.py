"""Parser of typed texts about races: which words are hints, which are a name, and which races every word tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.matcher import NameHit
from bot.names.query import ParsedQuery, name_words
from bot.names.race.editions import hinted_season, matching_editions
from bot.names.race.hints import RaceHints, parse_hints
from bot.names.race.title_index import RaceTitleIndex
from bot.names.race.titles import RaceTitle
from bot.names.race.words import RaceWordIndex

__all__ = ["ParsedRaceQuery", "RaceQueryParser"]

FULL_NAME_LIKENESS = 0.97  # every word belongs to the name: what else a word might say is not looked for


@dataclass(frozen=True, slots=True)
class ParsedRaceQuery:
    """A typed text, read: hints about the running, and the names that fit (None: the text has no name in it).

    `season_races` are the races of the season that was typed of which every word is told, where that decides.
    """

    hints: RaceHints
    names: Sequence[NameHit] | None
    exact: bool = False
    season_races: Sequence[Entity] = ()


class RaceQueryParser:
    """Reader of typed texts over the titles and the words of all races. Never changed once built."""

    __slots__ = ("_latest", "_titles", "_word_index")

    def __init__(self, titles: RaceTitleIndex, word_index: RaceWordIndex, latest_season: int) -> None:
        """`latest_season` is the season that "last year" is counted from."""
        self._titles = titles
        self._word_index = word_index
        self._latest = latest_season

    def parse(self, query: ParsedQuery, season: int | None, series: str, limit: int) -> ParsedRaceQuery:
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
            exact_hits = self._exact_names(hints.words)
            titles = [self._titles.title_of(hit) for hit in exact_hits]
            editions = [race for title in titles for race in matching_editions(title.races, hints, self._latest)]
            if editions:
                season_races = self._races_of_exact_name(hints, titles, editions, series) + self._races_with_every_word(
                    hint_sets[:position], hints, series
                )
                return ParsedRaceQuery(
                    hints,
                    exact_hits,
                    exact=True,
                    season_races=season_races if self._hinted_season(hints) is not None else (),
                )
            if exact_hits and query_without_edition is None:
                query_without_edition = ParsedRaceQuery(hints, exact_hits, exact=True)
        is_race_name = query_without_edition is not None and any(
            self._titles.title_of(hit).kind == "race" for hit in query_without_edition.names or ()
        )
        season_races = self._races_with_every_word(hint_sets, hint_sets[-1], series, strict=is_race_name)
        if season_races:
            return ParsedRaceQuery(hint_sets[-1], (), season_races=season_races)
        return query_without_edition or self._similar_names(hint_sets, limit)

    def _exact_names(self, words: str) -> list[NameHit]:
        """The names that are exactly this, or exactly this without the words that every race may have."""
        return self._titles.exact(words) or self._titles.exact(" ".join(name_words(words, "race")))

    def _races_of_exact_name(
        self, hints: RaceHints, titles: Sequence[RaceTitle], editions: Sequence[Entity], series: str
    ) -> tuple[Entity, ...]:
        """The races of a season that an exact name tells, and what else its words tell where it is a nickname.

        "charlotte" is the oval and the roval.
        """
        names = [name for title in titles for name in (title.title, *title.spellings)]
        if not any(fold(name) == hints.words for name in names):
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

    def _similar_names(self, hint_sets: Sequence[RaceHints], limit: int) -> ParsedRaceQuery:
        """The names that are like what was typed; with a year in it, it is like no name but for the year."""
        best_query = ParsedRaceQuery(hint_sets[0], ())
        for hints in hint_sets[1 if len(hint_sets) > 1 and hint_sets[1].season is not None else 0 :]:
            words = name_words(hints.words, "race")
            if not words and hints.has_hints:
                return ParsedRaceQuery(hints, None)
            if hints.has_hints and all(map(str.isdigit, words)):
                continue  # "1971 race 2" is round 2 before it is any name with a 2
            hits = self._titles.rank(hints.words, words, limit)
            if hits and (not best_query.names or hits[0].likeness > best_query.names[0].likeness):
                best_query = ParsedRaceQuery(hints, hits)
            if hits and hits[0].likeness >= FULL_NAME_LIKENESS:
                break
        return best_query

    def _hinted_season(self, hints: RaceHints) -> int | None:
        return hinted_season(hints, self._latest)
