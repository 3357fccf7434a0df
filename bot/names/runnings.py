"""Which running of a race is meant, once its name or its track is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from bot.names.clues import Clues
from bot.names.entity import Entity, RaceEvent
from bot.names.fold import fold

__all__ = ["fitting", "moment", "preferred"]

NOTHING = RaceEvent()


def moment(race: Entity) -> tuple[date, int]:
    """When a race was run, for putting races in order: its day, or its round within its season."""
    event = race.event or NOTHING
    season = event.season or race.last_season or 1
    return event.day or date(season, 1, 1), event.round or 0


def preferred(races: Iterable[Entity], series: str | None) -> list[Entity]:
    """The races, those of the series first, and among them the latest first."""
    latest_first = sorted(races, key=lambda race: (moment(race), race.value), reverse=True)
    return sorted(latest_first, key=lambda race: (race.event or NOTHING).series != (series or "cup"))


def fitting(races: Sequence[Entity], said: Clues, latest_season: int) -> list[Entity]:
    """Those of the races at one place or of one name that fit what is said, latest first."""
    season = said.season if said.back is None else latest_season - said.back
    left = [race for race in races if _fits(race.event or NOTHING, said, season)]
    if said.part == "night":
        left = [race for race in left if "night" in fold(race.name).split()] or left
    elif said.part:
        left = _in_part(left, said.part)
    if said.ordinal:
        left = _counted(left, said.ordinal)
    left.sort(key=moment, reverse=True)
    return left


def _fits(event: RaceEvent, said: Clues, season: int | None) -> bool:
    return (
        season in {None, event.season}
        and said.round in {None, event.round}
        and said.series in {None, event.series}
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
    """By the month where the day is known; where it is not, the first of several in a season is in spring."""
    months = {"spring": range(1, 7), "summer": range(6, 9), "fall": range(8, 13)}[part]
    found = []
    for season in _seasons(races):
        undated = [race for race in season if race.event is None or race.event.day is None]
        found += [race for race in season if race.event and race.event.day and race.event.day.month in months]
        if len(undated) > 1 and undated == season:
            found += undated[:1] if part == "spring" else undated[-1:]
    return found


def _counted(races: Sequence[Entity], ordinal: int) -> list[Entity]:
    """The nth race of each season that has so many."""
    at = ordinal - 1 if ordinal > 0 else -1
    return [season[at] for season in _seasons(races) if len(season) >= max(ordinal, 1)]
