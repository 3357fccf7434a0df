"""Sessions of a race weekend, their rows, and the entry list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedTableQuery, read_rows
from bot.archive.models.core import Entry, RaceSession, SessionRow
from bot.racing.sessions import RACE_SESSION, STAGE_KEY_PREFIX
from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "EntryRow",
    "RaceSessionRow",
    "ResultRow",
    "entries_of",
    "published_rows_of",
    "result_rows_of",
    "result_rows_of_driver",
    "sessions_of",
    "starter_rows",
    "top_rows_of",
    "winner_results",
]


TOP_PLACES = 5  # the places that the sport itself counts first: top fives


@dataclass(frozen=True, slots=True)
class RaceSessionRow:
    """Session of a race: `rows` are published rows, `laps` its length."""

    key: str
    title: str
    laps: int | None
    rows: int
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Row of a session; the columns are those of `SessionRow`."""

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
    gap_s: float | None
    rookie: bool
    ineligible: bool
    document: str
    line: int
    agree: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Car of an entry list; the columns are those of `Entry`."""

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


_OF_RACE = col(SessionRow.race) == bindparam("race")
_AS_PUBLISHED = (col(SessionRow.session), col(SessionRow.number))
_ALL_ROWS = PreparedTableQuery(ResultRow, SessionRow, _OF_RACE, order=_AS_PUBLISHED)
_ROWS_OF_SESSION = PreparedTableQuery(
    ResultRow, SessionRow, _OF_RACE, col(SessionRow.session) == bindparam("session"), order=_AS_PUBLISHED
)
_ROWS_OF_SESSIONS = PreparedTableQuery(
    ResultRow,
    SessionRow,
    _OF_RACE,
    col(SessionRow.session).in_(bindparam("sessions", expanding=True)),
    order=_AS_PUBLISHED,
)
_TOP_ROWS = PreparedTableQuery(
    ResultRow,
    SessionRow,
    _OF_RACE,
    or_(
        (col(SessionRow.session) == RACE_SESSION) & (col(SessionRow.position) <= TOP_PLACES),
        col(SessionRow.session).startswith(STAGE_KEY_PREFIX) & (col(SessionRow.position) == 1),
    ),
    order=_AS_PUBLISHED,
)
_WINNERS = PreparedTableQuery(
    ResultRow,
    SessionRow,
    col(SessionRow.race).in_(bindparam("races", expanding=True)),
    col(SessionRow.session) == RACE_SESSION,
    col(SessionRow.position) == 1,
)
_SESSIONS = PreparedTableQuery(
    RaceSessionRow,
    RaceSession,
    col(RaceSession.race) == bindparam("race"),
    order=(col(RaceSession.rank), col(RaceSession.key)),
)
_ENTRIES = PreparedTableQuery(EntryRow, Entry, col(Entry.race) == bindparam("race"), order=(col(Entry.position),))


def sessions_of(session: Session, race: str) -> tuple[RaceSessionRow, ...]:
    """The sessions of a race, as a person would list them."""
    return _SESSIONS.rows(session, race=race)


def result_rows_of(session: Session, race: str, *keys: str) -> tuple[ResultRow, ...]:
    """The rows of these sessions of a race (of all, without keys), each session in its published order.

    Who stands twice in a session is one starter, with the better row.
    """
    return starter_rows(published_rows_of(session, race, *keys))


def starter_rows(rows: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    """Rows in their published order, of each driver one of each session: the better, and one that started."""
    best_rows: dict[tuple[str, str, str], ResultRow] = {}
    for row in rows:
        best = best_rows.setdefault((row.race, row.session, row.driver), row)
        if best.status in NO_START_STATUSES and row.status not in NO_START_STATUSES:
            best_rows[row.race, row.session, row.driver] = row
    return tuple(best_rows.values())


def published_rows_of(session: Session, race: str, *keys: str) -> tuple[ResultRow, ...]:
    """The same rows as they were published, with those of drivers who stand there twice."""
    if len(keys) == 1:
        return _ROWS_OF_SESSION.rows(session, race=race, session=keys[0])
    return _ROWS_OF_SESSIONS.rows(session, race=race, sessions=keys) if keys else _ALL_ROWS.rows(session, race=race)


def top_rows_of(session: Session, race: str) -> tuple[ResultRow, ...]:
    """The top five of the race and the winner of every stage."""
    return _TOP_ROWS.rows(session, race=race)


def result_rows_of_driver(session: Session, driver: str, races: Collection[str]) -> tuple[ResultRow, ...]:
    """The rows of a driver in these races, of each session the better one."""
    order = (col(SessionRow.race), col(SessionRow.session), col(SessionRow.number))
    where = (col(SessionRow.driver) == driver, col(SessionRow.race).in_(sorted(races)))
    return starter_rows(read_rows(session, ResultRow, SessionRow, *where, order=order))


def entries_of(session: Session, race: str | None = None, driver: str | None = None) -> tuple[EntryRow, ...]:
    """The entry list of a race, or every entry of a driver, in the order of the lists."""
    if race is not None and driver is None:
        return _ENTRIES.rows(session, race=race)
    where = []
    if race is not None:
        where.append(col(Entry.race) == race)
    if driver is not None:
        where.append(col(Entry.driver) == driver)
    return read_rows(session, EntryRow, Entry, *where, order=(col(Entry.race), col(Entry.position)))


def winner_results(session: Session, races: Sequence[str]) -> tuple[ResultRow, ...]:
    """The rows of the winners of these races."""
    return _WINNERS.rows(session, races=tuple(races)) if races else ()
