"""All names of one data version in memory: what a person types goes in, one entity comes out."""

from collections import defaultdict
from collections.abc import Iterable

from bot.names.aliases import aliases
from bot.names.any_kind import merged, mixed
from bot.names.entity import KINDS, Entity, short_key
from bot.names.kind_index import Directory
from bot.names.match import Candidate, Match, Reading, decide
from bot.names.query import LONGEST, typed
from bot.names.race.index import Races

__all__ = ["Match", "NameIndex"]

LABEL = 100  # characters of a choice that Discord shows and may send back


class NameIndex:
    """The names of one data version; what it says never changes once it is built, so any thread may ask it.

    The short keys of buttons are worked out when the first button is pressed, not while a start waits for them.
    """

    __slots__ = ("_directories", "_keys", "_labels", "_values", "version")

    def __init__(self, entities: tuple[Entity, ...], version: int, default_series: str) -> None:
        """Use `build`."""
        kinds: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            kinds[entity.kind].append(entity)
        latest = max((entity.last_season or 0 for entity in entities), default=0)
        table = aliases()
        self.version = version
        self._directories: dict[str, Directory | Races] = {
            kind: (
                Races(kinds[kind], table, latest, default_series)
                if kind == "race"
                else Directory(kind, kinds[kind], table, latest, default_series)
            )
            for kind in KINDS
            if kind in kinds
        }
        self._values = {(entity.kind, entity.value): entity for entity in entities}
        self._labels = {(entity.kind, entity.label[:LABEL]): entity for entity in reversed(entities)}
        self._keys: dict[tuple[str, str], Entity] = {}

    @classmethod
    def build(cls, entities: Iterable[Entity], version: int = 0, default_series: str = "cup") -> "NameIndex":
        """The index of these entities, for the data version they were read from.

        `default_series` is the id of the series that is meant where no other is said: its races and cars go first.
        """
        return cls(tuple(entities), version, default_series)

    def resolve(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Match:
        """The one entity of `kind` (or of any kind: "anything") that `text` means.

        `series`, or else the default series, is preferred where names are equally alike; `season` decides car numbers
        and names that changed owner. Raises UnknownName and AmbiguousName, nothing else.
        """
        return decide(self.read(text, kind, series=series, season=season), kind, text)

    def read(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Reading:
        """What `text` may mean, candidates best first, before it is decided whether that is clear; never raises."""
        if kind == "anything":
            return merged({one: self.read(text, one, series=series, season=season) for one in self._directories}, text)
        own = self._own(text, kind)
        if own is not None:
            return Reading((Candidate(own, 1.0, 1.5),), exact=True, sure=True)
        if kind not in self._directories:
            return Reading(())
        return self._directories[kind].read(typed(text, kind), series=series, season=season)

    def suggest(self, text: str, kind: str, limit: int = 25) -> tuple[Entity, ...]:
        """What a person who has typed `text` so far most likely means, best first; on "" the most likely of all.

        As with an answer, the default series goes first where no other is said.

        No two share the first 100 characters of their labels, which is what Discord shows. Never raises.
        """
        if kind == "anything":
            found = mixed([self._suggested(text, one, limit) for one in self._directories], typed=bool(text.strip()))
        else:
            found = self._suggested(text, kind, limit)
        shown = {(one.entity.kind, one.entity.label[:LABEL]): one.entity for one in reversed(found)}
        told = dict.fromkeys((one.entity.kind, one.entity.label[:LABEL]) for one in found)
        return tuple(shown[label] for label in told)[:limit]

    def by_key(self, kind: str, key: str) -> Entity | None:
        """The entity that a button's short key stands for; None where this data version has none."""
        if not self._keys:
            self._keys = {(one.kind, short_key(one.kind, one.value)): one for one in self._values.values()}
        return self._keys.get((kind, key))

    def of(self, kind: str) -> tuple[Entity, ...]:
        """All entities of a kind ("anything": of every kind), most likely first; races latest first."""
        if kind == "anything":
            return tuple(entity for one in self._directories for entity in self.of(one))
        return self._directories[kind].entities if kind in self._directories else ()

    def get(self, kind: str, value: str) -> Entity | None:
        """The entity with exactly this value; None where there is none."""
        return self._values.get((kind, value))

    def _own(self, text: str, kind: str) -> Entity | None:
        """The entity whose value or label this is to the letter; None where it is neither."""
        told = text.strip()[:LONGEST]
        return self._values.get((kind, text)) or self._values.get((kind, told)) or self._labels.get((kind, told))

    def _suggested(self, text: str, kind: str, limit: int) -> list[Candidate]:
        if kind not in self._directories or limit < 1:
            return []
        own = self._own(text, kind)
        first = [Candidate(own, 1.0, 1.5)] if own is not None else []
        return first + self._directories[kind].suggest(typed(text, kind), limit)
