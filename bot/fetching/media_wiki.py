"""Articles of a MediaWiki by its REST API: source, revision, time and licence (/w/rest.php/v1/page/{title}).

`/bare` has all of it but the source: that is how one looks whether there is another revision.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urljoin

from bot.errors import FetchError
from bot.fetching.page_address import REST_PATH, WIKI_PATH, ArticleAddress
from bot.fetching.validators import Validators
from bot.fetching.web_address import WebAddress, site_of
from bot.fetching.web_client import WebClient

__all__ = ["ArticleVersion", "fetch_article", "look_at_article"]

MAX_REDIRECT_CHARS = 300  # of a page that only leads to another one
MAX_LICENCE_CHARS = 200


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A revision of an article: where it is (`address`, after the redirects), when it was made, under what licence.

    `asked_title` is the title that led to it where that is another one. `source` is "" where only `/bare` was asked.
    """

    address: ArticleAddress
    asked_title: str
    revision: int
    revised_at: datetime
    licence: str
    licence_address: str
    source: str
    validators: Validators


async def look_at_article(client: WebClient, address: ArticleAddress, known: Validators) -> ArticleVersion | None:
    """The newest revision without its source; None where there is no other than the one known.

    Raises FetchRefused, PageMissing, FetchError.
    """
    return await _version(client, address, "/bare", known)


async def fetch_article(client: WebClient, address: ArticleAddress) -> ArticleVersion:
    """The newest revision with its source. Raises FetchRefused, PageMissing, FetchError."""
    version = await _version(client, address, "", Validators())
    if version is None:
        raise FetchError(f"{address} says that nothing has changed, which was not the question.")
    return version


async def _version(client: WebClient, address: ArticleAddress, side: str, known: Validators) -> ArticleVersion | None:
    """A version of an article, whose own redirect is followed once, on the same site."""
    answer = await _ask(client, address, side, known)
    if answer is None:
        return None
    version, target = answer
    if target is not None:
        answer = await _ask(client, target, side, Validators())
        if answer is None or answer[1] is not None:
            raise FetchError(
                f"“{address.title}” leads to “{target.title}”, and that leads on: name the article itself."
            )
        version = answer[0]
    asked_title = address.title if _folded(version.address.title) != _folded(address.title) else ""
    return ArticleVersion(
        version.address,
        asked_title,
        version.revision,
        version.revised_at,
        version.licence,
        version.licence_address,
        version.source,
        version.validators,
    )


async def _ask(
    client: WebClient, address: ArticleAddress, side: str, known: Validators
) -> tuple[ArticleVersion, ArticleAddress | None] | None:
    """What the API says of a page, and the article it leads to if it is a redirect of the wiki's own."""
    response = await client.get(address.rest_address + side, known=known)
    if response.content is None:
        return None
    if site_of(response.address) != address.site:
        raise FetchError(f"{address.site} sends to another host ({response.address.host}): name the article there.")
    if "json" not in response.content_type:
        raise FetchError(
            f"{address.site} gives a page for browsers and no article: it has no REST API of MediaWiki there."
        )
    fields = _fields(address, response.content)
    version = _read_version(address, fields, response.validators, has_source=not side)
    return version, _redirect_target(address, fields, response.address)


def _fields(address: ArticleAddress, content: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise FetchError(f"What {address.site} sent is not UTF-8 text.") from None
    except (ValueError, RecursionError):
        raise FetchError(f"What {address.site} sent is damaged: it is no whole JSON.") from None
    if not isinstance(fields, dict):
        raise FetchError(f"What {address.site} sent tells of no page.")
    return fields


def _read_version(
    address: ArticleAddress, fields: Mapping[str, Any], validators: Validators, *, has_source: bool
) -> ArticleVersion:
    """The version that the fields of an answer tell of. Raises FetchError where one is missing."""
    try:
        title, latest, licence = str(fields["title"]), fields["latest"], fields.get("license") or {}
        revision, revised_at = int(latest["id"]), _moment(str(latest["timestamp"]))
        source = str(fields["source"]) if has_source else ""
        licence_words = str(licence.get("title") or "")[:MAX_LICENCE_CHARS]
        licence_address = str(licence.get("url") or "")[:MAX_LICENCE_CHARS]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise FetchError(f"What {address.site} sent of “{address.title}” lacks its revision or its text.") from None
    if fields.get("content_model", "wikitext") != "wikitext":
        raise FetchError(f"“{title[:80]}” is no article: its text is {str(fields['content_model'])[:40]}.")
    found = ArticleAddress(address.site, title)
    return ArticleVersion(found, "", revision, revised_at, licence_words, licence_address, source, validators)


def _redirect_target(address: ArticleAddress, fields: Mapping[str, Any], answered: WebAddress) -> ArticleAddress | None:
    """The article that a redirect of the wiki leads to; None for a page of its own.

    Raises FetchError where it leads to another host, or to no article.
    """
    written = fields.get("redirect_target")
    if isinstance(written, str) and written:
        target = WebAddress.of(urljoin(str(answered), written).partition("#")[0])
        if site_of(target) != address.site:
            raise FetchError(f"“{address.title}” leads to another host ({target.host}): name the article there.")
        path = target.target.partition("?")[0]
        for start in (REST_PATH, WIKI_PATH):
            if path.startswith(start):
                title = unquote(path.removeprefix(start)).removesuffix("/bare")
                return ArticleAddress(address.site, title.replace("_", " "))
        raise FetchError(f"“{address.title}” leads to a place that is no article.")
    return _written_redirect(address, str(fields.get("source") or ""))


def _written_redirect(address: ArticleAddress, source: str) -> ArticleAddress | None:
    """The article that a source of the form “#REDIRECT [[title]]” leads to."""
    head = source.lstrip()[:MAX_REDIRECT_CHARS]
    if not head.casefold().startswith("#redirect") or "[[" not in head:
        return None
    title = head.partition("[[")[2].partition("]]")[0].partition("|")[0].partition("#")[0].strip()
    return ArticleAddress(address.site, " ".join(title.replace("_", " ").split())) if title else None


def _moment(text: str) -> datetime:
    """A moment in UTC. Raises ValueError for what is none."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _folded(title: str) -> str:
    """A title to compare: MediaWiki does not tell its first letter's case apart, nor spaces from underscores."""
    return (title[:1].upper() + title[1:]).replace("_", " ")
