"""Which running of a race is meant, once its name or its track is known.

Races are handed around latest first, and stay in that order: sorting the two hundred races at a track anew at every
keystroke was most of what a suggestion cost.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from bot.language.fold import fold
from bot.names.entity import Entity, RaceEvent
from bot.names.race.hints import Clues

__all__ = ["fitting", "latest_first", "moment", "season_of", "series_first"]

NOTHING = RaceEvent()


def moment(race: Entity) -> tuple[date, int]:
    """When a race was run, for putting races in order: its day, or its round within its season."""
    event = race.event or NOTHING
    season = event.season or race.last_season or 1
    return event.day or date(season, 1, 1), event.round or 0


def latest_first(races: Iterable[Entity]) -> list[Entity]:
    """The races in the order in which everything here takes and gives them."""
    return sorted(races, key=lambda race: (moment(race), race.value), reverse=True)


def series_first(races: Iterable[Entity], series: str) -> list[Entity]:
    """The races, those of the series before the others; otherwise as they come."""
    own: list[Entity] = []
    others: list[Entity] = []
    for race in races:
        (own if race.event is not None and race.event.series == series else others).append(race)
    return own + others


def fitting(races: Sequence[Entity], said: Clues, latest_season: int) -> Sequence[Entity]:
    """Those of the races at one place or of one name that fit what is said; both latest first."""
    if not said.any:
        return races
    season = season_of(said, latest_season)
    left = [race for race in races if _fits(race.event or NOTHING, said, season)]
    if said.part == "night":
        left = [race for race in left if "night" in fold(race.name).split()] or left
    elif said.part:
        left = latest_first(_in_part(left, said.part))
    if said.ordinal:
        left = latest_first(_counted(left, said.ordinal, least=1 if season else 2))
    return left


def season_of(said: Clues, latest_season: int) -> int | None:
    """The season that is told; None where none is."""
    return said.season if said.back is None else latest_season - said.back


def _fits(event: RaceEvent, said: Clues, season: int | None) -> bool:
    return (
        (season is None or season == event.season)
        and (said.round is None or said.round == event.round)
        and (said.series is None or said.series == event.series)
        and (said.day is None or (event.day is not None and (event.day.month, event.day.day) == (said.month, said.day)))
    )


def _seasons(races: Iterable[Entity]) -> list[list[Entity]]:
    """The races of each season of each series, in order."""
    seasons: defaultdict[tuple[str | None, int | None], list[Entity]] = defaultdict(list)
    for race in races:
        event = race.event or NOTHING
        seasons[event.series, event.season].append(race)
    return [sorted(season, key=moment) for season in seasons.values()]


def _in_part(races: Sequence[Entity], part: str) -> list[Entity]:
    """By the month where days are known; else the first of several in a season is in spring, the last in fall."""
    months = {"spring": range(1, 7), "summer": range(6, 9), "fall": range(8, 13)}[part]
    found = []
    for season in _seasons(races):
        days = [race.event.day for race in season if race.event and race.event.day]
        by_month = [race for race in season if race.event and race.event.day and race.event.day.month in months]
        if part == "summer" or len(season) == 1 or (by_month and len(days) == len(season)):
            found += by_month
        else:
            found += season[:1] if part == "spring" else season[-1:]
    return found


def _counted(races: Sequence[Entity], ordinal: int, *, least: int) -> list[Entity]:
    """The nth race of each season that has so many; the first of several, where `least` is 2."""
    at = ordinal - 1 if ordinal > 0 else -1
    return [season[at] for season in _seasons(races) if len(season) >= (max(ordinal, least) if ordinal > 0 else 1)]
