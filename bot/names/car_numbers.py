"""Car numbers by series and season: which drivers ran them."""

from collections import defaultdict
from collections.abc import Sequence

from bot.names.entity import Entity
from bot.names.match import Candidate, MatchResult
from bot.names.query import CarQuery
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["CarNumberIndex"]


class CarNumberIndex:
    """Who ran which number in which season of which series, by number of starts. Never changed once built."""

    __slots__ = ("_default_series", "_entities", "_runs")

    def __init__(self, entities: Sequence[Entity], default_series: str) -> None:
        """Out of the cars of `entities`, which stand most likely first."""
        self._default_series = default_series
        runs: defaultdict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
        for number, entity in enumerate(entities):
            for car in entity.cars:
                runs[car.car].append((car.series, car.season, car.starts, number))
        self._entities = tuple(entities)
        self._runs = {car: tuple(car_runs) for car, car_runs in runs.items()}

    def match(self, query: CarQuery, *, series: str | None, season: int | None) -> MatchResult:
        """The drivers of a number, main driver of its latest season first; the series preferred goes before others."""
        wanted_season = query.season or season
        matching_runs = [
            run
            for run in self._runs.get(query.car, ())
            if query.series in {None, run[0]} and wanted_season in {None, run[1]}
        ]
        if not matching_runs:
            return MatchResult(())
        preferred_series = query.series or series or self._default_series
        matching_runs.sort(key=lambda run: (run[0] == preferred_series, run[1], run[2], -run[3]), reverse=True)
        drivers = dict.fromkeys(run[3] for run in matching_runs)
        candidates = tuple(
            Candidate(self._entities[number], 1.0, 1.0 - 0.05 * place) for place, number in enumerate(drivers)
        )
        season_label = f"{matching_runs[0][1]} {SHORT_SERIES_NAMES.get(matching_runs[0][0], matching_runs[0][0])}"
        return MatchResult(candidates[:8], certain=True, note=f"Car {query.car} of the {season_label} season.")
