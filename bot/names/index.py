"""All names of one data version in memory: what a person types goes in, one entity comes out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import KINDS, Entity, short_key
from bot.names.fold import fold

__all__ = ["Match", "NameIndex"]

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Match:
    """Who or what is meant. `exact` means that the text is a name, label, value or spelling up to folding.

    `note` is "" where the match is exact; else it says which reading was taken.
    """

    entity: Entity
    exact: bool
    note: str = ""


class NameIndex:
    """The names of one data version; nothing changes it once it is built."""

    def __init__(self, entities: tuple[Entity, ...], version: int) -> None:
        self.version = version
        kinds: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            kinds[entity.kind].append(entity)
        self._kinds = {
            kind: tuple(sorted(of, key=lambda e: (-(e.last_season or 0), -e.wins, -e.starts, e.label)))
            for kind, of in kinds.items()
        }
        self._values = {(e.kind, e.value): e for e in entities}
        self._keys = {(e.kind, short_key(e.kind, e.value)): e for e in entities}

    @classmethod
    def build(cls, entities: Iterable[Entity], version: int = 0) -> "NameIndex":
        """The index of these entities, for the data version they were read from."""
        return cls(tuple(entities), version)

    def resolve(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Match:
        """The one entity of `kind` (or of any kind: "anything") that `text` means.

        Raises UnknownName and AmbiguousName, nothing else.
        """
        text = text[:LONGEST].strip()
        for want in (kind,) if kind != "anything" else KINDS:
            entity = self._values.get((want, text))
            if entity:
                return Match(entity, True)
        folded = fold(text)
        pool = self.of(kind)
        exact = [e for e in pool if folded in {fold(s) for s in (e.name, e.label, e.value, *e.spellings)}]
        if exact:
            preferred = [e for e in exact if e.event and e.event.series == series] or exact
            return Match(preferred[0], True)
        words = folded.split()
        found = [e for e in pool if words and all(w in fold(f"{e.label} {e.name}").split() for w in words)]
        if len(found) == 1 or (found and found[0].event):
            return Match(found[0], False, f"showing {found[0].name or found[0].label} for “{text}”")
        if found:
            raise AmbiguousName(kind, text, [(e.value, e.label) for e in found[:5]])
        near = process.extract(folded, {i: fold(e.name) for i, e in enumerate(pool)}, scorer=fuzz.ratio, limit=5)
        if near and near[0][1] >= 85 and (len(near) == 1 or near[0][1] - near[1][1] > 5):
            entity = pool[near[0][2]]
            return Match(entity, False, f"showing {entity.name} for “{text}”")
        raise UnknownName(kind, text, [(pool[i].value, pool[i].label) for _, _, i in near])

    def suggest(self, text: str, kind: str, limit: int = 25) -> tuple[Entity, ...]:
        """What a person who has typed `text` so far most likely means, best first; on "" the most likely of all."""
        folded = fold(text[:LONGEST])
        pool = self.of(kind)
        words = folded.split()
        hits = [
            e for e in pool if all(any(t.startswith(w) for t in fold(f"{e.label} {e.name}").split()) for w in words)
        ]
        return tuple(hits[:limit])

    def by_key(self, kind: str, key: str) -> Entity | None:
        """The entity that a button's short key stands for; None where this data version has none."""
        return self._keys.get((kind, key))

    def of(self, kind: str) -> tuple[Entity, ...]:
        """All entities of a kind ("anything": of every kind), most likely first."""
        if kind == "anything":
            return tuple(e for k in KINDS for e in self._kinds.get(k, ()))
        return self._kinds.get(kind, ())

    def get(self, kind: str, value: str) -> Entity | None:
        """The entity with exactly this value; None where there is none."""
        return self._values.get((kind, value))
