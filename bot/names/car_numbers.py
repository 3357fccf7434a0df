"""Whose number is it: car numbers by series and season."""

from collections import defaultdict
from collections.abc import Sequence

from bot.names.entity import Entity
from bot.names.match import Candidate, Reading
from bot.names.query import CarAsked

__all__ = ["Cars"]

SPOKEN = {"cup": "Cup", "nxs": "Xfinity", "truck": "Truck"}


class Cars:
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
        self._runs = {car: tuple(of) for car, of in runs.items()}

    def read(self, asked: CarAsked, *, series: str | None, season: int | None) -> Reading:
        """The drivers of a number, main driver of its latest season first; the series preferred goes before others."""
        wanted_season = asked.season or season
        runs = [
            run
            for run in self._runs.get(asked.car, ())
            if asked.series in {None, run[0]} and wanted_season in {None, run[1]}
        ]
        if not runs:
            return Reading(())
        prefer = asked.series or series or self._default_series
        runs.sort(key=lambda run: (run[0] == prefer, run[1], run[2], -run[3]), reverse=True)
        drivers = dict.fromkeys(run[3] for run in runs)
        candidates = tuple(
            Candidate(self._entities[number], 1.0, 1.0 - 0.05 * place) for place, number in enumerate(drivers)
        )
        name = self._entities[runs[0][3]].name
        when = f"{runs[0][1]} {SPOKEN.get(runs[0][0], runs[0][0])}"
        return Reading(candidates[:8], sure=True, note=f"showing {name}: car {asked.car}, {when}")
