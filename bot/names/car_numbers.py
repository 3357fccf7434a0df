"""Car numbers by series and season: which drivers ran them."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy

from bot.names.entity import Entity
from bot.names.match import Candidate, MatchResult
from bot.names.query import CarQuery
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["CarNumberIndex"]


class CarNumberIndex:
    """Who ran which number in which season of which series, by number of starts. Never changed once built.

    The runs of a number are one array, four numbers for each: place of the series, season, starts, number of the
    driver. There are 25,600 in the whole history, which as objects of their own took 4 MB.
    """

    __slots__ = ("_default_series", "_runs", "_series")

    def __init__(self, entities: Sequence[Entity], default_series: str) -> None:
        """Out of the cars of `entities`, which stand most likely first."""
        self._default_series = default_series
        runs: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        places: dict[str, int] = {}
        for number, entity in enumerate(entities):
            for car in entity.cars:
                place = places.setdefault(car.series, len(places))
                runs[car.car].extend((place, car.season, car.starts, number))
        self._series, self._runs = tuple(places), dict(runs)

    def preferring(self, series: str) -> "CarNumberIndex":
        """The same index with another default series."""
        index = copy(self)
        index._default_series = series
        return index

    def match(
        self, query: CarQuery, entities: Sequence[Entity], *, series: str | None, season: int | None
    ) -> MatchResult:
        """The drivers of a number, main driver of its latest season first; the series preferred goes before others.

        `entities` are those of the index, in the same order.
        """
        wanted_season = query.season or season
        matching_runs = [
            run
            for run in self._runs_of(query.car)
            if query.series in {None, run[0]} and wanted_season in {None, run[1]}
        ]
        if not matching_runs:
            return MatchResult(())
        preferred_series = query.series or series or self._default_series
        matching_runs.sort(key=lambda run: (run[0] == preferred_series, run[1], run[2], -run[3]), reverse=True)
        drivers = dict.fromkeys(run[3] for run in matching_runs)
        candidates = tuple(Candidate(entities[number], 1.0, 1.0 - 0.05 * place) for place, number in enumerate(drivers))
        season_label = f"{matching_runs[0][1]} {SHORT_SERIES_NAMES.get(matching_runs[0][0], matching_runs[0][0])}"
        return MatchResult(candidates[:8], certain=True, note=f"Car {query.car} of the {season_label} season.")

    def _runs_of(self, car: str) -> Iterator[tuple[str, int, int, int]]:
        """(series, season, starts, number of the driver) of every run of a number."""
        numbers = iter(self._runs.get(car, ()))
        for place, season, starts, number in zip(numbers, numbers, numbers, numbers, strict=True):
            yield self._series[place], season, starts, number
