"""Duplicate starts: one car that two tables give to two drivers finished once, so it has one row and a conflict.

"David Regan" in 36th place with car 23 in one document and "David Ragan" in 36th place with car 23 in another are one
start. Where one of the two documents is a history, its driver stands: it writes its drivers alike through all races.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import Conflict
from bot.documents.model import Claim, EntryClaim, RowClaim
from bot.loading.merge.sourced_claims import TABLE_TRUST, SourcedClaim
from bot.racing.sessions import RACE_SESSION

__all__ = ["merge_duplicate_starts"]

REASON_PREFIX = "both give this place to the same car, so it is one start; "


@dataclass(frozen=True, slots=True)
class _FinishRow:
    """A row of the race in one document."""

    document: str
    line: int
    driver: str


def merge_duplicate_starts(
    race: str, claims: Sequence[SourcedClaim], histories: frozenset[str]
) -> tuple[tuple[SourcedClaim, ...], tuple[Conflict, ...]]:
    """The claims with one driver for each start, and the conflicts; names are canonical already.

    `histories` are the names of the documents that are histories.
    """
    replacements: dict[tuple[str, str], str] = {}
    conflicts = []
    for chosen, other in _duplicate_starts(claims, histories):
        replacements[other.document, other.driver] = chosen.driver
        reason = REASON_PREFIX + (
            "a history names its drivers alike" if chosen.document in histories else "the first by name stands"
        )
        conflicts.append(
            Conflict(
                race=race,
                number=0,
                value_name=str(CellRef(RACE_SESSION, chosen.driver, "driver")),
                value=chosen.driver,
                document=chosen.document,
                line=chosen.line,
                other_value=other.driver,
                other_document=other.document,
                other_line=other.line,
                reason=reason,
            )
        )
    return tuple(_replace_driver(sourced, replacements) for sourced in claims), tuple(conflicts)


def _duplicate_starts(
    claims: Iterable[SourcedClaim], histories: frozenset[str]
) -> Iterator[tuple[_FinishRow, _FinishRow]]:
    """(row whose driver is shown, row whose driver is not) of every start that has two."""
    # By car and place; `drivers` are all that a document has in its race, whatever their place.
    starts: defaultdict[tuple[str, int], list[_FinishRow]] = defaultdict(list)
    drivers: defaultdict[str, set[str]] = defaultdict(set)
    for sourced in claims:
        claim = sourced.claim
        if isinstance(claim, RowClaim) and claim.session == RACE_SESSION and sourced.trust == TABLE_TRUST and claim.car:
            drivers[sourced.document].add(claim.driver)
            if claim.position:
                starts[claim.car, claim.position].append(_FinishRow(sourced.document, claim.line, claim.driver))
    for start in sorted(starts):
        rows = sorted(starts[start], key=lambda row: (row.document not in histories, row.document, row.line))
        first = rows[0]
        for row in rows[1:]:
            # Somebody whom the other document has elsewhere in the field is a second driver, and no misspelt first.
            not_in_other_document = (
                row.driver not in drivers[first.document] and first.driver not in drivers[row.document]
            )
            if row.document != first.document and row.driver != first.driver and not_in_other_document:
                yield first, row


def _replace_driver(sourced: SourcedClaim, replacements: Mapping[tuple[str, str], str]) -> SourcedClaim:
    """The claim with the driver shown; `replacements` maps (document, its driver) to that one."""
    claim: Claim = sourced.claim
    if isinstance(claim, EntryClaim | RowClaim) and (sourced.document, claim.driver) in replacements:
        return replace(sourced, claim=replace(claim, driver=replacements[sourced.document, claim.driver]))
    return sourced
