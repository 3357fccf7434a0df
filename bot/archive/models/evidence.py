"""The tables of trust: disagreements, agreement, and the arithmetic recomputed. Rules as in `models`."""

from sqlmodel import Field, SQLModel

__all__ = ["Check", "Conflict", "Support"]


class Conflict(SQLModel, table=True):
    """A disagreement between sources. `what` names the value ("date", "race: Ross Chastain: grid") for people.

    `shown` is the value the archive took, from `document`:`line`; `other` the one it did not, with its own source;
    `why` says in words why that side is shown.
    """

    __tablename__ = "conflict"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    what: str
    shown: str
    document: str
    line: int
    other: str
    other_document: str
    other_line: int
    why: str


class Support(SQLModel, table=True):
    """A further document that says the same as a shown value: `what` is written as in `Conflict`."""

    __tablename__ = "support"
    race: str = Field(primary_key=True, foreign_key="race.key")
    what: str = Field(primary_key=True)
    document: str = Field(primary_key=True)
    line: int = Field(primary_key=True)


class Check(SQLModel, table=True):
    """A rule of the sport's arithmetic recomputed for a race, or one value that breaks it.

    A rule's own row has its `words` and `source` and counts what `held`, `failed` and stayed `unknown`; the rows of
    values that break it follow, without words. `says` is one line for people.
    """

    __tablename__ = "check"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    rule: str
    words: str
    source: str
    held: int = 0
    failed: int = 0
    unknown: int = 0
    says: str
    document: str
    line: int
