"""The one way to the network: one request at a time, with manners, and nothing larger than was agreed.

Who asks says so (User-Agent with the operator's contact, as Wikimedia asks for); what is known is not sent again
(ETag, Last-Modified); who is told to wait is told for how long (Retry-After). No cookie, no credential, no proxy of
the environment.
"""

import email.utils
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from bot.errors import FetchError, FetchRefused, PageMissing
from bot.fetching.fetch_settings import TimeLimits
from bot.fetching.public_resolver import PrivateHost, PublicResolver
from bot.fetching.validators import Validators
from bot.fetching.web_address import AllowedHosts, WebAddress

__all__ = ["MAX_HISTORY_BYTES", "MAX_PAGE_BYTES", "WebClient", "WebResponse"]

MAX_PAGE_BYTES = 4_000_000
MAX_HISTORY_BYTES = 20_000_000  # the longest history, of the sport's first series, has 16 million
MAX_REDIRECTS = 3
LONGEST_WAIT_S = 86_400.0  # whoever says to come back later than in a day is asked once more then
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REASONS: Mapping[int, str] = {
    401: "asks who is there, and nothing is fetched with credentials",
    403: "does not give it to this bot",
    408: "waited too long for the request",
    429: "asks to be asked less often",
    451: "may not give it for legal reasons",
    500: "has a fault of its own",
    502: "has a fault of its own",
    503: "cannot answer right now",
    504: "cannot answer right now",
}

# What can go wrong on the way; the first kind that an error is of.
NETWORK_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ConnectionTimeoutError, "{host} could not be reached in time."),
    (TimeoutError, "{host} began to answer and did not go on in time, or did not answer at all."),
    (aiohttp.ClientPayloadError, "What {host} sent ends too early."),
    (aiohttp.ClientConnectorDNSError, "The network does not know the name {host}."),
    (aiohttp.ClientSSLError, "{host} does not prove that it is {host}: its certificate is not valid."),
    (aiohttp.ClientConnectorError, "{host} could not be reached."),
)


@dataclass(frozen=True, slots=True)
class WebResponse:
    """What came back: the `address` that gave it in the end; `content` is None where nothing has changed."""

    address: WebAddress
    content: bytes | None
    content_type: str
    validators: Validators


class WebClient:
    """Client of the allowed hosts, to be used as a context manager on one event loop."""

    def __init__(self, hosts: AllowedHosts, contact: str, limits: TimeLimits | None = None) -> None:
        self.hosts = hosts
        self._limits = limits or TimeLimits()
        self._agent = f"Spotter/{installed_version('spotter')} ({contact}) aiohttp/{aiohttp.__version__}"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=PublicResolver(self.hosts), use_dns_cache=False, limit=1, force_close=True
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(
                total=self._limits.total_s,
                connect=self._limits.connect_s,
                sock_connect=self._limits.connect_s,
                sock_read=self._limits.read_s,
            ),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, address: str, max_bytes: int = MAX_PAGE_BYTES, known: Validators | None = None) -> WebResponse:
        """What is at an address, unpacked; redirects are followed within the allowed hosts.

        Raises FetchRefused for an address that is not allowed, PageMissing, and FetchError for all that can go wrong.
        """
        target = WebAddress.of(address)
        for _ in range(MAX_REDIRECTS + 1):
            self.hosts.check(target)
            try:
                answer = await self._get_once(target, max_bytes, known or Validators())
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise _network_error(target, error) from error
            if isinstance(answer, WebResponse):
                return answer
            target = answer
        raise FetchError(f"{target.host} sends from one address to the next without an end.")

    async def _get_once(self, target: WebAddress, max_bytes: int, known: Validators) -> WebResponse | WebAddress:
        """The response of one address, or the address it leads to."""
        if self._session is None:
            raise RuntimeError("a web client is used outside of its context")
        request = self._session.get(URL(str(target), encoded=True), headers=known.headers(), allow_redirects=False)
        async with request as response:
            if response.status in REDIRECTS:
                return WebAddress.of(urljoin(str(target), response.headers.get("Location", "")).partition("#")[0])
            if response.status not in (200, 304):
                raise _status_error(target, response)
            content = None if response.status == 304 else await _content(target, response, max_bytes)
            return WebResponse(target, content, response.content_type, _validators(response, known))


def _validators(response: aiohttp.ClientResponse, known: Validators) -> Validators:
    """What the response says of its version; an answer that nothing has changed need not say it again."""
    before = known if response.status == 304 else Validators()
    headers = response.headers
    return Validators(headers.get("ETag", before.etag)[:200], headers.get("Last-Modified", before.last_modified)[:100])


async def _content(target: WebAddress, response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The body, unpacked, read no further than it may be long. Raises FetchError."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"{target.host} packs what it sends in a way that was not asked for ({encoding[:20]}).")
    too_large = FetchError(f"{target} has more than {max_bytes / 1_000_000:g} MB; nothing of it was kept.")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if encoding != "identity" else None
    content, packed_bytes = bytearray(), 0
    async for chunk in response.content.iter_any():
        packed_bytes += len(chunk)
        try:
            content += unpacker.decompress(chunk, max_bytes + 1 - len(content)) if unpacker else chunk
        except zlib.error as error:
            raise FetchError(f"What {target.host} sent is packed wrong, or damaged.") from error
        if max(len(content), packed_bytes) > max_bytes:
            raise too_large
    if unpacker and not unpacker.eof:
        raise FetchError(f"What {target.host} sent ends too early.")
    if not content:
        raise FetchError(f"What {target.host} sent is empty.")
    return bytes(content)


def _status_error(target: WebAddress, response: aiohttp.ClientResponse) -> FetchError:
    """Why a host did not give what was asked for."""
    status = response.status
    if status in (404, 410):
        return PageMissing(f"There is nothing at {target} (status {status}).")
    reason = REASONS.get(status, "gives no page")
    return FetchError(
        f"{target.host} {reason} (status {status}).", _retry_after_s(response.headers.get("Retry-After", ""))
    )


def _retry_after_s(text: str) -> float | None:
    """Seconds until a host wants to be asked again: a number, or a moment (RFC 9110, 10.2.3); None for neither."""
    if text.strip().isdecimal() and len(text) < 10:
        return min(float(text), LONGEST_WAIT_S)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    wait_s = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(wait_s, 0.0), LONGEST_WAIT_S)


def _network_error(target: WebAddress, error: Exception) -> FetchError:
    """What went wrong on the way, in words."""
    if isinstance(getattr(error, "os_error", error), PrivateHost):
        return FetchRefused(f"{target.host} leads to an address of this machine or of a local network; not fetched.")
    words = (template for kind, template in NETWORK_FAULTS if isinstance(error, kind))
    return FetchError(next(words, "{host} broke off, or sent what is no response.").format(host=target.host))
