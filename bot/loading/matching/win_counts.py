"""Which win of its winner's a race was, of his career and of the season, counted over the races that are known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

from bot.documents.model import RaceIdentity
from bot.language.fold import fold
from bot.loading.matching.signs import WinCount
from bot.racing.race_key import RaceKey

__all__ = ["RaceDocument", "WinCounts"]


class RaceDocument(Protocol):
    """A document of a race."""

    @property
    def identity(self) -> RaceIdentity:
        """What it says of the race."""
        ...


class WinCounts:
    """The count of wins at each race of a series, in the order of seasons and rounds; counted when first asked for."""

    def __init__(self, races: Mapping[str, Sequence[RaceDocument]]) -> None:
        self._races = races

    def at(self, key: str) -> WinCount | None:
        """Which win of its winner's a race was; None where nobody has won it, or it has no round."""
        return self._counts.get(key)

    @cached_property
    def _counts(self) -> Mapping[str, WinCount]:
        found = ((RaceKey.find(key), key) for key in self._races)
        keys = sorted((full.series, full.season, full.round, key) for full, key in found if full)
        careers: Counter[tuple[str, str]] = Counter()
        seasons: Counter[tuple[str, str, int]] = Counter()
        counts: dict[str, WinCount] = {}
        for series, season, _, key in keys:
            winner = next((one.identity.winner for one in self._races[key] if one.identity.winner), None)
            if winner:
                name = fold(winner)
                careers[series, name] += 1
                seasons[series, name, season] += 1
                counts[key] = careers[series, name], seasons[series, name, season]
        return counts
