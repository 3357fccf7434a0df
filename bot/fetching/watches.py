"""What moderators do with watches: set one up, list them, stop one. For any thread, a transaction for each."""

from datetime import UTC, datetime

from bot.archive.db.engine import read_session, write_session
from bot.documents.model import Document
from bot.documents.season_article.title import season_title
from bot.errors import FetchRefused
from bot.fetching.fetch_settings import FETCHING_OFF, FetchSettings
from bot.fetching.page_address import ArticleAddress, PageAddress, page_address
from bot.fetching.watch_row import WatchRow
from bot.fetching.watch_rows import NewWatch, add_watch, stop_watch, watch_rows
from bot.loading.moderation.operations import Operations

__all__ = ["all_watches", "end_watch", "set_up_watch"]

HISTORY_ENDINGS = (".csv", ".csv.gz")


def all_watches(operations: Operations) -> tuple[WatchRow, ...]:
    """Every watch, the races of a season behind it."""
    with read_session(operations.engine) as session:
        return watch_rows(session, datetime.now(UTC))


def set_up_watch(
    operations: Operations, settings: FetchSettings, what: str, by: str, *, is_automatic: bool
) -> tuple[WatchRow, ...]:
    """Watch a season, a page or a file from now on, by its title or address; all watches with it.

    Raises FetchRefused where fetching is off or the address is not allowed, BotError where it is watched already.
    """
    if not settings.is_on:
        raise FetchRefused(FETCHING_OFF)
    address = page_address(what, settings.hosts)
    with write_session(operations.engine) as session:
        add_watch(session, NewWatch(_kind(address), str(address), is_automatic, by, datetime.now(UTC)))
    return all_watches(operations)


def end_watch(operations: Operations, number: int) -> tuple[WatchRow, ...]:
    """Stop a watch; those that are left. Raises NothingKnown where there is none of this number."""
    with write_session(operations.engine) as session:
        stop_watch(session, number)
    return all_watches(operations)


def _kind(address: PageAddress) -> str:
    """What an address is of: a whole season by the title of its article, a history by its ending, else a page."""
    if not isinstance(address, ArticleAddress):
        path = address.target.partition("?")[0].lower()
        return "history" if path.endswith(HISTORY_ENDINGS) else "page"
    title = season_title(Document("", "", (f"'''{address.title}'''",)))
    return "season" if title and f"{title.season} {title.series_name}" == address.title else "page"
