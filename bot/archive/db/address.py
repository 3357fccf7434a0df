"""Address of a database: checked before it is used, and written for people without what nobody should read."""

from urllib.parse import urlsplit

from sqlalchemy import URL

from bot.errors import ArchiveUnusable

__all__ = ["check_password", "public_address"]

# What ends the part of an address with name and password (RFC 3986, 3.2), and so may not stand in a password as it is.
RESERVED_CHARS = "@/?#:"


def public_address(url: URL) -> str:
    """The address without a password, also not one among the options behind "?"."""
    return url.set(query={}).render_as_string(hide_password=True)


def check_password(address: str) -> None:
    """Raise ArchiveUnusable where a password holds what ends it: the rest would be taken for a host, and be printed."""
    scheme, _, rest = address.partition("://")
    login, at_sign, _ = rest.rpartition("@")
    if scheme.startswith("sqlite") or not at_sign:
        return
    password = login.partition(":")[2]
    if any(char in password for char in RESERVED_CHARS) or "/" in login or not _has_port(rest):
        raise ArchiveUnusable(
            "DATABASE_URL has a password with signs that mean something else in an address. Write them so: "
            "@ as %40, / as %2F, ? as %3F, # as %23, : as %3A."
        )


def _has_port(rest: str) -> bool:
    """Whether what stands where the port is, if anything does, is a port."""
    try:
        _ = urlsplit(f"//{rest}").port
    except ValueError:
        return False
    return True
