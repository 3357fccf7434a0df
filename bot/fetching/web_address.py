"""Web addresses as people paste them, taken apart, and which of them the operator allows."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bot.errors import FetchRefused

__all__ = ["AllowedHosts", "WebAddress", "is_public", "site_of"]

MAX_ADDRESS_CHARS = 2_000
DEFAULT_PORTS = {"https": 443, "http": 80}
# A network of IPv6 whose addresses stand for those of IPv4 (RFC 6052): they are judged by these.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address without credentials and without its fragment; `target` is path and query as written."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, text: str) -> "WebAddress":
        """The address that a text is. Raises FetchRefused where it is none, or carries a user's name."""
        if len(text) > MAX_ADDRESS_CHARS or not text.isascii() or any(char <= " " or char == "\\" for char in text):
            raise FetchRefused(
                f"“{text[:80]}” is no address that can be fetched: write it in plain letters, in one piece."
            )
        try:
            parts = urlsplit(text)
            port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError:
            raise FetchRefused(f"“{text[:80]}” is no address.") from None
        if not port or not parts.hostname:
            raise FetchRefused(f"“{text[:80]}” is no address that begins with https://.")
        if parts.username is not None or parts.password is not None:
            raise FetchRefused("The address carries a user's name or a password; nothing is fetched with credentials.")
        return cls(parts.scheme, parts.hostname.rstrip("."), port, _target(parts))

    def __str__(self) -> str:
        return site_of(self) + self.target


def site_of(address: WebAddress) -> str:
    """Scheme, host and port of an address, without the port that its scheme has anyway."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    port = "" if DEFAULT_PORTS[address.scheme] == address.port else f":{address.port}"
    return f"{address.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """What the operator allows, in order: names of hosts, and full addresses (`exempt`) of exactly one host and port.

    A host by its name is asked by https alone, and only where its name leads to a public address; a full address is
    the operator's own word.
    """

    entries: tuple[str, ...]
    names: frozenset[str]
    exempt: frozenset[tuple[str, str, int]]

    @classmethod
    def of(cls, entries: Iterable[str]) -> "AllowedHosts":
        """The hosts of such entries ("en.wikipedia.org", "http://127.0.0.1:8080"). Raises FetchRefused."""
        kept = tuple(entries)
        names, exempt = set(), set()
        for entry in kept:
            if "://" not in entry:
                names.add(_host_name(entry))
                continue
            address = WebAddress.of(entry)
            if address.target != "/":
                raise FetchRefused(f"{entry} has a path; a full address is scheme, host and port.")
            exempt.add((address.scheme, address.host, address.port))
        return cls(kept, frozenset(names), frozenset(exempt))

    @property
    def default_site(self) -> str:
        """The site that a mere title is looked for on: the first of the entries."""
        first = self.entries[0]
        return site_of(WebAddress.of(first)) if "://" in first else f"https://{_host_name(first)}"

    def check(self, address: WebAddress) -> None:
        """Raise FetchRefused for an address that is not allowed."""
        if (address.scheme, address.host, address.port) in self.exempt:
            return
        if address.host not in self.names:
            raise FetchRefused(
                f"Nothing is fetched from {address.host[:100]}. Allowed by FETCH_HOSTS: {', '.join(self.entries)}."
            )
        if address.scheme != "https" or address.port != DEFAULT_PORTS["https"]:
            raise FetchRefused(f"{address.host} is asked by https alone, on its usual port; the address is {address}.")

    def is_exempt(self, host: str, port: int) -> bool:
        """Whether this host and port are in a full address, and may be a private one."""
        return any((host, port) == entry[1:] for entry in self.exempt)


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open network, and not of this machine, a local or a reserved one."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if address in NAT64:
        return _is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(_is_global(one) for one in (address, *_embedded(address)))


def _is_global(address: IpAddress) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: IpAddress) -> Iterable[IpAddress]:
    """The IPv4 addresses that one of IPv6 stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            yield inner


def _host_name(entry: str) -> str:
    """A host by its name. Raises FetchRefused for what is none."""
    name = entry.strip().lower().rstrip(".")
    labels = name.split(".")
    is_name = len(labels) > 1 and all(label.replace("-", "").isalnum() and label.isascii() for label in labels)
    if not is_name or labels[-1].isdecimal():
        raise FetchRefused(
            f"{entry[:80]} is no name of a host, such as en.wikipedia.org; an address is written in full."
        )
    return name


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
