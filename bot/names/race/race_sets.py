"""Sets of races as whole numbers: bit n is the nth race, latest first. To cut two sets takes a microsecond."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.language.fold import fold
from bot.names.entity import Entity, RaceEvent

__all__ = ["NO_RACES", "RaceSets", "set_of", "sets_by"]

K = TypeVar("K", bound=Hashable)
NO_RACES = 0
NO_EVENT = RaceEvent()
# Members above which they are found in a text of bits: a step over a set of 5,000 races copies 600 bytes three times.
MANY_MEMBERS = 32


def set_of(places: Iterable[int]) -> int:
    """The set of the races at these places."""
    bits = bytearray()
    for place in places:
        byte = place >> 3
        if byte >= len(bits):
            bits.extend(bytes(byte + 1 - len(bits)))
        bits[byte] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def sets_by(races: Sequence[Entity], keys_of: Callable[[Entity], Iterable[K]]) -> dict[K, int]:
    """The set of races of each key that any of them has."""
    places: defaultdict[K, list[int]] = defaultdict(list)
    for place, race in enumerate(races):
        for key in keys_of(race):
            places[key].append(place)
    return {key: set_of(of_key) for key, of_key in places.items()}


class RaceSets:
    """All races, latest first, and the sets of those of a season, series, round, day, winner ... Never changed."""

    __slots__ = ("by_day", "by_month", "by_round", "by_season", "by_series", "by_weekday", "dated", "everything",
                 "last_rounds", "latest_season", "place_of", "races")  # fmt: skip

    def __init__(self, latest_first: Sequence[Entity], latest_season: int) -> None:
        """`latest_season` is the season that "last year" is counted from."""
        self.races = tuple(latest_first)
        self.latest_season = latest_season
        self.everything = (1 << len(self.races)) - 1
        self.place_of = {race.value: place for place, race in enumerate(self.races)}
        self.by_season = sets_by(self.races, lambda race: _known(event_of(race).season))
        self.by_series = sets_by(self.races, lambda race: _known(event_of(race).series))
        self.by_round = sets_by(self.races, lambda race: _known(event_of(race).round))
        self.by_day = sets_by(self.races, lambda race: ((day.month, day.day) for day in _known(event_of(race).day)))
        self.by_month = sets_by(self.races, lambda race: (day.month for day in _known(event_of(race).day)))
        self.by_weekday = sets_by(self.races, lambda race: (day.weekday() for day in _known(event_of(race).day)))
        self.dated = set_of(place for place, race in enumerate(self.races) if event_of(race).day)
        self.last_rounds = _last_rounds(self.races)

    def members(self, races: int) -> Iterator[Entity]:
        """The races of a set, latest first."""
        if races.bit_count() > MANY_MEMBERS:
            bits = bin(races)[:1:-1]  # the lowest bit first, without the 0b
            place = bits.find("1")
            while place >= 0:
                yield self.races[place]
                place = bits.find("1", place + 1)
            return
        while races:
            lowest = races & -races
            yield self.races[lowest.bit_length() - 1]
            races ^= lowest

    def of_keys(self, keys: Iterable[str]) -> int:
        """The races of these keys, of those that are there."""
        return set_of(self.place_of[key] for key in keys if key in self.place_of)

    def first(self, races: int) -> Entity:
        """The latest race of a set that is not empty."""
        return self.races[(races & -races).bit_length() - 1]

    def of_series(self, races: int, series: str) -> int:
        """Those of a series; all of them where the series has none."""
        return races & self.by_series.get(series, NO_RACES) or races


def event_of(race: Entity) -> RaceEvent:
    """When and where a race was; an event of which nothing is known where the archive has none."""
    return race.event or NO_EVENT


def folded_words(text: str | None) -> tuple[str, ...]:
    """The folded words of a name; none where there is no name."""
    return tuple(fold(text).split()) if text else ()


def _known(value: K | None) -> tuple[K, ...]:
    return () if value is None else (value,)


def _last_rounds(races: Sequence[Entity]) -> Mapping[tuple[str, int], int]:
    """(series, season) to its last round, where that is known to be the last.

    It is where a document tells how many races there were, where a later season has begun, or where the season has had
    as many races as the one before.
    """
    highest: defaultdict[tuple[str, int], int] = defaultdict(int)
    told: dict[tuple[str, int], int] = {}
    latest: defaultdict[str, int] = defaultdict(int)
    for event in map(event_of, races):
        if event.series and event.season and event.round:
            key = event.series, event.season
            highest[key] = max(highest[key], event.round)
            latest[event.series] = max(latest[event.series], event.season)
            if event.rounds:
                told[key] = max(event.rounds, told.get(key, 0))
    closed = {
        (series, season): rounds
        for (series, season), rounds in highest.items()
        if season < latest[series] or rounds >= highest.get((series, season - 1), rounds + 1)
    }
    return closed | told
