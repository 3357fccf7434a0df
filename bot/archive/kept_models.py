"""Tables of what people entered. They are not derived from documents: a load never touches them."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

__all__ = ["MistakeReport"]


class MistakeReport(SQLModel, table=True):
    """Somebody says that a card is wrong: the question in canonical words, what the card cites, and their words.

    `fingerprint` is a digest of the person and the card, so that one person reports a card once; it names nobody.
    """

    __tablename__ = "mistake_report"
    __table_args__ = (CheckConstraint("state in ('open', 'closed')"),)
    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    question: str
    sources: str
    words: str
    made_at: datetime
    state: str = "open"
