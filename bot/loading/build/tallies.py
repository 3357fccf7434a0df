"""What each name did in each season and at each track, counted over the results of the archive.

Only what a load touches is counted again: the seasons and the tracks of the races that changed.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select
from sqlmodel import Session, SQLModel, col

from bot.archive.db.bulk import bulk_insert, in_parts, table_of, without_indexes
from bot.archive.models.tallies import CareerTally, SeasonTally, TeamTally, TrackTally
from bot.archive.models.core import Race, SessionRow
from bot.archive.queries.driver_races import NO_START

__all__ = [
    "START",
    "RaceResults",
    "Season",
    "Start",
    "Tallies",
    "Venue",
    "count_some",
    "results_of",
    "tallied",
    "write_all",
]

T = TypeVar("T")
Season: TypeAlias = tuple[str, int]  # series, year
Venue: TypeAlias = tuple[str, str]  # series, track
Start: TypeAlias = tuple[object, ...]  # one row of a race; the columns are `START`
START = (
    "driver", "team", "manufacturer", "car", "position", "grid", "laps", "laps_led", "status", "rating", "points",
)  # fmt: skip
DRIVER, TEAM, CAR = START.index("driver"), START.index("team"), START.index("car")
POSITION, STATUS = START.index("position"), START.index("status")
RUNNING = ("running", "Running")
MANY = 100  # seasons or tracks; past them everything is counted: it costs no more than asking for each
COUNTED = (
    "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "best_finish", "grids", "grid_sum", "laps",
    "laps_known", "laps_led", "led_known", "running", "running_known", "ratings", "rating_sum",
)  # fmt: skip
BEST, RATING = COUNTED.index("best_finish"), COUNTED.index("rating_sum")
SEASON_COLUMNS = ("kind", "name", "series", "season", "car", *COUNTED, "races", "points", "points_known")
TEAM_COLUMNS = ("team", "series", "season", "driver", "car", "starts", "wins")
CAREER_COLUMNS = ("driver", "series", *COUNTED, "first_season", "last_season")
TRACK_COLUMNS = ("driver", "series", "track", *COUNTED, "first_season", "last_season")
MODELS: tuple[type[SQLModel], ...] = (SeasonTally, CareerTally, TeamTally, TrackTally)
COLUMNS = (SEASON_COLUMNS, CAREER_COLUMNS, TEAM_COLUMNS, TRACK_COLUMNS)


class RaceResults(NamedTuple):
    """The rows of one race, those included that are no start."""

    series: str
    season: int
    track: str | None
    rows: Sequence[Start]

    def starts(self) -> list[Start]:
        """The rows with a place, without those who did not take the start."""
        return [row for row in self.rows if row[POSITION] is not None and row[STATUS] not in NO_START]


class Tallies(NamedTuple):
    """The rows of `MODELS`, each in the order of its key."""

    seasons: list[tuple[object, ...]]
    careers: list[tuple[object, ...]]
    teams: list[tuple[object, ...]]
    tracks: list[tuple[object, ...]]


def tallied(races: Sequence[RaceResults]) -> Tallies:
    """Count results; the races come by series and season. No database is asked."""
    # Rows that come in the order of their key are filed in half the time; the longest key has five columns.
    key = itemgetter(slice(5))
    seasons = sorted(_season_rows(races), key=key)
    return Tallies(
        seasons, sorted(_career_rows(seasons)), sorted(_team_rows(races), key=key), sorted(_track_rows(races), key=key)
    )


def write_all(session: Session, tallies: Tallies) -> None:
    """Put tallies of the whole archive in the place of those it has."""
    connection = session.connection()
    for model in MODELS:
        connection.execute(delete(model))
    with without_indexes(connection, *MODELS):
        _insert(connection, tallies)


def count_some(session: Session, seasons: Collection[Season], venues: Collection[Venue]) -> None:
    """Count these seasons and tracks anew, and the careers of whoever drove in these seasons."""
    if len(seasons) > MANY or len(venues) > MANY:
        write_all(session, tallied(list(results_of(session))))
        return
    connection, race, track = session.connection(), table_of(Race), table_of(TrackTally)
    drove = _drivers(connection, seasons)
    for series, year in sorted(seasons):
        for of_season in (table_of(SeasonTally), table_of(TeamTally)):
            connection.execute(delete(of_season).where(of_season.c.series == series, of_season.c.season == year))
    for series, name in sorted(venues):
        connection.execute(delete(track).where(track.c.series == series, track.c.track == name))
    in_seasons = [and_(race.c.series == series, race.c.season == year) for series, year in sorted(seasons)]
    at_tracks = [and_(race.c.series == series, race.c.track == name) for series, name in sorted(venues)]
    if in_seasons:
        races = list(results_of(session, or_(*in_seasons)))
        bulk_insert(connection, SeasonTally, SEASON_COLUMNS, list(_season_rows(races)))
        bulk_insert(connection, TeamTally, TEAM_COLUMNS, list(_team_rows(races)))
    if at_tracks:
        bulk_insert(connection, TrackTally, TRACK_COLUMNS, list(_track_rows(results_of(session, or_(*at_tracks)))))
    _count_careers(connection, drove | _drivers(connection, seasons))


def _drivers(connection: Connection, seasons: Collection[Season]) -> set[tuple[str, str]]:
    """(series, driver) of everybody with a start in these seasons, as counted now."""
    tally = table_of(SeasonTally)
    drove = select(tally.c.series, tally.c.name).distinct().where(tally.c.kind == "driver")
    return {
        (one, name)
        for series, year in seasons
        for one, name in connection.execute(drove.where(tally.c.series == series, tally.c.season == year))
    }


def _count_careers(connection: Connection, drivers: Collection[tuple[str, str]]) -> None:
    """Add up the seasons of these (series, driver) again."""
    tally, career = table_of(SeasonTally), table_of(CareerTally)
    for series in sorted({one for one, _ in drivers}):
        names = sorted(name for one, name in drivers if one == series)
        for some in in_parts(names):
            connection.execute(delete(career).where(career.c.series == series, career.c.driver.in_(some)))
            of_driver = (tally.c.kind == "driver", tally.c.name.in_(some), tally.c.series == series)
            rows = connection.execute(select(*(tally.c[one] for one in SEASON_COLUMNS)).where(*of_driver))
            bulk_insert(connection, CareerTally, CAREER_COLUMNS, sorted(_career_rows(map(tuple, rows))))


def _insert(connection: Connection, tallies: Tallies) -> None:
    for model, columns, rows in zip(MODELS, COLUMNS, tallies, strict=True):
        bulk_insert(connection, model, columns, rows)


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


def _career_rows(seasons: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """The rows of `career_tally`, from those of `season_tally`."""
    careers: defaultdict[tuple[object, object], list[tuple[object, ...]]] = defaultdict(list)
    for row in seasons:
        if row[0] == "driver":
            careers[row[1], row[2]].append(row)
    for (driver, series), rows in careers.items():
        _, _, _, years, _, *counted, _, _, _ = zip(*rows, strict=True)
        totals = [sum(column) for column in counted]
        totals[BEST], totals[RATING] = min(counted[BEST]), fsum(counted[RATING])
        yield (driver, series, *totals, min(years), max(years))


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


def _total(starts: Sequence[Start]) -> tuple[object, ...]:
    """The columns `COUNTED` over these starts. Ratings add up to the same in whatever order they come."""
    if len(starts) == 1:
        return _single(*starts[0][POSITION:])  # type: ignore[arg-type]
    _, _, _, _, positions, grids, laps, led, status, ratings, _ = zip(*starts, strict=True)
    places: list[int] = sorted(positions)
    known_grids, known_laps, known_led, known_ratings = map(_known, (grids, laps, led, ratings))
    return (
        len(places), bisect_right(places, 1), bisect_right(places, 5), bisect_right(places, 10), grids.count(1),
        sum(places), places[0], len(known_grids), sum(known_grids), sum(known_laps), len(known_laps), sum(known_led),
        len(known_led), status.count(RUNNING[0]) + status.count(RUNNING[1]), len(status) - status.count(None),
        len(known_ratings), fsum(known_ratings),
    )  # fmt: skip


def _single(
    position: int,
    grid: int | None,
    laps: int | None,
    led: int | None,
    status: str | None,
    rating: float | None,
    _: int | None,
) -> tuple[object, ...]:
    """The same of one start, as two in five rows are: a third of the time."""
    return (
        1, int(position == 1), int(position <= 5), int(position <= 10), int(grid == 1), position, position,
        int(grid is not None), grid or 0, laps or 0, int(laps is not None), led or 0, int(led is not None),
        int(status in RUNNING), int(status is not None), int(rating is not None), rating or 0.0,
    )  # fmt: skip


def _known(column: tuple[T | None, ...]) -> Sequence[T]:
    """What is told of a column; mostly that is all of it."""
    return [one for one in column if one is not None] if None in column else column  # type: ignore[return-value]
