"""Names of one kind that stand for one thing each: drivers, teams, tracks, makes, series, seasons."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from bot.language.fold import fold
from bot.names.aliases import Aliases, assign_nicknames
from bot.names.car_numbers import CarNumberIndex
from bot.names.entity import Entity
from bot.names.exact_names import ExactNames
from bot.names.match import Candidate, MatchResult
from bot.names.matcher import PRIOR_WEIGHT, NameMatcher
from bot.names.name_rows import SUFFIXES, NameForms
from bot.names.prior import likelihood
from bot.names.query import ParsedQuery, parse_car_query
from bot.names.race.hints import parse_hints

__all__ = ["KindIndex"]

MIN_INITIALS_LIKELIHOOD = 0.25  # a track of 1962 is not called by its initials: "nas" begins Nashville
# How much likelier a name with a suffix must be to be asked about: Ron Hornaday Jr. is (590 starts against 17), Dale
# Earnhardt Jr. is not.
LIKELIER_NAMESAKE_LEAD = 0.2


class KindIndex:
    """All entities of one kind, most likely first, and how to find them. Never changed once built."""

    __slots__ = ("_absent_names", "_cars", "_exact", "_matcher", "_owners_by_alias", "_people", "_seasons", "entities")

    def __init__(
        self, kind: str, entities: Sequence[Entity], alias_table: Aliases, latest_season: int, default_series: str
    ) -> None:
        """`latest_season` is the last season any entity of the index was seen in; only drivers have car numbers."""
        likelihoods = {id(entity): likelihood(entity, latest_season) for entity in entities}
        ordered = sorted(entities, key=lambda e: (-likelihoods[id(e)], e.label, e.value))
        spellings = [list(dict.fromkeys(fold(one) for one in dict.fromkeys(_spellings_of(one)))) for one in ordered]
        # Car numbers are kept in an index of their own, which has them in a tenth of the space.
        self._cars = CarNumberIndex(ordered, default_series) if kind == "driver" else None
        self.entities = tuple(replace(entity, cars=()) if entity.cars else entity for entity in ordered)
        nicknames, self._absent_names = _nicknames_by_number(spellings, alias_table, kind)
        self._owners_by_alias = _dated_owners(self.entities, alias_table, kind)
        taken_names = {text for own in (*spellings, *nicknames.values()) for text in own}
        name_forms = [
            NameForms(
                tuple(own),
                (
                    *nicknames.get(number, ()),
                    *(
                        text
                        for text in _initialisms(own[0], kind)
                        if text not in taken_names and likelihoods[id(ordered[number])] >= MIN_INITIALS_LIKELIHOOD
                    ),
                ),
                likelihoods[id(ordered[number])],
            )
            for number, own in enumerate(spellings)
        ]
        self._matcher = NameMatcher(name_forms, people=kind == "driver")
        self._exact = ExactNames(name_forms, people=kind == "driver")
        self._people = kind == "driver"
        self._seasons: dict[int, Entity] = (
            {int(one.value): one for one in self.entities if one.value.isdecimal()} if kind == "season" else {}
        )

    def preferring(self, series: str) -> "KindIndex":
        """The same index with another default series, which decides between the drivers of a car number."""
        if self._cars is None:
            return self
        index = copy(self)
        index._cars = self._cars.preferring(series)
        return index

    def match(self, query: ParsedQuery, *, series: str | None, season: int | None, limit: int) -> MatchResult:
        """What was typed, read as a name of this kind; a year beside a name is the season, where none is given."""
        season = season if season is not None else query.season
        whole = self._match_whole(query, season)
        if whole is not None:
            return replace(whole, season=query.season)
        if self._cars is not None and (car := parse_car_query(query.folded)):
            return replace(self._cars.match(car, self.entities, series=series, season=season), season=car.season)
        if self._seasons and (season_entity := self._match_season(query)) is not None:
            return MatchResult((Candidate(season_entity, 1.0, 1.0),), certain=True)
        ceiling = 0.5 if query.folded in self._absent_names else 1.0
        return MatchResult(self._match_words(query, limit, ceiling), season=query.season)

    def _match_whole(self, query: ParsedQuery, season: int | None) -> MatchResult | None:
        """A whole name or nickname; None where the text is neither."""
        words = " ".join(query.words)
        undated = " ".join(word for word in query.folded.split() if word != str(query.season))
        for text in dict.fromkeys((query.folded, *query.readings, undated)):
            if spelled := self._exact.spelled(text):
                return self._match_spelled(text, spelled)
            if nicknamed := self._exact.nicknamed(text):
                return self._match_nickname(text, nicknamed)
            if (owners := self._owners_by_alias.get(text)) is not None:
                return self._match_owner(owners, season)
        if owners := self._owners_by_alias.get(words):
            return self._match_owner(owners, season)
        # Before noise is taken away: "Champion,Bill" is Bill Champion and no Bill who was champion.
        ordered = self._exact.in_any_order(query.folded.split()) if self._people else ()
        return MatchResult(self._candidates(ordered, 1.0), certain=len(ordered) == 1) if ordered else None

    def _match_spelled(self, text: str, numbers: Sequence[int]) -> MatchResult:
        """A real name; where one of the same name with a suffix is likelier meant, both are asked for."""
        likelier = tuple(self._likelier_namesakes(text, numbers[0])) if self._people else ()
        if not likelier:
            return MatchResult(self._candidates(numbers, 1.0), exact=True, certain=len(numbers) == 1)
        return MatchResult(tuple(replace(one, score=1.0) for one in self._candidates((*likelier, *numbers), 1.0)))

    def _likelier_namesakes(self, text: str, number: int) -> Iterator[int]:
        """Those of this name and a suffix who are so much likelier that the son may well be meant."""
        floor = self._matcher.likelihood(number) + LIKELIER_NAMESAKE_LEAD
        return (n for n in self._exact.namesakes(text) if self._matcher.likelihood(n) > floor)

    def _match_nickname(self, text: str, owners: Sequence[int]) -> MatchResult:
        """A nickname; where just one other person bears it as a real name, that one, and its owner is named beside.

        Where several bear it, its owner is meant ("junior"), and the likeliest of them is named beside.
        """
        bearers = tuple(n for n in self._exact.bearers(text) if n not in owners) if self._people else ()
        if not bearers:
            return MatchResult(self._candidates(owners, 1.0), exact=True, certain=len(owners) == 1)
        bearer, owner = self.entities[bearers[0]].name, self.entities[owners[0]].name
        if len(bearers) == 1:
            note = f"“{text}” is also a nickname of {owner}."
            return MatchResult(self._candidates((*bearers, *owners), 1.0), certain=True, note=note)
        note = f"“{text}” read as a nickname; it is also the name of {bearer} and others."
        return MatchResult(self._candidates(owners, 1.0), exact=True, certain=len(owners) == 1, note=note)

    def _match_owner(self, owners: tuple[tuple[int, int, int], ...], season: int | None) -> MatchResult:
        """A name that went from one owner to the next, in a season."""
        return MatchResult(self._candidates((_owner_in_season(owners, season),), 1.0), exact=True, certain=True)

    def suggest(self, query: ParsedQuery, limit: int) -> list[Candidate]:
        """The entities that may be meant so far, best first; nothing typed means the most likely of all."""
        if not query.folded:
            return [Candidate(entity, 0.0, 0.0) for entity in self.entities[:limit]]
        result = self.match(query, series=None, season=None, limit=limit)
        if not result.exact and not result.certain:
            return list(result.candidates)
        return [*result.candidates, *self._rank_words(query, limit)]

    def _match_season(self, query: ParsedQuery) -> Entity | None:
        """The season meant by "'23", "last year" or "this season"; None where no season is told or known."""
        _, hints, *_ = parse_hints(query.raw, query.folded)
        latest_season = max(self._seasons)
        if hints.latest and hints.season is None and hints.back is None:
            return self._seasons[latest_season]
        season = hints.season if hints.back is None else latest_season - hints.back
        if season is None and len(query.folded) == 2 and query.folded.isdecimal():
            season = next((year for year in sorted(self._seasons, reverse=True) if str(year)[2:] == query.folded), None)
        return self._seasons.get(season) if season is not None else None

    def _match_words(self, query: ParsedQuery, limit: int, ceiling: float = 1.0) -> tuple[Candidate, ...]:
        text = " ".join(query.words)
        exact = self._exact.spelled(text) or self._exact.nicknamed(text)
        if exact:
            return self._candidates(exact, min(ceiling, 1.0))
        return self._rank_words(query, limit, ceiling)

    def _rank_words(self, query: ParsedQuery, limit: int, ceiling: float = 1.0) -> tuple[Candidate, ...]:
        hits = self._matcher.rank(query.words, limit=limit)
        return tuple(Candidate(self.entities[one.number], min(one.likeness, ceiling), one.score) for one in hits)

    def _candidates(self, numbers: Sequence[int], likeness: float) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(self.entities[n], likeness, likeness + PRIOR_WEIGHT * self._matcher.likelihood(n))
            for n in numbers
        )


def _spellings_of(entity: Entity) -> tuple[str, ...]:
    return (entity.name or entity.label, entity.label, entity.value, *entity.spellings)


def _nicknames_by_number(
    spellings: Sequence[Sequence[str]], alias_table: Aliases, kind: str
) -> tuple[dict[int, list[str]], frozenset[str]]:
    """The nicknames of each entity by its number, and the names of those whom the index does not have."""
    number_by_name = {text: number for number in range(len(spellings) - 1, -1, -1) for text in spellings[number]}
    nicknames, ownerless_names = assign_nicknames(number_by_name, alias_table.of_kind(kind))
    return nicknames, frozenset(ownerless_names - number_by_name.keys())


def _initialisms(name: str, kind: str) -> Iterator[str]:
    """A name by its initials: "jgr" for Joe Gibbs Racing, "jh nemechek" for John Hunter Nemechek."""
    words = name.split()
    if len(words) < 3 or words[-1] == "owner" or not name.replace(" ", "").isalpha():
        return
    if kind in {"team", "track"}:
        yield "".join(word[0] for word in words)
    elif kind == "driver" and words[-1] not in SUFFIXES:
        yield "".join(word[0] for word in words[:-1]) + " " + words[-1]


def _dated_owners(
    entities: Sequence[Entity], alias_table: Aliases, kind: str
) -> dict[str, tuple[tuple[int, int, int], ...]]:
    """Folded alias to (first season, last season, number) of those of its owners who are there, latest first."""
    number_by_name = {fold(entity.name): at for at, entity in reversed(list(enumerate(entities)))}
    owners_by_alias: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for dated_alias in alias_table.dated:
        if dated_alias.kind == kind:
            for name, first, last in dated_alias.owners:
                if fold(name) in number_by_name:
                    owners_by_alias[fold(dated_alias.alias)].append((first, last, number_by_name[fold(name)]))
    return {alias: tuple(sorted(owners, reverse=True)) for alias, owners in owners_by_alias.items()}


def _owner_in_season(owners: tuple[tuple[int, int, int], ...], season: int | None) -> int:
    """The owner in that season; without one, or where nobody owned it then, the latest."""
    return next((n for first, last, n in owners if season is not None and first <= season <= last), owners[0][2])
