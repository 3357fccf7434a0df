"""The name of a fetched document: that which its page had before, and never that of another page."""

import hashlib
from pathlib import PurePath

from sqlmodel import Session, col, select

from bot.archive.models.fetching import PublishedVersion
from bot.archive.models.user_data import ActiveDocumentRecord
from bot.loading.state.published_source import FetchedDocument

__all__ = ["name_of_fetched"]


def name_of_fetched(session: Session, fetched: FetchedDocument) -> str:
    """The name that a fetched document gets.

    What was fetched from its address before, or from the address that was asked for and now leads to it, gives its
    name. Where a document from elsewhere in the network has that name, some letters of a digest tell them apart.
    """
    addresses = (fetched.source.address, fetched.asked_address)
    rows = session.exec(
        select(PublishedVersion)
        .join(ActiveDocumentRecord, col(ActiveDocumentRecord.name) == col(PublishedVersion.name))
        .order_by(col(PublishedVersion.loaded_at).desc(), col(PublishedVersion.name))
    ).all()
    for address in addresses:
        name = next((row.name for row in rows if row.address == address), None)
        if name is not None:
            return _with_ending_of(fetched.name, name)
    if any(row.name == fetched.name.removesuffix(".gz") for row in rows):
        path = PurePath(fetched.name)
        stem = path.name.removesuffix("".join(path.suffixes))
        mark = hashlib.sha256(fetched.source.address.encode()).hexdigest()[:6]
        return f"{stem}-{mark}{''.join(path.suffixes)}"
    return fetched.name


def _with_ending_of(fetched_name: str, name: str) -> str:
    """A name that a document has, packed if what was fetched is: an upload is unpacked by its ending."""
    return f"{name}.gz" if fetched_name.endswith(".gz") else name
