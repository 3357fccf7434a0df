"""All histories in force: which races are in them alone, and which of those have to be written.

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
from bot.documents.model import RaceIdentity
from bot.loading.build.history_rows import HistorySpellings, RaceTables, race_tables
from bot.loading.canonical.names import CanonicalNames
from bot.loading.read.history_file import History, RaceLines, history_outline
from bot.loading.read.race_results import history_results
from bot.loading.read.reader import DocumentOutline

__all__ = ["HistoryOnlyRaces", "HistorySet", "SpellingChange", "history_source_row"]


@dataclass(frozen=True, slots=True)
class SpellingChange:
    """A name that the rows of histories spell otherwise from now on; `kind` is "driver", "team", "make" or "track"."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryOnlyRaces:
    """The races that only histories tell of, by key, each with its histories in the order of their names."""

    histories: Mapping[str, History]
    races: Mapping[str, Sequence[RaceLines]]
    spelling: Mapping[tuple[str, str], str]

    def tables(self, keys: Iterable[str]) -> Iterator[RaceTables]:
        """The rows of these races, in the order given. Raises BadDocument."""
        speller = HistorySpellings.from_spelling(self.spelling)
        for key in keys:
            lines = self.races[key]
            race = self.histories[lines[0].name].race(key)
            yield race_tables(key, lines[0].name, race, speller, len(lines))

    @cached_property
    def spelling_changes(self) -> tuple[SpellingChange, ...]:
        """The names that rows which stay have to be spelled otherwise."""
        changes = {
            SpellingChange(kind, old, self.spelling[kind, name])
            for history in self.histories.values()
            for (kind, name), old in history.archive_spellings.items()
            if self.spelling.get((kind, name), old) != old
        }
        return tuple(sorted(changes, key=lambda change: (change.kind, change.old)))


@dataclass(frozen=True)
class HistorySet:
    """Every history in force by name, and every race of one by key."""

    by_name: Mapping[str, History]
    races: Mapping[str, Sequence[RaceLines]]

    @classmethod
    def from_histories(cls, histories: Iterable[History]) -> "HistorySet":
        """Collect histories; they come in the order of their names."""
        by_name = {history.active.name: history for history in histories}
        races: defaultdict[str, list[RaceLines]] = defaultdict(list)
        for history in by_name.values():
            for key, lines in history.races.items():
                races[key].append(lines)
        return cls(by_name, races)

    def results_of(self, key: str) -> tuple[RaceIdentity, ...]:
        """The winner, stage winners and first places of a race, as each history has them. Raises BadDocument."""
        return tuple(history_results(self.by_name[lines.name].race(key)) for lines in self.races.get(key, ()))

    def join_groups(
        self, groups: Mapping[str, Sequence[DocumentOutline]], corrected_keys: AbstractSet[str]
    ) -> dict[str, tuple[DocumentOutline, ...]]:
        """The groups of documents with the histories that tell of the same races, in the order of the keys.

        To them come the races that moderators have corrected, and those that histories disagree on.
        """
        # Histories that write a race in the very same lines agree, and bulk rows say so; where a line differs, the race
        # has to be merged, so that what they disagree on is kept.
        differing_keys = {
            key for key, lines in self.races.items() if len({race_lines.digest for race_lines in lines}) > 1
        }
        joined_groups = {}
        for key in sorted({*groups, *(corrected_keys & self.races.keys()), *differing_keys}):
            outlines = [
                history_outline(self.by_name[race_lines.name], race_lines) for race_lines in self.races.get(key, ())
            ]
            joined_groups[key] = tuple(sorted([*groups.get(key, ()), *outlines], key=lambda outline: outline.name))
        return joined_groups

    def history_only(self, merged_keys: AbstractSet[str], canonical_names: CanonicalNames) -> HistoryOnlyRaces:
        """The races that are not merged."""
        names = {
            kind_and_name
            for history in self.by_name.values()
            for kind_and_name in (*history.name_counts, *history.archive_spellings)
        }
        spelling = {(kind, name): canonical_names.spell_name(kind, name) for kind, name in names}
        races = {key: self.races[key] for key in sorted(self.races) if key not in merged_keys}
        return HistoryOnlyRaces(self.by_name, races, spelling)


def history_source_row(history: History, note: str) -> Source:
    """The row that tells people of a history."""
    first_season, last_season = history.seasons
    summary = f"{len(history.races):,} races, {first_season}" + (
        f" to {last_season}" if first_season != last_season else ""
    )
    return Source(
        document=history.active.name,
        digest=history.active.digest,
        kind=HISTORY_TABLE.kind,
        title=history.title,
        lines=history.line_count,
        note=note or f"{summary}. Points are on the scale of their season.",
    )
