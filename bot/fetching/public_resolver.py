"""Names of hosts to addresses, refusing those of this machine and of local networks when a connection is made."""

import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.fetching.web_address import AllowedHosts, is_public

__all__ = ["PrivateHost", "PublicResolver"]


class PrivateHost(OSError):
    """A name that leads to an address of this machine or of a local network."""


class PublicResolver(AbstractResolver):
    """Resolver whose addresses are public, but for hosts that the operator has allowed by their full address.

    A connection goes to the very addresses given here: a name that leads elsewhere a moment later gains nothing.
    """

    def __init__(self, hosts: AllowedHosts, inner: AbstractResolver | None = None) -> None:
        self._hosts = hosts
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises PrivateHost, which is an OSError, where one of them is not public."""
        results = await self._inner.resolve(host, port, family)
        if not self._hosts.is_exempt(host, port) and not all(is_public(result["host"]) for result in results):
            raise PrivateHost(f"{host} leads to an address of a private network")
        return results

    async def close(self) -> None:
        """Close what looks names up."""
        await self._inner.close()
