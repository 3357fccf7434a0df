"""Claims with their source, trust and full names: what the documents of one race say, ready to be compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.archive.queries.evidence import CORRECTIONS
from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.model import (
    Claim,
    EntryClaim,
    FactClaim,
    IncidentClaim,
    PassageClaim,
    RowClaim,
    StandingClaim,
)
from bot.loading.canonical.spellings import Roster
from bot.loading.read.reader import DocumentWithClaims
from bot.racing.document_kinds import HISTORY_TABLE_KIND, TABLE_KINDS

__all__ = [
    "CATALOGUE_TRUST",
    "CORRECTIONS",
    "CORRECTION_TRUST",
    "DRIVER_FIELDS",
    "MANUFACTURER_FIELDS",
    "PROSE_TRUST",
    "TABLE_TRUST",
    "TEAM_FIELDS",
    "SourcedClaim",
    "claims_of_type",
    "collect_claims",
    "document_trust",
    "rosters",
]

C = TypeVar("C")

# The order of trust: the higher wins, and what loses is kept as a conflict.
PROSE_TRUST, TABLE_TRUST, CATALOGUE_TRUST, CORRECTION_TRUST = 1, 2, 3, 4
DRIVER_FIELDS = frozenset(
    {"winner", "pole_driver", "most_laps_led_driver", "practice_fastest_driver", "fastest_lap_driver"}
)
MANUFACTURER_FIELDS = frozenset({"winner_manufacturer"})
TEAM_FIELDS = frozenset({"winner_team", "pole_team", "most_laps_led_team"})


@dataclass(frozen=True, slots=True)
class SourcedClaim:
    """One claim, the document that makes it, and how far that is trusted.

    A table beats prose, the catalogue both, and a moderator's correction all. `claim_number` is the claim's place among
    all of its document: on one line the first stays the first. `from_history_table` says that the document is nothing
    but a table, so that a row of it is one even where it gives neither car nor manufacturer.
    """

    claim: Claim
    document: str
    trust: int
    claim_number: int = 0
    from_history_table: bool = False


def claims_of_type(claims: Iterable[SourcedClaim], claim_type: type[C]) -> list[tuple[SourcedClaim, C]]:
    """The claims of one kind, each with its source, in the order given."""
    return [(sourced, sourced.claim) for sourced in claims if isinstance(sourced.claim, claim_type)]


def collect_claims(
    documents: Sequence[DocumentWithClaims], extra_drivers: Sequence[str] = ()
) -> tuple[SourcedClaim, ...]:
    """Every claim of the documents of one race, with last names made full; `extra_drivers` are more of its field."""
    claims: list[SourcedClaim] = []
    for document, roster in zip(documents, rosters(documents, extra_drivers), strict=True):
        trust, from_history_table = document_trust(document), document.parsed.kind == HISTORY_TABLE_KIND
        claims += [
            SourcedClaim(
                _with_full_names(claim, roster), document.parsed.document.name, trust, number, from_history_table
            )
            for number, claim in enumerate(document.parsed.claims)
        ]
        if document.catalogue_entry:
            claims += [SourcedClaim(fact, CATALOGUE_NAME, CATALOGUE_TRUST) for fact in document.catalogue_entry.facts]
        claims += [SourcedClaim(fact, document.name, CATALOGUE_TRUST) for fact in document.moderator_facts]
    return tuple(claims)


def document_trust(document: DocumentWithClaims) -> int:
    """How far a document's claims are trusted: the higher wins."""
    return TABLE_TRUST if document.parsed.kind in TABLE_KINDS else PROSE_TRUST


def rosters(documents: Sequence[DocumentWithClaims], extra_drivers: Sequence[str] = ()) -> tuple[Roster, ...]:
    """The roster of each document of a race: whose last name is whose in it."""
    # Only tables make somebody a driver of the field; a text may name anybody.
    table_drivers = {
        name
        for document in documents
        if document_trust(document) >= TABLE_TRUST
        for name in _drivers(document.parsed.claims)
    }
    return tuple(
        Roster.of(
            document.parsed.full_names,
            sorted(table_drivers | set(extra_drivers)),
            [(written, full) for written, full, _ in document.catalogue_entry.people]
            if document.catalogue_entry
            else (),
        )
        for document in documents
    )


def _drivers(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims:
        if isinstance(claim, EntryClaim | RowClaim):
            yield claim.driver


def _with_full_names(claim: Claim, roster: Roster) -> Claim:
    """The claim with the full names of the people in it; whom the catalogue names is no bare name."""
    if isinstance(claim, RowClaim):
        is_bare = claim.bare_name and not roster.is_in_catalogue(claim.driver)
        return replace(claim, driver=roster.full_name(claim.driver), bare_name=is_bare)
    if isinstance(claim, EntryClaim):
        return replace(claim, driver=roster.full_name(claim.driver))
    if isinstance(claim, StandingClaim) and claim.championship == "drivers":
        return replace(claim, name=roster.full_name(claim.name))
    if isinstance(claim, FactClaim) and claim.field in DRIVER_FIELDS:
        is_bare = claim.bare_name and not roster.is_in_catalogue(str(claim.value))
        return replace(claim, value=roster.full_name(str(claim.value)), bare_name=is_bare)
    if isinstance(claim, PassageClaim) and claim.speaker:
        return replace(claim, speaker=roster.full_name(claim.speaker))
    return _with_full_names_in_incident(claim, roster) if isinstance(claim, IncidentClaim) else claim


def _with_full_names_in_incident(claim: IncidentClaim, roster: Roster) -> IncidentClaim:
    return replace(
        claim,
        driver=roster.full_name(claim.driver) if claim.driver else None,
        people=tuple(roster.full_name(name) for name in claim.people),
        bare_names=tuple(roster.full_name(name) for name in claim.bare_names if not roster.is_in_catalogue(name)),
    )
