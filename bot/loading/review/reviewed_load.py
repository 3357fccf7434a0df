"""Load as a review sees it: each changed race before and after, and what of the archive that is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from bot.loading.report import DocumentRace, HistoryChanges
from bot.loading.review.race_state import RaceState

__all__ = ["Neighbour", "ReviewedLoad", "SeasonChampion"]

SeasonChampion: TypeAlias = tuple[int, str, str]  # season, series as people read it, championship


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A race of the archive beside one that is reviewed: its title, its round, its day, and how many cars it had."""

    title: str
    round: int | None = None
    day: date | None = None
    cars: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedLoad:
    """Everything that the rules look at; nothing of it is a session or a row.

    `before` and `after` are the changed races by key. `known_names` are the names of the archive by kind.
    `season_races` are the other races of the season of a changed race, `earlier_race` the one that was run before it,
    both by the key of the changed race. `champions_before` and `champions_after` are those of seasons that are over.
    `found_races` are the races that new documents were found to tell of, `histories` what is only counted.
    """

    before: Mapping[str, RaceState] = field(default_factory=dict)
    after: Mapping[str, RaceState] = field(default_factory=dict)
    known_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    season_races: Mapping[str, tuple[Neighbour, ...]] = field(default_factory=dict)
    earlier_race: Mapping[str, Neighbour] = field(default_factory=dict)
    champions_before: Mapping[SeasonChampion, str] = field(default_factory=dict)
    champions_after: Mapping[SeasonChampion, str] = field(default_factory=dict)
    found_races: tuple[DocumentRace, ...] = ()
    histories: tuple[HistoryChanges, ...] = ()
