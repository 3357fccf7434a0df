"""All histories in force: which races only they tell of, and what of those has to be written.

A race of several histories whose lines are the very same is made from the first by name; where they differ, the race
is merged from claims like any other, and what they disagree on is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from bot.archive.models.core import Source
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.loading.canonical.names import Canon
from bot.loading.read.history_file import History, RaceLines, outline_of
from bot.loading.build.history_rows import RaceTables, Speller, race_tables
from bot.loading.read.reader import Outline

__all__ = ["Bulk", "Histories", "Renaming", "source_of"]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that the rows of histories spell otherwise from now on; `kind` is "driver", "team", "make" or "track"."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class Bulk:
    """The races that only histories tell of, by key, each with its histories in the order of their names."""

    histories: Mapping[str, History]
    races: Mapping[str, Sequence[RaceLines]]
    spelling: Mapping[tuple[str, str], str]

    def tables(self, keys: Iterable[str]) -> Iterator[RaceTables]:
        """The rows of these races, in the order given. Raises BadDocument."""
        speller = Speller.of(self.spelling)
        for key in keys:
            lines = self.races[key]
            race = self.histories[lines[0].name].race(key)
            yield race_tables(key, lines[0].name, race, speller, len(lines))

    @cached_property
    def renamings(self) -> tuple[Renaming, ...]:
        """The names that rows which stay have to be spelled otherwise."""
        found = {
            Renaming(kind, old, self.spelling[kind, name])
            for history in self.histories.values()
            for (kind, name), old in history.spelled.items()
            if self.spelling.get((kind, name), old) != old
        }
        return tuple(sorted(found, key=lambda one: (one.kind, one.old)))


@dataclass(frozen=True)
class Histories:
    """Every history in force by name, and every race of one by key."""

    by_name: Mapping[str, History]
    races: Mapping[str, Sequence[RaceLines]]

    @classmethod
    def of(cls, histories: Iterable[History]) -> "Histories":
        """Collect histories; they come in the order of their names."""
        by_name = {history.held.name: history for history in histories}
        races: defaultdict[str, list[RaceLines]] = defaultdict(list)
        for history in by_name.values():
            for key, lines in history.races.items():
                races[key].append(lines)
        return cls(by_name, races)

    def joined(
        self, groups: Mapping[str, Sequence[Outline]], mended: AbstractSet[str]
    ) -> dict[str, tuple[Outline, ...]]:
        """The groups of documents with the histories that tell of the same races, in the order of the keys.

        To them come the races that were mended, and those that histories tell otherwise.
        """
        several = {key for key, lines in self.races.items() if len({one.digest for one in lines}) > 1}
        joined = {}
        for key in sorted({*groups, *(mended & self.races.keys()), *several}):
            told = [outline_of(self.by_name[one.name], one) for one in self.races.get(key, ())]
            joined[key] = tuple(sorted([*groups.get(key, ()), *told], key=lambda one: one.name))
        return joined

    def bulk(self, merged: AbstractSet[str], canon: Canon) -> Bulk:
        """The races that are not merged."""
        names = {named for history in self.by_name.values() for named in (*history.names, *history.spelled)}
        spelling = {(kind, name): canon.of_kind(kind, name) for kind, name in names}
        races = {key: self.races[key] for key in sorted(self.races) if key not in merged}
        return Bulk(self.by_name, races, spelling)


def source_of(history: History, note: str) -> Source:
    """The row that tells people of a history."""
    first, last = history.seasons
    told = f"{len(history.races):,} races, {first}" + (f" to {last}" if first != last else "")
    return Source(
        document=history.held.name,
        digest=history.held.digest,
        kind=HISTORY_TABLE.kind,
        title=history.title,
        lines=history.lines,
        note=note or f"{told}. Points are on the scale of their season.",
    )
