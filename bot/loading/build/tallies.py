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

from bot.archive.db.bulk import bulk_insert, in_batches, table_of, without_indexes
from bot.archive.models.core import Race, SessionRow
from bot.archive.models.tallies import CareerTally, SeasonTally, TeamTally, TrackTally
from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "START_COLUMNS",
    "RaceResults",
    "SeasonKey",
    "StartRow",
    "Tallies",
    "TrackKey",
    "count_tallies",
    "race_results",
    "recount",
    "write_tallies",
]

T = TypeVar("T")
SeasonKey: TypeAlias = tuple[str, int]  # series, year
TrackKey: TypeAlias = tuple[str, str]  # series, track
StartRow: TypeAlias = tuple[object, ...]  # one row of a race; the columns are `START_COLUMNS`
START_COLUMNS = (
    "driver", "team", "manufacturer", "car", "position", "grid", "laps_led", "status", "rating", "points",
)  # fmt: skip
DRIVER_INDEX, TEAM_INDEX, CAR_INDEX = (
    START_COLUMNS.index("driver"),
    START_COLUMNS.index("team"),
    START_COLUMNS.index("car"),
)
POSITION_INDEX, STATUS_INDEX = START_COLUMNS.index("position"), START_COLUMNS.index("status")
FULL_RECOUNT_SEASONS = 100  # seasons or tracks; past them everything is counted: it costs no more than asking for each
COUNT_COLUMNS = (
    "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "best_finish", "grids", "grid_sum", "laps_led",
    "led_known", "ratings", "rating_sum",
)  # fmt: skip
BEST_FINISH_INDEX, RATING_SUM_INDEX = COUNT_COLUMNS.index("best_finish"), COUNT_COLUMNS.index("rating_sum")
SEASON_COLUMNS = ("kind", "name", "series", "season", "car", *COUNT_COLUMNS, "races", "points", "points_known")
TEAM_COLUMNS = ("team", "series", "season", "driver", "car", "starts", "wins")
CAREER_COLUMNS = ("driver", "series", *COUNT_COLUMNS, "first_season", "last_season")
TRACK_COLUMNS = ("driver", "series", "track", *COUNT_COLUMNS, "first_season", "last_season")
TALLY_MODELS: tuple[type[SQLModel], ...] = (SeasonTally, CareerTally, TeamTally, TrackTally)
TALLY_COLUMNS = (SEASON_COLUMNS, CAREER_COLUMNS, TEAM_COLUMNS, TRACK_COLUMNS)


class RaceResults(NamedTuple):
    """The rows of one race, those included that are no start."""

    series: str
    season: int
    track: str | None
    rows: Sequence[StartRow]

    def starts(self) -> list[StartRow]:
        """The rows with a place, without those who did not take the start."""
        return [
            row for row in self.rows if row[POSITION_INDEX] is not None and row[STATUS_INDEX] not in NO_START_STATUSES
        ]


class Tallies(NamedTuple):
    """The rows of `TALLY_MODELS`, each in the order of its key."""

    seasons: list[tuple[object, ...]]
    careers: list[tuple[object, ...]]
    teams: list[tuple[object, ...]]
    tracks: list[tuple[object, ...]]


def count_tallies(races: Sequence[RaceResults]) -> Tallies:
    """Count results; the races come by series and season. No database is asked."""
    # Rows that come in the order of their key are filed in half the time; the longest key has five columns.
    key = itemgetter(slice(5))
    seasons = sorted(_season_rows(races), key=key)
    return Tallies(
        seasons, sorted(_career_rows(seasons)), sorted(_team_rows(races), key=key), sorted(_track_rows(races), key=key)
    )


def write_tallies(session: Session, tallies: Tallies) -> None:
    """Put tallies of the whole archive in the place of those it has."""
    connection = session.connection()
    for model in TALLY_MODELS:
        connection.execute(delete(model))
    with without_indexes(connection, *TALLY_MODELS):
        _insert(connection, tallies)


def recount(session: Session, seasons: Collection[SeasonKey], tracks: Collection[TrackKey]) -> None:
    """Count these seasons and tracks anew, and the careers of whoever drove in these seasons."""
    if len(seasons) > FULL_RECOUNT_SEASONS or len(tracks) > FULL_RECOUNT_SEASONS:
        write_tallies(session, count_tallies(list(race_results(session))))
        return
    connection, race, track = session.connection(), table_of(Race), table_of(TrackTally)
    # Whoever had a start in these seasons and has none any more loses it in their career too: so they are asked for
    # before anything is deleted, and again at the end.
    drivers_before = _drivers_with_starts(connection, seasons)
    for series, year in sorted(seasons):
        for season_table in (table_of(SeasonTally), table_of(TeamTally)):
            connection.execute(
                delete(season_table).where(season_table.c.series == series, season_table.c.season == year)
            )
    for series, name in sorted(tracks):
        connection.execute(delete(track).where(track.c.series == series, track.c.track == name))
    in_seasons = [and_(race.c.series == series, race.c.season == year) for series, year in sorted(seasons)]
    at_tracks = [and_(race.c.series == series, race.c.track == name) for series, name in sorted(tracks)]
    if in_seasons:
        races = list(race_results(session, or_(*in_seasons)))
        bulk_insert(connection, SeasonTally, SEASON_COLUMNS, list(_season_rows(races)))
        bulk_insert(connection, TeamTally, TEAM_COLUMNS, list(_team_rows(races)))
    if at_tracks:
        bulk_insert(connection, TrackTally, TRACK_COLUMNS, list(_track_rows(race_results(session, or_(*at_tracks)))))
    _recount_careers(connection, drivers_before | _drivers_with_starts(connection, seasons))


def _drivers_with_starts(connection: Connection, seasons: Collection[SeasonKey]) -> set[tuple[str, str]]:
    """(series, driver) of everybody with a start in these seasons, as counted now."""
    tally = table_of(SeasonTally)
    driver_query = select(tally.c.series, tally.c.name).distinct().where(tally.c.kind == "driver")
    return {
        (driver_series, name)
        for series, year in seasons
        for driver_series, name in connection.execute(
            driver_query.where(tally.c.series == series, tally.c.season == year)
        )
    }


def _recount_careers(connection: Connection, drivers: Collection[tuple[str, str]]) -> None:
    """Add up the seasons of these (series, driver) again."""
    tally, career = table_of(SeasonTally), table_of(CareerTally)
    for series in sorted({driver_series for driver_series, _ in drivers}):
        names = sorted(name for driver_series, name in drivers if driver_series == series)
        for names_part in in_batches(names):
            connection.execute(delete(career).where(career.c.series == series, career.c.driver.in_(names_part)))
            of_driver = (tally.c.kind == "driver", tally.c.name.in_(names_part), tally.c.series == series)
            rows = connection.execute(select(*(tally.c[column] for column in SEASON_COLUMNS)).where(*of_driver))
            bulk_insert(connection, CareerTally, CAREER_COLUMNS, sorted(_career_rows(map(tuple, rows))))


def _insert(connection: Connection, tallies: Tallies) -> None:
    for model, columns, rows in zip(TALLY_MODELS, TALLY_COLUMNS, tallies, strict=True):
        bulk_insert(connection, model, columns, rows)


def race_results(session: Session, *where: ColumnElement[bool]) -> Iterator[RaceResults]:
    """The races of the archive of which `where` holds, by series and season, with their results."""
    race, row = table_of(Race), table_of(SessionRow)
    statement = (
        select(race.c.series, race.c.season, race.c.track, race.c.key, *(row.c[column] for column in START_COLUMNS))
        .join_from(race, row, and_(row.c.race == race.c.key, row.c.session == "race"))
        .where(col(Race.series).is_not(None), col(Race.season).is_not(None), *where)
        .order_by(race.c.series, race.c.season, race.c.key)
    )
    rows_by_race = session.connection().execute(statement).all()
    # The rows come race by race: the first four columns are the race's own, the others those of a start.
    for (series, season, track, _), rows in groupby(rows_by_race, key=lambda row: tuple(row[:4])):
        yield RaceResults(series, season, track, [tuple(row[4:]) for row in rows])


class _StartGroup:
    """The starts that one row counts, and the races they were in."""

    __slots__ = ("races", "starts")

    def __init__(self) -> None:
        self.starts: list[StartRow] = []
        self.races: set[int] = set()


def _season_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `season_tally`, season by season."""
    for (series, season), group in groupby(races, key=lambda race: (race.series, race.season)):
        for (kind, name, car), season_starts in _group_starts(group).items():
            yield (
                kind,
                name,
                series,
                season,
                car,
                *_count_starts(season_starts.starts),
                len(season_starts.races),
                *_points_sum(season_starts.starts),
            )


def _group_starts(races: Iterable[RaceResults]) -> dict[tuple[str, object, object], _StartGroup]:
    """(kind, name, car) -> what it did in these races."""
    groups: defaultdict[tuple[str, object, object], _StartGroup] = defaultdict(_StartGroup)
    for number, race in enumerate(races):
        for start in race.starts():
            driver, team, manufacturer, car = start[:4]
            # A driver is counted for each car number, teams and makes over all their cars.
            for key in (("driver", driver, car or ""), ("team", team, ""), ("manufacturer", manufacturer, "")):
                if key[1] is not None:
                    group = groups[key]
                    group.starts.append(start)
                    group.races.add(number)
    return groups


def _team_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
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


def _career_rows(seasons: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
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


def _track_rows(races: Iterable[RaceResults]) -> Iterator[tuple[object, ...]]:
    """The rows of `track_tally`."""
    drivers_at_tracks: defaultdict[tuple[str, str], dict[object, tuple[list[StartRow], list[int]]]] = defaultdict(dict)
    for race in races:
        if race.track:
            drivers = drivers_at_tracks[race.series, race.track]
            for start in race.starts():
                driver_starts, seasons = drivers.setdefault(start[DRIVER_INDEX], ([], []))
                driver_starts.append(start)
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
        return _count_single_start(*starts[0][POSITION_INDEX:])  # type: ignore[arg-type]
    _, _, _, _, positions, grids, laps_led, _, ratings, _ = zip(*starts, strict=True)
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
    _status: str | None,
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
