"""Single facts of one race: which value of each is shown.

Who is first in the table of the race is its winner, also where the infobox of the same page names another: after a
disqualification the table is changed first. What a document says of the winner's car and team is then about the other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.archive.models.core import SessionRow
from bot.documents.model import FactClaim
from bot.loading.merge.conflicts import WORDS_TRUST, Evidence, Resolution, Ruling, equal_values, resolve_conflict
from bot.loading.merge.sourced_claims import TABLE_TRUST, SourcedClaim
from bot.racing.facts import FACT_FIELDS

__all__ = ["fact_winner", "facts_evidence", "resolve_facts"]

# A text may call these by a part of their name; "Chicago" and "Chicago Street Race" are one race.
PARTIAL_NAME_FIELDS = frozenset(
    {"next_race", "race_name", "place", "network", "next_race_network", "radio", "series_name"}
)
WINNER_REASON = "who is first in the table of the race is its winner"
ROUND_REASON = "the race is known by this one"
WINNER_DETAIL_FIELDS = frozenset({"winner_car", "winner_team", "winner_manufacturer"})

EvidenceByField = Mapping[str, Sequence[Evidence]]


def facts_evidence(claims: Sequence[SourcedClaim]) -> EvidenceByField:
    """What is said of each fact, by its field in the order of the fields."""
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for sourced in claims:
        # Each text has a day of its own on which it appeared; that is no disagreement about the race.
        if isinstance(sourced.claim, FactClaim) and sourced.claim.field != "appeared":
            # A value that could not be read stands in its words, and gives way to one that could, whoever gives it.
            trust = sourced.trust if _is_read(sourced.claim) else WORDS_TRUST
            piece = Evidence(sourced.claim.value, sourced.document, sourced.claim.line, trust)
            evidence[sourced.claim.field].append(piece)
    return dict(sorted(evidence.items()))


def fact_winner(race: str, evidence: EvidenceByField) -> str | None:
    """Who won by what facts say; None where none does."""
    pieces = evidence.get("winner")
    return str(resolve_conflict(race, "winner", pieces).chosen.value) if pieces else None


def resolve_facts(
    race: str, evidence: EvidenceByField, table_winner: SessionRow | None, known_round: int | None
) -> dict[str, Resolution]:
    """What is shown of each fact; `table_winner` is the row of who is first in the table of the race, if one is.

    Of several rounds that documents give, `known_round` stands: the race is known by it.
    """
    mistaken = _documents_with_another_winner(evidence, table_winner)
    resolutions = {}
    for field, all_pieces in evidence.items():
        ruling = _ruling(field, all_pieces, table_winner, known_round)
        about_another = mistaken if field in WINNER_DETAIL_FIELDS else frozenset()
        pieces = [piece for piece in all_pieces if piece.document not in about_another]
        if pieces:
            resolutions[field] = resolve_conflict(
                race, field, pieces, allow_partial=field in PARTIAL_NAME_FIELDS, ruling=ruling
            )
    return resolutions


def _documents_with_another_winner(evidence: EvidenceByField, table_winner: SessionRow | None) -> frozenset[str]:
    """The documents whose facts name a winner, and not the one of the table."""
    if table_winner is None:
        return frozenset()
    winners: defaultdict[str, list[bool]] = defaultdict(list)
    for piece in evidence.get("winner", ()):
        winners[piece.document].append(equal_values(piece.value, table_winner.driver))
    return frozenset(document for document, agreeing in winners.items() if not any(agreeing))


def _is_read(fact: FactClaim) -> bool:
    """Whether a value is what its field holds, and not the words of one that could not be read."""
    field = FACT_FIELDS.get(fact.field)
    return field is None or field.type is str or not isinstance(fact.value, str)


def _ruling(
    field: str, pieces: Sequence[Evidence], table_winner: SessionRow | None, known_round: int | None
) -> Ruling | None:
    """What stands of a fact whatever other documents say; None where nothing does."""
    if field == "winner" and table_winner is not None:
        evidence = Evidence(table_winner.driver, table_winner.document, table_winner.line, TABLE_TRUST)
        return Ruling(evidence, WINNER_REASON)
    if field == "round":
        evidence_of_round = next((piece for piece in pieces if piece.value == known_round), None)
        return Ruling(evidence_of_round, ROUND_REASON) if evidence_of_round else None
    return None
