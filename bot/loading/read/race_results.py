"""Results that a document tells, as far as they help to find its race: the winner, stage winners, the first places."""

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.model import FactClaim, ParsedDocument, RaceIdentity, RowClaim
from bot.racing.document_kinds import TABLE_KINDS
from bot.racing.sessions import RACE_SESSION, stage_number_of

__all__ = ["identity_with_results", "results_identity"]

LAST_PLACE = 43  # of a field; a release tells of those whom its team or its maker had in it


def identity_with_results(parsed: ParsedDocument) -> RaceIdentity:
    """What a document says of its race, with the results among its claims."""
    full_names = dict(reversed(parsed.full_names))
    rows = [
        (claim.session, claim.position, full_names.get(claim.driver, claim.driver))
        for claim in parsed.claims
        if isinstance(claim, RowClaim) and claim.position and not claim.bare_name
    ]
    results = results_identity(rows)
    # The first of a table is its winner, whoever stands in the infobox above it.
    winners = [parsed.identity.winner, *_winners_in_facts(parsed)]
    winners.insert(0 if parsed.kind in TABLE_KINDS else len(winners), results.winner)
    winner = next((name for name in winners if name), None)
    return replace(
        parsed.identity,
        winner=full_names.get(winner, winner) if winner else None,
        stage_winners=results.stage_winners,
        finish=results.finish,
    )


def _winners_in_facts(parsed: ParsedDocument) -> Iterator[str]:
    for claim in parsed.claims:
        if isinstance(claim, FactClaim) and claim.field == "winner" and not claim.bare_name:
            yield str(claim.value)


def results_identity(rows: list[tuple[str, int, str]]) -> RaceIdentity:
    """The results among rows of (session, place, name)."""
    finish = {place: name for session, place, name in reversed(rows) if session == RACE_SESSION}
    stages = {
        number: name
        for session, place, name in reversed(rows)
        if place == 1 and (number := stage_number_of(session)) is not None
    }
    return RaceIdentity(
        winner=finish.get(1),
        stage_winners=tuple(sorted(stages.items())),
        finish=tuple((place, name) for place, name in sorted(finish.items()) if 1 < place <= LAST_PLACE),
    )
