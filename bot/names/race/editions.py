"""Which running of a race is meant, once its name or its track is known.

Races are handed around latest first, and stay in that order: sorting the two hundred races at a track anew at every
keystroke was most of what a suggestion cost.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from bot.language.fold import fold
from bot.names.entity import Entity, RaceEvent
from bot.names.race.hints import RaceHints

__all__ = ["hinted_season", "latest_first", "matching_editions", "race_date_order", "series_first"]

NO_EVENT = RaceEvent()


def race_date_order(race: Entity) -> tuple[date, int]:
    """When a race was run, for putting races in order: its day, or its round within its season."""
    event = race.event or NO_EVENT
    season = event.season or race.last_season or 1
    return event.day or date(season, 1, 1), event.round or 0


def latest_first(races: Iterable[Entity]) -> list[Entity]:
    """The races in the order in which everything here takes and gives them."""
    return sorted(races, key=lambda race: (race_date_order(race), race.value), reverse=True)


def series_first(races: Iterable[Entity], series: str) -> list[Entity]:
    """The races, those of the series before the others; otherwise as they come."""
    own: list[Entity] = []
    others: list[Entity] = []
    for race in races:
        (own if race.event is not None and race.event.series == series else others).append(race)
    return own + others


def matching_editions(races: Sequence[Entity], hints: RaceHints, latest_season: int) -> Sequence[Entity]:
    """Those of the races at one place or of one name that fit what is said; both latest first."""
    if not hints.has_hints:
        return races
    season = hinted_season(hints, latest_season)
    editions = [race for race in races if _event_matches(race.event or NO_EVENT, hints, season)]
    if hints.part == "night":
        editions = [race for race in editions if "night" in fold(race.name).split()] or editions
    elif hints.part:
        editions = latest_first(_in_season_part(editions, hints.part))
    if hints.ordinal:
        editions = latest_first(_nth_in_season(editions, hints.ordinal, min_ordinal=1 if season else 2))
    return editions


def hinted_season(hints: RaceHints, latest_season: int) -> int | None:
    """The season that is told; None where none is."""
    return hints.season if hints.back is None else latest_season - hints.back


def _event_matches(event: RaceEvent, hints: RaceHints, season: int | None) -> bool:
    return (
        (season is None or season == event.season)
        and (hints.round is None or hints.round == event.round)
        and (hints.series is None or hints.series == event.series)
        and (
            hints.day is None
            or (event.day is not None and (event.day.month, event.day.day) == (hints.month, hints.day))
        )
    )


def _races_by_season(races: Iterable[Entity]) -> list[list[Entity]]:
    """The races of each season of each series, in order."""
    seasons: defaultdict[tuple[str | None, int | None], list[Entity]] = defaultdict(list)
    for race in races:
        event = race.event or NO_EVENT
        seasons[event.series, event.season].append(race)
    return [sorted(season, key=race_date_order) for season in seasons.values()]


def _in_season_part(races: Sequence[Entity], part: str) -> list[Entity]:
    """By the month where days are known; else the first of several in a season is in spring, the last in fall."""
    months = {"spring": range(1, 7), "summer": range(6, 9), "fall": range(8, 13)}[part]
    editions = []
    for season in _races_by_season(races):
        days = [race.event.day for race in season if race.event and race.event.day]
        by_month = [race for race in season if race.event and race.event.day and race.event.day.month in months]
        if part == "summer" or len(season) == 1 or (by_month and len(days) == len(season)):
            editions += by_month
        else:
            editions += season[:1] if part == "spring" else season[-1:]
    return editions


def _nth_in_season(races: Sequence[Entity], ordinal: int, *, min_ordinal: int) -> list[Entity]:
    """The nth race of each season that has so many; the first of several, where `min_ordinal` is 2."""
    position = ordinal - 1 if ordinal > 0 else -1
    return [
        season[position]
        for season in _races_by_season(races)
        if len(season) >= (max(ordinal, min_ordinal) if ordinal > 0 else 1)
    ]
