"""Cache of a load's own work, so that the next one does less: derived tables that no answer reads.

They follow from the documents like every derived table, and are compared like every other.
"""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

__all__ = ["ParsedDocumentRecord", "RaceBuild", "ReadingRecord"]


class ParsedDocumentRecord(SQLModel, table=True):
    """Outline of a document as it was parsed; `number` counts the outlines of a document from 0.

    `identity` is JSON: the document's own `RaceIdentity`, before the catalogue changes anything. `address` is where it
    came from.
    """

    # An older name: a derived table under a new one would leave the old table behind in every database.
    __tablename__ = "read_as"
    document: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    digest: str
    kind_override: str
    kind: str
    title: str
    lines: int
    identity: str
    address: str = ""


class ReadingRecord(SQLModel, table=True):
    """Everything that a document claims, so that its text is not read again when something else of its race changes.

    `digest` and `kind_override` are those it was read with. `content` is JSON, compressed with zlib.
    """

    __tablename__ = "reading"
    document: str = Field(primary_key=True)
    digest: str
    kind_override: str
    content: bytes = Field(sa_type=LargeBinary)


class RaceBuild(SQLModel, table=True):
    """Inputs a race was made from, and what it adds to the tables of the whole archive.

    `inputs` is a digest of its documents, their catalogue entries and its corrections; `spellings` one of how each of
    its names is spelled. While both stay the same, so do its rows. `content` is JSON, compressed with zlib.
    `program` is a digest of the program that made them: another one makes everything anew.
    """

    # An older name, as that of `read_as`.
    __tablename__ = "race_workings"
    race: str = Field(primary_key=True)
    inputs: str
    spellings: str
    program: str
    content: bytes = Field(sa_type=LargeBinary)
