"""Columns of a race page's tables: what they mean, and which kind of table they make. Columns are known by name.

Plain pages lost some column names ("| Pos | | Driver | Team | Manufacturer | Time | |"). A lost name is put back only
where the names around it leave one reading.
"""

import re
from dataclasses import dataclass

from bot.documents.race_page.blocks import PageRow, PageSection, PageTable
from bot.language.numbers import parse_count
from bot.language.patterns import Pattern

__all__ = ["KeyedTable", "TableKind", "key_columns", "stage_number"]

TableKind = str  # "entry", "practice", "qualifying", "lineup", "stage", "race", "standings"

_COLUMN_SYNONYMS = {
    "position": ("pos", "position", "place", "finish", "fin", "rank"),
    "car": ("no", "number", "car", "carno", "carnumber", "#"),
    "grid": ("grid", "start", "st", "startpos", "startingposition"),
    "driver": ("driver", "drivers"),
    "team": ("team", "teams"),
    "manufacturer": ("manufacturer", "manufacturers", "make", "mfr", "manu"),
    "owner": ("owner", "owners"),
    "laps": ("laps", "lapscompleted"),
    "laps_led": ("led", "lapsled"),
    "points": ("points", "pts"),
    "status": ("status", "statusreason", "reason"),
    "time": ("time", "times", "laptime", "besttime"),
    "speed": ("speed", "speedmph", "mph"),
    "r1": ("r1", "round1", "q1"),
    "r2": ("r2", "round2", "q2"),
    "r3": ("r3", "round3", "q3"),
    "change": ("change", "+/-"),
}
_KEY_BY_SYNONYM = {name: key for key, names in _COLUMN_SYNONYMS.items() for name in names}

# What stands after the manufacturer, per kind of table, in the order of the pages that kept their column names.
_TRAILING_COLUMNS = {
    "practice": (("time", "speed"),),
    "qualifying": (("r1",), ("r1", "r2"), ("r1", "r2", "r3"), ("time", "speed")),
    "race": (("laps", "points"), ("laps", "points", "status"), ("laps", "laps_led", "points", "status")),
    "stage": (("points",),),
}
_HEADING_KINDS = (
    ("standings", Pattern(r"\bstandings\b", re.IGNORECASE)),
    ("entry", Pattern(r"\bentry list\b|\bentries\b", re.IGNORECASE)),
    ("practice", Pattern(r"\bpractice\b", re.IGNORECASE)),
    ("qualifying", Pattern(r"\bqualifying\b(?! *\))", re.IGNORECASE)),
    ("lineup", Pattern(r"\bline-?up\b|\bstarting grid\b", re.IGNORECASE)),
    ("stage", Pattern(r"\bstage\b", re.IGNORECASE)),
    ("race", Pattern(r"\bresults?\b|\bfinishers\b|\bclassification\b|^race$", re.IGNORECASE)),
)
_STAGE = Pattern(r"^stage (one|two|three|four|five|six|[1-9])\b(?! results)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeyedTable:
    """A table whose columns are known: `keys` has one word per column, "" where the meaning is lost or new."""

    kind: TableKind
    keys: tuple[str, ...]
    page_table: PageTable

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """The rows under the column names that are not blank."""
        return tuple(row for row in self.page_table.rows[1:] if any(row.cells))

    def cell(self, row: PageRow, key: str) -> str:
        """What a row says in the column of this meaning; "" where it says nothing or there is no such column."""
        return row.cells[self.keys.index(key)] if key in self.keys else ""

    def banner_text(self, row: PageRow) -> str:
        """The text of a line across the table such as "Did not qualify"; "" for a row of cells."""
        filled_cells = [cell for cell in row.cells if cell]
        is_banner = (
            len(filled_cells) == 1 and len(row.cells) > 2 and not re.fullmatch(r"[-–−]?[0-9,.]+", filled_cells[0])
        )
        return filled_cells[0] if is_banner or row.cells[0].startswith("Official ") else ""

    def has_unnamed_values(self) -> bool:
        """Whether a column that nobody can name holds something."""
        unnamed_columns = [index for index, key in enumerate(self.keys) if not key]
        return any(row.cells[index] for row in self.rows if not self.banner_text(row) for index in unnamed_columns)


def stage_number(text: str) -> int | None:
    """1 of "Stage One" or "Stage 1 Laps: 90"; None where the text is no title of one stage."""
    found = _STAGE.match(text)
    return parse_count(found[1]) if found else None


def key_columns(section: PageSection, table: PageTable, stage: int | None) -> KeyedTable | None:
    """The table with its columns understood; None where no kind fits. `stage` is the stage titled just above it."""
    keys = tuple(_column_key(cell) for cell in table.rows[0].cells)
    kind = _table_kind(section, keys, stage)
    if kind is None:
        return None
    restored_keys = _restore_keys(kind, keys, table.rows[0].cells)
    has_positions = "position" in restored_keys or kind == "entry"
    return (
        KeyedTable(kind, restored_keys, table)
        if has_positions and len(set(restored_keys) - {""}) == len([k for k in restored_keys if k])
        else None
    )


def _column_key(cell: str) -> str:
    plain = cell.lower().replace(" ", "")
    return _KEY_BY_SYNONYM.get(plain) or _KEY_BY_SYNONYM.get(re.sub(r"[^a-z0-9]", "", plain), "")


def _heading_kind(section: PageSection) -> TableKind | None:
    """The kind that the innermost telling heading announces; the word that comes first in a heading counts."""
    for heading in reversed(section.path):
        found = [(match.start(), kind) for kind, shape in _HEADING_KINDS if (match := shape.search(heading))]
        if found:
            return min(found)[1] if "final stage" not in heading.lower() else "stage"
    return None


def _table_kind(section: PageSection, keys: tuple[str, ...], stage: int | None) -> TableKind | None:
    heading_kind = "stage" if stage else _heading_kind(section)
    if heading_kind == "standings":
        ranked = {"position", "points"} <= set(keys)
        return "standings" if ranked and {"driver", "manufacturer", "owner", "team"} & set(keys) else None
    if "driver" not in keys or heading_kind is None:
        return None
    if heading_kind == "stage":
        whole_race = {"laps", "grid", "status"} & set(keys)
        return "race" if whole_race else ("stage" if stage else None)
    return heading_kind


def _restore_keys(kind: TableKind, keys: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Put lost column names back; a name that is there but unknown stays unknown."""
    restored_keys = list(keys)
    if kind == "standings":
        if names[0] == "" and "change" not in restored_keys:
            restored_keys[0] = "change"
        return tuple(restored_keys)
    driver = restored_keys.index("driver")
    if driver and not names[driver - 1] and "car" not in restored_keys:
        restored_keys[driver - 1] = "car"
    if kind in {"qualifying", "lineup"} and "position" not in restored_keys and "grid" in restored_keys:
        restored_keys[restored_keys.index("grid")] = "position"
    if kind != "entry" and "position" not in restored_keys and names[0] == "" and restored_keys[0] == "":
        restored_keys[0] = "position"
    return (
        *restored_keys[: _trailing_start(restored_keys)],
        *_restore_trailing_keys(
            kind, restored_keys[_trailing_start(restored_keys) :], names[_trailing_start(restored_keys) :]
        ),
    )


def _trailing_start(keys: list[str]) -> int:
    return 1 + max(index for index, key in enumerate(keys) if key in {"driver", "team", "manufacturer", "owner"})


def _restore_trailing_keys(kind: TableKind, tail: list[str], names: tuple[str, ...]) -> tuple[str, ...]:
    for known in _TRAILING_COLUMNS.get(kind, ()):
        if len(known) == len(tail) and all(
            have == want or name == "" for have, want, name in zip(tail, known, names, strict=True)
        ):
            return known
    return tuple(tail)
