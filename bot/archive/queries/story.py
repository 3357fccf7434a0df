"""Story of a race: passages, who is named in them, incidents, and notes under tables."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedTableQuery, read_rows
from bot.archive.models.core import Footnote, Incident, Passage, PassagePerson, RawBlock

__all__ = [
    "FootnoteRow",
    "IncidentRow",
    "PassagePersonRow",
    "PassageRow",
    "RawBlockRow",
    "footnotes_of",
    "incidents_of",
    "passages_of",
    "passages_of_person",
    "people_in_passages",
    "races_with_story",
    "raw_blocks_of",
]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Paragraph of a document; the columns are those of `Passage`."""

    race: str
    number: int
    text: str
    section: str
    part: str
    stage: int | None
    lap: int | None
    speaker: str | None
    other_lines: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class PassagePersonRow:
    """Person named in passage `number` of a race; `written` is how."""

    race: str
    number: int
    person: str
    written: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Incident of a race; the columns are those of `Incident`."""

    kind: str
    counted: int | None
    stage: int | None
    lap: int | None
    laps_to_go: int | None
    driver: str | None
    people: str
    what: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class FootnoteRow:
    """Note or legend under a table."""

    section: str
    text: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class RawBlockRow:
    """Section that no format knows, whole."""

    race: str
    section: str
    text: str
    document: str
    line: int


_PASSAGES = PreparedTableQuery(
    PassageRow, Passage, col(Passage.race) == bindparam("race"), order=(col(Passage.number),)
)
_PEOPLE_OF_RACE = PreparedTableQuery(
    PassagePersonRow,
    PassagePerson,
    col(PassagePerson.race) == bindparam("race"),
    order=(col(PassagePerson.number), col(PassagePerson.person)),
)
_PASSAGES_OF_PERSON = PreparedTableQuery(
    PassagePersonRow,
    PassagePerson,
    col(PassagePerson.person) == bindparam("person"),
    order=(col(PassagePerson.race), col(PassagePerson.number)),
)
_INCIDENTS = PreparedTableQuery(
    IncidentRow, Incident, col(Incident.race) == bindparam("race"), order=(col(Incident.number),)
)
_FOOTNOTES = PreparedTableQuery(
    FootnoteRow, Footnote, col(Footnote.race) == bindparam("race"), order=(col(Footnote.number),)
)


def passages_of(session: Session, race: str) -> tuple[PassageRow, ...]:
    """Every passage about a race in the order of the documents."""
    return _PASSAGES.rows(session, race=race)


def races_with_story(session: Session) -> frozenset[str]:
    """The keys of the races that have a story; what only describes the track or the entries is none."""
    told = select(Passage.race).where(col(Passage.part) != "background").distinct()
    return frozenset(session.exec(told))


def people_in_passages(session: Session, race: str) -> tuple[PassagePersonRow, ...]:
    """Everybody who is named in the passages of a race."""
    return _PEOPLE_OF_RACE.rows(session, race=race)


def passages_of_person(session: Session, person: str) -> tuple[tuple[PassageRow, ...], tuple[PassagePersonRow, ...]]:
    """The passages of all races that name a person, and how they write that name."""
    mentions = _PASSAGES_OF_PERSON.rows(session, person=person)
    if not mentions:
        return (), ()
    races = {row.race for row in mentions}
    # The passages of these races are read whole and picked here: pairs as a condition are long, races are few.
    numbers = {(row.race, row.number) for row in mentions}
    order = (col(Passage.race).desc(), col(Passage.number))
    rows = read_rows(session, PassageRow, Passage, col(Passage.race).in_(races), order=order)
    return tuple(row for row in rows if (row.race, row.number) in numbers), mentions


def incidents_of(session: Session, race: str) -> tuple[IncidentRow, ...]:
    """The incidents of a race, in the order of the documents."""
    return _INCIDENTS.rows(session, race=race)


def footnotes_of(session: Session, race: str) -> tuple[FootnoteRow, ...]:
    """The notes under the tables of a race."""
    return _FOOTNOTES.rows(session, race=race)


def raw_blocks_of(session: Session, race: str | None = None) -> tuple[RawBlockRow, ...]:
    """The sections that no format knows, of a race or of all."""
    conditions = () if race is None else (col(RawBlock.race) == race,)
    return read_rows(session, RawBlockRow, RawBlock, *conditions, order=(col(RawBlock.race), col(RawBlock.number)))
