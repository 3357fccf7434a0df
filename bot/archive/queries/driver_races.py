"""Single races of a driver or team, and the races in which two drivers met: read through the indexes by name and race.

A few seasons at a time: of 1,280 races of one driver the last ten are wanted.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, bindparam, inspect, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from bot.archive.db.statements import Fixed, alone
from bot.archive.models.core import Race, SessionRow

__all__ = ["NO_START", "Meeting", "Run", "Who", "beside", "meetings_of", "runs_of", "took_part"]

Who = Literal["driver", "team"]

NO_START = ("did not start", "withdrew", "withdrew from race")  # what a table says of a car that took no start


class Run(NamedTuple):
    """One car in one race: the race, and its row of session "race"."""

    race: str
    series: str | None
    season: int | None
    round: int | None
    name: str | None
    track: str | None
    order_key: str
    driver: str
    position: int | None
    grid: int | None
    car: str | None
    team: str | None
    manufacturer: str | None
    laps_led: int | None
    points: int | None
    status: str | None
    document: str
    line: int


class Meeting(NamedTuple):
    """A race in which two drivers started, each with place, grid, laps led and the line that says so."""

    race: str
    series: str | None
    season: int | None
    round: int | None
    name: str | None
    track: str | None
    order_key: str
    position: int
    grid: int | None
    laps_led: int | None
    document: str
    line: int
    other_position: int
    other_grid: int | None
    other_laps_led: int | None
    other_document: str
    other_line: int

    def turned(self) -> "Meeting":
        """The same race with the second driver first."""
        own = RACE_COLUMNS + OWN_COLUMNS
        return Meeting._make((*self[:RACE_COLUMNS], *self[own:], *self[RACE_COLUMNS:own]))


RACE_COLUMNS, OWN_COLUMNS = 7, 5  # of a `Meeting`: what is told of the race, then of each of the two


def runs_of(
    session: Session, who: Who, name: str, seasons: Iterable[tuple[str, int]], *, only_wins: bool = False
) -> tuple[Run, ...]:
    """The races of a driver or team in these (series, season), the latest first; of a team every car."""
    return _runs_of(who, only_wins).rows(session, name=name, seasons=sorted(set(seasons)))


def beside(session: Session, race: str, team: str, driver: str) -> str | None:
    """The best placed other driver of a team in a race; None where it had no other car."""
    return _beside().first(session, race=race, team=team, driver=driver)


def meetings_of(
    session: Session, first: str, second: str, *, series: str | None, season: int | None, track: str | None
) -> tuple[Meeting, ...]:
    """The races in which both started, the latest first. Faster with the driver of fewer races as `first`.

    Who has two rows in a race has several meetings there.
    """
    narrowed = {name: value for name, value in (("series", series), ("season", season), ("track", track)) if value}
    return _meetings(tuple(narrowed)).rows(session, first=first, second=second, **narrowed)


def took_part(row: type[SessionRow]) -> tuple[ColumnElement[bool], ...]:
    """What makes a row a start: a place, and no word that the car stayed away."""
    status = col(row.status)
    return col(row.position).is_not(None), or_(status.is_(None), status.not_in(NO_START))


@cache
def _runs_of(who: Who, only_wins: bool) -> Fixed[Run]:
    """The columns of `Run` over races and their rows, for a name and (series, season) pairs."""
    chosen = [_column(Race if _of_race(name) else SessionRow, name) for name in Run._fields]
    column = col(SessionRow.driver) if who == "driver" else col(SessionRow.team)
    pairs = tuple_(col(Race.series), col(Race.season)).in_(bindparam("seasons", expanding=True))
    races = select(col(Race.key)).where(pairs)
    where = [column == bindparam("name"), col(SessionRow.session) == "race", col(SessionRow.race).in_(races)]
    wins = (col(SessionRow.position) == 1,) if only_wins else ()
    statement = (
        select(*chosen)
        .join_from(SessionRow, Race, col(Race.key) == col(SessionRow.race))
        .where(*where, *wins)
        .order_by(
            col(Race.order_key).desc(),
            col(Race.key).desc(),
            col(SessionRow.position).nulls_last(),
            col(SessionRow.number),
        )
    )
    return Fixed(Run, statement)


@cache
def _beside() -> Fixed[str]:
    of_team = (col(SessionRow.team) == bindparam("team"), col(SessionRow.session) == "race")
    other = (col(SessionRow.race) == bindparam("race"), col(SessionRow.driver) != bindparam("driver"))
    placed_first = col(SessionRow.position).nulls_last()
    best = select(col(SessionRow.driver)).where(*of_team, *other).order_by(placed_first).limit(1)
    return Fixed(alone, best)


@cache
def _meetings(narrowed: tuple[str, ...]) -> Fixed[Meeting]:
    """The columns of `Meeting` over races and two rows of each, for a race whose columns `narrowed` are given."""
    other = aliased(SessionRow)
    chosen = [
        getattr(other, name.removeprefix("other_"))
        if name.startswith("other_")
        else _column(Race if _of_race(name) else SessionRow, name)
        for name in Meeting._fields
    ]
    given = [_column(Race, name) == bindparam(name) for name in narrowed]
    both = (col(SessionRow.driver) == bindparam("first"), col(other.driver) == bindparam("second"))
    order = (col(Race.order_key).desc(), col(Race.key).desc(), col(SessionRow.position), col(other.position))
    statement = (
        select(*chosen)
        .join_from(SessionRow, Race, col(Race.key) == col(SessionRow.race))
        .join(other, col(other.race) == col(SessionRow.race))
        .where(col(SessionRow.session) == "race", col(other.session) == "race", *both, *given)
        .where(*took_part(SessionRow), *took_part(other))
        .order_by(*order)
    )
    return Fixed(Meeting, statement)


def _of_race(field: str) -> bool:
    """Whether a field of `Run` or `Meeting` is a column of the race; the key of the race is read from its row."""
    return field in {"series", "season", "round", "name", "track", "order_key"}


def _column(model: type[SQLModel], name: str) -> Column[Any]:
    column: Column[Any] = inspect(model).columns[name]
    return column
