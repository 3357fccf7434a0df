"""Published versions of fetched documents: written with a load, and let go when a watched document has too many."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select

from bot.archive.models.fetching import PublishedVersion, Watch
from bot.archive.models.user_data import ActiveDocumentRecord, DocumentPart, DocumentText
from bot.loading.state.published_source import PublishedSource

__all__ = ["KEPT_VERSIONS", "write_published_version"]

KEPT_VERSIONS = 10  # of a watched document: those of its last loads


def write_published_version(
    session: Session, name: str, digest: str, source: PublishedSource, loaded_at: datetime
) -> None:
    """Note where a document comes from that is being loaded; of a watched one only the last versions are kept."""
    version = PublishedVersion(
        name=name,
        digest=digest,
        address=source.address,
        version_address=source.version_address,
        fetched_at=source.fetched_at,
        revision=source.revision,
        revised_at=source.revised_at,
        licence=source.licence,
        licence_address=source.licence_address,
        moved_from=source.moved_from,
        loaded_at=loaded_at,
        is_kept=True,
    )
    session.merge(version)
    session.flush()
    if session.exec(select(Watch.number).where(Watch.document == name)).first() is not None:
        _let_go(session, name, digest)


def _let_go(session: Session, name: str, digest: str) -> None:
    """Forget the texts of all but the last versions of a document, where nothing else has them in force.

    `digest` is that of the version that is being loaded. The log goes on naming what went: a load cannot be rolled back
    to before it.
    """
    versions = session.exec(
        select(PublishedVersion).where(PublishedVersion.name == name).order_by(col(PublishedVersion.loaded_at).desc())
    ).all()
    active = set(session.exec(select(ActiveDocumentRecord.digest).where(ActiveDocumentRecord.name != name)))
    old = [row for row in versions[KEPT_VERSIONS:] if row.is_kept and row.digest not in active | {digest}]
    for row in old:
        row.is_kept = False
        session.add(row)
    session.flush()
    _delete_texts(session, [row.digest for row in old])


def _delete_texts(session: Session, digests: Collection[str]) -> None:
    """Delete the texts of these digests that no kept version of another name is."""
    query = select(PublishedVersion.digest).where(
        col(PublishedVersion.digest).in_(digests), col(PublishedVersion.is_kept)
    )
    kept = session.exec(query).all()
    gone = sorted(set(digests) - set(kept))
    session.exec(delete(DocumentPart).where(col(DocumentPart.digest).in_(gone)))
    session.exec(delete(DocumentText).where(col(DocumentText.digest).in_(gone)))
