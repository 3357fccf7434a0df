"""A folder in which nothing has changed: then a reload has nothing to do, and none of its files is opened again."""

from sqlmodel import Session, select

from bot.archive.models.user_data import RejectedDocument
from bot.loading.read.folder import FolderListing
from bot.loading.report import Report
from bot.loading.startup import is_archive_empty
from bot.loading.state.document_set import ORIGIN_UPLOAD, active_set, excluded_digests

__all__ = ["report_if_unchanged"]


def report_if_unchanged(session: Session, listing: FolderListing) -> Report | None:
    """What a reload would report if every file of the folder is known by its hash; None if it has something to do."""
    if listing.rejected or is_archive_empty(session) or session.exec(select(RejectedDocument.number).limit(1)).first():
        return None
    digest_of_file = {file.name: file.digest for file in listing.files}
    active, excluded = active_set(session).documents, excluded_digests(session)
    excluded_files, overridden_files = [], []
    # Files that an upload beats, or that moderators have excluded, differ from what is in force and change nothing.
    for name, digest in digest_of_file.items():
        old = active.get(name)
        if old and old.origin == ORIGIN_UPLOAD and old.digest != digest:
            overridden_files.append(name)
        elif not old or old.digest != digest:
            if digest not in excluded:
                return None
            excluded_files.append(name)
    if any(document.origin != ORIGIN_UPLOAD and name not in digest_of_file for name, document in active.items()):
        return None
    return Report(0, set_aside=tuple(excluded_files), passed_over=tuple(overridden_files))
