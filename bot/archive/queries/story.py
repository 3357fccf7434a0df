"""The story of a race: passages, who is named in them, incidents, and notes under tables."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col

from bot.archive.db.statements import Prepared, read_rows
from bot.archive.models.core import Footnote, Incident, Passage, PassagePerson, RawBlock

__all__ = [
    "FootnoteRow",
    "IncidentRow",
    "NamedRow",
    "PassageRow",
    "RawRow",
    "footnotes_of",
    "incidents_of",
    "named_in",
    "passages_naming",
    "passages_of",
    "raw_of",
]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A paragraph of a document; the columns are those of `Passage`."""

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
class NamedRow:
    """A person named in passage `number` of a race; `written` is how."""

    race: str
    number: int
    person: str
    written: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something that happened, as told; see `Incident`."""

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
    """A note or legend under a table."""

    section: str
    text: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class RawRow:
    """A section that no format knows, kept whole."""

    race: str
    section: str
    text: str
    document: str
    line: int


_PASSAGES = Prepared(PassageRow, Passage, col(Passage.race) == bindparam("race"), order=(col(Passage.number),))
_NAMED_IN = Prepared(
    NamedRow,
    PassagePerson,
    col(PassagePerson.race) == bindparam("race"),
    order=(col(PassagePerson.number), col(PassagePerson.person)),
)
_NAMED = Prepared(
    NamedRow,
    PassagePerson,
    col(PassagePerson.person) == bindparam("person"),
    order=(col(PassagePerson.race), col(PassagePerson.number)),
)
_INCIDENTS = Prepared(IncidentRow, Incident, col(Incident.race) == bindparam("race"), order=(col(Incident.number),))
_FOOTNOTES = Prepared(FootnoteRow, Footnote, col(Footnote.race) == bindparam("race"), order=(col(Footnote.number),))


def passages_of(session: Session, race: str) -> tuple[PassageRow, ...]:
    """Every passage about a race in the order of the documents."""
    return _PASSAGES.rows(session, race=race)


def named_in(session: Session, race: str) -> tuple[NamedRow, ...]:
    """Everybody who is named in the passages of a race."""
    return _NAMED_IN.rows(session, race=race)


def passages_naming(session: Session, person: str) -> tuple[tuple[PassageRow, ...], tuple[NamedRow, ...]]:
    """The passages of all races that name a person, and how they write that name."""
    named = _NAMED.rows(session, person=person)
    if not named:
        return (), ()
    races = {row.race for row in named}
    numbers = {(row.race, row.number) for row in named}
    order = (col(Passage.race).desc(), col(Passage.number))
    rows = read_rows(session, PassageRow, Passage, col(Passage.race).in_(races), order=order)
    return tuple(row for row in rows if (row.race, row.number) in numbers), named


def incidents_of(session: Session, race: str) -> tuple[IncidentRow, ...]:
    """What happened in a race, in the order of the documents."""
    return _INCIDENTS.rows(session, race=race)


def footnotes_of(session: Session, race: str) -> tuple[FootnoteRow, ...]:
    """The notes under the tables of a race."""
    return _FOOTNOTES.rows(session, race=race)


def raw_of(session: Session, race: str | None = None) -> tuple[RawRow, ...]:
    """The sections that no format knows, of a race or of all."""
    where = () if race is None else (col(RawBlock.race) == race,)
    return read_rows(session, RawRow, RawBlock, *where, order=(col(RawBlock.race), col(RawBlock.number)))
