"""How much there is to read: what decides whether a child process does it."""

from sqlalchemy import Engine
from sqlmodel import col, select

from bot.archive.db.engine import reading
from bot.archive.models.user_data import DocumentText, LoadRecord
from bot.loading.read.folder import FolderListing
from bot.loading.state.document_set import aside_of, state_before, state_of

__all__ = ["size_of_folder", "size_of_roll_back"]


def size_of_folder(engine: Engine, listing: FolderListing) -> int:
    """Bytes to read, unpacked, in the files of a folder that are not in force and not set aside.

    Raises ArchiveUnusable.
    """
    with reading(engine) as session:
        known = {one.digest for one in state_of(session).documents.values()} | aside_of(session)
    return sum(file.size for file in listing.files if file.digest not in known)


def size_of_roll_back(engine: Engine, load: int) -> int:
    """Bytes of the documents that come or go with a roll back; 0 where there was no such load."""
    with reading(engine) as session:
        if session.get(LoadRecord, load) is None:
            return 0
        now, then = state_of(session), state_before(session, load)
        digests = {one.digest for one in now.documents.values()} ^ {one.digest for one in then.documents.values()}
        return sum(session.exec(select(DocumentText.size).where(col(DocumentText.digest).in_(sorted(digests)))))
