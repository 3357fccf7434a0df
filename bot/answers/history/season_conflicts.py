"""Where documents about a season differ, said under a card: what is shown, and what the other document says."""

from collections.abc import Iterable, Sequence

from bot.archive.cell_ref import CellRef
from bot.archive.queries.evidence import ConflictRow

__all__ = ["season_conflict_notes"]

MAX_CONFLICT_NOTES = 3  # lines under a card; the others are counted


def season_conflict_notes(conflicts: Sequence[ConflictRow], table: str) -> Iterable[str]:
    """Notes on the cells of one table that documents differ on, both sides in each."""
    found = [(ref, row) for row in conflicts if (ref := CellRef.find(row.value_name)) and ref.table == table]
    for ref, row in found[:MAX_CONFLICT_NOTES]:
        yield (
            f"Documents differ on {ref.subject}, {ref.column.replace('_', ' ')}: {row.value} is shown "
            f"({row.document}, line {row.line}); {row.other_document}, line {row.other_line}, says {row.other_value}."
        )
    if len(found) > MAX_CONFLICT_NOTES:
        yield f"They differ on {len(found) - MAX_CONFLICT_NOTES} more values."
