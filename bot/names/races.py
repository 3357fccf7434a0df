"""Races: named by sponsor, by plain name, by track or place, with whatever says which running is meant."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest

from bot.names.aliases import Aliases
from bot.names.clues import Clues, clues
from bot.names.entity import Entity
from bot.names.fold import fold
from bot.names.held import Held, all_held, likely, nicknames_of
from bot.names.prior import likelihood
from bot.names.reading import Candidate, Reading, shortened
from bot.names.runnings import fitting, latest_first, series_first
from bot.names.shelf import PRIOR, Found, Shelf, Spelled
from bot.names.typed import Typed, without_noise

__all__ = ["Races"]

WELL_NAMED = 0.97  # every word belongs to the name: what else a word might say is not looked for
SERIES_FIRST = 0.08  # what being of the preferred series is worth where names are equally alike: fitted with the prior


class Races:
    """All runnings of all races, latest first, and how to find them. Never changed once built."""

    __slots__ = (
        "_absent", "_held", "_latest", "_latest_first", "_places", "_shelf", "_told", "_told_words", "entities",
    )  # fmt: skip

    def __init__(self, entities: Sequence[Entity], table: Aliases, latest: int) -> None:
        """`latest` is the last season any entity of the index was seen in."""
        self._latest_first = tuple(latest_first(entities))
        self.entities = in_order = tuple(series_first(self._latest_first, None))
        if not any(race.event for race in entities):
            self.entities = tuple(sorted(entities, key=lambda race: (-likelihood(race, latest), race.label)))
        self._latest = latest
        self._told = {fold(text): race for race in reversed(self.entities) for text in (race.label, race.value)}
        self._told_words = sorted(self._told)
        places = {race.value: place for place, race in enumerate(in_order)}
        self._places = [places[self._told[words].value] for words in self._told_words]
        held = sorted(
            all_held(self.entities, self._latest_first),
            key=lambda one: (-likely(one[0], latest), one[0].what, one[0].title),
        )
        self._held = tuple(one for one, _ in held)
        nicknames, self._absent = nicknames_of([(one.what, spellings) for one, spellings in held], table)
        self._shelf = Shelf(
            [
                Spelled(tuple(spellings), tuple(nicknames.get(number, ())), likely(one, latest))
                for number, (one, spellings) in enumerate(held)
            ],
            people=False,
        )

    def read(self, asked: Typed, *, series: str | None, season: int | None, limit: int = 8) -> Reading:
        """What was typed, read as a race."""
        told = self._told.get(asked.folded)
        if told is not None and (told.event is not None or told.name == told.value):
            return Reading((Candidate(told, 1.0, 1.0),), exact=True, sure=True)
        said, names, exact = self._understood(asked, limit)
        if said.season is None and said.back is None and season is not None:
            said = replace(said, season=season)
        if names is None:
            return self._by_clues(said, series)
        found = self._candidates(names, said, series)
        if not found:
            loose = self._candidates(names, Clues(said.words), series)
            nearest = {one.entity.value: replace(one, likeness=0.5) for one, _, _ in loose}
            return Reading(tuple(nearest.values()))
        return self._reading(asked, said, found, exact=exact)

    def suggest(self, asked: Typed, limit: int) -> list[Candidate]:
        """The runnings that may be meant so far, best first; nothing typed means the latest."""
        if not asked.folded:
            return [Candidate(race, 0.0, 0.0) for race in self.entities[:limit]]
        said, names, _ = self._understood(asked, limit)
        if names is None:
            return [Candidate(race, 1.0, 1.0) for race in self._all(said, None)[:limit]]
        first = [one for one, _, _ in self._candidates(names, said, None)[:1]]
        first += [Candidate(race, 1.0, 1.0) for race in self._beginning(asked.folded, limit)]
        shown = {one.entity.label for one in first}
        for one in names:
            if len(shown) >= limit:
                break
            fits = fitting(self._held[one.number].races, said, self._latest)
            races = series_first(fits, said.series)[:limit]
            first += [Candidate(race, one.likeness, one.score) for race in races]
            shown.update(race.label for race in races)
        return first

    def _beginning(self, folded: str, limit: int) -> list[Entity]:
        """The first of the races whose label or value begins like this, the first series before the others."""
        first = bisect_left(self._told_words, folded)
        last = bisect_left(self._told_words, folded + "\U0010ffff")
        words = nsmallest(limit, range(first, last), key=self._places.__getitem__)
        return [self._told[self._told_words[number]] for number in words]

    def _understood(self, asked: Typed, limit: int) -> tuple[Clues, list[Found] | None, bool]:
        """What is said about the running, the names that may be meant (None: none is told), whether one is exact.

        The whole text is tried as a name first; then years and dates are taken out of it, then words like "fall".
        """
        best = Clues(asked.folded), list[Found]()
        dated, worded = clues(asked.raw, asked.folded)
        if self._names_no_year(dated, asked) and (exact := self._exact(dated.words)):
            return dated, exact, True
        for said in dict.fromkeys((Clues(asked.folded), dated, worded)):
            words = without_noise(said.words, "race")
            exact = self._exact(said.words) or self._exact(" ".join(words))
            if exact:
                return said, exact, True
            if not words and said.any:
                return said, None, False
            found = self._ranked(said.words, words, limit)
            if found and (not best[1] or found[0].likeness > best[1][0].likeness):
                best = said, found
            if found and found[0].likeness >= WELL_NAMED:
                break
        return *best, False

    def _names_no_year(self, dated: Clues, asked: Typed) -> bool:
        """Whether a year was typed that is a word of no name.

        The whole text is no name then, nor near enough to one to be taken for it: "1979 daytona 500" is the Daytona 500
        of 1979, and that is known without looking for slips of the keys. Old races are mostly asked for so.
        """
        year = str(dated.season)
        return dated.season is not None and year in asked.words and not self._shelf.knows(year)

    def _exact(self, folded: str) -> list[Found]:
        """The names that are exactly this."""
        return [Found(n, 1.0, 1.0 + PRIOR * self._shelf.likely(n)) for n in self._shelf.exact(folded)]

    def _ranked(self, folded: str, words: Sequence[str], limit: int) -> list[Found]:
        """The names that are like this; none that is clear where it is the name of a race the archive lacks."""
        found = self._shelf.rank(words, limit=limit)
        if folded in self._absent:
            return [replace(one, likeness=min(one.likeness, 0.5)) for one in found]
        return found

    def _candidates(self, names: Iterable[Found], said: Clues, series: str | None) -> list[tuple[Candidate, Held, int]]:
        """The running meant by each name, what the name stands for, and how many runnings it was taken from."""
        wanted = said.series or series or "cup"
        found = []
        for one in names:
            held = self._held[one.number]
            races = series_first(fitting(held.races, said, self._latest), wanted)
            if races:
                first = races[0].event
                same = [race for race in races if first is None or (race.event and race.event.series == first.series)]
                bonus = SERIES_FIRST if first is not None and first.series == wanted else 0.0
                found.append((Candidate(races[0], one.likeness, one.score + bonus), held, len(same)))
        return sorted(found, key=lambda each: -each[0].score)

    def _reading(
        self, asked: Typed, said: Clues, found: Sequence[tuple[Candidate, Held, int]], *, exact: bool
    ) -> Reading:
        candidate, held, runnings = found[0]
        candidates = list({one.entity.value: one for one, _, _ in reversed(found)}.values())
        candidates.sort(key=lambda one: -one.score)
        note = ""
        if runnings > 1:
            at = f"at {held.title}" if held.what == "track" else f"in {held.title}"
            of = f"runnings of the {held.title}" if held.what == "race" else at
            note = f"the latest of {runnings} {of}; add a year for another"
        shown = candidate.entity.label if candidate.entity.event else candidate.entity.name
        if not exact or said.any or held.what != "race":
            note = f"showing {shown} for “{shortened(asked.raw)}”" + (f": {note}" if note else "")
        only = len(candidates) == 1
        return Reading(tuple(candidates), exact=exact and not said.any and held.what == "race", sure=only, note=note)

    def _all(self, said: Clues, series: str | None) -> list[Entity]:
        return series_first(fitting(self._latest_first, said, self._latest), said.series or series)

    def _by_clues(self, said: Clues, series: str | None) -> Reading:
        """A race told by its season, round or day alone, or as the latest."""
        races = self._all(said, series)
        if said.day is None and said.round is None and said.ordinal is None and not said.latest:
            return Reading(tuple(Candidate(race, 0.9, 0.9) for race in races[:8]), sure=len(races) == 1)
        candidates = tuple(Candidate(race, 1.0, 1.0) for race in races[:8])
        return Reading(candidates, sure=True, note=f"showing {races[0].label}" if races else "")
