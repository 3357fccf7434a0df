"""What a moderator names to be fetched: an article by its title or address, or any document by its address."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qs, quote, unquote

from bot.errors import FetchRefused
from bot.fetching.web_address import AllowedHosts, WebAddress, site_of
from bot.language.patterns import Pattern

__all__ = ["ArticleAddress", "PageAddress", "document_name", "page_address"]

WIKI_PATH, INDEX_PATH, REST_PATH = "/wiki/", "/w/index.php", "/w/rest.php/v1/page/"
WIKITEXT_SUFFIX = ".wikitext"
MAX_TITLE_BYTES = 255  # of MediaWiki
MAX_STEM_CHARS = 70  # characters of a document's name before its ending
NOT_IN_TITLES = frozenset("#<>[]{}|")  # MediaWiki allows none of them in a title
_NAME_CHARS = Pattern(r"[^\w .,()&'+-]")


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """An article of a MediaWiki: the `site` ("https://en.wikipedia.org") and its `title`, with spaces."""

    site: str
    title: str

    def __str__(self) -> str:
        return f"{self.site}{WIKI_PATH}{quote(self._key, safe=':,()/')}"

    @property
    def rest_address(self) -> str:
        """Where the REST API gives it; a slash in the title is %2F there."""
        return f"{self.site}{REST_PATH}{quote(self._key, safe='')}"

    def version_address(self, revision: int) -> str:
        """Where one revision of it can be read."""
        return f"{self.site}{INDEX_PATH}?title={quote(self._key, safe=':')}&oldid={revision}"

    @property
    def _key(self) -> str:
        return self.title.replace(" ", "_")


# What is fetched: an article, or a file at any address.
PageAddress = ArticleAddress | WebAddress


def page_address(text: str, hosts: AllowedHosts) -> PageAddress:
    """What a moderator means by a title or an address.

    Raises FetchRefused for what is neither, for an old revision, and for an address that is not allowed.
    """
    typed = text.strip().strip('<>"“”').strip()
    if "://" not in typed and any(typed.lower().startswith(f"{name}/") for name in hosts.names):
        typed = f"https://{typed}"
    if "://" not in typed:
        return ArticleAddress(hosts.default_site, _title(typed))
    address = WebAddress.of(quote(typed.partition("#")[0], safe="%/:?&=+,;@()!$'*[]~"))
    hosts.check(address)
    return _article(address) or address


def document_name(address: PageAddress) -> str:
    """The name that a fetched document is to have: its title, or the end of its address."""
    if isinstance(address, ArticleAddress):
        return f"{_plain_name(address.title)}{WIKITEXT_SUFFIX}"
    path = PurePosixPath(unquote(address.target.partition("?")[0]))
    suffixes = "".join(path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:])
    return f"{_plain_name(path.name.removesuffix(suffixes))}{suffixes or '.txt'}"


def _plain_name(text: str) -> str:
    """A text as a file can be called; with some letters of a digest where that loses a letter."""
    plain = _NAME_CHARS.sub("-", text).replace("..", "-").strip(" .-'&+,()") or "document"
    if plain == text and len(plain) <= MAX_STEM_CHARS:
        return plain
    return f"{plain[:MAX_STEM_CHARS].strip()}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def _article(address: WebAddress) -> ArticleAddress | None:
    """The article that an address is of; None where it is none of a MediaWiki."""
    path, _, query = address.target.partition("?")
    options = parse_qs(query)
    if "oldid" in options or "diff" in options:
        raise FetchRefused(
            "This is the address of one old revision; write that of the article, without oldid and diff."
        )
    if path.startswith(WIKI_PATH):
        return ArticleAddress(site_of(address), _title(unquote(path.removeprefix(WIKI_PATH))))
    if path == INDEX_PATH and "title" in options:
        return ArticleAddress(site_of(address), _title(options["title"][0]))
    return None


def _title(text: str) -> str:
    """A title as MediaWiki writes it. Raises FetchRefused for what cannot be one."""
    title = " ".join(text.replace("_", " ").split())
    if not title or len(title.encode()) > MAX_TITLE_BYTES or not title.isprintable() or NOT_IN_TITLES & set(title):
        raise FetchRefused(
            f"“{text[:80]}” is no title of an article. Write it as the encyclopedia does, or its address."
        )
    return title
