"""One car that two tables give to two drivers: it finished once, so it has one row, and the driver is disputed.

"David Regan" in 36th place with car 23 in one document and "David Ragan" in 36th place with car 23 in another are one
start. Where one of the two documents is a history, its name stands: it names its drivers alike through all races.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.archive.models.core import Conflict
from bot.documents.model import Claim, EntryClaim, RowClaim
from bot.loading.merge.sourced_claims import TABLE_TRUST, Told

__all__ = ["one_start_each"]

WHY = "both give this place to the same car, so it is one start; "


@dataclass(frozen=True, slots=True)
class _Finish:
    """A row of the race as one document tells it."""

    document: str
    line: int
    driver: str


def one_start_each(
    race: str, told: Sequence[Told], histories: frozenset[str]
) -> tuple[tuple[Told, ...], tuple[Conflict, ...]]:
    """What is told with one driver for each start, and the disputes; names are canonical already.

    `histories` are the documents that are histories.
    """
    renamed: dict[tuple[str, str], str] = {}
    disputes = []
    for shown, other in _disputed(told, histories):
        renamed[other.document, other.driver] = shown.driver
        why = WHY + ("a history names its drivers alike" if shown.document in histories else "the first by name stands")
        disputes.append(
            Conflict(
                race=race,
                number=0,
                what=f"race: {shown.driver}: driver",
                shown=shown.driver,
                document=shown.document,
                line=shown.line,
                other=other.driver,
                other_document=other.document,
                other_line=other.line,
                why=why,
            )
        )
    return tuple(_renamed(one, renamed) for one in told), tuple(disputes)


def _disputed(told: Iterable[Told], histories: frozenset[str]) -> Iterator[tuple[_Finish, _Finish]]:
    """(row whose driver is shown, row whose driver is not) of every start that has two."""
    starts: defaultdict[tuple[str, int], list[_Finish]] = defaultdict(list)
    drivers: defaultdict[str, set[str]] = defaultdict(set)
    for one in told:
        claim = one.claim
        if isinstance(claim, RowClaim) and claim.session == "race" and one.trust == TABLE_TRUST and claim.car:
            drivers[one.document].add(claim.driver)
            if claim.position:
                starts[claim.car, claim.position].append(_Finish(one.document, claim.line, claim.driver))
    for place in sorted(starts):
        rows = sorted(starts[place], key=lambda row: (row.document not in histories, row.document, row.line))
        first = rows[0]
        for row in rows[1:]:
            strangers = row.driver not in drivers[first.document] and first.driver not in drivers[row.document]
            if row.document != first.document and row.driver != first.driver and strangers:
                yield first, row


def _renamed(one: Told, renamed: Mapping[tuple[str, str], str]) -> Told:
    claim: Claim = one.claim
    if isinstance(claim, EntryClaim | RowClaim) and (one.document, claim.driver) in renamed:
        return replace(one, claim=replace(claim, driver=renamed[one.document, claim.driver]))
    return one
