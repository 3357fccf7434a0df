"""The production name index behind the interface of a scorer: load(entities) gives resolve(query, kind)."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import CarNumber, Entity, RaceEvent
from bot.names.index import NameIndex
from bot.names.match import decide_match

__all__ = ["Resolver", "entity_from_row", "load"]

Resolver = Callable[[str, str], list[tuple[str, float]]]
KIND_RENAMINGS = {"make": "manufacturer"}


def load(entities: Iterable[Mapping[str, object]]) -> Resolver:
    """Build the index of these catalogue rows and answer with its production cutoffs.

    A confident match comes first with the next suggestions behind it, an ambiguous one gives its candidates in order,
    an unknown one gives nothing.
    """
    cars = _cars_of_2025()
    index = NameIndex.build(entity_from_row(row, cars) for row in entities)

    def resolve(query: str, kind: str) -> list[tuple[str, float]]:
        kind = KIND_RENAMINGS.get(kind, kind)
        match_result = index.match(query, kind)
        try:
            match = decide_match(match_result, kind, query)
        except AmbiguousName as error:
            names = [value for value, _ in error.candidates]
        except UnknownName:
            return []
        else:
            others = (one.entity.value for one in match_result.candidates)
            names = list(dict.fromkeys((match.entity.value, *others)))
        return [(name, 1.0 - rank / 100) for rank, name in enumerate(names)]

    return resolve


def entity_from_row(row: Mapping[str, object], cars: Mapping[str, tuple[CarNumber, ...]]) -> Entity:
    """A catalogue row as the archive would give it: starts, wins, seasons, series of a race, car numbers."""
    name, kind = str(row["name"]), str(row["kind"])
    variants = row["variants"]
    return Entity(
        KIND_RENAMINGS.get(kind, kind),
        name,
        name,
        name,
        spellings=tuple(str(one) for one in variants) if isinstance(variants, list) else (),
        starts=_int_or_zero(row["popularity"]),
        wins=_int_or_zero(row["wins"]),
        first_season=_int_or_zero(row["first_season"]),
        last_season=_int_or_zero(row["last_season"]),
        cars=cars.get(name, ()) if kind == "driver" else (),
        event=RaceEvent(series=_series(row["series"])) if kind == "race" else None,
    )


def _int_or_zero(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _series(series_names: object) -> str | None:
    """The id of the first national series, by rank, that a race of this name belonged to."""
    names = {"cup": "cup", "xfinity": "nxs", "truck": "truck"}
    return next(
        (series for name, series in names.items() if isinstance(series_names, list) and name in series_names), None
    )


def _cars_of_2025() -> dict[str, tuple[CarNumber, ...]]:
    """Driver to car numbers of the 2025 Cup season, which the archive would know and the catalogue does not say."""
    table = tomllib.loads(Path(__file__).with_name("cars_2025.toml").read_text(encoding="utf-8"))
    return {
        driver: tuple(CarNumber("cup", 2025, car, starts) for car, starts in cars.items())
        for driver, cars in table.items()
    }
