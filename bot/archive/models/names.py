"""Tables of the names that the archive knows, and of how documents write them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

__all__ = ["Name", "Spelling"]


class Name(SQLModel, table=True):
    """Canonical name. `kind` is "driver", "team", "manufacturer", "track", "series" or "person" (not a driver).

    `value` is the identity (the canonical name; for a series its id), `name` its text on a card; `key` is the short
    stable key that buttons carry. `starts`, `wins` and the seasons are those in the archive.
    """

    __tablename__ = "name"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    name: str
    key: str
    starts: int = 0
    wins: int = 0
    first_season: int | None = None
    last_season: int | None = None


class Spelling(SQLModel, table=True):
    """Spelling of a canonical name in a document."""

    __tablename__ = "spelling"
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    written: str = Field(primary_key=True)
