"""Championship tables as they stood after a race."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.core import Race, Standing

__all__ = ["StandingRow", "StandingsTable", "standings_of", "standings_of_name", "standings_tables"]


@dataclass(frozen=True, slots=True)
class StandingsTable:
    """Championship table in the archive: after which race, of which series and season."""

    race: str
    championship: str
    series: str | None
    season: int | None


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


_TABLES = PreparedQuery(
    StandingsTable,
    select(Standing.race, Standing.championship, Race.series, Race.season)
    .join(Race, col(Race.key) == col(Standing.race))
    .where(col(Standing.number) == 1)
    .order_by(col(Race.order_key).desc(), col(Race.key).desc(), col(Standing.championship)),
)
_ROWS_OF_TABLE = PreparedTableQuery(
    StandingRow,
    Standing,
    col(Standing.race) == bindparam("race"),
    col(Standing.championship) == bindparam("championship"),
    order=(col(Standing.number),),
)
_ROWS_OF_NAME = PreparedTableQuery(
    StandingRow,
    Standing,
    col(Standing.championship) == bindparam("championship"),
    col(Standing.name) == bindparam("name"),
    order=(col(Standing.race),),
)


def standings_tables(session: Session) -> tuple[StandingsTable, ...]:
    """Every table, the latest race first, whatever the series."""
    return _TABLES.rows(session)


def standings_of(session: Session, race: str, championship: str) -> tuple[StandingRow, ...]:
    """All rows of one table in the published order, in which ties stay."""
    return _ROWS_OF_TABLE.rows(session, race=race, championship=championship)


def standings_of_name(session: Session, championship: str, name: str) -> tuple[StandingRow, ...]:
    """The rows of one driver or manufacturer in all tables of a championship."""
    return _ROWS_OF_NAME.rows(session, championship=championship, name=name)
