"""When the latest races were, as far as it decides whether their results may be hidden."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.archive.db.bulk import table_of
from bot.archive.db.statements import PreparedQuery, single_value
from bot.archive.models.core import FactRecord, Race, SessionRow, Source
from bot.archive.models.seasons import ScheduledRace
from bot.archive.models.user_data import LoadRecord

__all__ = ["RaceTimeRow", "documents_of_race", "first_load_state", "race_time_rows"]


@dataclass(frozen=True, slots=True)
class RaceTimeRow:
    """Race with its day, its start ("2026-02-15T19:30:00Z"), and how many races of its series come after it.

    `scheduled_day` is the day that a schedule says, `winner` who has won.
    """

    key: str
    series: str | None
    season: int | None
    day: date | None
    scheduled_day: date | None
    starts_at: str | None
    winner: str | None
    later_count: int


_LATER = aliased(Race)
_LATER_COUNT = (
    select(func.count())
    .select_from(_LATER)
    .where(col(_LATER.series) == col(Race.series), col(_LATER.order_key) > col(Race.order_key))
    .scalar_subquery()
)
_DAY, _SCHEDULED_DAY = col(Race.day), col(ScheduledRace.day)
_SINCE = bindparam("since", type_=table_of(Race).c.day.type)
_HAS_NO_DAY = _DAY.is_(None) & _SCHEDULED_DAY.is_(None)
_TIMES = PreparedQuery(
    RaceTimeRow,
    select(
        col(Race.key),
        col(Race.series),
        col(Race.season),
        _DAY,
        _SCHEDULED_DAY,
        col(ScheduledRace.starts_at),
        col(Race.winner),
        _LATER_COUNT,
    )
    .outerjoin_from(Race, ScheduledRace, col(ScheduledRace.race) == col(Race.key))
    .where(or_(_SINCE <= _DAY, _SINCE <= _SCHEDULED_DAY, _HAS_NO_DAY & (col(Race.season) == bindparam("year"))))
    .order_by(col(Race.key)),
)
_DOCUMENTS = PreparedQuery(
    single_value,
    union(
        *(
            select(column).where(race == bindparam("race"))
            for column, race in (
                (col(Source.document), col(Source.race)),
                (col(FactRecord.document), col(FactRecord.race)),
                (col(SessionRow.document), col(SessionRow.race)),
                (col(ScheduledRace.winners_document), col(ScheduledRace.race)),
            )
        )
    ),
)


def race_time_rows(session: Session, since: date, year: int) -> tuple[RaceTimeRow, ...]:
    """The races since a day, and those of a season whose day nobody says; by key.

    A race that several schedules have is there once for each.
    """
    return _TIMES.rows(session, since=since, year=year)


def documents_of_race(session: Session, race: str) -> frozenset[tuple[str, str]]:
    """(name, digest) of the documents that a race stands on."""
    names = [name for name in _DOCUMENTS.rows(session, race=race) if name]
    digests = select(col(Source.document), col(Source.digest)).where(col(Source.document).in_(names))
    return frozenset((name, digest) for name, digest in session.connection().execute(digests))


def first_load_state(session: Session) -> bytes | None:
    """What was in force after the first load, as it is stored; None where nothing was ever loaded."""
    first = select(col(LoadRecord.state)).order_by(col(LoadRecord.number)).limit(1)
    return session.connection().execute(first).scalar()
