"""All names of one data version in memory: what a person types goes in, one entity comes out."""

from collections import defaultdict
from collections.abc import Iterable

from bot.names.aliases import aliases
from bot.names.directory import Directory
from bot.names.entity import KINDS, Entity, short_key
from bot.names.races import Races
from bot.names.reading import Candidate, Match, Reading, decide
from bot.names.typed import LONGEST, typed

__all__ = ["Match", "NameIndex"]


class NameIndex:
    """The names of one data version; nothing changes it once it is built, so any thread may ask it."""

    __slots__ = ("_directories", "_keys", "_values", "version")

    def __init__(self, entities: tuple[Entity, ...], version: int) -> None:
        """Use `build`."""
        kinds: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            kinds[entity.kind].append(entity)
        latest = max((entity.last_season or 0 for entity in entities), default=0)
        table = aliases()
        self.version = version
        self._directories: dict[str, Directory | Races] = {
            kind: Races(of, table, latest) if kind == "race" else Directory(kind, of, table, latest)
            for kind, of in kinds.items()
        }
        self._values = {(entity.kind, entity.value): entity for entity in entities}
        self._keys = {(entity.kind, short_key(entity.kind, entity.value)): entity for entity in entities}

    @classmethod
    def build(cls, entities: Iterable[Entity], version: int = 0) -> "NameIndex":
        """The index of these entities, for the data version they were read from."""
        return cls(tuple(entities), version)

    def resolve(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Match:
        """The one entity of `kind` (or of any kind: "anything") that `text` means.

        Raises UnknownName and AmbiguousName, nothing else.
        """
        return decide(self.read(text, kind, series=series, season=season), kind, text)

    def read(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Reading:
        """What `text` may mean, candidates best first, before it is decided whether that is clear; never raises."""
        entity = self._values.get((kind, text.strip()[:LONGEST]))
        if entity is not None:
            return Reading((Candidate(entity, 1.0, 1.0),), exact=True, sure=True)
        if kind not in self._directories:
            return Reading(())
        return self._directories[kind].read(typed(text, kind), series=series, season=season)

    def suggest(self, text: str, kind: str, limit: int = 25) -> tuple[Entity, ...]:
        """What a person who has typed `text` so far most likely means, best first; on "" the most likely of all."""
        if kind not in self._directories:
            return ()
        found = self._directories[kind].suggest(typed(text, kind), limit)
        return tuple(one.entity for one in found[:limit])

    def by_key(self, kind: str, key: str) -> Entity | None:
        """The entity that a button's short key stands for; None where this data version has none."""
        return self._keys.get((kind, key))

    def of(self, kind: str) -> tuple[Entity, ...]:
        """All entities of a kind ("anything": of every kind), most likely first."""
        if kind == "anything":
            return tuple(entity for one in KINDS for entity in self.of(one))
        return self._directories[kind].entities if kind in self._directories else ()

    def get(self, kind: str, value: str) -> Entity | None:
        """The entity with exactly this value; None where there is none."""
        return self._values.get((kind, value))
