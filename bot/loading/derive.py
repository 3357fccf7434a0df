"""The archive as a pure function of the documents: the same set gives the same rows, in whatever order it came."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.models import Broadcast, Entry, Incident, Name, Race, SessionRow, Source, Spelling, Standing
from bot.documents.catalogue import CATALOGUE_NAME
from bot.errors import BotError
from bot.loading.canon import Canon
from bot.loading.checks import check_race
from bot.loading.grouping import group_by_race
from bot.loading.merge import RaceRows, merge_race
from bot.loading.reading import ReadDocument, Readings
from bot.loading.told import tell
from bot.names.entity import short_key
from bot.names.fold import fold

__all__ = ["Derived", "derive"]


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything the archive holds: each race with its rows, the sources, the names and their other spellings."""

    races: tuple[RaceRows, ...]
    sources: tuple[Source, ...]
    names: tuple[SQLModel, ...]


def derive(readings: Readings) -> Derived:
    """The whole archive from everything that was read."""
    groups = group_by_race(readings.documents)
    told = {key: tell(group) for key, group in groups}
    canon = Canon.of(one for every in told.values() for one in every)
    races = tuple(_checked(merge_race(key, [canon.spell(one) for one in every])) for key, every in told.items())
    return Derived(races, tuple(_sources(groups, races, readings)), tuple(_names(races, canon)))


def _checked(merged: RaceRows) -> RaceRows:
    """The race with its arithmetic recomputed."""
    return RaceRows(merged.race, (*merged.rows, *check_race(merged.race, merged.rows)))


def _sources(
    groups: Sequence[tuple[str, tuple[ReadDocument, ...]]], races: Sequence[RaceRows], readings: Readings
) -> list[Source]:
    titles = {one.race.key: _title(one.race) for one in races}
    sources: dict[str, Source] = {}
    for key, group in groups:
        for read in group:
            document = read.reading.document
            note = (
                next((str(fact.value) for fact in read.entry.facts if fact.field == "note"), "") if read.entry else ""
            )
            sources[document.name] = Source(
                document=document.name,
                digest=document.digest,
                kind=read.reading.kind,
                title=read.reading.title or titles[key] or document.path.stem,
                lines=len(document.lines),
                race=None if document.name in sources else key,
                appeared=read.identity.appeared,
                note=note,
            )
    if readings.catalogue is not None:
        catalogue = readings.catalogue
        sources[CATALOGUE_NAME] = Source(
            document=CATALOGUE_NAME, digest=catalogue.digest, kind="catalogue", title="what the documents leave out",
            lines=len(catalogue.lines),
        )  # fmt: skip
    return [sources[name] for name in sorted(sources)]


def _title(race: Race) -> str:
    return " ".join(part for part in (str(race.season or ""), race.name or "") if part)


def _names(races: Sequence[RaceRows], canon: Canon) -> list[SQLModel]:
    """Name rows with their prior (starts, wins, seasons), and the other spellings documents use."""
    counts = _Counts()
    for one in races:
        counts.add(one)
    spellings = {
        "driver": canon.drivers,
        "team": canon.teams,
        "manufacturer": canon.manufacturers,
        "track": canon.tracks,
        "person": canon.people,
    }
    names: list[Name] = [counts.name(kind, value) for kind, value in sorted(counts.starts)]
    taken: dict[tuple[str, str], str] = {}
    for name in names:
        if taken.setdefault((name.kind, name.key), name.value) != name.value:
            raise BotError(
                f"Two names share the button key {name.key}: {taken[name.kind, name.key]} and {name.value}. "
                "Write one of them differently in the documents; nothing was loaded."
            )
    rows: list[SQLModel] = list(names)
    for name in names:
        written = spellings[name.kind].written if name.kind in spellings else {}
        rows += [
            Spelling(kind=name.kind, value=name.value, written=other)
            for other in sorted(written.get(fold(name.value), frozenset()))
        ]
    return rows


class _Counts:
    """How often each name starts and wins, and from which season to which."""

    def __init__(self) -> None:
        self.starts: Counter[tuple[str, str]] = Counter()
        self.wins: Counter[tuple[str, str]] = Counter()
        self.seasons: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self.shown: dict[tuple[str, str], str] = {}

    def add(self, one: RaceRows) -> None:
        """Count one race."""
        race, season = one.race, one.race.season
        for kind, value in (("track", race.track), ("series", race.series)):
            if value:
                self._count(kind, value, season)
        if race.series:
            self.shown["series", race.series] = race.series_name or race.series
        for row in one.rows:
            if isinstance(row, SessionRow):
                started, won = row.session == "race", row.session == "race" and row.position == 1
                for kind, name in (("driver", row.driver), ("team", row.team), ("manufacturer", row.manufacturer)):
                    if name:
                        self._count(kind, name, season, int(started), int(won))
            else:
                self._mention(row, season)

    def _mention(self, row: SQLModel, season: int | None) -> None:
        """Count the names of rows that are no start."""
        for kind, name in _named(row):
            self._count(kind, name, season, 0)

    def _count(self, kind: str, value: str, season: int | None, starts: int = 1, wins: int = 0) -> None:
        self.starts[kind, value] += starts
        self.wins[kind, value] += wins
        if season:
            self.seasons[kind, value].add(season)

    def name(self, kind: str, value: str) -> Name:
        """The row of one name."""
        seasons = self.seasons[kind, value]
        return Name(
            kind=kind,
            value=value,
            name=self.shown.get((kind, value), value),
            key=short_key(kind, value),
            starts=self.starts[kind, value],
            wins=self.wins[kind, value],
            first_season=min(seasons, default=None),
            last_season=max(seasons, default=None),
        )


def _named(row: SQLModel) -> Iterator[tuple[str, str]]:
    """(kind, name) of the names in a row that is no result."""
    if isinstance(row, Entry):
        pairs = (("driver", row.driver), ("team", row.team), ("manufacturer", row.manufacturer))
        yield from ((kind, name) for kind, name in pairs if name)
    elif isinstance(row, Standing):
        kind = {"drivers": "driver", "manufacturers": "manufacturer"}.get(row.championship)
        if kind:
            yield kind, row.name
    elif isinstance(row, Broadcast):
        yield "person", row.person
    elif isinstance(row, Incident) and row.driver and " " in row.driver:
        yield "driver", row.driver
