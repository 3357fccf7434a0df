"""What the archive was made from before a load: so that only what differs is made and written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.archive.db.bulk import table_of
from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import Race
from bot.archive.models.seasons import SeasonBuild
from bot.archive.models.tallies import HistoryRaceRecord
from bot.loading.build.history_races import HistoryOnlyRaces
from bot.loading.read.history_file import RaceLines
from bot.loading.report import HistoryChanges
from bot.loading.seasons.stage import SeasonKey
from bot.loading.startup import is_built_by_other_program

__all__ = ["PreviousBuild"]

LinesKey = tuple[str, int, int, str]  # a history, the first and the last line of a race in it, the digest of its lines


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """How the archive was made: the keys of all its races, and of those that were merged.

    `race_builds` is what the load that merged a race has kept of it, by key, and `lines_by_race` where a race of
    histories stood. Both are empty with `is_ignored`: everything is made anew then, as where another version of the
    program has made what the archive holds. `season_builds` are what loads have kept of seasons.
    """

    race_keys: frozenset[str]
    merged_keys: frozenset[str]
    lines_by_race: Mapping[str, tuple[LinesKey, ...]]
    race_builds: Mapping[str, RaceBuild]
    season_builds: Mapping[SeasonKey, SeasonBuild]
    is_ignored: bool

    @classmethod
    def from_archive(cls, session: Session, *, read_anew: bool) -> "PreviousBuild":
        """What the archive holds; with `read_anew`, as if nothing were known of how it was made."""
        is_ignored = read_anew or is_built_by_other_program(session)
        race_builds = {row.race: row for row in session.exec(select(RaceBuild))}
        table = table_of(HistoryRaceRecord)
        columns = (table.c.race, table.c.document, table.c.first_line, table.c.last_line, table.c.digest)
        lines_by_race: dict[str, tuple[LinesKey, ...]] = {}
        if not is_ignored:
            query = table.select().with_only_columns(*columns).order_by(table.c.document)
            for key, *lines_key in session.connection().execute(query).all():
                lines_by_race[key] = (*lines_by_race.get(key, ()), tuple(lines_key))
        race_keys = frozenset(session.exec(select(Race.key)).all())
        season_builds = {(row.series, row.season): row for row in session.exec(select(SeasonBuild))}
        return cls(
            race_keys,
            frozenset(race_builds),
            lines_by_race,
            {} if is_ignored else race_builds,
            season_builds,
            is_ignored,
        )

    def keys_to_write(self, history_only: HistoryOnlyRaces) -> tuple[str, ...]:
        """The races of histories that are not in the archive as they have to be, in the order of their keys."""
        # A race stays as it is only if the same lines of the same histories made it, and no merging did.
        return tuple(
            key
            for key, lines in history_only.races.items()
            if key not in self.race_keys
            or key in self.merged_keys
            or self.lines_by_race.get(key) != tuple(map(_lines_key, lines))
        )

    def history_changes(
        self, history_only: HistoryOnlyRaces, written_keys: Sequence[str], merged_keys: AbstractSet[str]
    ) -> tuple[HistoryChanges, ...]:
        """What happens to the races of each history, counted; those that are `merged_keys` from now on do not go."""
        added: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        removed: Counter[str] = Counter()
        # A race counts for the first of its histories by name: that is the one its rows are made from.
        for key in written_keys:
            (changed if key in self.race_keys else added)[history_only.races[key][0].name] += 1
        for key in self.race_keys - self.merged_keys - history_only.races.keys() - merged_keys:
            for name, *_ in self.lines_by_race.get(key, ())[:1]:
                removed[name] += 1
        names = sorted({*added, *changed, *removed})
        return tuple(HistoryChanges(name, added[name], changed[name], removed[name]) for name in names)


def _lines_key(lines: RaceLines) -> LinesKey:
    return lines.name, lines.first_line, lines.last_line, lines.digest
