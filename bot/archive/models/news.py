"""Tables of what servers were told unasked, so that none is told twice: migrated like what people entered.

A new archive, or one that a backup was restored into, has none: what it holds then is old, and nobody is told of it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

__all__ = ["NEWS_MODELS", "NewsRecord", "NewsVersion"]


class NewsRecord(SQLModel, table=True):
    """News that was found: `kind` and `subject` are those of a `NewsItem`, `at` is when.

    `digest` is one of the announcement as it was last posted, with nothing hidden; "" where the news was passed over.
    `winner` is who had won when the result of a race was first posted.
    """

    __tablename__ = "news_record"
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    series: str
    day: date | None = None
    at: datetime
    digest: str = ""
    winner: str = ""


class NewsVersion(SQLModel, table=True):
    """Data version whose news are in `news_record`, in one row; none where nobody has ever looked."""

    __tablename__ = "news_version"
    __table_args__ = (CheckConstraint("id = 1"),)
    id: int = Field(default=1, primary_key=True)
    number: int


NEWS_MODELS: tuple[type[SQLModel], ...] = (NewsRecord, NewsVersion)
