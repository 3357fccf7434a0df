"""Sessions of a race weekend, their rows, and the entry list."""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col

from bot.archive.models import Entry, RaceSession, SessionRow
from bot.archive.rows import read_rows

__all__ = [
    "EntryRow",
    "HeldSession",
    "ResultRow",
    "entries_of",
    "heads_of",
    "rows_of",
    "rows_of_driver",
    "sessions_of",
]


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session of a race: `rows` are published rows, `laps` its length."""

    key: str
    title: str
    laps: int | None
    rows: int
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of one session; the columns are those of `SessionRow`."""

    race: str
    session: str
    number: int
    position: int | None
    car: str | None
    driver: str
    team: str | None
    manufacturer: str | None
    grid: int | None
    laps: int | None
    points: int | None
    time_s: float | None
    speed_mph: float | None
    round_1_s: float | None
    round_2_s: float | None
    round_3_s: float | None
    laps_led: int | None
    status: str | None
    rating: float | None
    rookie: bool
    ineligible: bool
    document: str
    line: int
    agree: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One car of an entry list."""

    race: str
    position: int
    car: str
    driver: str
    team: str | None
    manufacturer: str | None
    rookie: bool
    ineligible: bool
    document: str
    line: int


def sessions_of(session: Session, race: str) -> tuple[HeldSession, ...]:
    """The sessions of a race, as a person would list them."""
    order = (col(RaceSession.rank), col(RaceSession.key))
    return read_rows(session, HeldSession, RaceSession, col(RaceSession.race) == race, order=order)


def rows_of(session: Session, race: str, *keys: str) -> tuple[ResultRow, ...]:
    """The rows of these sessions of a race (of all, without keys), each session in its published order."""
    where = [col(SessionRow.race) == race]
    if keys:
        where.append(col(SessionRow.session).in_(keys))
    order = (col(SessionRow.session), col(SessionRow.number))
    return read_rows(session, ResultRow, SessionRow, *where, order=order)


def heads_of(session: Session, race: str) -> tuple[ResultRow, ...]:
    """The first three of the race and the winner of every stage."""
    podium = (col(SessionRow.session) == "race") & (col(SessionRow.position) <= 3)
    winners = col(SessionRow.session).startswith("stage-") & (col(SessionRow.position) == 1)
    order = (col(SessionRow.session), col(SessionRow.number))
    return read_rows(session, ResultRow, SessionRow, col(SessionRow.race) == race, or_(podium, winners), order=order)


def rows_of_driver(session: Session, driver: str) -> tuple[ResultRow, ...]:
    """Every row of a driver in every race."""
    order = (col(SessionRow.race), col(SessionRow.session), col(SessionRow.number))
    return read_rows(session, ResultRow, SessionRow, col(SessionRow.driver) == driver, order=order)


def entries_of(session: Session, race: str | None = None, driver: str | None = None) -> tuple[EntryRow, ...]:
    """The entry list of a race, or every entry of a driver, in the order of the lists."""
    where = []
    if race is not None:
        where.append(col(Entry.race) == race)
    if driver is not None:
        where.append(col(Entry.driver) == driver)
    return read_rows(session, EntryRow, Entry, *where, order=(col(Entry.race), col(Entry.position)))
