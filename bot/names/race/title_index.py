"""Index of the titles of races: the names, tracks and places that are exactly what was typed, or like it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.names.exact_names import ExactNames
from bot.names.matcher import PRIOR_WEIGHT, NameHit, NameMatcher
from bot.names.name_rows import NameForms
from bot.names.race.titles import RaceTitle, short_titles, title_likelihood

__all__ = ["RaceTitleIndex"]


class RaceTitleIndex:
    """Titles by number, most likely first; after them the short ones. Never changed once built."""

    __slots__ = ("_absent_names", "_exact", "_full_titles", "_matcher", "_short_titles", "_titles")

    def __init__(
        self,
        titles_with_spellings: Sequence[tuple[RaceTitle, Sequence[str]]],
        nicknames: Mapping[int, Sequence[str]],
        absent_names: Collection[str],
        latest_season: int,
    ) -> None:
        """`titles_with_spellings` are titles with their folded spellings, `nicknames` those of each by its number.

        `absent_names` are known names of races that the archive lacks.
        """
        self._absent_names = absent_names
        name_forms = [
            NameForms(tuple(spellings), tuple(nicknames.get(number, ())), title_likelihood(title, latest_season))
            for number, (title, spellings) in enumerate(titles_with_spellings)
        ]
        self._matcher = NameMatcher(name_forms, people=False)
        self._exact = ExactNames(name_forms, people=False)
        short_name_titles = tuple(short_titles(titles_with_spellings))
        self._short_titles = {
            short: len(titles_with_spellings) + number for number, (short, _) in enumerate(short_name_titles)
        }
        self._full_titles = {
            number: self._short_titles[text]
            for number, (title, spellings) in enumerate(titles_with_spellings)
            if title.kind == "race"
            for text in spellings
            if text in self._short_titles
        }
        self._titles = (*(title for title, _ in titles_with_spellings), *(title for _, title in short_name_titles))

    def exact(self, folded: str) -> list[NameHit]:
        """The names that are exactly this, or go on with a sponsor after it."""
        hits = [NameHit(n, 1.0, 1.0 + PRIOR_WEIGHT * self._matcher.likelihood(n)) for n in self._exact.called(folded)]
        short_title_number = self._short_titles.get(folded)
        if short_title_number is None:
            return hits
        return [
            NameHit(short_title_number, 1.0, 1.0),
            *(hit for hit in hits if self._titles[hit.number].kind != "race"),
        ]

    def title_of(self, hit: NameHit) -> RaceTitle:
        """What a name stands for; with the runnings whose name goes on where it does not."""
        return self._titles[self._full_titles.get(hit.number, hit.number)]

    def rank(self, folded: str, words: Sequence[str], limit: int) -> list[NameHit]:
        """The names that are like this; none that is clear where it is the name of a race the archive lacks."""
        hits = self._matcher.rank(words, limit=limit)
        if folded in self._absent_names:
            return [replace(hit, likeness=min(hit.likeness, 0.5)) for hit in hits]
        return hits
