"""How much there is to read and to compare: what decides whether a child process does it."""

from sqlalchemy import Engine
from sqlmodel import col, func, select

from bot.archive.db.engine import read_session
from bot.archive.models.user_data import ActiveDocumentRecord, DocumentText, LoadRecord
from bot.archive.queries.races import race_count
from bot.loading.read.folder import FolderListing
from bot.loading.state.document_set import active_set, excluded_digests, set_before_load

__all__ = ["active_bytes", "archive_races", "new_folder_bytes", "roll_back_bytes"]


def new_folder_bytes(engine: Engine, listing: FolderListing) -> int:
    """Bytes to read, unpacked, in the files of a folder that are not in force and not set aside.

    Raises ArchiveUnusable.
    """
    with read_session(engine) as session:
        known_digests = {document.digest for document in active_set(session).documents.values()} | excluded_digests(
            session
        )
    return sum(file.size for file in listing.files if file.digest not in known_digests)


def active_bytes(engine: Engine) -> int:
    """Bytes of all documents in force: what a change of the archive may have to read again at most."""
    with read_session(engine) as session:
        digests = select(ActiveDocumentRecord.digest).distinct()
        total = select(func.sum(DocumentText.size)).where(col(DocumentText.digest).in_(digests))
        return int(session.exec(total).one() or 0)


def archive_races(engine: Engine) -> int:
    """The number of races in the archive. Raises ArchiveUnusable."""
    with read_session(engine) as session:
        return race_count(session)


def roll_back_bytes(engine: Engine, load_number: int) -> int:
    """Bytes of the documents that come or go with a roll back; 0 where there was no such load."""
    with read_session(engine) as session:
        if session.get(LoadRecord, load_number) is None:
            return 0
        current, earlier = active_set(session), set_before_load(session, load_number)
        digests = {document.digest for document in current.documents.values()} ^ {
            document.digest for document in earlier.documents.values()
        }
        return sum(session.exec(select(DocumentText.size).where(col(DocumentText.digest).in_(sorted(digests)))))
