"""Names of one kind that stand for one thing each: drivers, teams, tracks, makes, series, seasons."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.language.fold import fold
from bot.names.aliases import Aliases, given
from bot.names.car_numbers import Cars
from bot.names.entity import Entity
from bot.names.match import Candidate, Reading
from bot.names.matcher import PRIOR, SUFFIXES, Shelf, Spelled
from bot.names.prior import likelihood
from bot.names.query import Typed, car_asked
from bot.names.race.hints import clues

__all__ = ["Directory"]


class Directory:
    """All entities of one kind, most likely first, and how to find them. Never changed once built."""

    __slots__ = ("_absent", "_cars", "_dated", "_seasons", "_shelf", "entities")

    def __init__(self, kind: str, entities: Sequence[Entity], table: Aliases, latest: int, default_series: str) -> None:
        """`latest` is the last season any entity of the index was seen in."""
        likely = {id(entity): likelihood(entity, latest) for entity in entities}
        self.entities = tuple(sorted(entities, key=lambda e: (-likely[id(e)], e.label, e.value)))
        spellings = [
            list(dict.fromkeys(fold(one) for one in dict.fromkeys(_written(entity)))) for entity in self.entities
        ]
        nicknames, self._absent = _nicknames(spellings, table, kind)
        self._dated = _dated(self.entities, table, kind)
        claimed = {text for own in (*spellings, *nicknames.values()) for text in own}
        spelled = [
            Spelled(
                tuple(own),
                (*nicknames.get(number, ()), *(text for text in _initials(own[0], kind) if text not in claimed)),
                likely[id(self.entities[number])],
            )
            for number, own in enumerate(spellings)
        ]
        self._shelf = Shelf(spelled, people=kind == "driver")
        self._seasons: dict[int, Entity] = (
            {int(one.value): one for one in self.entities if one.value.isdecimal()} if kind == "season" else {}
        )
        self._cars = Cars(self.entities, default_series) if kind == "driver" else None

    def read(self, asked: Typed, *, series: str | None, season: int | None, limit: int = 8) -> Reading:
        """What was typed, read as a name of this kind."""
        exact = self._shelf.exact(asked.folded)
        if exact:
            return Reading(self._candidates(exact, 1.0), exact=True, sure=len(exact) == 1)
        owners = self._dated.get(asked.folded) or self._dated.get(" ".join(asked.words))
        if owners:
            return Reading(self._candidates((_owner(owners, season),), 1.0), exact=True, sure=True)
        if self._cars is not None and (car := car_asked(asked.folded)):
            return self._cars.read(car, series=series, season=season)
        if self._seasons and (meant := self._season(asked)) is not None:
            return Reading((Candidate(meant, 1.0, 1.0),), sure=True)
        if asked.folded in self._absent:
            return Reading(self._search(asked, limit, ceiling=0.5))
        return Reading(self._search(asked, limit))

    def suggest(self, asked: Typed, limit: int) -> list[Candidate]:
        """The entities that may be meant so far, best first; nothing typed means the most likely of all."""
        if not asked.folded:
            return [Candidate(entity, 0.0, 0.0) for entity in self.entities[:limit]]
        reading = self.read(asked, series=None, season=None, limit=limit)
        if not reading.exact and not reading.sure:
            return list(reading.candidates)
        return [*reading.candidates, *self._ranked(asked, limit)]

    def _season(self, asked: Typed) -> Entity | None:
        """The season meant by "'23", "last year" or "this season"; None where no season is told or known."""
        _, said, *_ = clues(asked.raw, asked.folded)
        latest = max(self._seasons)
        if said.latest and said.season is None and said.back is None:
            return self._seasons[latest]
        season = said.season if said.back is None else latest - said.back
        if season is None and len(asked.folded) == 2 and asked.folded.isdecimal():
            season = next((year for year in sorted(self._seasons, reverse=True) if str(year)[2:] == asked.folded), None)
        return self._seasons.get(season) if season is not None else None

    def _search(self, asked: Typed, limit: int, ceiling: float = 1.0) -> tuple[Candidate, ...]:
        exact = self._shelf.exact(" ".join(asked.words))
        if exact:
            return self._candidates(exact, min(ceiling, 1.0))
        return self._ranked(asked, limit, ceiling)

    def _ranked(self, asked: Typed, limit: int, ceiling: float = 1.0) -> tuple[Candidate, ...]:
        found = self._shelf.rank(asked.words, limit=limit)
        return tuple(Candidate(self.entities[one.number], min(one.likeness, ceiling), one.score) for one in found)

    def _candidates(self, numbers: Sequence[int], likeness: float) -> tuple[Candidate, ...]:
        return tuple(Candidate(self.entities[n], likeness, likeness + PRIOR * self._shelf.likely(n)) for n in numbers)


def _written(entity: Entity) -> tuple[str, ...]:
    return (entity.name or entity.label, entity.label, entity.value, *entity.spellings)


def _nicknames(
    spellings: Sequence[Sequence[str]], table: Aliases, kind: str
) -> tuple[dict[int, list[str]], frozenset[str]]:
    """The nicknames of each entity by its number, and the names of those whom the index does not have."""
    owner = {text: number for number in range(len(spellings) - 1, -1, -1) for text in spellings[number]}
    nicknames, absent = given(owner, table.of(kind))
    return nicknames, frozenset(absent - owner.keys())


def _initials(name: str, kind: str) -> Iterator[str]:
    """A name by its initials: "jgr" for Joe Gibbs Racing, "jh nemechek" for John Hunter Nemechek."""
    words = name.split()
    if len(words) < 3 or words[-1] == "owner" or not name.replace(" ", "").isalpha():
        return
    if kind in {"team", "track"}:
        yield "".join(word[0] for word in words)
    elif kind == "driver" and words[-1] not in SUFFIXES:
        yield "".join(word[0] for word in words[:-1]) + " " + words[-1]


def _dated(entities: Sequence[Entity], table: Aliases, kind: str) -> dict[str, tuple[tuple[int, int, int], ...]]:
    """Folded alias to (first season, last season, number) of those of its owners who are there, latest first."""
    number = {fold(entity.name): at for at, entity in reversed(list(enumerate(entities)))}
    found: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for dated in table.dated:
        if dated.kind == kind:
            for name, first, last in dated.owners:
                if fold(name) in number:
                    found[fold(dated.alias)].append((first, last, number[fold(name)]))
    return {alias: tuple(sorted(owners, reverse=True)) for alias, owners in found.items()}


def _owner(owners: tuple[tuple[int, int, int], ...], season: int | None) -> int:
    """The owner in that season; without one, or where nobody owned it then, the latest."""
    return next((n for first, last, n in owners if season is not None and first <= season <= last), owners[0][2])
