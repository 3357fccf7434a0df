"""Claims with their source and with full names: what the documents of one race tell, ready to be compared."""

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
from bot.loading.read.reader import ReadDocument

__all__ = [
    "CATALOGUE_TRUST",
    "CORRECTIONS",
    "CORRECTION_TRUST",
    "DRIVER_FIELDS",
    "TABLE_TRUST",
    "TEAM_FIELDS",
    "Told",
    "of_kind",
    "rosters",
    "tell",
    "trust_of",
]

C = TypeVar("C")

PROSE_TRUST, TABLE_TRUST, CATALOGUE_TRUST, CORRECTION_TRUST = 1, 2, 3, 4
HISTORY_KIND = "history table"
TABLE_KINDS = frozenset({"race page", "results table", HISTORY_KIND})
DRIVER_FIELDS = frozenset({"winner", "pole_driver", "most_laps_led_driver", "practice_fastest_driver"})
TEAM_FIELDS = frozenset({"winner_team", "pole_team", "most_laps_led_team"})


@dataclass(frozen=True, slots=True)
class Told:
    """One claim, the document that makes it, and how far that is trusted.

    A table beats prose, the catalogue both, and a moderator's correction all. `place` is the claim's place among all
    of its document: on one line the first stays the first. `listed` says that the document is nothing but a table, so
    that a row of it is one even where it tells neither car nor make.
    """

    claim: Claim
    document: str
    trust: int
    place: int = 0
    listed: bool = False


def of_kind(told: Iterable[Told], kind: type[C]) -> list[tuple[Told, C]]:
    """The claims of one kind, each with its source, in the order given."""
    return [(one, one.claim) for one in told if isinstance(one.claim, kind)]


def tell(group: Sequence[ReadDocument], field: Sequence[str] = ()) -> tuple[Told, ...]:
    """Everything the documents of one race claim, with last names made full. `field` are more names to know."""
    told: list[Told] = []
    for read, roster in zip(group, rosters(group, field), strict=True):
        trust, listed = trust_of(read), read.reading.kind == HISTORY_KIND
        told += [
            Told(_full(claim, roster), read.reading.document.name, trust, place, listed)
            for place, claim in enumerate(read.reading.claims)
        ]
        if read.entry:
            told += [Told(fact, CATALOGUE_NAME, CATALOGUE_TRUST) for fact in read.entry.facts]
        told += [Told(fact, read.name, CATALOGUE_TRUST) for fact in read.said]
    return tuple(told)


def trust_of(read: ReadDocument) -> int:
    """How far a document's claims are trusted: the higher wins."""
    return TABLE_TRUST if read.reading.kind in TABLE_KINDS else PROSE_TRUST


def rosters(group: Sequence[ReadDocument], field: Sequence[str] = ()) -> tuple[Roster, ...]:
    """For each document of a race, who is meant by a last name in it."""
    known = {name for read in group if trust_of(read) >= TABLE_TRUST for name in _drivers(read.reading.claims)}
    return tuple(
        Roster.of(
            read.reading.full_names,
            sorted(known | set(field)),
            [(written, full) for written, full, _ in read.entry.people] if read.entry else (),
        )
        for read in group
    )


def _drivers(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims:
        if isinstance(claim, EntryClaim | RowClaim):
            yield claim.driver


def _full(claim: Claim, roster: Roster) -> Claim:
    """The claim with the full names of the people in it."""
    if isinstance(claim, EntryClaim | RowClaim):
        return replace(claim, driver=roster.full(claim.driver))
    if isinstance(claim, StandingClaim) and claim.championship == "drivers":
        return replace(claim, name=roster.full(claim.name))
    if isinstance(claim, FactClaim) and claim.field in DRIVER_FIELDS:
        return replace(claim, value=roster.full(str(claim.value)))
    if isinstance(claim, IncidentClaim):
        driver = roster.full(claim.driver) if claim.driver else None
        return replace(claim, driver=driver, people=tuple(roster.full(name) for name in claim.people))
    if isinstance(claim, PassageClaim) and claim.speaker:
        return replace(claim, speaker=roster.full(claim.speaker))
    return claim
