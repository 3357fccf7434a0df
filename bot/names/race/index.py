"""Races: named by sponsor, by plain name, by track or place, with whatever says which running is meant."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest

from bot.language.fold import fold
from bot.names.aliases import Aliases
from bot.names.entity import Entity
from bot.names.match import Candidate, Reading, shortened
from bot.names.matcher import PRIOR, Found, Shelf, Spelled
from bot.names.prior import likelihood
from bot.names.query import Typed, without_noise
from bot.names.race.editions import fitting, latest_first, season_of, series_first
from bot.names.race.hints import Clues, clues
from bot.names.race.titles import Held, all_held, likely, nicknames_of, tailless
from bot.names.race.words import Telling, Understood

__all__ = ["Races"]

WELL_NAMED = 0.97  # every word belongs to the name: what else a word might say is not looked for
SERIES_FIRST = 0.08  # what being of the preferred series is worth where names are equally alike: fitted with the prior
FEW = 20  # runnings among which it is quickly seen of which the words tell most


class Races:
    """All runnings of all races, latest first, and how to find them. Never changed once built."""

    __slots__ = (
        "_absent", "_default_series", "_held", "_latest", "_latest_first", "_places", "_shelf", "_tailless", "_telling",
        "_told", "_told_words", "_whole", "entities",
    )  # fmt: skip

    def __init__(self, entities: Sequence[Entity], table: Aliases, latest: int, default_series: str) -> None:
        """`latest` is the last season any entity of the index was seen in."""
        self._default_series = default_series
        self._latest_first = tuple(latest_first(entities))
        self.entities = in_order = tuple(series_first(self._latest_first, default_series))
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
        nicknames, self._absent = nicknames_of([(one.what, spellings) for one, spellings in held], table)
        self._shelf = Shelf(
            [
                Spelled(tuple(spellings), tuple(nicknames.get(number, ())), likely(one, latest))
                for number, (one, spellings) in enumerate(held)
            ],
            people=False,
        )
        self._telling = Telling(self._latest_first, held, nicknames)
        longer = tuple(tailless(held))
        self._tailless = {short: len(held) + number for number, (short, _) in enumerate(longer)}
        self._whole = {
            number: self._tailless[text]
            for number, (one, spellings) in enumerate(held)
            if one.what == "race"
            for text in spellings
            if text in self._tailless
        }
        self._held = (*(one for one, _ in held), *(one for _, one in longer))

    def read(self, asked: Typed, *, series: str | None, season: int | None, limit: int = 8) -> Reading:
        """What was typed, read as a race."""
        told = self._told.get(asked.folded)
        if told is not None and (told.event is not None or told.name == told.value):
            return Reading((Candidate(told, 1.0, 1.0),), exact=True, sure=True)
        series = series or self._default_series
        understood = self._understood(asked, season, series, limit)
        said, names = understood.said, understood.names
        if names is None:
            return self._by_clues(said, series)
        found = self._candidates(names, said, series)
        if not found and not understood.told:
            loose = self._candidates(names, Clues(said.words), series)
            nearest = {one.entity.value: replace(one, likeness=0.5) for one, _, _ in loose}
            return Reading(tuple(nearest.values()))
        if self._season(said) is not None:
            of_season = self._of_season(asked, understood, found)
            if of_season:
                return of_season
        return self._reading(asked, said, found, exact=understood.exact)

    def _of_season(
        self, asked: Typed, understood: Understood, found: Sequence[tuple[Candidate, Held, Sequence[Entity]]]
    ) -> Reading | None:
        """The one race of a season that is told, or all that fit equally well, the first of them first.

        None where the name is not sure, but which of its runnings is.
        """
        said, likeness, races = understood.said, 1.0, understood.told
        if not races:
            races, likeness = found[0][2], found[0][0].likeness
        races = latest_first(races)
        races = [race for race in races if fold(race.name) == said.words] or races
        if said.latest:
            del races[1:]
        if len(races) > 1:
            return Reading(tuple(Candidate(race, likeness, likeness) for race in reversed(races)))
        if not understood.told:
            return None
        others = tuple(one for one, _, _ in found if one.entity.value != races[0].value)
        note = f"showing {races[0].label} for “{shortened(asked.raw)}”"
        return Reading((Candidate(races[0], 1.0, 1.0), *others), sure=True, note=note)

    def suggest(self, asked: Typed, limit: int) -> list[Candidate]:
        """The runnings that may be meant so far, best first; nothing typed means the latest."""
        if not asked.folded:
            return [Candidate(race, 0.0, 0.0) for race in self.entities[:limit]]
        series = self._default_series
        understood = self._understood(asked, None, series, limit)
        said, names = understood.said, understood.names
        if names is None:
            return [Candidate(race, 1.0, 1.0) for race in self._all(said, series)[:limit]]
        first = [Candidate(race, 1.0, 1.0) for race in series_first(understood.told, said.series or series)[:limit]]
        first += [one for one, _, _ in self._candidates(names, said, series)[:1]]
        first += [Candidate(race, 1.0, 1.0) for race in self._beginning(asked.folded, limit)]
        shown = {one.entity.label for one in first}
        for one in names:
            if len(shown) >= limit:
                break
            fits = fitting(self._named(one).races, said, self._latest)
            races = series_first(fits, said.series or series)[:limit]
            first += [Candidate(race, one.likeness, one.score) for race in races]
            shown.update(race.label for race in races)
        return first

    def _beginning(self, folded: str, limit: int) -> list[Entity]:
        """The first of the races whose label or value begins like this, the default series before the others."""
        first = bisect_left(self._told_words, folded)
        last = bisect_left(self._told_words, folded + "\U0010ffff")
        words = nsmallest(limit, range(first, last), key=self._places.__getitem__)
        return [self._told[self._told_words[number]] for number in words]

    def _understood(self, asked: Typed, season: int | None, series: str, limit: int) -> Understood:
        """What is said about the running, and the names that may be meant; `season` where the text tells none.

        The whole text is tried as a name first; then years and dates are taken out of it, then words like "fall". A
        name that has no running then is no answer as long as another reading has one.
        """
        every = dict.fromkeys((Clues(asked.folded), *clues(asked.raw, asked.folded)))
        readings = [said.within(season) for said in every]
        without: Understood | None = None
        for at, said in enumerate(readings):
            exact = self._exact(said.words) or self._exact(" ".join(without_noise(said.words, "race")))
            fits = [race for one in exact for race in fitting(self._named(one).races, said, self._latest)]
            if fits:
                told = self._exactly(said, exact, fits, series) + self._every_word(readings[:at], said, series)
                return Understood(said, exact, exact=True, told=told if self._season(said) is not None else ())
            if exact and without is None:
                without = Understood(said, exact, exact=True)
        known = without is not None and any(self._named(one).what == "race" for one in without.names or ())
        told = self._every_word(readings, readings[-1], series, strict=known)
        if told:
            return Understood(readings[-1], (), told=told)
        return without or self._like(readings, limit)

    def _exactly(self, said: Clues, exact: Sequence[Found], fits: Sequence[Entity], series: str) -> tuple[Entity, ...]:
        """The races of a season that an exact name tells, and what else its words tell where it is a nickname.

        "charlotte" is the oval and the roval.
        """
        titles = [title for one in exact for title in (self._named(one).title, *self._named(one).titles)]
        if not any(fold(title) == said.words for title in titles):
            fits = (*fits, *self._told_by_all(said))
        return self._of_series({race.value: race for race in fits}.values(), said, series)

    def _every_word(
        self, readings: Iterable[Clues], last: Clues, series: str, *, strict: bool = False
    ) -> tuple[Entity, ...]:
        """The races of a season of which every word is told, in one reading or another.

        "xfinity martinsville 2025" is the Xfinity 500 there, and the races of the Xfinity Series. Which race is the
        first or in spring is counted once it is known in which series, which the `last` reading knows.
        """
        told: dict[str, Entity] = {}
        for said in readings:
            if said.series == last.series or not (said.part or said.ordinal):
                races = self._told_by_all(said, strict=strict)
                told |= {race.value: race for race in self._of_series(races, said, series)}
        return tuple(told.values())

    def _told_by_all(self, said: Clues, *, strict: bool = False) -> Sequence[Entity]:
        """The races of the season that is told, of which every word is."""
        season, words = self._season(said), without_noise(said.words, "race")
        if season is None or not words:
            return ()
        told = self._telling.told_by_all(self._telling.of_season(season), words, strict=strict)
        fits = {race.value: race for race in fitting(told, said, self._latest)}
        if told and (said.part or said.ordinal):  # the last of all that are told, and the last at its track
            for track in dict.fromkeys(race.event.track for race in told if race.event):
                there = [race for race in told if race.event and race.event.track == track]
                fits |= {race.value: race for race in fitting(there, said, self._latest) if len(there) > 1}
        return tuple(fits.values())

    def _of_series(self, races: Iterable[Entity], said: Clues, series: str) -> tuple[Entity, ...]:
        """The races of the preferred series where it has any, and those at a track of that name where it had none."""
        races = tuple(races)
        wanted = said.series or series
        own = tuple(race for race in races if race.event is not None and race.event.series == wanted)
        if not own or len(own) == len(races):
            return races
        there = self._telling.at_place(races, without_noise(said.words, "race"))
        return own if any(race in own for race in there) else (*own, *there)

    def _season(self, said: Clues) -> int | None:
        return season_of(said, self._latest)

    def _like(self, readings: Sequence[Clues], limit: int) -> Understood:
        """The names that are like what was typed; with a year in it, it is like no name but for the year."""
        best = Understood(readings[0], ())
        for said in readings[1 if len(readings) > 1 and readings[1].season is not None else 0 :]:
            words = without_noise(said.words, "race")
            if not words and said.any:
                return Understood(said, None)
            if said.any and all(map(str.isdigit, words)):
                continue  # "1971 race 2" is round 2 before it is any name with a 2
            found = self._ranked(said.words, words, limit)
            if found and (not best.names or found[0].likeness > best.names[0].likeness):
                best = Understood(said, found)
            if found and found[0].likeness >= WELL_NAMED:
                break
        return best

    def _exact(self, folded: str) -> list[Found]:
        """The names that are exactly this, or go on with a sponsor after it."""
        found = [Found(n, 1.0, 1.0 + PRIOR * self._shelf.likely(n)) for n in self._shelf.exact(folded)]
        longer = self._tailless.get(folded)
        if longer is None:
            return found
        return [Found(longer, 1.0, 1.0), *(one for one in found if self._held[one.number].what != "race")]

    def _named(self, one: Found) -> Held:
        """What a name stands for; with the runnings whose name goes on where it does not."""
        return self._held[self._whole.get(one.number, one.number)]

    def _ranked(self, folded: str, words: Sequence[str], limit: int) -> list[Found]:
        """The names that are like this; none that is clear where it is the name of a race the archive lacks."""
        found = self._shelf.rank(words, limit=limit)
        if folded in self._absent:
            return [replace(one, likeness=min(one.likeness, 0.5)) for one in found]
        return found

    def _candidates(
        self, names: Iterable[Found], said: Clues, series: str
    ) -> list[tuple[Candidate, Held, Sequence[Entity]]]:
        """The running meant by each name, what the name stands for, and the runnings it was taken from."""
        wanted = said.series or series
        words = without_noise(said.words, "race")
        found = []
        for place, one in enumerate(names):
            held = self._named(one)
            races: Sequence[Entity] = series_first(fitting(held.races, said, self._latest), wanted)
            if races and (not place or len(races) <= FEW):
                races = self._telling.told_best(races, words)
            if races:
                first = races[0].event
                same = [race for race in races if first is None or (race.event and race.event.series == first.series)]
                bonus = SERIES_FIRST if first is not None and first.series == wanted else 0.0
                season = self._season(said)
                of = same if season is None or bonus else races
                found.append((Candidate(races[0], one.likeness, one.score + bonus), held, of))
        return sorted(found, key=lambda each: -each[0].score)

    def _reading(
        self, asked: Typed, said: Clues, found: Sequence[tuple[Candidate, Held, Sequence[Entity]]], *, exact: bool
    ) -> Reading:
        candidate, held, of = found[0]
        runnings = len(of)
        candidates = list({one.entity.value: one for one, _, _ in reversed(found)}.values())
        candidates.sort(key=lambda one: -one.score)
        note = ""
        if runnings > 1:
            at = f"at {held.title}" if held.what == "track" else f"in {held.title}"
            which = f"runnings of the {held.title}" if held.what == "race" else at
            note = f"the latest of {runnings} {which}; add a year for another"
        shown = candidate.entity.label if candidate.entity.event else candidate.entity.name
        if not exact or said.any or held.what != "race":
            note = f"showing {shown} for “{shortened(asked.raw)}”" + (f": {note}" if note else "")
        only = len(candidates) == 1
        return Reading(tuple(candidates), exact=exact and not said.any and held.what == "race", sure=only, note=note)

    def _all(self, said: Clues, series: str) -> list[Entity]:
        return series_first(fitting(self._latest_first, said, self._latest), said.series or series)

    def _by_clues(self, said: Clues, series: str) -> Reading:
        """A race told by its season, round or day alone, or as the latest."""
        races = self._all(said, series)
        if said.day is None and said.round is None and said.ordinal is None and not said.latest:
            return Reading(tuple(Candidate(race, 0.9, 0.9) for race in races[:8]), sure=len(races) == 1)
        candidates = tuple(Candidate(race, 1.0, 1.0) for race in races[:8])
        return Reading(candidates, sure=True, note=f"showing {races[0].label}" if races else "")
