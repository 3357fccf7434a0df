"""Counting of results: starts, wins, places and laps led, by season, career, team and track. No database is asked."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, repeat
from math import fsum
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "CAREER_COLUMNS",
    "SEASON_COLUMNS",
    "START_COLUMNS",
    "TEAM_COLUMNS",
    "TRACK_COLUMNS",
    "RaceResults",
    "StartRow",
    "Tallies",
    "career_rows",
    "count_tallies",
    "season_rows",
    "team_rows",
    "track_rows",
]

K = TypeVar("K")
T = TypeVar("T")
StartRow: TypeAlias = tuple[object, ...]  # one row of a race; the columns are `START_COLUMNS`
StartLists: TypeAlias = defaultdict[K, list[StartRow]]
StartGroup: TypeAlias = tuple[tuple[str, object, object], list[StartRow]]
START_COLUMNS = (
    "driver", "team", "manufacturer", "car", "status", "position", "grid", "laps_led", "rating", "points",
)  # fmt: skip
DRIVER_INDEX, TEAM_INDEX, MANUFACTURER_INDEX, CAR_INDEX = (
    START_COLUMNS.index(name) for name in ("driver", "team", "manufacturer", "car")
)
POSITION_INDEX, STATUS_INDEX = START_COLUMNS.index("position"), START_COLUMNS.index("status")
SUMMED = slice(POSITION_INDEX, None)  # the columns that are added up, for whomever they are
COUNT_COLUMNS = (
    "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "best_finish", "grids", "grid_sum", "laps_led",
    "led_known", "ratings", "rating_sum",
)  # fmt: skip
BEST_FINISH_INDEX, RATING_SUM_INDEX = COUNT_COLUMNS.index("best_finish"), COUNT_COLUMNS.index("rating_sum")
SEASON_COLUMNS = ("kind", "name", "series", "season", "car", *COUNT_COLUMNS, "races", "points", "points_known")
TEAM_COLUMNS = ("team", "series", "season", "driver", "car", "starts", "wins")
CAREER_COLUMNS = ("driver", "series", *COUNT_COLUMNS, "first_season", "last_season")
TRACK_COLUMNS = ("driver", "series", "track", *COUNT_COLUMNS, "first_season", "last_season")


class RaceResults(NamedTuple):
    """The rows of one race in their published order, the best first; those included that are no start."""

    series: str
    season: int
    track: str | None
    rows: Sequence[StartRow]

    def starts(self) -> list[StartRow]:
        """The rows with a place, without those who did not take the start; of each driver one, the better."""
        starts = [
            row for row in self.rows if row[POSITION_INDEX] is not None and row[STATUS_INDEX] not in NO_START_STATUSES
        ]
        if len({row[DRIVER_INDEX] for row in starts}) == len(starts):
            return starts
        first_rows: dict[object, StartRow] = {}
        for row in starts:
            first_rows.setdefault(row[DRIVER_INDEX], row)
        return list(first_rows.values())


class Tallies(NamedTuple):
    """The rows of the four tables of tallies, each in the order of its key."""

    seasons: list[tuple[object, ...]]
    careers: list[tuple[object, ...]]
    teams: list[tuple[object, ...]]
    tracks: list[tuple[object, ...]]


class RaceStarts(NamedTuple):
    """The starts of one race as columns; a car without a number has "". `summed` is what is added up of each start."""

    series: str
    season: int
    track: str | None
    drivers: Sequence[object]
    teams: Sequence[object]
    manufacturers: Sequence[object]
    cars: Sequence[object]
    summed: Sequence[StartRow]

    @classmethod
    def of_race(cls, race: RaceResults) -> "RaceStarts":
        """The starts of a race."""
        starts = race.starts()
        if not starts:
            return cls(race.series, race.season, race.track, (), (), (), (), ())
        drivers, teams, manufacturers, cars, _, *summed = zip(*starts, strict=True)
        numbers = cars if all(cars) else [car or "" for car in cars]
        columns = (drivers, teams, manufacturers, numbers, list(zip(*summed, strict=True)))
        return cls(race.series, race.season, race.track, *columns)


def count_tallies(races: Iterable[RaceResults]) -> Tallies:
    """Count results; the races come by series and season. No database is asked."""
    starts = list(map(RaceStarts.of_race, races))
    # Rows that come in the order of their key, which stands first in them, are filed in half the time.
    seasons = sorted(_season_rows(starts))
    return Tallies(seasons, sorted(career_rows(seasons)), sorted(_team_rows(starts)), sorted(_track_rows(starts)))


def season_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `season_tally`, season by season; the races come so."""
    return _season_rows(map(RaceStarts.of_race, races))


def team_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `team_tally`, season by season; the races come so."""
    return _team_rows(map(RaceStarts.of_race, races))


def track_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `track_tally`; the races come in any order."""
    return _track_rows(map(RaceStarts.of_race, races))


def _season_rows(races: Iterable[RaceStarts]) -> Iterator[tuple[object, ...]]:
    for (series, season), group in groupby(races, key=itemgetter(0, 1)):
        starts, race_counts = _group_starts(group)
        for (kind, name, car), rows in starts:
            # Nobody drives two cars in a race.
            race_count = len(rows) if kind == "driver" else race_counts[kind, name]
            yield (kind, name, series, season, car, *_count_starts(rows), race_count, *_points_sum(rows))


def _group_starts(races: Iterable[RaceStarts]) -> tuple[Iterator[StartGroup], Counter[tuple[str, object]]]:
    """(kind, name, car) -> the summed columns of its starts; and how many races a team or make was in."""
    # A driver is counted for each car number, teams and makes over all their cars.
    drivers: StartLists[tuple[object, object]] = defaultdict(list)
    teams: StartLists[object] = defaultdict(list)
    manufacturers: StartLists[object] = defaultdict(list)
    race_counts: Counter[tuple[str, object]] = Counter()
    for race in races:
        _append_each(drivers, zip(race.drivers, race.cars, strict=True), race.summed)
        _append_each(teams, race.teams, race.summed)
        _append_each(manufacturers, race.manufacturers, race.summed)
        race_counts.update(zip(repeat("team"), set(race.teams), strict=False))
        race_counts.update(zip(repeat("manufacturer"), set(race.manufacturers), strict=False))
    groups = chain(
        ((("driver", driver, car), rows) for (driver, car), rows in drivers.items()),
        ((("team", team, ""), rows) for team, rows in teams.items() if team is not None),
        ((("manufacturer", name, ""), rows) for name, rows in manufacturers.items() if name is not None),
    )
    return groups, race_counts


def _append_each(lists: defaultdict[K, list[T]], keys: Iterable[K], items: Iterable[T]) -> None:
    """Append each item to the list of its key."""
    for key, item in zip(keys, items, strict=True):
        lists[key].append(item)


def _team_rows(races: Iterable[RaceStarts]) -> Iterator[tuple[object, ...]]:
    for (series, season), group in groupby(races, key=itemgetter(0, 1)):
        starts: Counter[tuple[object, object, object]] = Counter()
        wins: Counter[tuple[object, object, object]] = Counter()
        for race in group:
            keys = list(zip(race.teams, race.drivers, race.cars, strict=True))
            starts.update(keys)
            wins.update([key for key, row in zip(keys, race.summed, strict=True) if row[0] == 1])
        for (team, driver, car), count in starts.items():
            if team is not None:
                yield (team, series, season, driver, car, count, wins[team, driver, car])


def _track_rows(races: Iterable[RaceStarts]) -> Iterator[tuple[object, ...]]:
    starts: defaultdict[tuple[str, str], StartLists[object]] = defaultdict(lambda: defaultdict(list))
    seasons: defaultdict[tuple[str, str], defaultdict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    for race in races:
        if race.track:
            place = race.series, race.track
            _append_each(starts[place], race.drivers, race.summed)
            _append_each(seasons[place], race.drivers, repeat(race.season, len(race.drivers)))
    for place, drivers in starts.items():
        for driver, rows in drivers.items():
            driver_seasons = seasons[place][driver]
            yield (driver, *place, *_count_starts(rows), min(driver_seasons), max(driver_seasons))


def career_rows(seasons: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """The rows of `career_tally`, from those of `season_tally`."""
    careers: defaultdict[tuple[object, object], list[tuple[object, ...]]] = defaultdict(list)
    for row in seasons:
        if row[0] == "driver":
            careers[row[1], row[2]].append(row)
    for (driver, series), rows in careers.items():
        # A career adds up its seasons column by column; only the best finish is the least, and ratings are fractions.
        _, _, _, seasons_of_rows, _, *count_columns, _, _, _ = zip(*rows, strict=True)
        totals = [sum(column) for column in count_columns]
        totals[BEST_FINISH_INDEX], totals[RATING_SUM_INDEX] = (
            min(count_columns[BEST_FINISH_INDEX]),
            fsum(count_columns[RATING_SUM_INDEX]),
        )
        yield (driver, series, *totals, min(seasons_of_rows), max(seasons_of_rows))


def _points_sum(starts: Sequence[StartRow]) -> tuple[int, int]:
    """The points of these starts, and how many of them have points."""
    points = [start[-1] for start in starts if start[-1] is not None]
    return sum(points), len(points)  # type: ignore[arg-type]


def _count_starts(starts: Sequence[StartRow]) -> tuple[object, ...]:
    """The columns `COUNT_COLUMNS` over these starts. Ratings add up to the same in whatever order they come."""
    if len(starts) == 1:
        return _count_single_start(*starts[0])  # type: ignore[arg-type]
    positions, grids, laps_led, ratings, _ = zip(*starts, strict=True)
    sorted_positions: list[int] = sorted(positions)
    known_grids = grids if None not in grids else [grid for grid in grids if grid is not None]
    known_led = laps_led if None not in laps_led else [laps for laps in laps_led if laps is not None]
    known_ratings = ratings if None not in ratings else [rating for rating in ratings if rating is not None]
    return (
        len(sorted_positions), bisect_right(sorted_positions, 1), bisect_right(sorted_positions, 5),
        bisect_right(sorted_positions, 10), grids.count(1), sum(sorted_positions), sorted_positions[0],
        len(known_grids), sum(known_grids), sum(known_led), len(known_led), len(known_ratings), fsum(known_ratings),
    )  # fmt: skip


def _count_single_start(
    position: int,
    grid: int | None,
    laps_led: int | None,
    rating: float | None,
    _points: int | None,
) -> tuple[object, ...]:
    """The same of one start, as two in five rows are: a third of the time."""
    return (
        1, int(position == 1), int(position <= 5), int(position <= 10), int(grid == 1), position, position,
        int(grid is not None), grid or 0, laps_led or 0, int(laps_led is not None), int(rating is not None),
        rating or 0.0,
    )  # fmt: skip
