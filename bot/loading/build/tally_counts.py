"""Counting of results: starts, wins, places and laps led, by season, career, team and track. No database is asked."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import fsum
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

T = TypeVar("T")
StartRow: TypeAlias = tuple[object, ...]  # one row of a race; the columns are `START_COLUMNS`
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


def count_tallies(races: Sequence[RaceResults]) -> Tallies:
    """Count results; the races come by series and season. No database is asked."""
    # Rows that come in the order of their key, which stands first in them, are filed in half the time.
    seasons = sorted(season_rows(races))
    return Tallies(seasons, sorted(career_rows(seasons)), sorted(team_rows(races)), sorted(track_rows(races)))


def season_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `season_tally`, season by season."""
    for (series, season), group in groupby(races, key=lambda race: (race.series, race.season)):
        starts, race_counts = _group_starts(group)
        for key, rows in starts.items():
            kind, name, car = key
            # Nobody drives two cars in a race.
            race_count = len(rows) if kind == "driver" else race_counts[kind, name]
            yield (kind, name, series, season, car, *_count_starts(rows), race_count, *_points_sum(rows))


def _group_starts(
    races: Iterable[RaceResults],
) -> tuple[dict[tuple[str, object, object], list[StartRow]], Counter[tuple[str, object]]]:
    """(kind, name, car) -> the summed columns of its starts; and how many races a team or make was in."""
    groups: defaultdict[tuple[str, object, object], list[StartRow]] = defaultdict(list)
    race_counts: Counter[tuple[str, object]] = Counter()
    for race in races:
        starts = race.starts()
        for start in starts:
            driver, team, manufacturer, car, *_ = start
            summed = start[SUMMED]
            # A driver is counted for each car number, teams and makes over all their cars.
            groups["driver", driver, car or ""].append(summed)
            if team is not None:
                groups["team", team, ""].append(summed)
            if manufacturer is not None:
                groups["manufacturer", manufacturer, ""].append(summed)
        race_counts.update(("team", team) for team in {start[TEAM_INDEX] for start in starts})
        race_counts.update(("manufacturer", name) for name in {start[MANUFACTURER_INDEX] for start in starts})
    return groups, race_counts


def team_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `team_tally`, season by season."""
    for (series, season), group in groupby(races, key=lambda race: (race.series, race.season)):
        team_starts = [start for race in group for start in race.starts() if start[TEAM_INDEX] is not None]
        starts = Counter((start[TEAM_INDEX], start[DRIVER_INDEX], start[CAR_INDEX] or "") for start in team_starts)
        wins = Counter(
            (start[TEAM_INDEX], start[DRIVER_INDEX], start[CAR_INDEX] or "")
            for start in team_starts
            if start[POSITION_INDEX] == 1
        )
        for (team, driver, car), count in starts.items():
            yield (team, series, season, driver, car, count, wins[team, driver, car])


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


def track_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `track_tally`."""
    drivers_at_tracks: defaultdict[tuple[str, str], dict[object, tuple[list[StartRow], list[int]]]] = defaultdict(dict)
    for race in races:
        if race.track:
            drivers = drivers_at_tracks[race.series, race.track]
            for start in race.starts():
                driver_starts, seasons = drivers.setdefault(start[DRIVER_INDEX], ([], []))
                driver_starts.append(start[SUMMED])
                seasons.append(race.season)
    for (series, track), drivers in drivers_at_tracks.items():
        for driver, (driver_starts, seasons) in drivers.items():
            yield (driver, series, track, *_count_starts(driver_starts), min(seasons), max(seasons))


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
    known_grids, known_led, known_ratings = map(_without_none, (grids, laps_led, ratings))
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


def _without_none(column: tuple[T | None, ...]) -> Sequence[T]:
    """The values of a column without those that are missing; mostly none is."""
    return [value for value in column if value is not None] if None in column else column  # type: ignore[return-value]
