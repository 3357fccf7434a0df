"""Results that a document tells, as far as they help to find its race: the winner, stage winners, the first places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.history_csv.history_race import HistoryRace
from bot.documents.model import FactClaim, ParsedDocument, RaceIdentity, RowClaim
from bot.documents.race_signs import RaceSigns
from bot.racing.document_kinds import TABLE_KINDS
from bot.racing.sessions import RACE_SESSION, stage_key, stage_number_of

__all__ = ["history_results", "identity_with_results", "results_identity"]

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
        signs=parsed.identity.signs if parsed.kind not in TABLE_KINDS else _signs_of_table(parsed),
    )


def _signs_of_table(parsed: ParsedDocument) -> RaceSigns:
    """The signs of a race that the rows of its table have."""
    rows = [one for one in parsed.claims if isinstance(one, RowClaim) and one.session == RACE_SESSION]
    return RaceSigns(
        laps=max((row.laps or 0 for row in rows), default=0) or None,
        pole=next((row.driver for row in rows if row.grid == 1), None),
        laps_led=tuple((row.laps_led, row.driver) for row in rows if row.laps_led),
        starts=tuple((row.grid, row.driver) for row in rows if row.grid),
        cars=tuple((row.car, row.driver) for row in rows if row.car),
    )


def _winners_in_facts(parsed: ParsedDocument) -> Iterator[str]:
    for claim in parsed.claims:
        if isinstance(claim, FactClaim) and claim.field == "winner" and not claim.bare_name:
            yield str(claim.value)


def history_results(race: HistoryRace) -> RaceIdentity:
    """The results of a race of a history, and all the signs of it that its rows have."""
    rows = [(RACE_SESSION, result.position, result.driver) for result in race.results if result.position]
    rows += [
        (stage_key(stage), place, result.driver)
        for result in race.results
        for stage, place in enumerate(result.stages, 1)
        if place
    ]
    signs = RaceSigns(
        laps=max((result.laps or 0 for result in race.results), default=0) or None,
        pole=next((result.driver for result in race.results if result.grid == 1), None),
        laps_led=tuple((result.laps_led, result.driver) for result in race.results if result.laps_led),
        starts=tuple((result.grid, result.driver) for result in race.results if result.grid),
        cars=tuple((result.car, result.driver) for result in race.results if result.car),
    )
    return replace(results_identity(rows), signs=signs)


def results_identity(rows: Sequence[tuple[str, int, str]]) -> RaceIdentity:
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
