"""All names of one data version in memory: what a person types goes in, one entity comes out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from bot.names.aliases import EnteredAlias, load_aliases, with_entered
from bot.names.any_kind import merge_kinds, mix_suggestions
from bot.names.entity import KINDS, MAX_LABEL_LENGTH, Entity, short_key
from bot.names.kind_index import KindIndex
from bot.names.match import Candidate, Match, MatchResult, decide_match, narrow_match
from bot.names.nobody import is_no_name
from bot.names.query import MAX_MESSAGE_LENGTH, parse_query
from bot.names.race.index import RaceIndex

__all__ = ["Match", "NameIndex"]

MAX_CANDIDATES = 25  # of one kind, all of which a reply may offer
MAX_NARROWED_CANDIDATES = 200  # before those who were not there are left out: half the family of every name
PEOPLE_KINDS = frozenset(["driver", "team", "manufacturer"])
MAX_SUGGESTIONS = 25  # choices that Discord shows while somebody types


class NameIndex:
    """The names of one data version; what it says never changes once it is built, so any thread may ask it.

    The short keys of buttons are worked out when the first button is pressed, not while a start waits for them.
    """

    __slots__ = ("_indexes", "_keys", "_labels", "_unseen", "_values", "_whole", "version")

    def __init__(
        self, entities: tuple[Entity, ...], version: int, default_series: str, entered: tuple[EnteredAlias, ...]
    ) -> None:
        """Use `build`."""
        entities_by_kind: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            entities_by_kind[entity.kind].append(entity)
        latest_season = max((entity.last_season or 0 for entity in entities), default=0)
        alias_table = with_entered(load_aliases(), entered) if entered else load_aliases()
        self.version = version
        self._indexes: dict[str, KindIndex | RaceIndex] = {
            kind: (
                RaceIndex(
                    entities_by_kind[kind],
                    alias_table,
                    latest_season,
                    default_series,
                    [driver.name for driver in entities_by_kind["driver"]],
                )
                if kind == "race"
                else KindIndex(kind, entities_by_kind[kind], alias_table, latest_season, default_series)
            )
            for kind in KINDS
            if kind in entities_by_kind
        }
        self._values = {kind: {one.value: one for one in index.entities} for kind, index in self._indexes.items()}
        # Most labels are the name, by which the values find them already.
        self._labels = {
            kind: {
                one.label[:MAX_LABEL_LENGTH]: self._values[kind][one.value]
                for one in reversed(entities_by_kind[kind])
                if one.label[:MAX_LABEL_LENGTH] != one.value
            }
            for kind in self._indexes
        }
        self._keys: dict[tuple[str, str], Entity] = {}
        self._unseen: frozenset[str] = frozenset()
        self._whole: NameIndex | None = None

    @classmethod
    def build(
        cls,
        entities: Iterable[Entity],
        version: int = 0,
        default_series: str = "cup",
        entered: Iterable[EnteredAlias] = (),
    ) -> "NameIndex":
        """The index of these entities, for the data version they were read from.

        `default_series` is the id of the series that is meant where no other is said: its races and cars go first.
        `entered` are the names that moderators have entered, which beat those of the program.
        """
        return cls(tuple(entities), version, default_series, tuple(entered))

    def preferring(self, series: str) -> "NameIndex":
        """The same names with another default series; only what depends on it is made anew."""
        index = copy(self)
        index._indexes = {kind: one.preferring(series) for kind, one in self._indexes.items()}
        return index

    def without(self, names: Collection[str], races: Collection[str], wins: Mapping[str, int]) -> "NameIndex":
        """The same names as they are known by who does not know yet how some `races` (keys) ended.

        Nobody is called by one of `names`, no phrase means a race by its winner, and who has `wins` in these races has
        so many fewer.
        """
        other, unseen = copy(self), frozenset(names)
        other._unseen, other._keys, other._whole = unseen, {}, self.whole
        race_index = self._indexes.get("race")
        if isinstance(race_index, RaceIndex):
            other._indexes = {**self._indexes, "race": race_index.without_winners(races)}
        other._values = {
            kind: {value: _with_fewer_wins(one, wins) for value, one in entities.items() if other._is_seen(one)}
            for kind, entities in self._values.items()
        }
        other._labels = {
            kind: {label: one for label, one in labels.items() if one.value in other._values[kind]}
            for kind, labels in self._labels.items()
        }
        return other

    @property
    def whole(self) -> "NameIndex":
        """The names of the data version with those that this index leaves out."""
        return self._whole or self

    def resolve(self, text: str, kind: str, *, series: str | None = None, season: int | None = None) -> Match:
        """The one entity of `kind` (or of any kind: "anything") that `text` means.

        `series`, or else the default series, is preferred where names are equally alike; `season` decides car numbers
        and names that changed owner. Raises UnknownName and AmbiguousName, nothing else.
        """
        return decide_match(self.match(text, kind, series=series, season=season), kind, text)

    def resolve_present(
        self,
        text: str,
        kind: str,
        present: Callable[[Collection[str]], Collection[str]],
        *,
        series: str | None = None,
        season: int | None = None,
    ) -> Match:
        """The same among those who were there: a text that is no whole name means one of them, if any is like it.

        `present` gives, of the values of those who may be meant, those who were there; it is called only for such a
        text. Raises UnknownName and AmbiguousName.
        """
        result = self.match(text, kind, series=series, season=season, limit=MAX_NARROWED_CANDIDATES)
        if result.has_likely and not (result.exact and result.certain):
            result = narrow_match(result, present)
        return decide_match(result, kind, text)

    def match(
        self,
        text: str,
        kind: str,
        *,
        series: str | None = None,
        season: int | None = None,
        limit: int = MAX_CANDIDATES,
    ) -> MatchResult:
        """What `text` may mean, candidates best first, before it is decided whether that is clear; never raises."""
        if kind == "anything":
            return merge_kinds(
                {one: self.match(text, one, series=series, season=season) for one in self._indexes}, text
            )
        exact_entity = self._exact_entity(text, kind)
        if exact_entity is not None:
            return MatchResult((Candidate(exact_entity, 1.0, 1.5),), exact=True, certain=True)
        if kind not in self._indexes:
            return MatchResult(())
        query, index = parse_query(text, kind), self._indexes[kind]
        if isinstance(index, KindIndex):
            result = index.match(query, series=series, season=season, limit=limit)
        else:
            result = index.match(query, series=series, season=season)
        result = self._seen(result) if self._unseen else result
        return MatchResult(()) if not result.exact and is_no_name(query.raw, kind) else result

    def suggest(self, text: str, kind: str, limit: int = MAX_SUGGESTIONS) -> tuple[Entity, ...]:
        """What a person who has typed `text` so far most likely means, best first; on "" the most likely of all.

        As with an answer, the default series goes first where no other is said.

        No two share the first 100 characters of their labels, which is what Discord shows. Never raises.
        """
        if kind == "anything":
            candidates = mix_suggestions(
                [self._suggest_in_kind(text, one, limit) for one in self._indexes], has_text=bool(text.strip())
            )
        else:
            candidates = self._suggest_in_kind(text, kind, limit)
        entity_by_label = {
            (one.entity.kind, one.entity.label[:MAX_LABEL_LENGTH]): one.entity for one in reversed(candidates)
        }
        labels = dict.fromkeys((one.entity.kind, one.entity.label[:MAX_LABEL_LENGTH]) for one in candidates)
        return tuple(entity_by_label[label] for label in labels)[:limit]

    def race_name_end(self, words: Sequence[str], start: int) -> int:
        """The end of the longest phrase of folded words from `start` on that names a race or place, else `start`."""
        index = self._indexes.get("race")
        return index.name_end(words, start) if isinstance(index, RaceIndex) else start

    def by_key(self, kind: str, key: str) -> Entity | None:
        """The entity that a button's short key stands for; None where this data version has none."""
        if not self._keys:
            all_entities = (one for entities in self._values.values() for one in entities.values())
            self._keys = {(one.kind, short_key(one.kind, one.value)): one for one in all_entities}
        return self._keys.get((kind, key))

    def of_kind(self, kind: str) -> tuple[Entity, ...]:
        """All entities of a kind ("anything": of every kind), most likely first; races latest first."""
        if kind == "anything":
            return tuple(entity for one in self._indexes for entity in self.of_kind(one))
        entities = self._indexes[kind].entities if kind in self._indexes else ()
        return tuple(one for one in entities if self._is_seen(one)) if self._unseen else entities

    def get(self, kind: str, value: str) -> Entity | None:
        """The entity with exactly this value; None where there is none."""
        return self._values.get(kind, {}).get(value)

    def _exact_entity(self, text: str, kind: str) -> Entity | None:
        """The entity whose value or label this is to the letter; None where it is neither."""
        stripped_text = text.strip()[:MAX_MESSAGE_LENGTH]
        values = self._values.get(kind, {})
        return values.get(text) or values.get(stripped_text) or self._labels.get(kind, {}).get(stripped_text)

    def _suggest_in_kind(self, text: str, kind: str, limit: int) -> list[Candidate]:
        if kind not in self._indexes or limit < 1:
            return []
        exact_entity = self._exact_entity(text, kind)
        first = [Candidate(exact_entity, 1.0, 1.5)] if exact_entity is not None else []
        likely = self._indexes[kind].suggest(parse_query(text, kind), limit + len(self._unseen))
        return first + ([one for one in likely if self._is_seen(one.entity)] if self._unseen else likely)

    def _is_seen(self, entity: Entity) -> bool:
        return entity.value not in self._unseen or not _is_of_people(entity)

    def _seen(self, result: MatchResult) -> MatchResult:
        """The candidates that are seen; where the best of all is none of them, nothing is clear any more."""
        seen = tuple(one for one in result.candidates if self._is_seen(one.entity))
        if seen[:1] == result.candidates[:1]:
            return replace(result, candidates=seen)
        return MatchResult(seen, season=result.season)


def _is_of_people(entity: Entity) -> bool:
    """Whether it is a name that only results make known: a person, a team or a make."""
    return entity.kind in PEOPLE_KINDS


def _with_fewer_wins(entity: Entity, wins: Mapping[str, int]) -> Entity:
    if entity.value not in wins or not _is_of_people(entity):
        return entity
    return replace(entity, wins=max(entity.wins - wins[entity.value], 0))
