"""What the archive was made from before a load: so that only what differs is made and written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.archive.db.bulk import table_of
from bot.archive.models.build_cache import RaceWorkings
from bot.archive.models.core import Race
from bot.archive.models.tallies import HistoryRace
from bot.loading.build.history_races import Bulk
from bot.loading.read.history_file import RaceLines
from bot.loading.report import HistoryChanges

__all__ = ["Before"]

Stood = tuple[str, int, int, str]  # a history, the first and the last line of a race in it, the digest of its lines


@dataclass(frozen=True, slots=True)
class Before:
    """The keys of all races that the archive holds, of those that were merged, and where the others stood.

    `stood` is empty where another version of the program made them.
    """

    races: frozenset[str]
    merged: frozenset[str]
    stood: Mapping[str, tuple[Stood, ...]]

    @classmethod
    def of(cls, session: Session, workings: Iterable[RaceWorkings], *, forget: bool) -> "Before":
        """What the archive holds; with `forget`, as if nothing were known of how it was made."""
        table = table_of(HistoryRace)
        columns = (table.c.race, table.c.document, table.c.first_line, table.c.last_line, table.c.digest)
        stood: dict[str, tuple[Stood, ...]] = {}
        if not forget:
            query = table.select().with_only_columns(*columns).order_by(table.c.document)
            for key, *told in session.connection().execute(query):
                stood[key] = (*stood.get(key, ()), tuple(told))
        races = frozenset(session.exec(select(Race.key)))
        return cls(races, frozenset(row.race for row in workings), stood)

    def to_write(self, bulk: Bulk) -> tuple[str, ...]:
        """The races of histories that are not in the archive as they have to be, in the order of their keys."""
        return tuple(
            key
            for key, lines in bulk.races.items()
            if key not in self.races or key in self.merged or self.stood.get(key) != tuple(map(_stands, lines))
        )

    def summary(self, bulk: Bulk, written: Sequence[str], merged: AbstractSet[str]) -> tuple[HistoryChanges, ...]:
        """What happens to the races of each history, counted; those that are `merged` from now on do not go."""
        added: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        removed: Counter[str] = Counter()
        for key in written:
            (changed if key in self.races else added)[bulk.races[key][0].name] += 1
        for key in self.races - self.merged - bulk.races.keys() - merged:
            for name, *_ in self.stood.get(key, ())[:1]:
                removed[name] += 1
        names = sorted({*added, *changed, *removed})
        return tuple(HistoryChanges(name, added[name], changed[name], removed[name]) for name in names)


def _stands(lines: RaceLines) -> Stood:
    return lines.name, lines.first_line, lines.last_line, lines.digest
