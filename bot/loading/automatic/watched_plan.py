"""Plan of a watched page's new version, with the verdict on it and the races that its season says have been run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.archive.models.seasons import ScheduledRace
from bot.documents.model import ParsedDocument
from bot.documents.registry import FORMATS
from bot.errors import BadDocument
from bot.loading.build.compare import Evaluation
from bot.loading.moderation.rows import PlanRow
from bot.loading.read.upload import parse_upload
from bot.loading.state.published_source import FetchedDocument
from bot.racing.spoilers import EASTERN

__all__ = ["RaceArticle", "WatchedPlan", "articles_of", "parse_companions", "race_articles", "start_of"]

# Of a race whose time is not told: most national races begin in the afternoon of the East.
USUAL_START = time(15)


@dataclass(frozen=True, slots=True)
class RaceArticle:
    """The article of a race of a season: its title, and when the race starts."""

    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class WatchedPlan:
    """A plan of a version, for a document of the name `document`.

    `doubts` keep it from being loaded without a person; `is_waiting` says that only a second document is missing.
    `articles` are those of the races of the season that the version tells of.
    """

    plan: PlanRow
    document: str
    doubts: tuple[str, ...]
    is_waiting: bool
    articles: tuple[RaceArticle, ...]


def parse_companions(fetched: Iterable[FetchedDocument]) -> Iterator[ParsedDocument]:
    """The readings of other pages of a season; one that cannot be read says nothing."""
    for companion in fetched:
        try:
            document = parse_upload(companion.name, companion.content)
            reader = next((one for one in FORMATS if one.recognizes(document)), None)
            if reader is not None:
                yield from reader.read(document)
        except BadDocument:
            continue


def race_articles(evaluation: Evaluation) -> tuple[RaceArticle, ...]:
    """The articles of the races of the seasons that a load makes anew."""
    made_rows = (row for made in evaluation.archive_build.seasons.made for row in made.rows)
    return articles_of([row for row in made_rows if isinstance(row, ScheduledRace)])


def articles_of(rows: Sequence[ScheduledRace]) -> tuple[RaceArticle, ...]:
    """The articles of the races of a schedule: as the season's article links them, else by the usual form of titles."""
    articles = []
    for row in rows:
        title = row.report or (f"{row.season} {row.name}" if row.name else "")
        starts_at = start_of(row)
        if title and starts_at and row.status != "cancelled":
            articles.append(RaceArticle(title, starts_at))
    return tuple(articles)


def start_of(row: ScheduledRace) -> datetime | None:
    """When a race starts: at the usual time where only its day is told, None where not even that is."""
    if row.starts_at:
        return datetime.fromisoformat(row.starts_at)
    return datetime.combine(row.day, USUAL_START, EASTERN).astimezone(UTC) if row.day else None
