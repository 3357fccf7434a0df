"""Rows of one table of a race, each merged column by column over all documents that have it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TypeAlias

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import Conflict, Support
from bot.documents.model import EntryClaim, RowClaim, StandingClaim
from bot.language.fold import fold
from bot.loading.merge.conflicts import Evidence, Ruling, Value, resolve_conflict
from bot.loading.merge.corrections import CorrectedCell
from bot.loading.merge.sourced_claims import CORRECTION_TRUST, CORRECTIONS, TABLE_TRUST, SourcedClaim

__all__ = ["SUBJECT_COLUMNS", "MergedRow", "TableMerger", "group_by_subject"]

# What a row is about: a document that only names it does not yet agree on anything.
SUBJECT_COLUMNS = frozenset({"driver", "name", "key"})
Rulings: TypeAlias = Mapping[tuple[str, str], Ruling]  # by subject and column
NO_RULINGS: Rulings = MappingProxyType({})
UNCOMPARED_FIELDS = frozenset({"line", "session", "championship", "bare_name", "marks"})


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One subject of one table after merging: values by column, where its row stands, how many documents agree.

    `trust` is that of the most trusted document that has the row; `place_lines` are the (document, line) that give it
    the place it is shown at. `conflicts` and `supports` are what its cells have lost and gained.
    """

    subject: str
    values: Mapping[str, Value]
    document: str
    line: int
    document_count: int
    trust: int
    place_lines: tuple[tuple[str, int], ...]
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]

    @property
    def name(self) -> str:
        """Who or what the row is about, as shown: a correction may have mended the name that documents give."""
        return str(self.values.get("driver", self.subject))

    @property
    def position(self) -> int | None:
        """The place; None where no document gives one."""
        position = self.values.get("position")
        return position if isinstance(position, int) else None

    @property
    def is_from_table(self) -> bool:
        """Whether a table has the row, and not only prose."""
        return self.trust >= TABLE_TRUST


class TableMerger:
    """Merges rows about the same subject column by column, and keeps what was lost on the way."""

    def __init__(self, race: str, cells: Sequence[CorrectedCell] = ()) -> None:
        self.race = race
        self.cells = cells
        self.conflicts: list[Conflict] = []
        self.supports: list[Support] = []

    def merge(
        self,
        table: str,
        groups: Mapping[tuple[str, int], Sequence[SourcedClaim]],
        rulings: Rulings = NO_RULINGS,
    ) -> list[MergedRow]:
        """One row for each subject of a table; a group has all claims about it, the most trusted first.

        `rulings` are those on cells, by (subject, column).
        """
        return [
            self._merge_row(table, subject, claims, repeated, rulings if not repeated else NO_RULINGS)
            for (subject, repeated), claims in groups.items()
        ]

    def keep(self, rows: Iterable[MergedRow]) -> list[MergedRow]:
        """The same rows, which are to be shown: what their cells have lost and gained is kept."""
        kept = list(rows)
        for row in kept:
            self.conflicts += row.conflicts
            self.supports += row.supports
        return kept

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

    def _merge_row(
        self, table: str, subject: str, claims: Sequence[SourcedClaim], repeated: int, rulings: Rulings
    ) -> MergedRow:
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
        conflicts: list[Conflict] = []
        supports: list[Support] = []
        # Column by column: what is shown, what is kept of the others, and which documents agree with the row.
        for column, pieces in evidence.items():
            value_name = str(CellRef(table, subject, column))
            resolution = resolve_conflict(self.race, value_name, pieces, ruling=rulings.get((subject, column)))
            values[column] = resolution.chosen.value
            conflicts += resolution.conflicts
            supports += resolution.supports
            if (resolution.chosen.document, resolution.chosen.line) != (base.document, base.claim.line):
                supports.append(_support_of_cell(self.race, value_name, resolution.chosen))
            if column not in SUBJECT_COLUMNS:
                documents |= {piece.document for piece in pieces} - {
                    lost.other_document for lost in resolution.conflicts
                }
        documents.discard(CORRECTIONS)
        place_lines = [
            (piece.document, piece.line)
            for piece in evidence["position"]
            if piece.value == values["position"] and piece.document != CORRECTIONS
        ]
        return MergedRow(
            subject, values, base.document, base.claim.line, max(1, len(documents)), base.trust,
            tuple(dict.fromkeys(place_lines)), tuple(conflicts), tuple(supports),
        )  # fmt: skip


def group_by_subject(claims: Iterable[SourcedClaim], name: str) -> dict[tuple[str, int], list[SourcedClaim]]:
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


def _stated_cells(sourced: SourcedClaim) -> Iterator[tuple[str, Value]]:
    """Pairs of (column, value) that a claim states: None and unset marks say nothing."""
    for column in fields(sourced.claim):
        value = getattr(sourced.claim, column.name)
        is_empty = value is None or value is False or value == ()  # 0 is a value: who is ineligible scores 0 points
        if column.name not in UNCOMPARED_FIELDS and not is_empty:
            yield column.name, value


def _support_of_cell(race: str, value_name: str, chosen: Evidence) -> Support:
    """The source of a cell that stands elsewhere than its row."""
    return Support(race=race, value_name=value_name, document=chosen.document, line=chosen.line)
