"""Bare names: people in prose whom nothing in the text makes a driver. Tables and the catalogue decide who they are.

Never another text of prose: then it would matter which texts are there, and two mistakes would confirm each other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.documents.model import Claim, FactClaim, IncidentClaim, RowClaim
from bot.loading.merge.sourced_claims import SourcedClaim

__all__ = ["has_bare_name", "without_bare_names"]


def has_bare_name(claim: Claim) -> bool:
    """Whether a claim is about a bare name."""
    return isinstance(claim, FactClaim | RowClaim) and claim.bare_name


def without_bare_names(claims: Iterable[SourcedClaim], is_driver: Callable[[str], bool]) -> Iterator[SourcedClaim]:
    """The claims without those about a bare name that is nobody's.

    `is_driver` says whether a name, spelled as the archive spells it, is that of a driver. An incident without its
    driver is none; without some of the people in it, it is still one.
    """
    for sourced in claims:
        claim = _without_bare_names(sourced.claim, is_driver)
        if claim is not None:
            yield replace(sourced, claim=claim)


def _without_bare_names(claim: Claim, is_driver: Callable[[str], bool]) -> Claim | None:
    if isinstance(claim, RowClaim):
        return None if claim.bare_name and not is_driver(claim.driver) else claim
    if isinstance(claim, FactClaim):
        return None if claim.bare_name and not is_driver(str(claim.value)) else claim
    if not isinstance(claim, IncidentClaim) or not claim.bare_names:
        return claim
    nobody = {name for name in claim.bare_names if not is_driver(name)}
    if claim.driver in nobody:
        return None
    return replace(claim, people=tuple(name for name in claim.people if name not in nobody))
