"""What the columns of a race page's tables mean, and which kind of table it is. Columns are known by name.

Plain pages lost some column names ("| Pos | | Driver | Team | Manufacturer | Time | |"). A lost name is put back only
where the names around it leave one reading.
"""

import re
from dataclasses import dataclass

from bot.documents.race_page.blocks import Row, Section, Table

__all__ = ["Grid", "TableKind", "grid_of", "stage_number"]

TableKind = str  # "entry", "practice", "qualifying", "lineup", "stage", "race", "standings"

_SYNONYMS = {
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
_MEANING = {name: key for key, names in _SYNONYMS.items() for name in names}

# What stands after the manufacturer, per kind of table, in the order of the pages that kept their column names.
_TAILS = {
    "practice": (("time", "speed"),),
    "qualifying": (("r1",), ("r1", "r2"), ("r1", "r2", "r3"), ("time", "speed")),
    "race": (("laps", "points"), ("laps", "points", "status"), ("laps", "laps_led", "points", "status")),
    "stage": (("points",),),
}
_HEADING_KINDS = (
    ("standings", re.compile(r"\bstandings\b", re.IGNORECASE)),
    ("entry", re.compile(r"\bentry list\b|\bentries\b", re.IGNORECASE)),
    ("practice", re.compile(r"\bpractice\b", re.IGNORECASE)),
    ("qualifying", re.compile(r"\bqualifying\b(?! *\))", re.IGNORECASE)),
    ("lineup", re.compile(r"\bline-?up\b|\bstarting grid\b", re.IGNORECASE)),
    ("stage", re.compile(r"\bstage\b", re.IGNORECASE)),
    ("race", re.compile(r"\bresults?\b|\bfinishers\b|\bclassification\b|^race$", re.IGNORECASE)),
)
_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STAGE = re.compile(r"^stage (one|two|three|four|five|six|[1-9])\b(?! results)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns are known: `keys` has one word per column, "" where the meaning is lost or new."""

    kind: TableKind
    keys: tuple[str, ...]
    table: Table

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows under the column names that are not blank."""
        return tuple(row for row in self.table.rows[1:] if any(row.cells))

    def cell(self, row: Row, key: str) -> str:
        """What a row says in the column of this meaning; "" where it says nothing or there is no such column."""
        return row.cells[self.keys.index(key)] if key in self.keys else ""

    def band(self, row: Row) -> str:
        """The text of a line across the table such as "Did not qualify"; "" for a row of cells."""
        told = [cell for cell in row.cells if cell]
        across = len(told) == 1 and len(row.cells) > 2 and not re.fullmatch(r"[-–−]?[0-9,.]+", told[0])
        return told[0] if across or row.cells[0].startswith("Official ") else ""

    def unread(self) -> bool:
        """Whether a column that nobody can name holds something."""
        lost = [index for index, key in enumerate(self.keys) if not key]
        return any(row.cells[index] for row in self.rows if not self.band(row) for index in lost)


def stage_number(text: str) -> int | None:
    """1 of "Stage One" or "Stage 1 Laps: 90"; None where the text is no title of one stage."""
    found = _STAGE.match(text)
    return (_NUMBER_WORDS.get(found[1].lower()) or int(found[1])) if found else None


def grid_of(section: Section, table: Table, stage: int | None) -> Grid | None:
    """The table with its columns understood; None where no kind fits. `stage` is the stage titled just above it."""
    keys = tuple(_meaning(cell) for cell in table.rows[0].cells)
    kind = _kind(section, keys, stage)
    if kind is None:
        return None
    filled = _fill(kind, keys, table.rows[0].cells)
    ranked = "position" in filled or kind == "entry"
    return Grid(kind, filled, table) if ranked and len(set(filled) - {""}) == len([k for k in filled if k]) else None


def _meaning(cell: str) -> str:
    plain = cell.lower().replace(" ", "")
    return _MEANING.get(plain) or _MEANING.get(re.sub(r"[^a-z0-9]", "", plain), "")


def _heading_kind(section: Section) -> TableKind | None:
    """The kind that the innermost telling heading announces; the word that comes first in a heading counts."""
    for heading in reversed(section.path):
        found = [(match.start(), kind) for kind, shape in _HEADING_KINDS if (match := shape.search(heading))]
        if found:
            return min(found)[1] if "final stage" not in heading.lower() else "stage"
    return None


def _kind(section: Section, keys: tuple[str, ...], stage: int | None) -> TableKind | None:
    announced = "stage" if stage else _heading_kind(section)
    if announced == "standings":
        ranked = {"position", "points"} <= set(keys)
        return "standings" if ranked and {"driver", "manufacturer", "owner", "team"} & set(keys) else None
    if "driver" not in keys or announced is None:
        return None
    if announced == "stage":
        whole_race = {"laps", "grid", "status"} & set(keys)
        return "race" if whole_race else ("stage" if stage else None)
    return announced


def _fill(kind: TableKind, keys: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Put lost column names back; a name that is there but unknown stays unknown."""
    filled = list(keys)
    if kind == "standings":
        if names[0] == "" and "change" not in filled:
            filled[0] = "change"
        return tuple(filled)
    driver = filled.index("driver")
    if driver and not names[driver - 1] and "car" not in filled:
        filled[driver - 1] = "car"
    if kind in {"qualifying", "lineup"} and "position" not in filled and "grid" in filled:
        filled[filled.index("grid")] = "position"
    if kind != "entry" and "position" not in filled and names[0] == "" and filled[0] == "":
        filled[0] = "position"
    return (
        *filled[: _tail_start(filled)],
        *_fill_tail(kind, filled[_tail_start(filled) :], names[_tail_start(filled) :]),
    )


def _tail_start(keys: list[str]) -> int:
    return 1 + max(index for index, key in enumerate(keys) if key in {"driver", "team", "manufacturer", "owner"})


def _fill_tail(kind: TableKind, tail: list[str], names: tuple[str, ...]) -> tuple[str, ...]:
    for known in _TAILS.get(kind, ()):
        if len(known) == len(tail) and all(
            have == want or name == "" for have, want, name in zip(tail, known, names, strict=True)
        ):
            return known
    return tuple(tail)
