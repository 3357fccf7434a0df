"""What differs between the archive and what the documents say now: per race, per cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import SQLModel

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import (
    Broadcast,
    Check,
    Conflict,
    Entry,
    FactRecord,
    Footnote,
    Incident,
    Passage,
    PassagePerson,
    Race,
    RaceSession,
    RawBlock,
    SessionRow,
    Standing,
    Support,
)
from bot.archive.queries.evidence import ConflictRow
from bot.archive.queries.race_label import race_label
from bot.loading.merge.race import RaceRows
from bot.loading.report import CellChange, DocumentChange, RaceChanges

__all__ = ["MAX_LISTED_CELLS", "diff_documents", "diff_races"]

MAX_LISTED_CELLS = 2_000  # cells of one race that a report lists; the fullest race of the seeds has 1,400

PROVENANCE_COLUMNS = frozenset(
    {"race", "document", "line", "agree", "other_document", "other_line", "number", "other_lines"}
)

ROW_LABEL_FORMATS: Mapping[type[SQLModel], tuple[str, str]] = {
    FactRecord: ("fact", "{0.field}"),
    Entry: ("entry list", "{0.driver}"),
    RaceSession: ("session", "{0.title}"),
    SessionRow: ("{0.session}", "{0.driver}"),
    Standing: ("{0.championship} standings", "{0.name}"),
    Broadcast: ("{0.medium}", "{0.person}"),
    Incident: ("{0.kind}", "{0.document}:{0.line}"),
    Passage: ("passage", "{0.text:.60}"),
    Footnote: ("note", "{0.text:.60}"),
    RawBlock: ("unknown", "{0.text:.60}"),
}


@dataclass(frozen=True, slots=True)
class _RaceContent:
    """A race as cells (name -> text), its conflicts, and every row in full to see whether anything at all differs."""

    label: str
    cells: Mapping[str, str]
    conflicts: Mapping[str, ConflictRow]
    rows: frozenset[str]


def diff_races(
    old: Mapping[str, Race], old_rows: Mapping[str, Sequence[SQLModel]], new: Sequence[RaceRows]
) -> dict[str, RaceChanges]:
    """Race key -> what changes, for every race of which any row differs (moved lines of a source included)."""
    old_contents = {key: _race_content(race, old_rows.get(key, ())) for key, race in old.items()}
    new_contents = {race_rows.race.key: _race_content(race_rows.race, race_rows.rows) for race_rows in new}
    no_content = _RaceContent("", {}, {}, frozenset())
    changes = {}
    for key in sorted(old_contents.keys() | new_contents.keys()):
        old_content, new_content = old_contents.get(key, no_content), new_contents.get(key, no_content)
        # Rows are compared in full, cells only shown: a race whose lines have moved differs, though no cell of it does.
        if old_content.rows != new_content.rows:
            changes[key] = _diff_race(old_content, new_content)
    rounds = {race.key: race.round for race in (*old.values(), *(race_rows.race for race_rows in new))}
    return _with_unique_labels(changes, rounds)


def _with_unique_labels(changes: Mapping[str, RaceChanges], rounds: Mapping[str, int | None]) -> dict[str, RaceChanges]:
    """The same; two races of one name at one track in one season are called by their rounds besides."""
    label_counts = Counter(change.race for change in changes.values())
    return {
        key: replace(change, race=f"{change.race} · round {rounds[key]}") if label_counts[change.race] > 1 else change
        for key, change in changes.items()
    }


def diff_documents(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[DocumentChange, ...]:
    """Documents added, changed and removed, from name -> digest before and after."""
    changes = []
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            changes.append(DocumentChange(name, "added"))
        elif name not in new:
            changes.append(DocumentChange(name, "removed"))
        elif old[name] != new[name]:
            changes.append(DocumentChange(name, "changed"))
    return tuple(changes)


def _diff_race(old: _RaceContent, new: _RaceContent) -> RaceChanges:
    common_cells = old.cells.keys() & new.cells.keys()
    added, removed = sorted(new.cells.keys() - common_cells), sorted(old.cells.keys() - common_cells)
    new_conflicts = (new.conflicts[key] for key in sorted(new.conflicts.keys() - old.conflicts.keys()))
    disputes = tuple(conflict for conflict in new_conflicts if not conflict.is_correction)
    return RaceChanges(
        race=new.label or old.label,
        added=len(added),
        removed=len(removed),
        changed=tuple(
            CellChange(where, old.cells[where], new.cells[where])
            for where in sorted(common_cells)
            if old.cells[where] != new.cells[where]
        ),
        new_conflicts=len(disputes),
        cells_added=tuple(CellChange(where, "", new.cells[where]) for where in added[:MAX_LISTED_CELLS] if old.cells),
        cells_removed=tuple(CellChange(where, old.cells[where], "") for where in removed[:MAX_LISTED_CELLS]),
        disputes=disputes,
    )


def _race_content(race: Race, rows: Sequence[SQLModel]) -> _RaceContent:
    cells: dict[str, str] = {}
    seen_rows: set[tuple[str, str]] = set()
    for row in rows:
        if isinstance(row, Check | Conflict | Support | PassagePerson):
            continue
        table, subject = _table_and_subject(row)
        # A driver may stand in a table twice, and a passage be repeated: each needs a subject of its own.
        while (table, subject) in seen_rows:
            subject += " (again)"
        seen_rows.add((table, subject))
        cells |= {str(CellRef(table, subject, column)): text for column, text in _cells(row)}
    conflicts = {
        f"{row.value_name}|{row.value}|{row.other_value}": _conflict_row(row)
        for row in rows
        if isinstance(row, Conflict)
    }
    full_rows = frozenset(f"{type(row).__name__}{sorted(row.model_dump().items(), key=str)}" for row in (race, *rows))
    return _RaceContent(race_label(race), cells, conflicts, full_rows)


def _conflict_row(row: Conflict) -> ConflictRow:
    sides = (row.value, row.document, row.line, row.other_value, row.other_document, row.other_line)
    return ConflictRow(row.value_name, *sides, row.reason)


def _cells(row: SQLModel) -> Iterator[tuple[str, str]]:
    for column, value in row.model_dump().items():
        if column not in PROVENANCE_COLUMNS and value not in (None, "", False):
            yield column, str(value)


def _table_and_subject(row: SQLModel) -> tuple[str, str]:
    """What a person would call the row: stable when other rows come and go."""
    table, subject = ROW_LABEL_FORMATS[type(row)]
    return table.format(row), subject.format(row)
