"""A fetch: from what somebody names to a document that can be planned like an upload."""

from datetime import UTC, datetime

from bot.errors import FetchError, FetchRefused
from bot.fetching.fetch_settings import FETCHING_OFF, FetchSettings
from bot.fetching.media_wiki import ArticleVersion, fetch_article
from bot.fetching.page_address import ArticleAddress, PageAddress, document_name, page_address
from bot.fetching.validators import Validators
from bot.fetching.web_address import WebAddress
from bot.fetching.web_client import MAX_HISTORY_BYTES, MAX_PAGE_BYTES, WebClient
from bot.loading.state.published_source import FetchedDocument, PublishedSource

__all__ = ["fetch_document", "fetch_page", "max_bytes_of", "open_client"]

TABLE_ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz")  # histories are tables, and long


def open_client(settings: FetchSettings) -> WebClient:
    """A client with these settings. Raises FetchRefused where fetching is off."""
    if not settings.is_on:
        raise FetchRefused(FETCHING_OFF)
    return WebClient(settings.hosts, settings.contact, settings.limits)


async def fetch_document(settings: FetchSettings, what: str) -> FetchedDocument:
    """The document that a title or an address names. Raises FetchRefused, PageMissing, FetchError."""
    async with open_client(settings) as client:
        document, _ = await fetch_page(client, page_address(what, settings.hosts))
        return document


async def fetch_page(
    client: WebClient, address: PageAddress, known: Validators | None = None
) -> tuple[FetchedDocument, Validators]:
    """A document at an address, and by what its next version can be told from it.

    Raises FetchRefused, PageMissing, FetchError.
    """
    if isinstance(address, ArticleAddress):
        version = await fetch_article(client, address)
        return _article_document(version, address), version.validators
    response = await client.get(str(address), max_bytes_of(address), known)
    if response.content is None:
        raise FetchError(f"{address} says that nothing has changed, which was not the question.")
    if "html" in response.content_type:
        raise FetchError(f"{address} is a page for browsers (HTML), and no document.")
    source = PublishedSource(str(address), str(response.address), datetime.now(UTC))
    return FetchedDocument(document_name(address), response.content, source, str(address)), response.validators


def max_bytes_of(address: WebAddress) -> int:
    """How many bytes a document at an address may have: a table more than any other."""
    path = address.target.partition("?")[0].lower()
    return MAX_HISTORY_BYTES if path.endswith(TABLE_ENDINGS) else MAX_PAGE_BYTES


def _article_document(version: ArticleVersion, asked: ArticleAddress) -> FetchedDocument:
    if not version.source.strip():
        raise FetchError(f"“{version.address.title}” is empty.")
    source = PublishedSource(
        str(version.address),
        version.address.version_address(version.revision),
        datetime.now(UTC),
        version.revision,
        version.revised_at,
        version.licence,
        version.licence_address,
        version.asked_title,
    )
    return FetchedDocument(document_name(version.address), version.source.encode(), source, str(asked))
