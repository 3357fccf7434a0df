"""Columns of a race page's tables: what they mean, and which kind of table they make. Columns are known by name.

Plain pages lost some column names ("| Pos | | Driver | Team | Manufacturer | Time | |"). A lost name is put back only
where the names around it leave one reading.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.documents.race_page.blocks import PageRow, PageTable
from bot.documents.race_page.column_names import KEY_BY_NAME
from bot.documents.race_page.headings import SectionMeaning
from bot.language.numbers import parse_count
from bot.language.patterns import Pattern

__all__ = ["KeyedTable", "TableKind", "column_key", "continue_columns", "key_columns", "stage_number", "stage_of_bands"]

MAX_HEAD_ROWS = 4  # a title, a legend and a band may stand over the names
MAX_NAMES_IN_MEMORY = 2_048  # names of columns whose meaning is kept; the files of a race have some thirty
MAX_NAME_LENGTH = 80  # characters of a column's name
MAX_CAR_LENGTH = 6  # "#07", "18[a]", "No. 4"
# Two of these in a table say that it is of the whole race, whatever stage its title speaks of.
_RACE_KEYS = frozenset({"laps", "grid", "status", "laps_led"})
TableKind = str  # "entry", "practice", "qualifying", "lineup", "stage", "race", "standings"

# What stands after the manufacturer, per kind of table, in the order of the pages that kept their column names.
_TRAILING_COLUMNS = {
    "practice": (("time", "speed"),),
    "qualifying": (("r1",), ("r1", "r2"), ("r1", "r2", "r3"), ("time", "speed")),
    "race": (("laps", "points"), ("laps", "points", "status"), ("laps", "laps_led", "points", "status")),
    "stage": (("points",),),
}
_STAGE = Pattern(r"^stage (one|two|three|four|five|six|[1-9])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeyedTable:
    """A table whose columns are known: `keys` has one word per column, "" where the meaning is lost or new."""

    kind: TableKind
    keys: tuple[str, ...]
    page_table: PageTable

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns as they are written."""
        return self.page_table.rows[0].cells

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """The rows under the column names that are not blank, not drawn lines, and do not repeat the names."""
        rows = (row for row in self.page_table.rows[1:] if row.cells != self.names)
        return tuple(row for row in rows if any(cell.strip("-: ") for cell in row.cells) or _has_dash(row))

    def cell(self, row: PageRow, key: str) -> str:
        """What a row says in the column of this meaning; "" where it says nothing or there is no such column."""
        return row.cells[self.keys.index(key)] if key in self.keys else ""

    def name_of(self, key: str) -> str:
        """The name of the column of this meaning, or the meaning where its name is lost."""
        name = self.names[self.keys.index(key)] if key in self.keys else ""
        return name or key.replace("_", " ")

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


def _has_dash(row: PageRow) -> bool:
    """Whether a row without words has dashes that stand for values, and is not "|---|:-:|"."""
    return any(cell in {"-", "--"} for cell in row.cells) and any(not cell for cell in row.cells)


def stage_number(text: str) -> int | None:
    """1 of "Stage One" or "Stage 1 Laps: 90"; None where the text is no title of one stage."""
    found = _STAGE.match(text)
    return parse_count(found[1]) if found else None


def key_columns(meaning: SectionMeaning, table: PageTable, stage: int | None) -> KeyedTable | None:
    """The table with its columns understood; None where no kind fits. `stage` is the stage titled just above it.

    The names may stand below a band across the table; such a band is a row of the table that is passed over.
    """
    head = _head_number(table)
    keys = _column_keys(table, head)
    kind = _table_kind(meaning, keys, stage)
    if kind is None:
        return None
    below_head = PageTable(table.rows[head].line, table.rows[head:], table.title)
    # Columns that only longer rows have were never named: their names are not lost, there are none.
    named = max((number for number, name in enumerate(table.rows[head].cells, 1) if name), default=0)
    width = max(named, len(keys) - max(0, *(-row.missing for row in table.rows)))
    restored_keys = _unique_keys(_restore_keys(kind, keys[:width], table.rows[head].cells[:width]))
    restored_keys += ("",) * (len(keys) - width)
    return KeyedTable(kind, restored_keys, below_head) if "position" in restored_keys or kind == "entry" else None


def stage_of_bands(table: PageTable) -> int | None:
    """The stage that a line across a table over its head announces; None where none does."""
    for row in table.rows[: _head_number(table)]:
        filled = [cell for cell in row.cells if cell]
        number = stage_number(filled[0]) if len(filled) == 1 else None
        if number:
            return number
    return None


def continue_columns(keyed_table: KeyedTable, table: PageTable) -> KeyedTable:
    """A table without names of columns as the next part of one that has them; it has as many columns."""
    names = keyed_table.page_table.rows[0]
    return KeyedTable(keyed_table.kind, keyed_table.keys, PageTable(table.line, (names, *table.rows), table.title))


def _head_number(table: PageTable) -> int:
    """The row that names the columns: the first of those on top with two names or more, else the first of all."""
    for number, row in enumerate(table.rows[:MAX_HEAD_ROWS]):
        if len({column_key(cell) for cell in row.cells} - {""}) > 1:
            return number
    return 0


def _column_keys(table: PageTable, head: int) -> tuple[str, ...]:
    """The meaning of each column by its name; "Car" is the number where the cells are numbers, else the make."""
    keys = [column_key(cell) for cell in table.rows[head].cells]
    for number, key in enumerate(keys):
        cells = [row.cells[number] for row in table.rows[head + 1 :] if row.cells[number]]
        if key == "car" and cells and sum(_is_car(cell) for cell in cells) * 2 < len(cells):
            keys[number] = (
                "manufacturer" if "manufacturer" not in keys and "car" in table.rows[head].cells[number].lower() else ""
            )
    return tuple(keys)


def _is_car(cell: str) -> bool:
    return any(character.isdigit() for character in cell) and len(cell) <= MAX_CAR_LENGTH


@lru_cache(maxsize=MAX_NAMES_IN_MEMORY)
def column_key(name: str) -> str:
    """The meaning of a column by its name; "" where nobody knows it."""
    plain = re.sub(r"\s|\[[^\[\]]{1,8}\]|[*†‡]", "", name[:MAX_NAME_LENGTH].lower())
    for form in (plain, re.sub(r"\([^()]*\)", "", plain)):  # "Pos. (fin)"
        key = KEY_BY_NAME.get(form) or KEY_BY_NAME.get(re.sub(r"[^a-z0-9]", "", form))
        if key:
            return key
    return ""


def _unique_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys, each once: of two columns of one meaning the first has it, and the other is kept raw."""
    return tuple("" if key in keys[:number] else key for number, key in enumerate(keys))


def _table_kind(meaning: SectionMeaning, keys: tuple[str, ...], stage: int | None) -> TableKind | None:
    heading_kind = "stage" if stage else meaning.kind
    if heading_kind == "standings":
        ranked = {"position", "points"} <= set(keys)
        return "standings" if ranked and {"driver", "manufacturer", "owner", "team"} & set(keys) else None
    if "driver" not in keys or heading_kind is None:
        return None
    if heading_kind == "stage":
        whole_race = len(_RACE_KEYS & set(keys)) > 1
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
