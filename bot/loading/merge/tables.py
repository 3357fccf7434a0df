"""Tables of one race merged over its documents: entry list, sessions, results, standings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sqlmodel import SQLModel

from bot.archive.cell_ref import ENTRY_LIST_TABLE, SESSION_TABLE, CellRef, standings_table
from bot.archive.models.core import Conflict, Entry, RaceSession, SessionRow, Standing, Support
from bot.documents.model import EntryClaim, RowClaim, SessionClaim, StandingClaim
from bot.language.fold import fold
from bot.loading.merge.conflicts import Evidence, Value, resolve_conflict
from bot.loading.merge.corrections import CorrectedCell
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, CORRECTIONS, TABLE_TRUST, SourcedClaim, claims_of_type
from bot.loading.merge.standings_moves import move_sizes, solve_moves
from bot.racing.sessions import RACE_SESSION, session_rank, session_title

__all__ = ["TableRows", "table_rows"]

NO_POSITION_RANK = 10**6  # behind every position a race has had
# What a row is about: a document that only names it does not yet agree on anything.
SUBJECT_COLUMNS = frozenset({"driver", "name", "key"})


@dataclass(frozen=True, slots=True)
class TableRows:
    """The merged rows, their conflicts and supports, and the first of the race, None where no document says who."""

    rows: tuple[SQLModel, ...]
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]
    winner: str | None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One subject of one table after merging: values by column, where its row stands, how many documents agree."""

    subject: str
    values: dict[str, Value]
    document: str
    line: int
    document_count: int


class TableMerger:
    """Merges rows about the same subject column by column, and keeps what was lost on the way."""

    def __init__(self, race: str, cells: Sequence[CorrectedCell] = ()) -> None:
        self.race = race
        self.cells = cells
        self.conflicts: list[Conflict] = []
        self.supports: list[Support] = []

    def merge(self, table: str, groups: dict[tuple[str, int], list[SourcedClaim]]) -> list[MergedRow]:
        """One row for each subject of a table; a group has all claims about it, the most trusted first."""
        return [self._merge_row(table, subject, claims, repeated) for (subject, repeated), claims in groups.items()]

    def _corrections_of(self, table: str, subject: str) -> Iterator[tuple[str, Evidence]]:
        """Pairs of (column, correction) of a row, by its name in the documents or by the name that was corrected."""
        table_cells = [cell for cell in self.cells if cell.ref.table == table]
        corrected_names = [
            cell.value
            for cell in table_cells
            if cell.ref.column in SUBJECT_COLUMNS and fold(cell.ref.subject) == fold(subject)
        ]
        names = {fold(str(name)) for name in (subject, *corrected_names)}
        for cell in table_cells:
            if fold(cell.ref.subject) in names:
                yield cell.ref.column, Evidence(cell.value, CORRECTIONS, cell.number, CORRECTION_TRUST)

    def _merge_row(self, table: str, subject: str, claims: Sequence[SourcedClaim], repeated: int) -> MergedRow:
        """The merged row; where a name stands twice in one table, a correction is about the first."""
        base = claims[0]
        evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
        for sourced in claims:
            for column, value in _stated_cells(sourced):
                evidence[column].append(Evidence(value, sourced.document, sourced.claim.line, sourced.trust))
        for column, correction in () if repeated else self._corrections_of(table, subject):
            evidence[column].append(correction)
        values: dict[str, Value] = {}
        documents: set[str] = {base.document}
        # Column by column: what is shown, what is kept of the others, and which documents agree with the row.
        for column, pieces in evidence.items():
            value_name = str(CellRef(table, subject, column))
            resolution = resolve_conflict(self.race, value_name, pieces)
            values[column] = resolution.chosen.value
            self.conflicts += resolution.conflicts
            self.supports += resolution.supports
            if (resolution.chosen.document, resolution.chosen.line) != (base.document, base.claim.line):
                self.supports.append(_support_of_cell(self.race, value_name, resolution.chosen))
            if column not in SUBJECT_COLUMNS:
                documents |= {piece.document for piece in pieces} - {
                    lost.other_document for lost in resolution.conflicts
                }
        documents.discard(CORRECTIONS)
        return MergedRow(subject, values, base.document, base.claim.line, max(1, len(documents)))


def _support_of_cell(race: str, value_name: str, chosen: Evidence) -> Support:
    """The source of a cell that stands elsewhere than its row."""
    return Support(race=race, value_name=value_name, document=chosen.document, line=chosen.line)


def table_rows(race: str, claims: Sequence[SourcedClaim], cells: Sequence[CorrectedCell] = ()) -> TableRows:
    """The tables of one race; `claims` come most trusted first, and `cells` are trusted over all of them."""
    merger = TableMerger(race, cells)
    rows: list[SQLModel] = [*_entry_rows(merger, claims)]
    results = _result_rows(merger, claims)
    rows += _session_rows(merger, claims, results)
    rows += results
    rows += _standing_rows(merger, claims)
    winner = next((row.driver for row in results if row.session == RACE_SESSION and row.position == 1), None)
    return TableRows(tuple(rows), tuple(merger.conflicts), tuple(merger.supports), winner)


def _stated_cells(sourced: SourcedClaim) -> Iterator[tuple[str, Value]]:
    """Pairs of (column, value) that a claim states: None and unset marks say nothing."""
    for column in fields(sourced.claim):
        value = getattr(sourced.claim, column.name)
        is_empty = value is None or value is False or value == ()  # 0 is a value: who is ineligible scores 0 points
        if column.name not in {"line", "session", "championship", "marks"} and not is_empty:
            yield column.name, value


def _group_by_subject(claims: Sequence[SourcedClaim], name: str) -> dict[tuple[str, int], list[SourcedClaim]]:
    """Claims by (name, repetition): a name twice in one table of one document stays two rows (it has happened)."""
    groups: defaultdict[tuple[str, int], list[SourcedClaim]] = defaultdict(list)
    table_rows_seen: Counter[tuple[str, str]] = Counter()
    for sourced in claims:
        subject = str(getattr(sourced.claim, name))
        repeated = table_rows_seen[sourced.document, subject] if _is_table_row(sourced) else 0
        table_rows_seen[sourced.document, subject] += _is_table_row(sourced)
        groups[subject, repeated].append(sourced)
    return dict(groups)


def _is_table_row(sourced: SourcedClaim) -> bool:
    """Whether a claim is a row of a table: it has a car or a manufacturer. A text may tell the same finish twice.

    An owner has a row for each car.
    """
    if isinstance(sourced.claim, StandingClaim):
        return sourced.claim.championship == "owners"
    if not isinstance(sourced.claim, EntryClaim | RowClaim) or sourced.trust < TABLE_TRUST:
        return False
    return sourced.from_history_table or sourced.claim.car is not None or sourced.claim.manufacturer is not None


def _entry_rows(merger: TableMerger, claims: Sequence[SourcedClaim]) -> Iterator[Entry]:
    """The entry list, numbered as it was published."""
    entry_claims = [sourced for sourced in claims if isinstance(sourced.claim, EntryClaim)]
    merged_rows = merger.merge(ENTRY_LIST_TABLE, _group_by_subject(entry_claims, "driver"))
    for number, merged in enumerate(sorted(merged_rows, key=lambda row: (row.document, row.line)), 1):
        source = {"race": merger.race, "position": number, "document": merged.document, "line": merged.line}
        yield Entry.model_validate({**merged.values, **source})


def _result_rows(merger: TableMerger, claims: Sequence[SourcedClaim]) -> list[SessionRow]:
    """The rows of all sessions, in the order in which a person lists sessions."""
    by_session: defaultdict[str, list[SourcedClaim]] = defaultdict(list)
    for sourced in claims:
        if isinstance(sourced.claim, RowClaim):
            by_session[sourced.claim.session].append(sourced)
    rows = []
    for session in sorted(by_session, key=lambda key: (session_rank(key), key)):
        merged_rows = merger.merge(session, _group_by_subject(by_session[session], "driver"))
        merged_rows.sort(key=_row_rank)
        rows += [_result_row(merger.race, session, number, merged) for number, merged in enumerate(merged_rows, 1)]
    return rows


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
    position = merged.values.get("position")
    rank = position if isinstance(position, int) else NO_POSITION_RANK
    return rank, merged.document, merged.line, merged.subject


def _session_rows(
    merger: TableMerger, claims: Sequence[SourcedClaim], results: Sequence[SessionRow]
) -> Iterator[RaceSession]:
    """One row for each session that is announced, or that has a result."""
    session_claims = [sourced for sourced in claims if isinstance(sourced.claim, SessionClaim)]
    sizes = Counter(row.session for row in results)
    announced = set()
    for merged in merger.merge(SESSION_TABLE, _group_by_subject(session_claims, "key")):
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
        merged_rows = merger.merge(
            standings_table(championship), _group_by_subject(by_championship[championship], "name")
        )
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
