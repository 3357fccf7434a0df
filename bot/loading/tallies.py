"""What each name did in each season and at each track, counted over the results of the archive.

Only what a load touches is counted again: the seasons and the tracks of the races that changed.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from math import fsum
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlmodel import Session, col

from bot.archive.bulk import bulk_insert, table_of
from bot.archive.history_models import SeasonTally, TeamTally, TrackTally
from bot.archive.models import Race, SessionRow

__all__ = ["START", "RaceResults", "Season", "Start", "Venue", "count_all", "count_some", "results_of"]

Season: TypeAlias = tuple[str, int]  # series, year
Venue: TypeAlias = tuple[str, str]  # series, track
Start: TypeAlias = tuple[object, ...]  # one row of a race; the columns are `START`
START = (
    "driver", "team", "manufacturer", "car", "position", "grid", "laps", "laps_led", "status", "rating", "points",
)  # fmt: skip
DRIVER, TEAM, CAR = START.index("driver"), START.index("team"), START.index("car")
POSITION, STATUS = START.index("position"), START.index("status")
NO_STARTS = frozenset({"did not start", "withdrew", "withdrew from race"})  # as the sport's statisticians write it
RUNNING = ("running", "Running")
MANY = 100  # seasons or tracks; past them everything is counted: it costs no more than asking for each
COUNTED = (
    "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "best_finish", "grids", "grid_sum", "laps",
    "laps_known", "laps_led", "led_known", "running", "running_known", "ratings", "rating_sum",
)  # fmt: skip
SEASON_COLUMNS = ("kind", "name", "series", "season", "car", *COUNTED, "races", "points", "points_known")
TEAM_COLUMNS = ("team", "series", "season", "driver", "car", "starts", "wins")
TRACK_COLUMNS = ("driver", "series", "track", *COUNTED, "first_season", "last_season")


class RaceResults(NamedTuple):
    """The rows of one race, those included that are no start."""

    series: str
    season: int
    track: str | None
    rows: Sequence[Start]

    def starts(self) -> list[Start]:
        """The rows with a place, without those who did not take the start."""
        return [row for row in self.rows if row[POSITION] is not None and row[STATUS] not in NO_STARTS]


def count_all(session: Session, races: Iterable[RaceResults]) -> None:
    """Count everything anew; `races` come by series and season."""
    connection = session.connection()
    connection.execute(delete(SeasonTally))
    connection.execute(delete(TeamTally))
    connection.execute(delete(TrackTally))
    kept: list[RaceResults] = []

    def passing() -> Iterator[RaceResults]:
        for race in races:
            kept.append(race)
            yield race

    bulk_insert(connection, SeasonTally, SEASON_COLUMNS, _season_rows(passing()))
    bulk_insert(connection, TeamTally, TEAM_COLUMNS, _team_rows(kept))
    bulk_insert(connection, TrackTally, TRACK_COLUMNS, _track_rows(kept))


def count_some(session: Session, seasons: Collection[Season], venues: Collection[Venue]) -> None:
    """Count these seasons and tracks anew."""
    if len(seasons) > MANY or len(venues) > MANY:
        count_all(session, results_of(session))
        return
    connection, track = session.connection(), table_of(TrackTally)
    for series, year in sorted(seasons):
        for of_season in (table_of(SeasonTally), table_of(TeamTally)):
            connection.execute(delete(of_season).where(of_season.c.series == series, of_season.c.season == year))
    for series, name in sorted(venues):
        connection.execute(delete(track).where(track.c.series == series, track.c.track == name))
    race = table_of(Race)
    in_seasons = [and_(race.c.series == series, race.c.season == year) for series, year in sorted(seasons)]
    at_tracks = [and_(race.c.series == series, race.c.track == name) for series, name in sorted(venues)]
    if in_seasons:
        races = tuple(results_of(session, or_(*in_seasons)))
        bulk_insert(connection, SeasonTally, SEASON_COLUMNS, _season_rows(races))
        bulk_insert(connection, TeamTally, TEAM_COLUMNS, _team_rows(races))
    if at_tracks:
        bulk_insert(connection, TrackTally, TRACK_COLUMNS, _track_rows(results_of(session, or_(*at_tracks))))


def results_of(session: Session, *where: ColumnElement[bool]) -> Iterator[RaceResults]:
    """The races of the archive of which `where` holds, by series and season, with their results."""
    race, row = table_of(Race), table_of(SessionRow)
    statement = (
        select(race.c.series, race.c.season, race.c.track, race.c.key, *(row.c[one] for one in START))
        .join_from(race, row, and_(row.c.race == race.c.key, row.c.session == "race"))
        .where(col(Race.series).is_not(None), col(Race.season).is_not(None), *where)
        .order_by(race.c.series, race.c.season, race.c.key)
    )
    found = session.connection().execute(statement).all()
    for (series, season, track, _), rows in groupby(found, key=lambda told: tuple(told[:4])):
        yield RaceResults(series, season, track, [tuple(told[4:]) for told in rows])


class _Group:
    """The starts that one row counts, and the races they were in."""

    __slots__ = ("races", "starts")

    def __init__(self) -> None:
        self.starts: list[Start] = []
        self.races: set[int] = set()


def _season_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `season_tally`, season by season."""
    for (series, season), group in groupby(races, key=lambda race: (race.series, race.season)):
        for (kind, name, car), own in _grouped(group).items():
            yield (kind, name, series, season, car, *_total(own.starts), len(own.races), *_points(own.starts))


def _grouped(races: Iterable[RaceResults]) -> dict[tuple[str, object, object], _Group]:
    """(kind, name, car) -> what it did in these races."""
    groups: defaultdict[tuple[str, object, object], _Group] = defaultdict(_Group)
    for number, race in enumerate(races):
        for start in race.starts():
            driver, team, manufacturer, car = start[:4]
            for key in (("driver", driver, car or ""), ("team", team, ""), ("manufacturer", manufacturer, "")):
                if key[1] is not None:
                    group = groups[key]
                    group.starts.append(start)
                    group.races.add(number)
    return groups


def _team_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `team_tally`, season by season."""
    for (series, season), group in groupby(races, key=lambda race: (race.series, race.season)):
        told = [start for race in group for start in race.starts() if start[TEAM] is not None]
        starts = Counter((start[TEAM], start[DRIVER], start[CAR] or "") for start in told)
        wins = Counter((start[TEAM], start[DRIVER], start[CAR] or "") for start in told if start[POSITION] == 1)
        for (team, driver, car), count in starts.items():
            yield (team, series, season, driver, car, count, wins[team, driver, car])


def _track_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `track_tally`."""
    venues: defaultdict[tuple[str, str], dict[object, tuple[list[Start], list[int]]]] = defaultdict(dict)
    for race in races:
        if race.track:
            drivers = venues[race.series, race.track]
            for start in race.starts():
                own, seasons = drivers.setdefault(start[DRIVER], ([], []))
                own.append(start)
                seasons.append(race.season)
    for (series, track), drivers in venues.items():
        for driver, (own, seasons) in drivers.items():
            yield (driver, series, track, *_total(own), min(seasons), max(seasons))


def _points(starts: Sequence[Start]) -> tuple[int, int]:
    """The points of these starts, and of how many they are told."""
    points = [start[-1] for start in starts if start[-1] is not None]
    return sum(points), len(points)  # type: ignore[arg-type]


def _total(starts: Sequence[Start]) -> tuple[float, ...]:
    """The columns `COUNTED` over these starts. Ratings add up to the same in whatever order they come."""
    _, _, _, _, positions, grids, laps, led, status, ratings, _ = zip(*starts, strict=True)
    places: list[int] = sorted(positions)
    known_grids = [grid for grid in grids if grid is not None]
    known_laps = [count for count in laps if count is not None]
    known_led = [count for count in led if count is not None]
    known_ratings = [rating for rating in ratings if rating is not None]
    return (
        len(places), bisect_right(places, 1), bisect_right(places, 5), bisect_right(places, 10), grids.count(1),
        sum(places), places[0], len(known_grids), sum(known_grids), sum(known_laps), len(known_laps), sum(known_led),
        len(known_led), sum(status.count(one) for one in RUNNING), len(status) - status.count(None),
        len(known_ratings), fsum(known_ratings),
    )  # fmt: skip
