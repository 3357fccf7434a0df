"""Addresses of the documents of a card."""

from collections.abc import Iterable

from bot.cards import Citation

__all__ = ["first_address"]


def first_address(citations: Iterable[Citation]) -> str:
    """Where the title of a card leads to: the address of the first document that has one; "" where none has."""
    return next((citation.address for citation in citations if citation.address), "")
