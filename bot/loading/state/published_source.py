"""Where a fetched document was published: its address, the very version, and the licence it may be used under."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Base64Bytes

__all__ = ["FetchedDocument", "PublishedSource"]


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """A version of a page or file on the network.

    `address` names the page and stays the same from version to version; `version_address` leads to this very version,
    which of a page of an encyclopedia is its `revision`, made at `revised_at`. `moved_from` is the title that was asked
    for, where it leads to another. "" and None where the host does not say.
    """

    address: str
    version_address: str
    fetched_at: datetime
    revision: int | None = None
    revised_at: datetime | None = None
    licence: str = ""
    licence_address: str = ""
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document as it was fetched: the name it is to have here, its bytes, and where it was published.

    `asked_address` is the address that was asked for: not that of the source where a page was moved.
    """

    name: str
    content: Base64Bytes
    source: PublishedSource
    asked_address: str
