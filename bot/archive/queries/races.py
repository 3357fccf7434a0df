"""Races: which there are, their facts, who was on air, and what their sources disagree on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, func, literal, union
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.core import Broadcast, Conflict, FactRecord, Passage, Race, RaceSession, Standing
from bot.archive.queries.evidence import CORRECTIONS

__all__ = [
    "BroadcastRow",
    "FactRow",
    "KnownFacts",
    "RaceRow",
    "RaceRowCounts",
    "broadcasts_of",
    "broadcasts_of_person",
    "contents_of_races",
    "disputed_values",
    "facts_of",
    "finished_races",
    "latest_race",
    "latest_races",
    "people_on_air",
    "race_count",
    "race_of",
    "race_row_counts",
    "races_of",
]


@dataclass(frozen=True, slots=True)
class RaceRow:
    """Race; the columns are those of `Race`."""

    key: str
    series: str | None
    series_name: str | None
    season: int | None
    round: int | None
    rounds: int | None
    name: str | None
    day: date | None
    track: str | None
    place: str | None
    winner: str | None
    field_size: int
    order_key: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """Single-valued fact with its source; `number` is its value where that is a number."""

    field: str
    value: str
    number: float | None
    document: str
    line: int
    agree: int


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Single-valued facts of one race, by the name of their field."""

    by_field: Mapping[str, FactRow]

    def find(self, field: str) -> FactRow | None:
        """The fact; None where no document has it."""
        return self.by_field.get(field)

    def whole_number(self, field: str) -> int | None:
        """The fact as a whole number; None where no document has it."""
        fact = self.by_field.get(field)
        return None if fact is None or fact.number is None else int(fact.number)


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """Person who was on air for a race, on television or radio."""

    race: str
    medium: str
    network: str
    role: str
    person: str
    turns: str | None
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class RaceRowCounts:
    """Counts of what else the archive has of a race: rows of standings after it, and passages."""

    standing_count: int
    passage_count: int


@dataclass(frozen=True, slots=True)
class _ConflictName:
    """Name of the value that a conflict is about, and the document whose value is shown."""

    value_name: str
    document: str


LATEST_RACES = 120  # some three seasons
_LATEST_FIRST = (col(Race.order_key).desc(), col(Race.key).desc())
_RACE = PreparedTableQuery(RaceRow, Race, col(Race.key) == bindparam("key"))
_RACES = PreparedTableQuery(RaceRow, Race, col(Race.key).in_(bindparam("keys", expanding=True)), order=_LATEST_FIRST)
_LATEST_OF_ALL = PreparedTableQuery(RaceRow, Race, order=_LATEST_FIRST, max_rows=1)
_LATEST = PreparedTableQuery(RaceRow, Race, col(Race.series) == bindparam("series"), order=_LATEST_FIRST, max_rows=1)
_LATEST_FEW = PreparedTableQuery(
    RaceRow, Race, col(Race.series) == bindparam("series"), order=_LATEST_FIRST, max_rows=LATEST_RACES
)
_FINISHED = PreparedTableQuery(
    RaceRow, Race, col(Race.day) >= bindparam("since"), col(Race.winner).is_not(None), order=_LATEST_FIRST
)
_FACTS = PreparedTableQuery(
    FactRow, FactRecord, col(FactRecord.race) == bindparam("race"), order=(col(FactRecord.field),)
)
_BROADCASTS = PreparedTableQuery(
    BroadcastRow, Broadcast, col(Broadcast.race) == bindparam("race"), order=(col(Broadcast.number),)
)
_BROADCASTS_OF_PERSON = PreparedTableQuery(
    BroadcastRow,
    Broadcast,
    col(Broadcast.person) == bindparam("person"),
    order=(col(Broadcast.race).desc(), col(Broadcast.number)),
)
_CONFLICT_NAMES = PreparedTableQuery(
    _ConflictName, Conflict, col(Conflict.race) == bindparam("race"), order=(col(Conflict.number),)
)
_STANDINGS = select(func.count()).where(col(Standing.race) == bindparam("race")).scalar_subquery()
_PASSAGES = select(func.count()).where(col(Passage.race) == bindparam("race")).scalar_subquery()
_ROW_COUNTS = PreparedQuery(RaceRowCounts, select(_STANDINGS, _PASSAGES))
_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_CONTENTS: PreparedQuery[tuple[str, str]] = PreparedQuery(
    lambda race, name: (race, name),
    union(
        sql_select(col(FactRecord.race), col(FactRecord.field)).where(col(FactRecord.race).in_(_KEYS)),
        sql_select(col(RaceSession.race), col(RaceSession.key)).where(
            col(RaceSession.race).in_(_KEYS), col(RaceSession.rows) > 0
        ),
        sql_select(col(Standing.race), literal("standings")).where(col(Standing.race).in_(_KEYS)),
    ),
)


def race_of(session: Session, key: str) -> RaceRow | None:
    """The race of this key; None where there is none."""
    return _RACE.first(session, key=key)


def races_of(session: Session, keys: Iterable[str]) -> tuple[RaceRow, ...]:
    """The races of these keys, the latest first."""
    return _RACES.rows(session, keys=tuple(keys))


def latest_race(session: Session, series: str | None = None) -> RaceRow | None:
    """The latest race of a series, or of all where `series` is None; None where there is none."""
    rows = _LATEST_OF_ALL.repeated_rows(session) if series is None else _LATEST.repeated_rows(session, series=series)
    return next(iter(rows), None)


def latest_races(session: Session, series: str) -> tuple[RaceRow, ...]:
    """The latest `LATEST_RACES` races of a series, the latest first."""
    return _LATEST_FEW.rows(session, series=series)


def contents_of_races(session: Session, keys: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """What the archive has of these races: names of facts, keys of sessions with rows, "standings"."""
    race_keys = tuple(keys)
    names: dict[str, set[str]] = {key: set() for key in race_keys}
    for race, name in _CONTENTS.rows(session, keys=race_keys) if race_keys else ():
        names[race].add(name)
    return {race: frozenset(own) for race, own in names.items()}


def finished_races(session: Session, since: date) -> tuple[RaceRow, ...]:
    """The races since a day whose winner is known, the latest first."""
    return _FINISHED.rows(session, since=since)


def race_count(session: Session) -> int:
    """How many races the archive holds."""
    return session.exec(select(func.count()).select_from(Race)).one()


def facts_of(session: Session, race: str) -> KnownFacts:
    """Every single-valued fact of a race."""
    return KnownFacts({row.field: row for row in _FACTS.rows(session, race=race)})


def broadcasts_of(session: Session, race: str) -> tuple[BroadcastRow, ...]:
    """The people on air for a race, in the document's order."""
    return _BROADCASTS.rows(session, race=race)


def broadcasts_of_person(session: Session, person: str) -> tuple[BroadcastRow, ...]:
    """The broadcasts of a person, in all races."""
    return _BROADCASTS_OF_PERSON.rows(session, person=person)


def people_on_air(session: Session) -> tuple[str, ...]:
    """Everybody who is on air in any race, each once."""
    return tuple(session.exec(select(Broadcast.person).distinct().order_by(col(Broadcast.person))))


def disputed_values(session: Session, race: str) -> tuple[str, ...]:
    """The values that the sources of a race disagree on, each once: names of facts, or "race: Ross Chastain: grid".

    What a moderator has corrected is settled and no longer among them.
    """
    rows = _CONFLICT_NAMES.rows(session, race=race)
    return tuple(dict.fromkeys(row.value_name for row in rows if row.document != CORRECTIONS))


def race_row_counts(session: Session, race: str) -> RaceRowCounts:
    """How many rows of standings and passages a race has."""
    return _ROW_COUNTS.rows(session, race=race)[0]
