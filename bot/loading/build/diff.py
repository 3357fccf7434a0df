"""What differs between the archive and what the documents say now: per race, per cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import SQLModel

from bot.archive.queries.evidence import ConflictRow
from bot.archive.queries.race_label import race_label
from bot.archive.models.core import (
    Broadcast,
    Check,
    Conflict,
    Entry,
    Fact,
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
from bot.loading.merge.race import RaceRows
from bot.loading.report import Change, DocumentChange, RaceChanges

__all__ = ["LISTED", "differences", "documents_changed"]

LISTED = 2_000  # cells of one race that a report lists; the fullest race of the seeds has 1,400

WHERE_FROM = frozenset({"race", "document", "line", "agree", "other_document", "other_line", "number", "other_lines"})

ROW_NAMES: Mapping[type[SQLModel], str] = {
    Fact: "fact: {0.field}",
    Entry: "entry list: {0.driver}",
    RaceSession: "session: {0.title}",
    SessionRow: "{0.session}: {0.driver}",
    Standing: "{0.championship} standings: {0.name}",
    Broadcast: "{0.medium}: {0.person}",
    Incident: "{0.kind}: {0.document}:{0.line}",
    Passage: "passage: {0.text:.60}",
    Footnote: "note: {0.text:.60}",
    RawBlock: "unknown: {0.text:.60}",
}


@dataclass(frozen=True, slots=True)
class _Content:
    """A race as cells (name -> text), its conflicts, and every row in full to see whether anything at all differs."""

    label: str
    cells: Mapping[str, str]
    conflicts: Mapping[str, ConflictRow]
    rows: frozenset[str]


def differences(
    old: Mapping[str, Race], old_rows: Mapping[str, Sequence[SQLModel]], new: Sequence[RaceRows]
) -> dict[str, RaceChanges]:
    """Race key -> what changes, for every race of which any row differs (moved lines of a source included)."""
    before = {key: _content(race, old_rows.get(key, ())) for key, race in old.items()}
    after = {one.race.key: _content(one.race, one.rows) for one in new}
    nothing = _Content("", {}, {}, frozenset())
    changes = {}
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, nothing), after.get(key, nothing)
        if was.rows != now.rows:
            changes[key] = _changes(was, now)
    rounds = {race.key: race.round for race in (*old.values(), *(one.race for one in new))}
    return _told_apart(changes, rounds)


def _told_apart(changes: Mapping[str, RaceChanges], rounds: Mapping[str, int | None]) -> dict[str, RaceChanges]:
    """The same; two races of one name at one track in one season are called by their rounds besides."""
    called = Counter(one.race for one in changes.values())
    return {
        key: replace(one, race=f"{one.race} · round {rounds[key]}") if called[one.race] > 1 else one
        for key, one in changes.items()
    }


def documents_changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[DocumentChange, ...]:
    """Documents added, changed and removed, from name -> digest before and after."""
    changed = []
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            changed.append(DocumentChange(name, "added"))
        elif name not in new:
            changed.append(DocumentChange(name, "removed"))
        elif old[name] != new[name]:
            changed.append(DocumentChange(name, "changed"))
    return tuple(changed)


def _changes(was: _Content, now: _Content) -> RaceChanges:
    both = was.cells.keys() & now.cells.keys()
    added, removed = sorted(now.cells.keys() - both), sorted(was.cells.keys() - both)
    disputes = tuple(now.conflicts[one] for one in sorted(now.conflicts.keys() - was.conflicts.keys()))
    return RaceChanges(
        race=now.label or was.label,
        added=len(added),
        removed=len(removed),
        changed=tuple(
            Change(where, was.cells[where], now.cells[where])
            for where in sorted(both)
            if was.cells[where] != now.cells[where]
        ),
        new_conflicts=len(disputes),
        cells_added=tuple(Change(where, "", now.cells[where]) for where in added[:LISTED] if was.cells),
        cells_removed=tuple(Change(where, was.cells[where], "") for where in removed[:LISTED]),
        disputes=disputes,
    )


def _content(race: Race, rows: Sequence[SQLModel]) -> _Content:
    cells: dict[str, str] = {}
    for row in rows:
        if isinstance(row, Check | Conflict | Support | PassagePerson):
            continue
        name = _row_name(row)
        while f"{name}:" in cells:
            name += " (again)"
        cells[f"{name}:"] = ""
        cells |= {f"{name}: {column}": text for column, text in _cells(row)}
    conflicts = {f"{row.what}|{row.shown}|{row.other}": _dispute(row) for row in rows if isinstance(row, Conflict)}
    marked = {where: text for where, text in cells.items() if not where.endswith(":")}
    full = frozenset(f"{type(row).__name__}{sorted(row.model_dump().items(), key=str)}" for row in (race, *rows))
    return _Content(race_label(race), marked, conflicts, full)


def _dispute(row: Conflict) -> ConflictRow:
    sides = (row.shown, row.document, row.line, row.other, row.other_document, row.other_line)
    return ConflictRow(row.what, *sides, row.why)


def _cells(row: SQLModel) -> Iterator[tuple[str, str]]:
    for column, value in row.model_dump().items():
        if column not in WHERE_FROM and value not in (None, "", False):
            yield column, str(value)


def _row_name(row: SQLModel) -> str:
    """What a person would call the row: stable when other rows come and go."""
    return ROW_NAMES[type(row)].format(row)
