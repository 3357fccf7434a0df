"""What was found of news, and what became of it. What writes is called within a writer's transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from bot.archive.models.core import Version
from bot.archive.models.news import NewsRecord, NewsVersion
from bot.archive.models.user_data import LoadRecord

__all__ = [
    "NewsRow",
    "loaded_since",
    "news_rows",
    "news_version",
    "store_news",
    "store_news_version",
]

KEPT_TIME = timedelta(days=60)  # much more than anything stays news


@dataclass(frozen=True, slots=True)
class NewsRow:
    """News that was found; the columns are those of `NewsRecord`, `at` is in UTC."""

    kind: str
    subject: str
    series: str
    day: date | None
    at: datetime
    digest: str = ""
    winner: str = ""


def news_version(session: Session) -> int | None:
    """The data version whose news were looked at last; None where nobody has looked yet."""
    return session.exec(select(NewsVersion.number)).first()


def news_rows(session: Session) -> tuple[NewsRow, ...]:
    """Everything that was found lately, by kind and subject."""
    rows = session.exec(select(NewsRecord).order_by(col(NewsRecord.kind), col(NewsRecord.subject)))
    return tuple(
        NewsRow(row.kind, row.subject, row.series, row.day, _in_utc(row.at), row.digest, row.winner) for row in rows
    )


def loaded_since(session: Session, version: int | None) -> datetime | None:
    """The moment of the first load after a data version, in UTC; of the last load where the log has none.

    None where nothing was ever loaded.
    """
    first = session.exec(select(func.min(LoadRecord.at)).where(col(LoadRecord.number) > (version or 0))).one()
    moment = first or session.exec(select(Version.loaded_at)).first()
    return _in_utc(moment) if moment else None


def store_news(session: Session, rows: Iterable[NewsRow]) -> None:
    """Write down what was found, or what has changed of it."""
    for row in rows:
        session.merge(NewsRecord(**asdict(row)))
    session.flush()


def store_news_version(session: Session, version: int, now: datetime) -> None:
    """Write down that the news of a data version were looked at, and forget what is so old that it is no news again."""
    session.merge(NewsVersion(id=1, number=version))
    session.exec(delete(NewsRecord).where(col(NewsRecord.at) < now - KEPT_TIME))
    session.flush()


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
