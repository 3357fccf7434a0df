"""Tables of one race merged over its documents: entry list, sessions, results, standings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.cell_ref import ENTRY_LIST_TABLE, SESSION_TABLE, standings_table
from bot.archive.models.core import Conflict, Entry, RaceSession, SessionRow, Standing, Support
from bot.documents.model import EntryClaim, RowClaim, SessionClaim, StandingClaim
from bot.loading.merge.corrections import CorrectedCell
from bot.loading.merge.merged_rows import MergedRow, TableMerger, group_by_subject
from bot.loading.merge.places import Field, settle_places
from bot.loading.merge.points import points_rulings
from bot.loading.merge.sourced_claims import TABLE_TRUST, SourcedClaim, claims_of_type
from bot.loading.merge.standings_moves import move_sizes, solve_moves
from bot.racing.sessions import RACE_SESSION, is_whole_table, session_rank, session_title

__all__ = ["TableRows", "table_rows"]

NO_POSITION_RANK = 10**6  # behind every position a race has had


@dataclass(frozen=True, slots=True)
class TableRows:
    """The merged rows, their conflicts and supports.

    `winner` is the row of the first of the race, None where no document says who, or where two tables differ on it;
    `has_table_winner` whether a table says so, and not only prose.
    """

    rows: tuple[SQLModel, ...]
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]
    winner: SessionRow | None
    has_table_winner: bool


def table_rows(
    race: str, claims: Sequence[SourcedClaim], cells: Sequence[CorrectedCell] = (), fact_winner: str | None = None
) -> TableRows:
    """The tables of one race; `claims` come most trusted first, and `cells` are trusted over all of them.

    `fact_winner` is who won by what facts say: of several whom only prose has in the first place it is this one.
    """
    merger = TableMerger(race, cells)
    rows: list[SQLModel] = [*_entry_rows(merger, claims)]
    sessions = _merged_sessions(merger, claims, fact_winner)
    results = [
        _result_row(race, session, number, merged)
        for session, merged_rows in sessions.items()
        for number, merged in enumerate(merged_rows, 1)
    ]
    rows += _session_rows(merger, claims, results)
    rows += results
    rows += _standing_rows(merger, claims)
    winners = [merged for merged in sessions.get(RACE_SESSION, ()) if merged.position == 1]
    winner = next((row for row in results if row.session == RACE_SESSION and row.position == 1), None)
    return TableRows(
        tuple(rows),
        tuple(merger.conflicts),
        tuple(merger.supports),
        winner if len({merged.name for merged in winners}) == 1 else None,
        len({merged.name for merged in winners}) == 1 and winners[0].is_from_table,
    )


def _entry_rows(merger: TableMerger, claims: Sequence[SourcedClaim]) -> Iterator[Entry]:
    """The entry list, numbered as it was published."""
    entry_claims = [sourced for sourced in claims if isinstance(sourced.claim, EntryClaim)]
    merged_rows = merger.keep(merger.merge(ENTRY_LIST_TABLE, group_by_subject(entry_claims, "driver")))
    for number, merged in enumerate(sorted(merged_rows, key=lambda row: (row.document, row.line)), 1):
        source = {"race": merger.race, "position": number, "document": merged.document, "line": merged.line}
        yield Entry.model_validate({**merged.values, **source})


def _merged_sessions(
    merger: TableMerger, claims: Sequence[SourcedClaim], fact_winner: str | None
) -> dict[str, list[MergedRow]]:
    """The rows of all sessions, in the order in which a person lists sessions, each with its rows in their order."""
    by_session: defaultdict[str, list[SourcedClaim]] = defaultdict(list)
    for sourced in claims:
        if isinstance(sourced.claim, RowClaim):
            by_session[sourced.claim.session].append(sourced)
    merged = {session: merger.merge(session, group_by_subject(by_session[session], "driver")) for session in by_session}
    if rulings := points_rulings(merger.race, merged):
        merged[RACE_SESSION] = merger.merge(RACE_SESSION, group_by_subject(by_session[RACE_SESSION], "driver"), rulings)
    field = _field(claims, merged.get(RACE_SESSION, ()))
    sessions = {}
    for session in sorted(merged, key=lambda key: (session_rank(key), key)):
        places = settle_places(
            merger.race, session, merged[session], field, fact_winner if session == RACE_SESSION else None
        )
        merger.conflicts += places.conflicts
        sessions[session] = sorted(merger.keep(places.rows), key=_row_rank)
    return sessions


def _field(claims: Sequence[SourcedClaim], race_rows: Sequence[MergedRow]) -> Field:
    """Everybody whom a table names in the race, and whether a whole table of the race is there."""
    drivers = {
        sourced.claim.driver
        for sourced in claims
        if sourced.trust >= TABLE_TRUST and isinstance(sourced.claim, EntryClaim | RowClaim)
    }
    return Field(frozenset(drivers), is_whole_table([row.position for row in race_rows if row.is_from_table]))


def _result_row(race: str, session: str, number: int, merged: MergedRow) -> SessionRow:
    values = dict(merged.values)
    # A claim has the rounds of qualifying as one value, so that they win or lose together; the archive has columns.
    rounds = values.pop("rounds_s", ())
    source = {"race": race, "session": session, "number": number, "document": merged.document, "line": merged.line}
    row = SessionRow.model_validate({**values, **source, "agree": merged.document_count})
    if isinstance(rounds, tuple):
        row.round_1_s, row.round_2_s, row.round_3_s = (*rounds, None, None, None)[:3]
    return row


def _row_rank(merged: MergedRow) -> tuple[int, str, int, str]:
    """The order of a table: by position, rows without one behind all others, as they were published."""
    return merged.position or NO_POSITION_RANK, merged.document, merged.line, merged.subject


def _session_rows(
    merger: TableMerger, claims: Sequence[SourcedClaim], results: Sequence[SessionRow]
) -> Iterator[RaceSession]:
    """One row for each session that is announced, or that has a result."""
    session_claims = [sourced for sourced in claims if isinstance(sourced.claim, SessionClaim)]
    sizes = Counter(row.session for row in results)
    announced = set()
    for merged in merger.keep(merger.merge(SESSION_TABLE, group_by_subject(session_claims, "key"))):
        laps = merged.values.get("laps")
        announced.add(merged.subject)
        yield RaceSession(
            race=merger.race,
            key=merged.subject,
            title=str(merged.values["title"]),
            rank=session_rank(merged.subject),
            laps=laps if isinstance(laps, int) else None,
            rows=sizes[merged.subject],
            document=merged.document,
            line=merged.line,
        )
    # A text may give the winner of a stage that no document announces.
    for row in results:
        if row.session not in announced:
            announced.add(row.session)
            yield RaceSession(
                race=merger.race,
                key=row.session,
                title=session_title(row.session),
                rank=session_rank(row.session),
                rows=sizes[row.session],
                document=row.document,
                line=row.line,
            )


def _standing_rows(merger: TableMerger, claims: Sequence[SourcedClaim]) -> Iterator[Standing]:
    """The tables of the championships after the race, one after the other."""
    by_championship: defaultdict[str, list[SourcedClaim]] = defaultdict(list)
    for sourced in claims:
        if isinstance(sourced.claim, StandingClaim):
            by_championship[sourced.claim.championship].append(sourced)
    for championship in sorted(by_championship):
        groups = group_by_subject(by_championship[championship], "name")
        merged_rows = merger.keep(merger.merge(standings_table(championship), groups))
        merged_rows.sort(key=_row_rank)
        marks = _marks_of(by_championship[championship])
        rows = []
        for number, merged in enumerate(merged_rows, 1):
            source = {"race": merger.race, "number": number, "document": merged.document, "line": merged.line}
            values = {**merged.values, **source, "championship": championship, "agree": merged.document_count}
            values["marks"] = marks.get((merged.document, merged.line, merged.subject))
            rows.append(Standing.model_validate(values))
        yield from _set_places_before(rows)


def _marks_of(claims: Sequence[SourcedClaim]) -> dict[tuple[str, int, str], str]:
    """The marks beside the names, by document, line and name: each document has signs of its own, so none conflict."""
    return {
        (sourced.document, claim.line, claim.name): claim.marks
        for sourced, claim in claims_of_type(claims, StandingClaim)
        if claim.marks
    }


def _set_places_before(rows: Sequence[Standing]) -> Sequence[Standing]:
    """The rows with the place of each before the race, where the sizes of the moves leave only one."""
    for row, before in zip(rows, solve_moves(move_sizes(rows)).places_before, strict=False):
        row.before = before
    return rows
