"""Tables of evidence: disagreements, agreement, and the arithmetic recomputed. Rules as in `core`."""

from sqlmodel import Field, SQLModel

__all__ = ["Check", "Conflict", "Support"]


class Conflict(SQLModel, table=True):
    """Disagreement between sources. `value_name` names the value ("date", "race: Ross Chastain: grid") for people.

    `value` is the value the archive took, from `document`:`line`; `other_value` the one it did not, with its own
    source; `reason` says in words why `value` was taken.
    """

    __tablename__ = "conflict"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    value_name: str
    value: str
    document: str
    line: int
    other_value: str
    other_document: str
    other_line: int
    reason: str


class Support(SQLModel, table=True):
    """Further document with the same value as the archive: `value_name` is written as in `Conflict`."""

    __tablename__ = "support"
    race: str = Field(primary_key=True, foreign_key="race.key")
    value_name: str = Field(primary_key=True)
    document: str = Field(primary_key=True)
    line: int = Field(primary_key=True)


class Check(SQLModel, table=True):
    """Rule of the sport's arithmetic recomputed for a race, or one value that breaks it.

    A rule's own row has its `statement` and `source` and counts what `passed`, `failed` and stayed `undecided`; the
    rows of values that break it follow, without words. `text` is one line for people.
    """

    __tablename__ = "check"
    race: str = Field(primary_key=True, foreign_key="race.key")
    number: int = Field(primary_key=True)
    rule: str
    statement: str
    source: str
    passed: int = 0
    failed: int = 0
    undecided: int = 0
    text: str
    document: str
    line: int
