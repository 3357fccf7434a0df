"""Championship tables as they stood after a race."""

from dataclasses import dataclass

from sqlalchemy import bindparam, literal, select, union_all
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.core import Race, Standing
from bot.archive.models.seasons import SeasonStanding

__all__ = [
    "Champion",
    "ChampionshipTables",
    "SeasonPointsRow",
    "SeasonTable",
    "StandingRow",
    "StandingsTable",
    "champions_of",
    "championship_tables",
    "standings_of",
    "standings_of_name",
    "tables_of_season",
]


@dataclass(frozen=True, slots=True)
class StandingsTable:
    """Championship table in the archive: after which race, of which series and season."""

    race: str
    championship: str
    series: str | None
    season: int | None


@dataclass(frozen=True, slots=True)
class SeasonTable:
    """Championship of a season in the archive, after how many races of how many."""

    series: str
    season: int
    championship: str
    series_name: str
    races: int
    rounds: int


@dataclass(frozen=True, slots=True)
class ChampionshipTables:
    """Every championship table: those after a race, the latest race first, and those of whole seasons."""

    after_races: tuple[StandingsTable, ...]
    of_seasons: tuple[SeasonTable, ...]


@dataclass(frozen=True, slots=True)
class _AnyTable:
    """One table of either kind: `race` is "" for that of a season, `order_key` sorts those after races."""

    race: str
    championship: str
    series: str | None
    season: int | None
    order_key: str
    series_name: str
    races: int
    rounds: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Row of a table; `gap` is points behind the leader, `change` places moved, `before` the position before.

    `car` is the car of an owner's row, `marks` what the document sets beside the name.
    """

    race: str
    championship: str
    number: int
    position: int
    name: str
    points: int
    gap: int | None
    change: int | None
    before: int | None
    rookie: bool
    car: str | None
    marks: str | None
    document: str
    line: int
    agree: int


@dataclass(frozen=True, slots=True)
class Champion:
    """First of the final drivers' table of a season, and the line that says so."""

    season: int
    name: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class SeasonPointsRow:
    """Row of a championship table after one race of a season, with the race."""

    race: str
    round: int | None
    race_name: str | None
    position: int
    name: str
    points: int
    document: str
    line: int


# Both kinds at once: one select fewer for each card of standings.
_ALL_TABLES = PreparedQuery(
    _AnyTable,
    union_all(
        select(
            col(Standing.race), col(Standing.championship), col(Race.series), col(Race.season), col(Race.order_key),
            literal(""), literal(0), literal(0),
        )
        .join(Race, col(Race.key) == col(Standing.race))
        .where(col(Standing.number) == 1),
        select(
            literal(""), col(SeasonStanding.championship), col(SeasonStanding.series), col(SeasonStanding.season),
            literal(""), col(SeasonStanding.series_name), col(SeasonStanding.races), col(SeasonStanding.rounds),
        ).where(col(SeasonStanding.number) == 1),
    ),
)  # fmt: skip
_ROWS_OF_TABLE = PreparedTableQuery(
    StandingRow,
    Standing,
    col(Standing.race) == bindparam("race"),
    col(Standing.championship) == bindparam("championship"),
    order=(col(Standing.number),),
)
_POINTS_OF_SEASON = PreparedQuery(
    SeasonPointsRow,
    select(
        col(Standing.race), col(Race.round), col(Race.name), col(Standing.position), col(Standing.name),
        col(Standing.points), col(Standing.document), col(Standing.line),
    )
    .join(Race, col(Race.key) == col(Standing.race))
    .where(
        col(Race.series) == bindparam("series"),
        col(Race.season) == bindparam("season"),
        col(Standing.championship) == bindparam("championship"),
    )
    .order_by(col(Race.order_key), col(Race.key), col(Standing.number)),
)  # fmt: skip
# Final is a table after the last race of a season whose length is known.
_CHAMPIONS = PreparedQuery(
    Champion,
    union_all(
        select(col(Race.season), col(Standing.name), col(Standing.document), col(Standing.line))
        .join(Race, col(Race.key) == col(Standing.race))
        .where(
            col(Race.series) == bindparam("series"),
            col(Race.round) == col(Race.rounds),
            col(Race.season).is_not(None),
            col(Standing.championship) == "drivers",
            col(Standing.position) == 1,
        ),
        select(
            col(SeasonStanding.season), col(SeasonStanding.name), col(SeasonStanding.document), col(SeasonStanding.line)
        ).where(
            col(SeasonStanding.series) == bindparam("series"),
            col(SeasonStanding.races) == col(SeasonStanding.rounds),
            col(SeasonStanding.championship) == "drivers",
            col(SeasonStanding.position) == 1,
        ),
    ),
)
_ROWS_OF_NAME = PreparedTableQuery(
    StandingRow,
    Standing,
    col(Standing.championship) == bindparam("championship"),
    col(Standing.name) == bindparam("name"),
    order=(col(Standing.race),),
)


def championship_tables(session: Session) -> ChampionshipTables:
    """Every table, those after races and those of whole seasons."""
    rows = _ALL_TABLES.rows(session)
    after_races = sorted((row for row in rows if row.race), key=lambda row: row.championship)
    after_races.sort(key=lambda row: (row.order_key, row.race), reverse=True)
    of_seasons = sorted((row for row in rows if not row.race), key=lambda row: (row.series or "", row.championship))
    of_seasons.sort(key=lambda row: row.season or 0, reverse=True)
    return ChampionshipTables(
        tuple(StandingsTable(row.race, row.championship, row.series, row.season) for row in after_races),
        tuple(
            SeasonTable(row.series or "", row.season or 0, row.championship, row.series_name, row.races, row.rounds)
            for row in of_seasons
        ),
    )


def standings_of(session: Session, race: str, championship: str) -> tuple[StandingRow, ...]:
    """All rows of one table in the published order, in which ties stay."""
    return _ROWS_OF_TABLE.rows(session, race=race, championship=championship)


def standings_of_name(session: Session, championship: str, name: str) -> tuple[StandingRow, ...]:
    """The rows of one driver or manufacturer in all tables of a championship."""
    return _ROWS_OF_NAME.rows(session, championship=championship, name=name)


def tables_of_season(session: Session, series: str, season: int, championship: str) -> tuple[SeasonPointsRow, ...]:
    """The rows of all tables after races of a season, the earliest race first, each table in its published order."""
    return _POINTS_OF_SEASON.rows(session, series=series, season=season, championship=championship)


def champions_of(session: Session, series: str) -> tuple[Champion, ...]:
    """Who was first in the final tables of drivers that are held of a series; of two tables of a season both."""
    return _CHAMPIONS.rows(session, series=series)
