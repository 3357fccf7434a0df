"""Addresses of the documents of a card."""

from collections.abc import Iterable, Mapping

from bot.answers.common.text import date_text
from bot.archive.queries.sources import PublishedRow
from bot.cards import Citation

__all__ = ["first_address", "first_version_address", "published_text"]


def first_address(citations: Iterable[Citation]) -> str:
    """Where the title of a card leads to: the address of the first document that has one; "" where none has."""
    return next((citation.address for citation in citations if citation.address), "")


def first_version_address(citations: Iterable[Citation], published: Mapping[str, PublishedRow]) -> str:
    """The same, and of a fetched document the address of the very version that was read."""
    versions = (
        published[cited.document].version_address if cited.document in published else cited.address
        for cited in citations
    )
    return next(filter(None, versions), "")


def published_text(row: PublishedRow) -> str:
    """Where a version can be read, of which day it is, and under which licence."""
    day = f" (version of {date_text(row.revised_at.date())})" if row.revised_at else ""
    licence = f"; licence: {row.licence or row.licence_address}" if row.licence or row.licence_address else ""
    address = f", {row.licence_address}" if row.licence and row.licence_address else ""
    return f"{row.version_address}{day}{licence}{address}"
