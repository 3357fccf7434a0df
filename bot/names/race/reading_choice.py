"""Which races a reading of a phrase means: the one that is told, all that fit a season, or the latest of many."""

from collections.abc import Sequence
from itertools import groupby

from bot.names.entity import Entity
from bot.names.race.editions import race_date_order
from bot.names.race.race_sets import NO_RACES, RaceSets, event_of, set_of
from bot.names.race.spans import Reading
from bot.racing.points_systems import PLAYOFF_RACES

__all__ = ["chosen_races"]

LONG_AGO_SEASONS = 10  # seasons after which a race is no answer to a place that others race at
# Which month belongs to which part of the season; a month may belong to two.
PART_MONTHS = {"spring": range(1, 7), "summer": range(6, 9), "fall": range(8, 13)}


def chosen_races(reading: Reading, sets: RaceSets, series: str) -> tuple[Entity, ...]:
    """The races that a reading means, oldest first where they are of one season; none where it means none.

    Several, where a season or a day was told, fit equally well. Without either it is the latest of all that fit.
    `series` goes first where the reading names none.
    """
    races = reading.races
    if not reading.has("series"):
        races = _of_series(races, reading, sets, series)
    if reading.has_time and reading.exact:
        races = races & reading.exact or races
    members = _detailed(list(sets.members(races)), reading, sets)
    if not members:
        return ()
    if reading.has("earliest"):
        return (members[-1],)
    if reading.has("latest") or (not reading.has_time and reading.chooses):
        return (members[0],)
    return tuple(reversed(members))


def _of_series(races: int, reading: Reading, sets: RaceSets, series: str) -> int:
    """Those of the series that is meant where none is told; all of them where it has none.

    Without a season, a series that left a place long ago is meant only if nobody raced elsewhere in that place since:
    "daytona" is the Speedway, although only the Cup ran on the beach.
    """
    own = sets.of_series(races, series)
    latest, latest_own = event_of(sets.first(races)), event_of(sets.first(own))
    if reading.has_time or (latest.season or 0) - (latest_own.season or 0) < LONG_AGO_SEASONS:
        return own
    there = set_of(place for place, race in enumerate(sets.races) if event_of(race).track == latest.track)
    return sets.of_series(races & there, series)


def _detailed(members: list[Entity], reading: Reading, sets: RaceSets) -> list[Entity]:
    """Those of the races that are where the reading says in their season."""
    if (place := reading.number("season_place")) is not None:
        members = _at_season_place(members, place, reading, sets)
    if (part := reading.text("part")) is not None:
        members = _in_part(members, part, sets, is_named=reading.exact is not None)
    if (order := reading.number("order")) is not None:
        members = _in_order(members, order, reading, sets)
    return members


def _seasons(members: Sequence[Entity]) -> list[list[Entity]]:
    """The races of each season of each series, in order; latest season first."""
    by_season = groupby(sorted(members, key=_season_order, reverse=True), key=_season_order)
    return [sorted(season, key=race_date_order) for _, season in by_season]


def _season_order(race: Entity) -> tuple[int, str]:
    return event_of(race).season or 0, event_of(race).series or ""


def _at_season_place(members: Sequence[Entity], place: int, reading: Reading, sets: RaceSets) -> list[Entity]:
    """The races at that place of their season; where the season's is elsewhere, those at that place among themselves.

    "homestead finale 2015" is the finale; "last race at bristol 2015" the last there. A season that is under way has no
    finale yet.
    """
    wanted = NO_RACES
    for key, last in sets.last_rounds.items():
        number = place if place > 0 else last + 1 + place
        series, season = key
        wanted |= (
            sets.by_series[series] & sets.by_season[season] & sets.by_round.get(number, NO_RACES) if number > 0 else 0
        )
    if place == 1:
        wanted |= sets.by_round.get(1, NO_RACES)
    # Few are at one place of a season, many are asked: to shift the whole set for each of those took 4 ms.
    there = {race.value for race in sets.members(wanted)}
    found = [race for race in members if race.value in there]
    if found or not reading.named or reading.loose:
        return found
    return _in_order(members, place, reading, sets)


def _in_order(members: Sequence[Entity], order: int, reading: Reading, sets: RaceSets) -> list[Entity]:
    """The nth race of each season that has so many there; of the whole season where no place is named."""
    if not reading.named and not reading.has("part", "month"):
        if order == -1 and not reading.has("season"):
            return list(members[:1])  # "last race" alone is the latest, whatever is still to come in its season
        return list(members) if reading.has("season_place") else _at_season_place(members, order, reading, sets)
    if (reading.has("winner") or reading.exact is not None) and not reading.has("season"):
        # "larson first win" is the first of all, and so is "first daytona 500": there is one a year.
        runnings = sorted(members, key=race_date_order)
        return runnings[order - 1 : order] if order > 0 else runnings[order:][:1]
    # The only race there is "the first" of a season that was told; without one there must be several to count.
    min_count = 1 if reading.has("season") or order < 0 else 2
    return [
        season[order - 1 if order > 0 else order]
        for season in _seasons(members)
        if len(season) >= max(abs(order), min_count)
    ]


def _in_part(members: Sequence[Entity], part: str, sets: RaceSets, *, is_named: bool) -> list[Entity]:
    """By the month where days are known; else the first of two in a season is in spring, the last in fall.

    Without days any race may have been in summer.
    A night race is one that is called so, and where none is, any of them. Of a race that was named (`is_named`) the
    part of the season says nothing new, so it is believed.
    """
    if part == "playoffs":
        return [race for race in members if _is_playoff_race(race, sets)]
    if part == "night":
        return [race for race in members if "night" in race.name.lower().split()] or list(members)
    races: list[Entity] = []
    for season in _seasons(members):
        days = [day for race in season if (day := event_of(race).day) is not None]
        if len(days) == len(season):
            races += [race for race in season if (day := event_of(race).day) and day.month in PART_MONTHS[part]]
        elif (is_named and len(season) == 1) or part == "summer":
            races += season
        elif len(season) > 1:
            races.append(season[0] if part == "spring" else season[-1])
    return races


def _is_playoff_race(race: Entity, sets: RaceSets) -> bool:
    """Whether a race was one of those at the end of its season in which the title was run for."""
    event = event_of(race)
    first_season, count = PLAYOFF_RACES.get(event.series or "", (0, 0))
    last = sets.last_rounds.get((event.series or "", event.season or 0))
    return bool(count and last and event.round and (event.season or 0) >= first_season and event.round > last - count)
