"""Tables of the story: what happened, who was on air, and what stands under a table. Rules as in `core`."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

__all__ = ["Broadcast", "Footnote", "Incident", "Passage", "PassagePerson", "RawBlock"]


class Broadcast(SQLModel, table=True):
    """Person who was on air for the race, on television or radio, in the document's order."""

    __tablename__ = "broadcast"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    medium: str
    network: str
    role: str
    person: str
    turns: str | None = None
    document: str
    line: int


class Incident(SQLModel, table=True):
    """Incident of a race: `kind` is "caution", "lead change", "penalty", "overtime" or "red flag".

    `lap` is the lap of the race, written or counted; `laps_to_go` as written. `people` are canonical names, joined by
    "; ".
    """

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("lap >= 0"), CheckConstraint("laps_to_go >= 0"))
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    kind: str
    counted: int | None = None
    stage: int | None = None
    lap: int | None = None
    laps_to_go: int | None = None
    driver: str | None = None
    people: str = ""
    what: str
    document: str
    line: int


class Passage(SQLModel, table=True):
    """Paragraph of a document. `part` orders the story ("before", "stage 1", ..., "finish", "after", "background").

    `lap` is the first lap in it, written or counted. `other_lines` are further lines where the same text stands,
    as "12, 14". `speaker` is the canonical name of who is quoted.
    """

    __tablename__ = "passage"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    text: str
    section: str = ""
    part: str = ""
    stage: int | None = None
    lap: int | None = None
    speaker: str | None = None
    other_lines: str = ""
    document: str
    line: int


class PassagePerson(SQLModel, table=True):
    """A person named in a passage, in canonical spelling; `written` is how the passage names them."""

    __tablename__ = "passage_person"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    person: str = Field(primary_key=True, index=True)
    written: str


class Footnote(SQLModel, table=True):
    """Note or legend under a table, as written."""

    __tablename__ = "footnote"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    section: str = ""
    text: str
    document: str
    line: int


class RawBlock(SQLModel, table=True):
    """Section or table that no format knows, whole."""

    __tablename__ = "raw_block"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    section: str
    text: str
    document: str
    line: int
