"""Addresses that documents came from: of fetched ones the very version, of others what their first lines say."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from bot.answers.common.text import date_text
from bot.archive.queries.evidence import line_texts
from bot.archive.queries.sources import PublishedRow, published_rows
from bot.documents.address import HEAD_LINES, address_in

__all__ = ["addresses_of", "published_text"]


def addresses_of(session: Session, documents: Iterable[str]) -> Mapping[str, str]:
    """The address of each of these documents that has one, in their order."""
    names = list(dict.fromkeys(documents))
    published = published_rows(session, names)
    texts = line_texts(
        session, ((name, number) for name in names if name not in published for number in range(1, HEAD_LINES + 1))
    )
    heads = {name: [texts.get((name, number), "") for number in range(1, HEAD_LINES + 1)] for name in names}
    found = {
        name: published[name].version_address if name in published else address_in(lines)
        for name, lines in heads.items()
    }
    return {name: address for name, address in found.items() if address}


def published_text(row: PublishedRow) -> str:
    """Where a version can be read, of which day it is, and under which licence."""
    day = f" (version of {date_text(row.revised_at.date())})" if row.revised_at else ""
    licence = f"; licence: {row.licence or row.licence_address}" if row.licence or row.licence_address else ""
    address = f", {row.licence_address}" if row.licence and row.licence_address else ""
    return f"{row.version_address}{day}{licence}{address}"
