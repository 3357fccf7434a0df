"""Addresses that documents came from, read out of their first lines."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from bot.archive.queries.evidence import line_texts
from bot.documents.address import HEAD_LINES, address_in

__all__ = ["addresses_of"]


def addresses_of(session: Session, documents: Iterable[str]) -> Mapping[str, str]:
    """The address of each of these documents that has one, in their order."""
    names = list(dict.fromkeys(documents))
    texts = line_texts(session, ((name, number) for name in names for number in range(1, HEAD_LINES + 1)))
    heads = {name: [texts.get((name, number), "") for number in range(1, HEAD_LINES + 1)] for name in names}
    found = {name: address_in(lines) for name, lines in heads.items()}
    return {name: address for name, address in found.items() if address}
