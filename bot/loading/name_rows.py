"""The names of the whole archive: how often each starts and wins, since when, and how else documents write it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.models import Broadcast, Entry, Incident, Name, SessionRow, Spelling, Standing
from bot.errors import BotError
from bot.loading.canon import Canon
from bot.loading.merge import RaceRows
from bot.names.entity import short_key
from bot.names.fold import fold

__all__ = ["Tally", "name_rows", "tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one race adds: (kind, name) -> (starts, wins); its season and round, its series and how that is shown."""

    counts: Mapping[tuple[str, str], tuple[int, int]]
    season: int | None
    round: int | None
    series: str | None
    series_name: str | None


def tally(one: RaceRows) -> Tally:
    """Count one race."""
    race = one.race
    starts: Counter[tuple[str, str]] = Counter()
    wins: Counter[tuple[str, str]] = Counter()
    for kind, value in (("track", race.track), ("series", race.series)):
        if value:
            starts[kind, value] += 1
    for row in one.rows:
        for kind, name in _named(row):
            started = isinstance(row, SessionRow) and row.session == "race"
            starts[kind, name] += started
            wins[kind, name] += started and isinstance(row, SessionRow) and row.position == 1
    counts = {pair: (starts[pair], wins[pair]) for pair in sorted(starts)}
    return Tally(counts, race.season, race.round, race.series, race.series_name)


def name_rows(tallies: Sequence[Tally], canon: Canon) -> list[SQLModel]:
    """Name rows, and the other spellings documents use; `tallies` come in the order of the race keys.

    Raises BotError where two names share the short key that buttons carry.
    """
    names = _names(tallies)
    taken: dict[tuple[str, str], str] = {}
    for name in names:
        if taken.setdefault((name.kind, name.key), name.value) != name.value:
            raise BotError(
                f"Two names share the button key {name.key}: {taken[name.kind, name.key]} and {name.value}. "
                "Write one of them differently in the documents; nothing was loaded."
            )
    return [*names, *_spellings(names, canon)]


def _names(tallies: Sequence[Tally]) -> list[Name]:
    starts: Counter[tuple[str, str]] = Counter()
    wins: Counter[tuple[str, str]] = Counter()
    seasons: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    shown: dict[tuple[str, str], str] = {}
    for one in tallies:
        if one.series:
            shown["series", one.series] = one.series_name or one.series
        for pair, (started, won) in one.counts.items():
            starts[pair] += started
            wins[pair] += won
            if one.season:
                seasons[pair].add(one.season)
    return [
        Name(
            kind=kind,
            value=value,
            name=shown.get((kind, value), value),
            key=short_key(kind, value),
            starts=starts[kind, value],
            wins=wins[kind, value],
            first_season=min(seasons[kind, value], default=None),
            last_season=max(seasons[kind, value], default=None),
        )
        for kind, value in sorted(starts)
    ]


def _spellings(names: Sequence[Name], canon: Canon) -> Iterator[Spelling]:
    tables = {
        "driver": canon.drivers,
        "team": canon.teams,
        "manufacturer": canon.manufacturers,
        "track": canon.tracks,
        "person": canon.people,
    }
    for name in names:
        written = tables[name.kind].written if name.kind in tables else {}
        for other in sorted(written.get(fold(name.value), frozenset())):
            yield Spelling(kind=name.kind, value=name.value, written=other)


def _named(row: SQLModel) -> Iterator[tuple[str, str]]:
    """(kind, name) of the names in a row."""
    if isinstance(row, SessionRow | Entry):
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
